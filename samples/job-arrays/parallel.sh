#!/usr/bin/env bash
# The faces of very many photos by GNU parallel: PARTS processes here or, with parallel's --sshlogin, on several machines that see the same folders.
#   parallel.sh PHOTOS RESULTS [PARTS]
# Run it again after whatever stopped it: what is done is not done again.
set -euo pipefail
photos=$1 results=$2 parts=${3:-$(nproc)}
mkdir -p "$results"

# Exit code 1 says that some photos cannot be read, and their lines say why; trying again would not fix that.
detect() { mtcnn detect "$1" --recursive --jobs 1 --shard "$3/$4" --output "$2/faces-$3.jsonl" || [ $? -eq 1 ]; }
export -f detect

SHELL=/bin/bash parallel --halt now,fail=1 --retries 3 --jobs "$parts" detect "$photos" "$results" {} "$parts" ::: $(seq "$parts")
