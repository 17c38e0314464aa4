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

run_suites() { for_each run_one "$out/tests" '' "$@"; }

# Where the clock, the calendar's day and the letter i are not what the author is used to.
run_suites_elsewhere() { for_each run_elsewhere "$out/elsewhere" ' elsewhere' "$@"; }

# Two suites run at a time: those that kill servers and wait for them leave a core free. The two lanes of a round share no server: in the first, Redis is for
# the lane beside, databases and stores are for the other. What no list names, a new suite too, runs in the second round.
beside_first=(Auth.Redis.Tests ArchitectureTests Auditing.Tests Benchmarks.Tests Logging.Tests Telemetry.Tests)
first=(Auditing.Postgres.Tests Data.Tests Requirements.Tests Storage.Tests DocumentPipeline.Tests)
beside_second=(Auth.Tests Resilience.Tests)

for_each() { # RUN FOLDER SUFFIX SUITE…
  local run=$1 folder=$2 suffix=$3 suite good=0 code elapsed beside=() main=() beside_later=() later=()
  mkdir -p "$folder"
  for suite in "${@:4}"; do
    if is_among "$suite" "${beside_first[@]}"; then beside+=("$suite")
    elif is_among "$suite" "${first[@]}"; then main+=("$suite")
    elif is_among "$suite" "${beside_second[@]}"; then beside_later+=("$suite")
    else later+=("$suite"); fi
  done
  run_round "$run" "$folder" "${beside[*]}" "${main[*]}"
  run_round "$run" "$folder" "${beside_later[*]}" "${later[*]}"
  for suite in "${@:4}"; do
    read -r code elapsed < "$folder/$suite.ended" || code=1 elapsed=0
    count_suite "$suite$suffix" "$code" "$folder/$suite.trx" "$folder/$suite.log" || good=1
    times+=("$elapsed|$suite$suffix")
  done
  return $good
}

is_among() { [[ " ${*:2} " == *" ${1#LedgerLift.} "* ]]; } # SUITE NAME…

run_round() { # RUN FOLDER 'SUITES BESIDE' 'SUITES'
  run_lane "$1" "$2" $3 &
  lane=$!
  run_lane "$1" "$2" $4
  wait "$lane"
  lane=
}

# For a check that ends early: what runs in the background does not hear of it.
lane=
end_lane() { [[ -z $lane ]] || kill "$lane" $(pgrep -P "$lane") 2> /dev/null || true; }

# One after the other; for each, its exit code and its tenths of a second.
run_lane() { # RUN FOLDER SUITE…
  local suite began code
  for suite in "${@:3}"; do
    began=$EPOCHREALTIME code=0
    "$1" "$suite" "$2" > "$2/$suite.log" 2>&1 || code=$?
    printf '%d %d\n' $code "$(tenths_since "$began")" > "$2/$suite.ended"
  done
}

# The packages' own suites are measured for coverage; the others look at assemblies as they are built, which measuring changes.
run_one() { # SUITE FOLDER
  if [[ " ${package_suites[*]} " == *" $1 "* ]]; then
    timeout 900 dotnet test "tests/$1" -c Release --no-build --nologo --settings eng/coverage.runsettings \
      --collect 'XPlat Code Coverage' --results-directory "$2" --logger "trx;LogFileName=$1.trx"
  else
    run_plain "$1" "$2"
  fi
}

run_elsewhere() { TZ=Pacific/Kiritimati run_plain "$1" "$2" -culture tr-TR; }

run_plain() { # SUITE FOLDER [ARGUMENT…]
  timeout 900 dotnet "artifacts/bin/$1/release/$1.dll" -noColor -noLogo -trx "$2/$1.trx" "${@:3}"
}

# A runner that crashed, wrote no results or found no test is a failure, whatever its exit code.
count_suite() {
  local what=$1 code=$2 results=$3 log=$4 ok bad total
  ok=$(counter "$results" passed) bad=$(counter "$results" failed) total=$(counter "$results" total)
  passed=$((passed + ok)) failed=$((failed + bad))
  printf '   %-46s %5d passed %4d failed\n' "$what" "$ok" "$bad"
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
  dotnet reportgenerator "-reports:$out/tests/*/coverage.cobertura.xml" "-targetdir:$out/coverage" '-reporttypes:TextSummary;Html' \
    > "$out/coverage.log" 2>&1 || { tail -n 20 "$out/coverage.log"; return 1; }
  percent=$(sed -n 's/^ *Line coverage: \([0-9.]*\)%.*/\1/p' "$out/coverage/Summary.txt")
  printf '   line coverage of src: %s %% (at least %d)\n' "${percent:-none}" "$least"
  sed -n 's/^\(LedgerLift\.[A-Za-z.]*\) .* \([0-9.]*%\)$/   \1 \2/p' "$out/coverage/Summary.txt" | grep -v '\.[a-z]' || true
  [[ -n $percent ]] && awk "BEGIN { exit !($percent >= $least) }"
}
