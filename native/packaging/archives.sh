#!/usr/bin/env bash
# Compiles what libcaffesharp.so holds inside into static archives of position-independent code, which Debian's archives are not, and
# puts them where the build looks first. Runs in the build root, on its sources in /sources; see scripts/pack.sh.
set -euo pipefail

# ccache stands in front of the compilers.
export PATH="/usr/lib/ccache:$PATH"
readonly WORK=/tmp/archives LIBRARIES=/usr/lib/x86_64-linux-gnu NOTICES=/usr/share/third-party
readonly FLAGS='-O2 -fPIC -fvisibility=hidden -ffunction-sections -fdata-sections'

# unpack NAME [PATTERN...]: the one tar of that source into WORK/NAME; only what matches, where patterns are given.
unpack() {
  local name=$1
  shift
  mkdir -p "$WORK/$name"
  tar -xf /sources/"$name"_*.orig.tar.* -C "$WORK/$name" --strip-components=1 --wildcards "$@"
}

# notice NAME FILE: the licence of what is inside.
notice() { install -D -m 644 "$2" "$NOTICES/$1"; }

# cmake_archive NAME FOLDER TARGETS OPTION...
cmake_archive() {
  local name=$1 folder=$2 targets=$3
  shift 3
  cmake -S "$folder" -B "$WORK/$name-build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_C_FLAGS="$FLAGS" -DCMAKE_CXX_FLAGS="$FLAGS" "$@"
  # shellcheck disable=SC2086 # a list of targets
  cmake --build "$WORK/$name-build" --target $targets
}

# The version that the root's headers and protoc have.
protobuf() {
  unpack protobuf
  cmake_archive protobuf "$WORK/protobuf/cmake" libprotobuf -Dprotobuf_BUILD_TESTS=OFF -Dprotobuf_BUILD_PROTOC_BINARIES=OFF \
    -Dprotobuf_WITH_ZLIB=OFF
  install -m 644 "$WORK/protobuf-build/libprotobuf.a" "$LIBRARIES/libprotobuf.a"
  notice protobuf "$WORK/protobuf/LICENSE"
}

# Without szip, parallel HDF5 and all that reaches the network.
hdf5() {
  unpack hdf5
  mkdir -p "$WORK/hdf5-build"
  (
    cd "$WORK/hdf5-build"
    CFLAGS="$FLAGS" ../hdf5/configure --quiet --enable-build-mode=production --disable-shared --disable-fortran --disable-cxx --disable-java \
      --disable-tests --disable-tools --disable-parallel --disable-dependency-tracking --enable-hl --with-zlib --without-szlib
    make -C src --silent -j "$(nproc)"
    make -C hl/src --silent -j "$(nproc)"
    make -C src --silent install-data prefix=/usr/local
    make -C hl/src --silent install-data prefix=/usr/local
  )
  install -m 644 "$WORK/hdf5-build/src/.libs/libhdf5.a" /usr/local/lib/libhdf5_serial.a
  install -m 644 "$WORK/hdf5-build/hl/src/.libs/libhdf5_hl.a" /usr/local/lib/libhdf5_serial_hl.a
  notice hdf5 "$WORK/hdf5/COPYING"
}

# compile_archive NAME OUTPUT OPTIONS SOURCE...
compile_archive() {
  local name=$1 output=$2 options=$3 source
  shift 3
  mkdir -p "$WORK/$name-build"
  for source; do
    # shellcheck disable=SC2086 # lists of options
    "$([[ "$source" == *.c ]] && echo gcc || echo g++)" $FLAGS -DNDEBUG $options -c "$source" \
      -o "$WORK/$name-build/$(basename "$source").o"
  done
  rm -f "$output"
  ar rcsD "$output" "$WORK/$name-build"/*.o
}

lmdb() {
  unpack lmdb
  compile_archive lmdb "$LIBRARIES/liblmdb.a" -pthread "$WORK"/lmdb/libraries/liblmdb/{mdb,midl}.c
  notice lmdb "$WORK/lmdb/libraries/liblmdb/LICENSE"
}

# Boost's headers are the root's; of its sources only two libraries are required.
boost() {
  unpack boost1.74 '*/libs/thread/src/*' '*/libs/filesystem/src/*' '*/LICENSE_1_0.txt'
  local libs="$WORK/boost1.74/libs"
  compile_archive boost-thread "$LIBRARIES/libboost_thread.a" '-pthread -DBOOST_THREAD_BUILD_LIB=1' \
    "$libs"/thread/src/pthread/{thread,once}.cpp "$libs/thread/src/future.cpp"
  compile_archive boost-filesystem "$LIBRARIES/libboost_filesystem.a" '-DBOOST_FILESYSTEM_STATIC_LINK=1' "$libs"/filesystem/src/*.cpp
  notice boost "$WORK/boost1.74/LICENSE_1_0.txt"
}

# A new OpenBLAS, for new processors: real numbers alone, and the kernels of three generations, of which it takes the newest that the
# processor has (any x86-64, AVX2, AVX-512). No LAPACK, so no Fortran runtime.
openblas() {
  unpack openblas
  local options=(NO_LAPACK=1 NOFORTRAN=1 ONLY_CBLAS=1 NO_SHARED=1 NO_AFFINITY=1 USE_THREAD=1 USE_OPENMP=0
    NUM_THREADS=128 DYNAMIC_ARCH=1 'DYNAMIC_LIST=HASWELL SKYLAKEX' BUILD_SINGLE=1 BUILD_DOUBLE=1)
  make -C "$WORK/openblas" -j "$(nproc)" "${options[@]}" COMMON_OPT="$FLAGS" libs
  make -C "$WORK/openblas" "${options[@]}" PREFIX="$WORK/openblas-installed" install
  install -m 644 "$WORK"/openblas-installed/lib/libopenblas.a /usr/local/lib/libopenblas.a
  install -m 644 -t /usr/local/include "$WORK"/openblas-installed/include/*.h
  notice openblas "$WORK/openblas/LICENSE"
}

# These of Debian's archives are position-independent as they are.
others() {
  local package
  for package in libleveldb-dev libsnappy-dev zlib1g-dev; do
    notice "${package%-dev}" "/usr/share/doc/$package/copyright"
  done
}

rm -rf "$WORK"
for part in protobuf hdf5 lmdb boost openblas others; do
  "$part"
done
rm -rf "$WORK"
