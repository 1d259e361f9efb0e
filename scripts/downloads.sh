# shellcheck shell=bash
# Where downloads are kept and made whole, and how the scripts speak. Sourced by build.sh and the scripts that download.

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# The folder that downloads are kept in, outside every build folder.
cache_folder() {
  local base="${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}"
  [[ -n "$base" ]] || die "neither XDG_CACHE_HOME nor HOME is set, so there is no folder to keep downloads in; set one"
  mkdir -p "$base/mtcnn" || die "cannot write to $base; set XDG_CACHE_HOME to a folder that can be written to"
  printf '%s\n' "$base/mtcnn"
}

# Waits until no other run of these scripts is downloading; the lock ends with the process.
lock_cache() {
  exec 9> "$(cache_folder)/lock"
  flock 9
}

# make_scratch TEMPLATE: sets scratch to a new folder, which is gone when the script ends. What a killed run left under the
# same template goes first, so the caller holds the lock.
make_scratch() {
  local template=$1
  rm -rf "${template%XXXXXX}"*
  scratch=$(mktemp -d "$template")
  trap 'rm -rf "$scratch"' EXIT
}
