# shellcheck shell=bash
# Runs every test there is and adds up what the runners say. Sourced by build.sh after steps.sh.

# begin_counts: forgets what was counted before, and makes the folder that everything below takes for its temporary files.
begin_counts() {
  mkdir -p "$LOGS"
  counts=$LOGS/counts
  : > "$counts"
  temporary=$(mktemp -d "${TMPDIR:-/tmp}/t-XXXXXX")
  # Tests of permissions are another user for a while.
  chmod 755 "$temporary"
  trap 'rm -rf "$temporary"' EXIT
}

# add_counts TITLE STATUS PASSED FAILED SKIPPED: a runner that failed without a failure, or that ran nothing, is a failure. In a file,
# as runners run at the same time.
add_counts() {
  local title=$1 status=$2 passed=$3 failed=$4 skipped=$5 remark=
  if ((failed == 0)) && { ((status != 0)) || ((passed + skipped == 0)); }; then
    failed=1
    remark="(the runner ended with status $status)"
  fi
  printf '%s\t%d\t%d\t%d\t%s\n' "$title" "$passed" "$failed" "$skipped" "$remark" >> "$counts"
}

# sum_of LOG PATTERN: the sum of the numbers that the pattern's first group finds in the log.
sum_of() { sed -nE "s/$2/\\1/p" "$1" | awk '{ sum += $1 } END { print sum + 0 }'; }

# run_counted COUNTER NAME TITLE COMMAND...: runs a test runner; COUNTER prints its `passed failed skipped` from the log.
run_counted() {
  local counter=$1 name=$2 title=$3 status=0 passed failed skipped
  mkdir -p "$temporary/$name"
  TMPDIR="$temporary/$name" run_step "${@:2}" || status=$?
  read -r passed failed skipped < <("$counter" "$LOGS/$name.log" "$status")
  add_counts "$title" "$status" "$passed" "$failed" "$skipped"
}

# run_unless_missing "PROGRAM..." COUNTER NAME TITLE COMMAND...: as run_counted. Skips the runner if a program is missing; in a strict run that
# is a failure.
run_unless_missing() {
  local -a programs
  local program
  read -ra programs <<< "$1"
  for program in "${programs[@]}"; do
    if ! PATH="$PATH:/usr/sbin" command -v "$program" > /dev/null; then
      say "$4: $program is missing; the packages to install are listed above"
      if [[ "$TIER" == strict ]]; then add_counts "$4" 1 0 1 0; else add_counts "$4" 0 0 0 1; fi
      return 0
    fi
  done
  run_counted "${@:2}"
}

# nothing_left NAME...: whether these runners have removed all of their temporary files. Prints what they have not. What .NET keeps for
# its debuggers stays where a test has killed a program.
nothing_left() {
  local name found status=0
  for name in "$@"; do
    found=$(find "$temporary/$name" -mindepth 1 -maxdepth 1 ! -type s ! -type p ! -name .dotnet)
    if [[ -n "$found" ]]; then
      printf '%s left behind:\n%s\n' "$name" "$found"
      status=1
    fi
  done
  return "$status"
}

count_gtest() {
  printf '%s %s %s\n' "$(sum_of "$1" '.*\[  PASSED  \] ([0-9]+) tests?\..*')" \
    "$(sum_of "$1" '.*\[  FAILED  \] ([0-9]+) tests?, listed below.*')" 0
}

count_ctest() {
  local failed all skipped
  failed=$(sum_of "$1" '.* ([0-9]+) tests failed out of [0-9]+.*')
  all=$(sum_of "$1" '.* tests failed out of ([0-9]+).*')
  skipped=$(grep -c '\*\*\*Skipped' "$1") || true
  printf '%s %s %s\n' $((all - failed - skipped)) "$failed" "$skipped"
}

count_dotnet() {
  printf '%s %s %s\n' "$(sum_of "$1" '.*Failed: *[0-9]+, Passed: *([0-9]+),.*')" \
    "$(sum_of "$1" '.*Failed: *([0-9]+), Passed:.*')" "$(sum_of "$1" '.*Passed: *[0-9]+, Skipped: *([0-9]+),.*')"
}

count_job_arrays() { printf '%s %s 0\n' "$(sum_of "$1" '^job arrays: ([0-9]+) passed.*')" "$(sum_of "$1" '^job arrays: .* ([0-9]+) failed$')"; }

count_fuzz() { printf '%s %s 0\n' "$(sum_of "$1" '^fuzzing: .* ([0-9]+) targets passed.*')" "$(sum_of "$1" '^fuzzing: .* ([0-9]+) failed$')"; }

# A check that passes or fails as a whole.
count_one() { if (($2 == 0)); then printf '1 0 0\n'; else printf '0 1 0\n'; fi; }

# Prints every runner's counts and, last, their sum alone on a line. Fails where anything failed.
print_summary() {
  printf '\n'
  awk -F '\t' '{ printf "%-44s %6d passed %4d failed %4d skipped %s\n", $1, $2, $3, $4, $5; passed += $2; failed += $3; skipped += $4 }
    END { printf "\n%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 }' "$counts"
}
