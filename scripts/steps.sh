# shellcheck shell=bash
# One line a step on the terminal, everything else in a log. Sourced by build.sh; requires LOGS, a folder.

# Whether steps run at the same time: each then writes its line when it has ended.
steps_overlap=false

# run_step NAME TITLE COMMAND...: runs the command with its output in LOGS/NAME.log. On failure shows the log's end and
# returns the command's status.
run_step() {
  local name=$1 title=$2 began=$EPOCHREALTIME status=0
  local log="$LOGS/$name.log"
  shift 2
  mkdir -p "$LOGS"
  $steps_overlap || printf '%s ... ' "$title"
  # Compiler servers outlive this script; they must not keep its lock (descriptor 8).
  "$@" > "$log" 2>&1 < /dev/null 8>&- || status=$?
  local ending
  ending="$(seconds_since "$began") s"
  ((status == 0)) || ending="failed after $ending"
  ! $steps_overlap || ending="$title ... $ending"
  printf '%s\n' "$ending"
  ((status == 0)) || show_failure "$log"
  return "$status"
}

# run_at_once FUNCTION...: runs sequences of steps at the same time, and waits for all of them. Fails where one of them fails. Each is
# a separate process group, so that an interrupt ends everything that it has started.
run_at_once() {
  local -a groups=()
  local sequence group status=0
  steps_overlap=true
  set -m
  for sequence in "$@"; do
    "$sequence" < /dev/null &
    groups+=("$!")
  done
  set +m
  # shellcheck disable=SC2064 # the groups of now
  trap "kill -- $(printf -- '-%s ' "${groups[@]}") 2> /dev/null; exit 130" INT TERM
  for group in "${groups[@]}"; do wait "$group" || status=$?; done
  trap - INT TERM
  steps_overlap=false
  return "$status"
}

# The end of a log, and where all of it is.
show_failure() {
  local log=$1
  sed 's/^/    /' <(tail -n 40 "$log") >&2
  printf '  The whole log: %s\n' "$log" >&2
}

# seconds_since EPOCHREALTIME: with one decimal, without starting a process.
seconds_since() {
  local tenths=$(((${EPOCHREALTIME//[.,]/} - ${1//[.,]/}) / 100000))
  printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}
