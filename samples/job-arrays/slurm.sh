#!/usr/bin/env bash
# The faces of very many photos by a job array of Slurm; every node sees the same folders.
#   sbatch --array=1-100 slurm.sh PHOTOS RESULTS
# A task that Slurm requeues, or that is submitted again, does not do again what is done.
#SBATCH --job-name=faces
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail
photos=$1 results=$2
mkdir -p "$results"

# Exit code 1 says that some photos cannot be read, and their lines say why; trying again would not fix that.
mtcnn detect "$photos" --recursive --jobs "${SLURM_CPUS_PER_TASK:-1}" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --output "$results/faces-$SLURM_ARRAY_TASK_ID.jsonl" || [ $? -eq 1 ]
