#!/usr/bin/env bash
# The checks that run no test: all of them are run, so that one look shows everything.
set -uo pipefail
cd "$(dirname "$0")/../.."
PATH="$PWD/.venv/bin:$PATH"
failed=()
check() {
  local name="$1" out
  shift
  if out=$("$@" 2>&1); then
    printf '  %-22s fine\n' "$name"
  else
    printf '  %-22s NOT FINE\n%s\n' "$name" "$out"
    failed+=("$name")
  fi
}
echo "==> checks"
check "style" ruff check --quiet --output-format concise .
check "format" ruff format --check --quiet .
check "types" mypy
check "import contracts" lint-imports
check "templates" djlint --lint --quiet templates
check "words" python -m caseapp words check
check "words compiled" python -m caseapp words compile
check "generated pages" python -m caseapp docs --check
if [ "${#failed[@]}" -gt 0 ]; then
  echo "Not fine: ${failed[*]}. 'make fix' mends some of it." >&2
  exit 1
fi
