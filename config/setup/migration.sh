#!/usr/bin/env bash
# Refuses a commit that changes a models.py and adds no migration; the full comparison is a test.
set -euo pipefail
changed=$(git diff --cached --name-only)
if grep -q '/models\.py$' <<<"$changed" && ! grep -q '^migrations/versions/' <<<"$changed"; then
  echo "A table changed: add a migration (make migration M=\"words\"), or commit with SKIP=migration and say why." >&2
  exit 1
fi
