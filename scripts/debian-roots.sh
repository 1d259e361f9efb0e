# shellcheck shell=bash
# Root folders of other Debian releases, to build and to try things in, without a container engine. Sourced after downloads.sh,
# private-apt.sh and steps.sh; needs root and debootstrap.

# debian_root FOLDER SUITE MIRROR [PACKAGE...]: a root folder of that release with these packages; made once, and again where what it
# is made of has changed.
debian_root() {
  local folder=$1 suite=$2 mirror=$3 wanted="${*:2}"
  [[ "$(cat "$folder/made-of" 2> /dev/null)" != "$wanted" ]] || return 0
  rm -rf "$folder" "$folder.making"
  mkdir -p "$(dirname "$folder")"
  debootstrap --variant=minbase --keyring="$DEBIAN_KEYRING" "$suite" "$folder.making" "$mirror" || return 1
  # How this machine reaches the network.
  apt-config dump | grep -E '^Acquire::(http|https)' > "$folder.making/etc/apt/apt.conf.d/50network" || true
  if (($# > 3)); then
    in_root "$folder.making" "apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends ${*:4}" || return 1
  fi
  rm -rf "$folder.making/var/cache/apt/archives" "$folder.making/var/lib/apt/lists"
  printf '%s' "$wanted" > "$folder.making/made-of"
  mv -T "$folder.making" "$folder"
}

# in_root FOLDER COMMAND [HERE:THERE...]: runs a shell command with FOLDER as the root; the folders HERE appear as THERE in it, and can
# only be read there where the name ends in ":ro". Nothing stays mounted. The environment is empty but for HOME, LANG and PATH.
in_root() {
  # shellcheck disable=SC2016 # the inner shell expands these
  unshare --mount bash -euc '
    folder=$1 command=$2
    shift 2
    mkdir -p "$folder/proc" "$folder/dev"
    mount -t proc proc "$folder/proc"
    mount --rbind /dev "$folder/dev"
    for mounted; do
      IFS=: read -r here there mode <<< "$mounted"
      mkdir -p "$folder$there"
      mount --bind "$here" "$folder$there"
      [[ -z "$mode" ]] || mount -o "remount,bind,$mode" "$folder$there"
    done
    exec chroot "$folder" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      /bin/bash -euo pipefail -c "$command"' in_root "$@"
}
