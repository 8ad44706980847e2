#!/usr/bin/env bash
# The gate of what we build on: names, pins and hashes, known faults, licences. All are looked at.
set -uo pipefail
cd "$(dirname "$0")/../.."
failed=0
echo "==> names, pins and hashes"
.venv/bin/python config/setup/known_packages.py || failed=1
for name in runtime fonts dev; do
  echo "==> known faults in $name.lock"
  # Strict: a package whose faults cannot be looked up (on a mirror, say) is not a package without.
  .venv/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
    -r "config/requirements/$name.lock" || failed=1
done
[ "$failed" = 0 ] || echo "A fault was found, or the list of faults could not be read: see above." >&2
echo "==> licences"
.venv/bin/python config/setup/licences.py || failed=1
exit "$failed"
