#!/usr/bin/env bash
# Pins requirements/*.in with hashes and without any address, so that every mirror serves.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
for name in runtime fonts dev; do # in this order: each is held to the one before
  ../../.venv/bin/uv pip compile "$name.in" --output-file "$name.lock" --quiet --universal \
    --python-version 3.11 --generate-hashes --no-header --no-annotate "$@"
  echo "$name.lock: $(grep -c == "$name.lock") packages"
done
echo "The next make installs them."
