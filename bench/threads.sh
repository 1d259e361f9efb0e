#!/usr/bin/env bash
# Shows what limits of threads cost: two detectors, a solver and asynchronous passes at once, with all processors, with CaffeRuntime.Threads = 1, on
# one processor (taskset), and with a quota of one processor in a control group (as root; left out otherwise).
#
#   bench/threads.sh [SECONDS]
#
# After ./build.sh. It requires an idle machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-10}
# With one processor, .NET's compiler would take time from the work for the first seconds.
export DOTNET_TieredCompilation=0
dotnet build bench/Threads -c Release -v quiet
program=(build/dotnet/bin/Mtcnn.ThreadBudget/release/Mtcnn.ThreadBudget --seconds "$seconds")
images=(samples/*.png)

row() {
  local name=$1
  shift
  "$@" "${images[@]}" | NAME=$name python3 -c '
import json, os, sys
seen = json.load(sys.stdin)
wall = seen["wallSeconds"]
print("| %s | %d | %.1f | %.1f | %.1f | %.2f | %.2f |" % (os.environ["NAME"], seen["threads"], seen["images"] / wall, seen["steps"] / wall,
      seen["passes"] / wall, seen["processorSeconds"] / wall, seen["meanRunning"]))'
}

printf '| | budget | images/s | solver steps/s | passes/s | processors used | threads running |\n| --- | --- | --- | --- | --- | --- | --- |\n'
row "all processors" "${program[@]}"
row "Threads = 1" "${program[@]}" --threads 1
row "one processor (taskset)" taskset -c 0 "${program[@]}"
if group=/sys/fs/cgroup/cpu/caffesharp-bench-$$ && mkdir "$group" 2> /dev/null && [[ -f $group/cpu.cfs_quota_us ]]; then
  echo 100000 > "$group/cpu.cfs_quota_us"
elif group=/sys/fs/cgroup/caffesharp-bench-$$ && mkdir "$group" 2> /dev/null && [[ -f $group/cpu.max ]]; then
  echo '100000 100000' > "$group/cpu.max"
else
  rmdir "$group" 2> /dev/null || true
  printf 'A quota of one processor: left out, no control group can be made here.\n' >&2
  exit 0
fi
trap 'rmdir "$group"' EXIT
# shellcheck disable=SC2016 # The inner shell expands them.
row "quota of one processor" bash -c 'echo $$ > "$0"; exec "$@"' "$group/cgroup.procs" "${program[@]}"
