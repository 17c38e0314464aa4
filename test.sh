#!/usr/bin/env bash
# Installs and starts what the tests need, checks everything, stops it again. The last line says how it went.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2
summary=$(mktemp)
code=1
finish() {
  trap - EXIT
  eng/services down || code=1
  [[ -s $summary ]] || { echo '0 passed, 1 failed' > "$summary"; code=1; }
  cat "$summary"
  rm -f "$summary"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM

eng/services install servers browser tools || exit 1
eng/services up postgres standby pgbouncer redis redis-cluster redis-sentinel s3 > /dev/null || exit 1
LEDGERLIFT_CHECK_SUMMARY=$summary eng/check
code=$?
