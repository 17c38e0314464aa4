# Runs the test projects and counts their tests. Sourced by eng/check.
packages=("$root"/src/*/)
package_suites=("${packages[@]%/}")
package_suites=("${package_suites[@]##*/}")
package_suites=("${package_suites[@]/%/.Tests}")

# Every test project in the tree, so that a new one cannot be forgotten; the one on packages needs them packed and runs later.
suites=()
for project in "$root"/tests/*Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  [[ $name == LedgerLift.PackageTests ]] || suites+=("$name")
done

run_suites() {
  local suite began good=0
  for suite; do
    began=$EPOCHREALTIME
    dotnet test "tests/$suite" -c Release --no-build --nologo --settings eng/coverage.runsettings \
      --collect 'XPlat Code Coverage' --results-directory "$out/$suite" --logger "trx;LogFileName=$suite.trx" \
      > "$out/$suite.log" 2>&1
    count_suite "$suite" $? "$out/$suite/$suite.trx" "$out/$suite.log" || good=1
    note_time "$began" "$suite"
  done
  return $good
}

# Where the clock, the calendar's day and the letter i are not what the author is used to.
run_suites_elsewhere() {
  local suite began good=0
  for suite; do
    began=$EPOCHREALTIME
    mkdir -p "$out/elsewhere"
    TZ=Pacific/Kiritimati dotnet "artifacts/bin/$suite/release/$suite.dll" -culture tr-TR -noColor -noLogo \
      -trx "$out/elsewhere/$suite.trx" > "$out/elsewhere/$suite.log" 2>&1
    count_suite "$suite (Kiritimati, tr-TR)" $? "$out/elsewhere/$suite.trx" "$out/elsewhere/$suite.log" || good=1
    note_time "$began" "$suite elsewhere"
  done
  return $good
}

# A runner that crashed, wrote no results or found no test is a failure, whatever its exit code.
count_suite() {
  local what=$1 code=$2 results=$3 log=$4 ok bad total
  ok=$(counter "$results" passed) bad=$(counter "$results" failed) total=$(counter "$results" total)
  passed=$((passed + ok)) failed=$((failed + bad))
  printf '   %-52s %5d passed %4d failed\n' "$what" "$ok" "$bad"
  if ((code == 0 && bad == 0 && total > 0 && ok == total)); then
    return 0
  fi
  ((bad > 0)) || failed=$((failed + 1))
  grep -vE '^\s+at (Xunit|System|InvokeStub|Microsoft)|^\s*$' "$log" | tail -n 60
  return 1
}

counter() {
  local number
  number=$(grep -o '<Counters [^>]*' "$1" 2>/dev/null | grep -o " $2=\"[0-9]*" | grep -o '[0-9]*$' | head -n 1)
  printf '%d' "${number:-0}"
}

# Line coverage of the packages over all suites together.
check_coverage() {
  local least=$1 percent
  dotnet reportgenerator "-reports:$out/*/*/coverage.cobertura.xml" "-targetdir:$out/coverage" '-reporttypes:TextSummary;Html' \
    > "$out/coverage.log" 2>&1 || { tail -n 20 "$out/coverage.log"; return 1; }
  percent=$(sed -n 's/^ *Line coverage: \([0-9.]*\)%.*/\1/p' "$out/coverage/Summary.txt")
  printf '   line coverage of src: %s %% (at least %d)\n' "${percent:-none}" "$least"
  sed -n 's/^\(LedgerLift\.[A-Za-z.]*\) .* \([0-9.]*%\)$/   \1 \2/p' "$out/coverage/Summary.txt" | grep -v '\.[a-z]' || true
  [[ -n $percent ]] && awk "BEGIN { exit !($percent >= $least) }"
}
