#!/usr/bin/env bash
# Gets the original Caffe's source once and keeps it in the cache folder. Prints two lines: its folder, and what it is.
# First Debian 11's signed source package, then a clone of BVLC's repository at its last commit.
set -euo pipefail
scripts="$(dirname "${BASH_SOURCE[0]}")/../../scripts"
# shellcheck source=scripts/downloads.sh
. "$scripts/downloads.sh"
# shellcheck source=scripts/private-apt.sh
. "$scripts/private-apt.sh"

readonly BVLC_URL=https://github.com/BVLC/caffe
readonly BVLC_COMMIT=9b891540183ddc834a02b2bd81b31afae71b2153
readonly DEBIAN_SUITE=bullseye
readonly DEBIAN_VERSION='1.0.0+git20180821.99bd997-8'

cache=$(cache_folder)
debian_folder="$cache/caffe-$DEBIAN_VERSION"
git_folder="$cache/caffe-${BVLC_COMMIT:0:7}"

# A folder gets its final name only when it is whole and checked.
report_kept() {
  if [[ -d "$debian_folder" ]]; then
    printf '%s\n' "$debian_folder" "Debian caffe $DEBIAN_VERSION"
  elif [[ -d "$git_folder" ]]; then
    printf '%s\n' "$git_folder" "git ${BVLC_COMMIT:0:7}"
  else
    return 1
  fi
}

# apt checks the release's signature and, by its hashes, the three files of the source package.
fetch_from_debian() {
  local mirror
  if ! mirror=$(debian_mirror); then
    say "no Debian mirror is known here (name one with --debian-mirror URL or DEBIAN_MIRROR)"
    return 1
  fi
  command -v dpkg-source > /dev/null || { say "dpkg-source is missing (package dpkg-dev)"; return 1; }
  say "Fetching Caffe's source package $DEBIAN_VERSION of Debian's $DEBIAN_SUITE from $mirror"
  private_apt_open "$scratch/apt" deb-src "$DEBIAN_SUITE" main "$mirror" >&2 || return 1
  (cd "$scratch" && private_apt "$scratch/apt" apt-get source "caffe=$DEBIAN_VERSION" >&2) || return 1
  mv -T "$scratch/caffe-${DEBIAN_VERSION%-*}" "$debian_folder"
}

# A commit's name is the hash of everything in it, so the right name is the right content.
fetch_from_git() {
  command -v git > /dev/null || { say "git is missing (package git)"; return 1; }
  say "Cloning $BVLC_URL at ${BVLC_COMMIT:0:7}"
  local clone="$scratch/clone"
  git init -q "$clone" || return 1
  GIT_TERMINAL_PROMPT=0 git -C "$clone" fetch -q --depth 1 "$BVLC_URL" "$BVLC_COMMIT" >&2 || return 1
  git -C "$clone" checkout -q --detach FETCH_HEAD || return 1
  [[ "$(git -C "$clone" rev-parse HEAD)" == "$BVLC_COMMIT" ]] || { say "the clone is not at $BVLC_COMMIT"; return 1; }
  git -C "$clone" fsck --no-dangling >&2 || return 1
  mv -T "$clone" "$git_folder"
}

report_kept && exit
lock_cache
report_kept && exit
make_scratch "$cache/fetching.XXXXXX"
fetch_from_debian || { say "Debian's source package could not be had; trying BVLC's repository"; fetch_from_git; } ||
  die "Caffe's source could not be had from a Debian mirror nor from $BVLC_URL.
Fix it one of these ways:
  ./build.sh --debian-mirror URL    with a Debian mirror that still holds the release '$DEBIAN_SUITE'
  ./build.sh --caffe-source DIR     with your own copy of Caffe's source"
report_kept
