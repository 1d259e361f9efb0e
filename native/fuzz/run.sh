#!/usr/bin/env bash
# Fuzzes the C interface with files of every format it reads. Usage: native/fuzz/run.sh [--runs N] [TARGET ...]
# Without --runs a short run from the first inputs alone; with it N inputs over the targets, which continue from what earlier such runs
# have found. The targets must be built: ./build.sh fuzz does so. docs/fuzzing.md says more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
programs=$PWD/build/native-fuzz/native/fuzz
work=$PWD/build/fuzz

# The share of the inputs that each target gets, of 100: more where an input takes less time.
declare -A shares=([net_text]=16 [net_message]=43 [solver_text]=8 [caffemodel]=16 [solverstate]=6 [hdf5]=6 [datum]=5)
# The longest input. A caffemodel of the nets here has hundreds of bytes, an HDF5 file thousands.
declare -A longest=([net_text]=4096 [net_message]=4096 [solver_text]=4096 [caffemodel]=2048 [solverstate]=24000 [hdf5]=32000 [datum]=512)
readonly SHORT_RUN=60000

usage() {
  echo "Usage: native/fuzz/run.sh [--runs N] [TARGET ...]; the targets are: ${!shares[*]}" >&2
  exit 2
}

runs=$SHORT_RUN
long=false
targets=()
while (($#)); do
  case "$1" in
    --runs)
      [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || usage
      runs=$2
      long=true
      shift
      ;;
    *)
      [[ -n "${shares[$1]:-}" ]] || usage
      targets+=("$1")
      ;;
  esac
  shift
done
((${#targets[@]})) || targets=("${!shares[@]}")

rm -rf "$work/seeds" "$work/logs"
mkdir -p "$work/logs" "$work/findings" "$work/corpora"
"$programs/fuzz_seeds" "$work/seeds"
# The project's own nets and, where they are, the originals.
folders=(prototxt)
[[ ! -d "${MTCNN_SHARED:-../shared}/models" ]] || folders+=("${MTCNN_SHARED:-../shared}/models")
find "${folders[@]}" -name '*.prototxt' ! -name '*solver*' -size -4k -print0 |
  while IFS= read -r -d '' file; do cp "$file" "$work/seeds/net_text/$(tr / _ <<< "${file#/}")"; done

# The targets write a file for each input; memory takes them where it can.
[[ ! -w /dev/shm ]] || TMPDIR=/dev/shm
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/fuzz-XXXXXX")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

whole=0
for target in "${targets[@]}"; do whole=$((whole + shares[$target])); done

# fuzz TARGET: its share of the inputs, with everything that libFuzzer can watch for. The log ends with libFuzzer's own counts.
fuzz() {
  local target=$1 corpus=$work/corpora/$1 seed=0 status=0 most=64
  local -a leaks=(-detect_leaks=1)
  $long || { corpus=$(mktemp -d "$work/corpora/short.XXXXXX"); seed=1; }
  mkdir -p "$corpus"
  if [[ "$target" == hdf5 || "$target" == solverstate ]]; then
    # HDF5 asks for what a file claims, and lives with a refusal; it leaves memory behind, so that libFuzzer would look for leaks
    # after every input.
    most=1024
    leaks=(-detect_leaks=0)
  fi
  # An allocation of more than that is memory taken on a file's word alone. An LSTM of all the steps that are let through takes
  # a minute here.
  ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=16:allocator_may_return_null=1:max_allocation_size_mb=512 \
    UBSAN_OPTIONS=print_stacktrace=1 "$programs/fuzz_$target" -runs=$((runs * shares[$target] / whole)) -seed=$seed \
    -max_len="${longest[$target]}" -timeout=100 -rss_limit_mb=2048 -malloc_limit_mb=$most "${leaks[@]}" -print_final_stats=1 \
    -artifact_prefix="$work/findings/$target-" "$corpus" "$work/seeds/$target" > "$work/logs/$target" 2>&1 || status=$?
  $long || rm -rf "$corpus"
  return "$status"
}

# number_of TARGET STATISTIC
number_of() { sed -nE "s/^stat::$2: *([0-9]+)/\\1/p" "$work/logs/$1"; }

# report_of TARGET: what its log says of the finding, and the input, packed: where a machine is gone afterwards this is all there is.
report_of() {
  local log=$work/logs/$1 input
  echo "The finding of $1:"
  grep -aE '^(=+[0-9]+=+ ?ERROR|SUMMARY|fuzzing:|ALARM|.*runtime error:)|^ +#[0-9]+ 0x|out-of-memory' "$log" | head -n 20 | cut -c1-200
  input=$(sed -nE 's/.*Test unit written to //p' "$log" | tail -n 1)
  [[ -z "$input" ]] || echo "$(basename "$input"), gzip and base64: $(gzip -9cn "$input" | base64 -w 0 | head -c 4000)"
}

# One per processor at once, the longest first.
mapfile -t targets < <(for target in "${targets[@]}"; do echo "${shares[$target]} $target"; done | sort -rn | cut -d' ' -f2)
failed=()
for target in "${targets[@]}"; do
  while (($(jobs -rp | wc -l) >= $(nproc))); do wait -n || true; done
  { fuzz "$target" && touch "$work/logs/$target.passed"; } &
done
wait || true

total=0
for target in "${targets[@]}"; do
  inputs=$(number_of "$target" number_of_executed_units)
  total=$((total + ${inputs:-0}))
  verdict="no finding"
  if [[ ! -e "$work/logs/$target.passed" ]]; then
    verdict="FINDING, see build/fuzz/logs/$target and build/fuzz/findings"
    failed+=("$target")
  fi
  printf '%-12s %8s inputs %6s a second   %s\n' "$target" "${inputs:-0}" "$(number_of "$target" average_exec_per_sec)" "$verdict"
done
for target in "${failed[@]}"; do report_of "$target"; done
printf 'fuzzing: %d inputs, %d targets passed, %d failed\n' "$total" $((${#targets[@]} - ${#failed[@]})) ${#failed[@]}
((${#failed[@]} == 0))
