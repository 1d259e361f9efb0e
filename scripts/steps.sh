# shellcheck shell=bash
# One line a step on the terminal, everything else in a log. Sourced by build.sh; wants LOGS, a folder.

# run_step NAME TITLE COMMAND...: runs the command with its output in LOGS/NAME.log. On failure shows the log's end and
# returns the command's status.
run_step() {
  local name=$1 title=$2 began=$EPOCHREALTIME status=0
  local log="$LOGS/$name.log"
  shift 2
  mkdir -p "$LOGS"
  printf '%s ... ' "$title"
  # Compiler servers outlive this script; they must not keep its lock (descriptor 8).
  "$@" > "$log" 2>&1 < /dev/null 8>&- || status=$?
  if ((status == 0)); then
    printf '%s s\n' "$(seconds_since "$began")"
  else
    printf 'failed after %s s\n' "$(seconds_since "$began")"
    show_failure "$log"
  fi
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
