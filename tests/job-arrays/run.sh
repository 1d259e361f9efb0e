#!/usr/bin/env bash
# Runs the samples of job arrays on real engines, kills them on the way, begins them again, and holds what they wrote against one run of all photos: each
# photo's line once, and the same. Prints a line a test and, last, their count. Requires GNU parallel, Slurm and munge, and bin/mtcnn.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ROOT=$PWD
PATH="$ROOT/bin:$PATH:/usr/sbin:/sbin"
WORK=$(mktemp -d)
# shellcheck source=tests/job-arrays/slurm-here.sh
. tests/job-arrays/slurm-here.sh
trap 'stop_slurm; rm -rf "$WORK"' EXIT

passed=0
failed=0

# kill_all FOLDER: engine and all, as no program can prevent: every process whose command line names the folder.
kill_all() { pkill -KILL -f "$1" || true; }

lines() { cat "$1"/*.jsonl 2> /dev/null | wc -l; }

# wait_until SECONDS COMMAND...
wait_until() {
  local end=$((SECONDS + $1))
  until "${@:2}"; do
    ((SECONDS < end)) || return 1
    sleep 0.02
  done
}

has_begun() { (($(lines "$1") >= 4)); }

# check TITLE FOLDER: what the folder holds against the whole run.
check() {
  if cat "$2"/*.jsonl | sort | cmp -s - "$WORK/whole.jsonl"; then
    printf 'passed: %s\n' "$1"
    passed=$((passed + 1))
  else
    printf 'FAILED: %s: %d lines, %d expected\n' "$1" "$(lines "$2")" "$(wc -l < "$WORK/whole.jsonl")"
    cat "$2"/*.jsonl | sort | diff - "$WORK/whole.jsonl" | cut -c 1-200 | head -n 20
    failed=$((failed + 1))
  fi
}

with_parallel() {
  local results="$WORK/parallel"
  mkdir -p "$results"
  samples/job-arrays/parallel.sh "$WORK/photos" "$results" 2 > "$WORK/parallel.log" 2>&1 &
  wait_until 60 has_begun "$results"
  kill_all "$results"
  wait || true # It was killed.
  printf 'killed after %d lines\n' "$(lines "$results")"
  samples/job-arrays/parallel.sh "$WORK/photos" "$results" 2 || cat "$WORK/parallel.log"
  check "GNU parallel, when killed and begun again" "$results"
}

with_slurm() {
  local results="$WORK/slurm" job
  mkdir -p "$results"
  start_slurm "$WORK/engine"
  job=$(sbatch --parsable --array=1-3 --output="$WORK/slurm-%a.log" samples/job-arrays/slurm.sh "$WORK/photos" "$results")
  wait_until 90 has_begun "$results"
  scontrol requeue "${job}_1"
  # Slurm would let it wait for two minutes.
  wait_until 60 task_waits_for_its_time "${job}_1"
  scontrol update job="${job}_1" StartTime=now
  printf 'requeued after %d lines\n' "$(lines "$results")"
  wait_until 180 job_is_over "$job" || cat "$WORK"/slurm-*.log
  check "Slurm, when a task is requeued on its way" "$results"
}

# There is no Kubernetes here: what its pods would run is run by hand, one of them killed on its way.
with_the_commands_of_kubernetes() {
  local results="$WORK/kubernetes" command index
  mkdir -p "$results"
  command=$(awk '/- >-/ { found = 1; next } /resources:/ { found = 0 } found' samples/job-arrays/kubernetes.yaml)
  command=${command//\/photos/$WORK/photos}
  command=${command//\/results/$results}
  export PARTS=3
  JOB_COMPLETION_INDEX=0 sh -c "$command" 2> /dev/null &
  wait_until 60 has_begun "$results"
  kill_all "$results"
  wait || true # It was killed.
  for index in 0 1 2; do
    JOB_COMPLETION_INDEX=$index sh -c "$command"
  done
  check "what Kubernetes would run, when a pod is killed and begun again" "$results"
}

mkdir -p "$WORK/photos/deep"
for ((index = 0; index < 36; index++)); do
  cp "$MTCNN_SHARED/images/dlib-faces/2008_001009.jpg" "$WORK/photos/$([[ $((index % 2)) == 0 ]] || printf 'deep/')$index.jpg"
done
printf 'no image' > "$WORK/photos/broken.jpg"
mtcnn detect "$WORK/photos" --recursive 2> /dev/null | sort > "$WORK/whole.jsonl" || true

with_parallel
with_slurm
with_the_commands_of_kubernetes
printf 'job arrays: %d passed, %d failed\n' "$passed" "$failed"
((failed == 0 && passed == 3))
