# shellcheck shell=bash
# `./build.sh pack`: the packages in build/packages, and a program that takes them from there on an empty machine. Sourced by build.sh
# after debian-roots.sh; ROOT, LOGS and the steps are build.sh's.

# shellcheck disable=SC2153 # build.sh sets it
readonly PACKAGES="$ROOT/build/packages"
readonly NATIVE_RUNTIME="$ROOT/build/native-debian-11"
# The projects that become packages, each after those that it refers to. The .NET ones are in Mtcnn.sln too.
readonly PACKED=(CaffeSharp.Runtime.linux-x64 Mtcnn.Models CaffeSharp CaffeSharp.Imaging CaffeSharp.Onnx Mtcnn.Core Mtcnn Mtcnn.Training
  Mtcnn.Extensions Mtcnn.Cli)
# What the native library is built with, in Debian 11: old enough for Ubuntu 20.04.
readonly PACK_SUITE=bullseye
readonly PACK_ROOT_PACKAGES=(binutils ccache cmake g++ libboost-filesystem-dev libboost-system-dev libboost-thread-dev libleveldb-dev
  liblmdb-dev libprotobuf-dev libsnappy-dev make ninja-build protobuf-compiler xz-utils zlib1g-dev)
# SUITE=SOURCE: what is compiled into the library. Each is checked by the hashes in the suite's signed lists.
readonly PACK_SOURCES=(bullseye=protobuf bullseye=lmdb bullseye=boost1.74 bookworm=hdf5 trixie=openblas)

require_root() {
  ((EUID == 0)) || {
    say "Packing requires root: it builds in a separate Debian 11 (debootstrap, chroot), in the cache folder. Run:"
    say "  sudo --preserve-env=XDG_CACHE_HOME,HOME,DEBIAN_MIRROR,DOTNET_ROOT ./build.sh pack"
    exit 2
  }
}

