#!/usr/bin/env bash
# Unpacks pycaffe, the oracle of the parity tests, into build/pycaffe: Debian 11's own python3-caffe with the libraries it
# was built against. Nothing is installed on the machine. build/pycaffe/python is a Python 3.9 that can import it.
#
#   setup-prefix.sh [NAME PACKAGE...]: into build/NAME, with further packages of Debian 11
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=scripts/downloads.sh
. "$repository/scripts/downloads.sh"
# shellcheck source=scripts/private-apt.sh
. "$repository/scripts/private-apt.sh"

readonly DEBIAN_SUITE=bullseye
# pycaffe without what it is declared to need for plotting and image files: those modules are never called here.
readonly PYCAFFE=python3-caffe
readonly PYCAFFE_NEEDS=(libcaffe1 libboost-python1.74.0 libpython3.9 python3.9-minimal python3-numpy python3-protobuf python3-six
  libopenblas0-pthread "${@:2}")
# Taken from the machine (a program has one C library), or only needed by a system that boots.
readonly LEFT_OUT=(libc6 libgcc-s1 libgcc1 libstdc++6 libcrypt1 debconf dpkg fontconfig-config gdal-data mariadb-common media-types
  mysql-common odbcinst perl-base proj-data python3=3.9.2 python3.9 readline-common tar tzdata ucf)

name=${1:-pycaffe}
prefix="$repository/build/$name"
cache="$(cache_folder)"
packages="$cache/$name"

# The packages are there, and are what apt verified when they came.
packages_are_whole() {
  [[ -s "$packages/SHA256SUMS" ]] && (cd "$packages" && sha256sum --check --status SHA256SUMS 2> /dev/null)
}

# Tells apt that the packages left out are installed, so that it neither fetches them nor what only they need.
write_package_state() {
  local package version
  for package in "${LEFT_OUT[@]}"; do
    version=1:9999
    [[ "$package" != *=* ]] || version=${package#*=}
    printf '%s\n' "Package: ${package%=*}" "Version: $version" 'Status: install ok installed' 'Architecture: amd64' \
      'Multi-Arch: allowed' 'Maintainer: -' 'Description: -' ''
  done
}

# apt checks each package by the hashes in the signed release.
fetch_packages() {
  local apt="$scratch/apt" mirror download="$scratch/download" listing
  mirror=$(debian_mirror) || die "pycaffe comes from a Debian mirror, and this machine's apt has none; name one: ./build.sh test --debian-mirror URL
(or name your own Python that can import caffe: ./build.sh test --python PATH)"
  say "Fetching pycaffe's packages of Debian's $DEBIAN_SUITE from $mirror"
  mkdir -p "$apt" "$download"
  write_package_state > "$apt/status"
  private_apt_open "$apt" deb "$DEBIAN_SUITE" main "$mirror" >&2 ||
    die "the mirror $mirror does not give Debian's release '$DEBIAN_SUITE'; name one that does: ./build.sh test --debian-mirror URL"
  listing=$(private_apt "$apt" apt-get install --simulate --yes "${PYCAFFE_NEEDS[@]}" | awk '$1 == "Inst" { print $2 }')
  [[ -n "$listing" ]] || die "apt finds no way to get pycaffe's packages from $mirror"
  # shellcheck disable=SC2086 # a list of names
  (cd "$download" && private_apt "$apt" apt-get download "$PYCAFFE" $listing >&2) ||
    die "pycaffe's packages could not be fetched from $mirror; run the same command again"
  (cd "$download" && sha256sum -- *.deb > SHA256SUMS)
  rm -rf "$packages"
  mv -T "$download" "$packages"
}

unpack_packages() {
  local package
  mkdir -p "$scratch/prefix/root"
  for package in "$packages"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$scratch/prefix/root" \
      --exclude='./usr/share/doc*' --exclude='./usr/share/locale*' --exclude='./usr/share/man*' --exclude='./etc*'
  done
}

write_launcher() {
  cat > "$scratch/prefix/python" << 'END'
#!/bin/sh
# Debian 11's Python 3.9 with pycaffe, run from where it was unpacked.
root="$(dirname "$(readlink -f "$0")")/root"
libraries="$root/usr/lib/x86_64-linux-gnu"
export PYTHONHOME="$root/usr" PYTHONPATH="$root/usr/lib/python3/dist-packages" PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1
export LD_LIBRARY_PATH="$libraries:$libraries/openblas-pthread:$libraries/hdf5/serial:$root/usr/lib:$root/lib/x86_64-linux-gnu"
# This OpenBLAS is older than some processors; kernels of a kind that it knows well give the same numbers on all.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -qw avx2 /proc/cpuinfo; then export OPENBLAS_CORETYPE=Haswell; fi
exec "$root/usr/bin/python3.9" "$@"
END
  chmod +x "$scratch/prefix/python"
}

# What this prefix was made from: this script, and the packages.
fingerprint() { sha256sum "${BASH_SOURCE[0]}" "$packages/SHA256SUMS" | sha256sum | cut -d' ' -f1; }

[[ "$(uname -m)" == x86_64 ]] || die "pycaffe's packages are fetched for x86_64; this machine is $(uname -m). Name your own Python that can import caffe: --python PATH"
if [[ -s "$packages/SHA256SUMS" && "$(cat "$prefix/fingerprint" 2> /dev/null)" == "$(fingerprint)" ]]; then
  exit 0
fi
lock_cache
mkdir -p "$repository/build"
make_scratch "$repository/build/$name-making.XXXXXX"
packages_are_whole || fetch_packages
unpack_packages
write_launcher
"$scratch/prefix/python" "$repository/tests/pycaffe/describe.py" > "$scratch/prefix/description" ||
  die "pycaffe was unpacked but does not load; the lines above say why"
fingerprint > "$scratch/prefix/fingerprint"
rm -rf "$prefix"
mv -T "$scratch/prefix" "$prefix"
say "pycaffe is ready: $prefix/python ($(head -n 1 "$prefix/description"))"
