# Counts what passed and failed and how long it took. Sourced by eng/check.
out=$root/artifacts/check
rm -rf "$out" && mkdir -p "$out"
passed=0 failed=0
times=()

# A step is one check of its own, beside the tests that it may run and count.
run_step() {
  local began=$EPOCHREALTIME good=0
  printf '== %s\n' "$1"
  if "$1"; then
    passed=$((passed + 1))
  else
    good=1
    failed=$((failed + 1))
    printf '== %s FAILED\n' "$1"
  fi
  note_time "$began" "step $1"
  return $good
}

note_time() { times+=("$(tenths_since "$1")|$2"); }

tenths_since() {
  local began=${1/[.,]/} now=${EPOCHREALTIME/[.,]/}
  printf '%d' $(((now - began) / 100000))
}

report() {
  printf '\nthe slowest:\n'
  printf '%s\n' "${times[@]}" | sort -t '|' -k 1,1 -rn | head -n 10 | while IFS='|' read -r tenths what; do
    printf '%6d.%d s  %s\n' $((tenths / 10)) $((tenths % 10)) "$what"
  done
  # test.sh stops the servers first and prints this line after everything else.
  if [[ -n ${LEDGERLIFT_CHECK_SUMMARY:-} ]]; then
    printf '%d passed, %d failed\n' "$passed" "$failed" > "$LEDGERLIFT_CHECK_SUMMARY"
  else
    printf '\n%d passed, %d failed\n' "$passed" "$failed"
  fi
  exit $((failed > 0))
}