# fetch_pack_sources FOLDER
fetch_pack_sources() {
  local folder=$1 source suite name
  mkdir -p "$folder"
  for source in "${PACK_SOURCES[@]}"; do
    suite=${source%%=*} name=${source#*=}
    compgen -G "$folder/${name}_*.orig.tar.*" > /dev/null && continue
    rm -rf "$folder/fetching"
    mkdir -p "$folder/fetching"
    private_apt_open "$folder/apt-$suite" deb-src "$suite" main || return 1
    (cd "$folder/fetching" && private_apt "$folder/apt-$suite" apt-get source --download-only --tar-only "$name") || return 1
    mv "$folder/fetching/${name}"_*.orig.tar.* "$folder/"
  done
  rm -rf "$folder/fetching" "$folder"/apt-*
}

# The archives stay in the root, and are made again where their script or their sources have changed.
build_archives() {
  local root=$1 sources=$2 fingerprint
  fingerprint=$(cat native/packaging/archives.sh <(cd "$sources" && sha256sum -- *.tar.*) "$root/made-of" | sha256sum)
  [[ "$(cat "$root/archives-of" 2> /dev/null)" != "$fingerprint" ]] || return 0
  in_root "$root" 'CCACHE_DIR=/ccache bash /repository/native/packaging/archives.sh' "$ROOT:/repository:ro" "$sources:/sources:ro" \
    "$(cache_folder)/ccache:/ccache" || return 1
  printf '%s' "$fingerprint" > "$root/archives-of"
}

build_library() {
  local root=$1
  mkdir -p "$NATIVE_RUNTIME"
  in_root "$root" 'CCACHE_DIR=/ccache XDG_CACHE_HOME=/cache bash /repository/native/packaging/library.sh' "$ROOT:/repository:ro" \
    "$NATIVE_RUNTIME:/build" "$(cache_folder):/cache/mtcnn:ro" "$(cache_folder)/ccache:/ccache"
}

pack_native() {
  local cache root sources mirror
  cache=$(cache_folder)
  root="$cache/root-$PACK_SUITE" sources="$cache/pack-sources"
  mirror=$(debian_mirror) || die "the native library is built in Debian 11, and this machine's apt has no Debian mirror; name one: ./build.sh pack --debian-mirror URL"
  mkdir -p "$cache/ccache"
  run_step pack-root "Setting up Debian 11 to build in" debian_root "$root" "$PACK_SUITE" "$mirror" "${PACK_ROOT_PACKAGES[@]}"
  run_step pack-sources "Getting the sources of what goes into the library" fetch_pack_sources "$sources"
  run_step pack-archives "Compiling what goes into the library" build_archives "$root" "$sources"
  run_step pack-library "Building Caffe and its C interface in Debian 11" build_library "$root"
}

# What was packed last is what the new assemblies are compared with.
keep_last_packages() {
  local package name
  mkdir -p "$PACKAGES/last"
  for package in "$PACKAGES"/*.nupkg; do
    [[ -e "$package" ]] || continue
    name=$(basename "$package")
    mv "$package" "$PACKAGES/last/${name%%.[0-9]*}.nupkg"
  done
  rm -f "$PACKAGES"/*.snupkg
}

# pack_project NAME: its restored packages stay apart, so that none of ours is taken from an older pack. The analyzers are for tests.
pack_project() {
  dotnet pack "src/$1" -c Release --nologo -v minimal -o "$PACKAGES" -p:ArtifactsPath="$ROOT/build/pack/" \
    -p:PackagesFeed="$PACKAGES" -p:RestorePackagesPath="$ROOT/build/pack/packages" -p:RestoreFallbackFolders="$GLOBAL_PACKAGES" \
    -p:RunAnalyzers=false
}

pack_managed() {
  local project
  GLOBAL_PACKAGES=$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//')
  rm -rf build/pack/packages
  keep_last_packages
  for project in "${PACKED[@]}"; do
    run_step "pack-$project" "Packing $project" pack_project "$project"
  done
  run_step pack-folder "Compiling the command to machine code" publish_folder
}

# The command as a folder that needs no .NET: machine code, with what lies beside it in the packages.
publish_folder() {
  local folder=$PACKAGES/mtcnn-linux-x64
  rm -rf "$folder" "$folder.tar.gz"
  dotnet publish src/Mtcnn.Cli -c Release -r linux-x64 --nologo -v minimal -o "$folder" -p:ArtifactsPath="$ROOT/build/pack/" \
    -p:PackagesFeed="$PACKAGES" -p:RestorePackagesPath="$ROOT/build/pack/packages" -p:RestoreFallbackFolders="$GLOBAL_PACKAGES" \
    -p:RunAnalyzers=false -p:PublishAot=true -p:TrimmerSingleWarn=false || return 1
  rm -f "$folder"/*.{pdb,xml,dbg}
  mv "$folder/Mtcnn.Cli" "$folder/mtcnn"
  tar --owner=0 --group=0 -C "$PACKAGES" -czf "$folder.tar.gz" mtcnn-linux-x64
}

pack() {
  pack_native
  build_native native "Caffe and its C interface, for the classes of its messages"
  pack_managed
  try_packages
}

# The gate: what the packages promise, on a machine that has nothing but .NET and the OpenSSL that its SDK
# requires. Debian 12, as small as it gets.
readonly CONSUMER_SUITE=bookworm

run_consumer() {
  local root=$1
  rm -rf "$root/consumer"
  cp -R tests/Consumer "$root/consumer"
  cp samples/astronaut.png "$root/consumer/"
  # shellcheck disable=SC2016 # the root's shell expands it
  in_root "$root" 'DOTNET_ROOT=/dotnet PATH=$PATH:/dotnet bash /consumer/run.sh' "$DOTNET_ROOT:/dotnet:ro" "$PACKAGES:/packages:ro" \
    "$GLOBAL_PACKAGES:/registry:ro"
}

try_packages() {
  local root
  root=$(cache_folder)/root-$CONSUMER_SUITE
  run_step consumer-root "Setting up an empty Debian 12" debian_root "$root" "$CONSUMER_SUITE" "$(debian_mirror)" libssl3
  run_step consumer "A new program with the packages, on the empty Debian 12" run_consumer "$root"
  tail -n 12 "$LOGS/consumer.log"
}
