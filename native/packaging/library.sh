#!/usr/bin/env bash
# Builds the library of the package CaffeSharp.Runtime.linux-x64 in /build and checks it. Runs in the build root, after archives.sh,
# with the repository as /repository.
set -euo pipefail

readonly NEWEST_GLIBC=2.31
cmake -S /repository -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCAFFESHARP_STATIC=ON -DCAFFESHARP_TESTS=OFF
cmake --build /build --target caffesharp desktop

# glibc and the C++ runtime alone may be needed of the machine, and no newer glibc than Ubuntu 20.04 has.
for library in /build/libcaffesharp*.so; do
  needed=$(objdump -p "$library" | awk '$1 == "NEEDED" && $2 !~ /^(libc|libm|libdl|libpthread|librt|libstdc\+\+|libgcc_s|ld-linux-x86-64)\.so/ { print $2 }')
  [[ -z "$needed" ]] || { echo "$library needs more of the machine than it may: $needed" >&2; exit 1; }
  # Some of the stand-ins need none.
  newest=$({ objdump -T "$library" | grep -o 'GLIBC_[0-9.]*' || true; } | sort -uV | tail -n 1)
  printf '%s\n%s\n' "${newest#GLIBC_}" "$NEWEST_GLIBC" | sort -V --check=quiet ||
    { echo "$library needs $newest, and Ubuntu 20.04 has $NEWEST_GLIBC" >&2; exit 1; }
  echo "$library: $(stat -c %s "$library") bytes, $newest"
done
bash /repository/native/tests/exported_symbols.sh /build/libcaffesharp.so /repository/native/include/caffesharp

# What the package says of others' rights.
{
  echo 'libcaffesharp.so holds the following, each under its own licence.'
  for notice in "$(find /cache/mtcnn -maxdepth 2 -path '*/caffe-*/LICENSE' | head -n 1)" /usr/share/third-party/*; do
    name=$(basename "$notice")
    [[ "$name" != LICENSE ]] || name=Caffe
    printf '\n%s\n%s\n\n' "$(printf '=%.0s' {1..80})" "$name"
    cat "$notice"
  done
} > /build/THIRD-PARTY-NOTICES.txt
