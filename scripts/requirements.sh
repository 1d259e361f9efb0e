# shellcheck shell=bash
# What the build needs of the machine: finds all that is missing, then installs it or says how. Sourced by build.sh after
# downloads.sh, private-apt.sh and steps.sh.

readonly DOTNET_CHANNEL=10.0
readonly DOTNET_INSTALLER=https://dot.net/v1/dotnet-install.sh

# TEST|PACKAGE[|OTHER NAME ...]: a test that says whether it is there, and what Debian's or Ubuntu's package for it is called.
# An installed package of any of the names will do; the first name that apt knows is installed.
readonly BUILD_REQUIREMENTS=(
  'command g++|g++'
  'cmake_is_new_enough|cmake'
  'command ninja|ninja-build'
  'command protoc|protobuf-compiler'
  'package|libprotobuf-dev'
  'package|libboost-system-dev'
  'package|libboost-thread-dev'
  'package|libboost-filesystem-dev'
  'package|libboost-regex-dev'
  'package|libhdf5-dev'
  'package|libjpeg-dev'
  'package|liblmdb-dev'
  'package|libleveldb-dev'
  'package|libsnappy-dev'
  'package|libopenblas-dev'
  'package|zlib1g-dev'
  'shared_library libgtk-3.so.0|libgtk-3-0t64|libgtk-3-0'
  'shared_library libdrm.so.2|libdrm2'
  'file /etc/ssl/certs/ca-certificates.crt|ca-certificates'
)
readonly FETCH_REQUIREMENTS=(
  'command dpkg-source|dpkg-dev'
  'file /usr/share/keyrings/debian-archive-keyring.gpg|debian-archive-keyring'
)
readonly PACK_REQUIREMENTS=(
  'command debootstrap|debootstrap'
  'command unshare|util-linux'
)
readonly TEST_REQUIREMENTS=(
  'command ccache|ccache'
  'command clang-14 clang|clang-14|clang'
  'libfuzzer_is_there|libclang-rt-14-dev|libclang-common-14-dev'
  'command clang-format-14 clang-format|clang-format-14|clang-format'
  'command shellcheck|shellcheck'
  'command nm|binutils'
  'command dot|graphviz'
  'command chromium chromium-browser google-chrome|chromium|chromium-browser'
  'command chromedriver|chromium-driver|chromium-chromedriver'
  'command systemd-analyze|systemd'
  'package|parallel'
  'package|slurm-client'
  'package|slurmctld'
  'package|slurmd'
  'package|munge'
)

missing_packages=()
# How many of them only tests need.
missing_for_tests=0

package_is_installed() { [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" == installed ]]; }

cmake_is_new_enough() {
  local version
  version=$(cmake --version 2> /dev/null | awk 'NR == 1 { print $3 }') || return 1
  printf '3.18\n%s\n' "$version" | sort --version-sort --check=quiet
}

libfuzzer_is_there() {
  local clang
  # The bare name where it does not exist.
  clang=$(command -v clang-14 || command -v clang) && [[ -e "$("$clang" -print-file-name=libclang_rt.fuzzer-x86_64.a)" ]]
}

# is_there TEST PACKAGE...: whether one requirement is met.
is_there() {
  local -a test packages=("${@:2}")
  read -ra test <<< "$1"
  local name
  case "${test[0]}" in
    command) for name in "${test[@]:1}"; do ! command -v "$name" > /dev/null || return 0; done; return 1 ;;
    file) [[ -e "${test[1]}" ]] ;;
    package) for name in "${packages[@]}"; do ! package_is_installed "$name" || return 0; done; return 1 ;;
    shared_library) ldconfig_list | grep -F "${test[1]} " > /dev/null ;;
    *) "${test[@]}" ;;
  esac
}

# ldconfig lies outside the PATH of ordinary users.
ldconfig_list() { PATH="$PATH:/usr/sbin:/sbin" ldconfig -p; }

# The first of the names that apt can install, or the last one where its lists do not exist yet.
installable_name() {
  local name
  for name in "$@"; do
    if apt-cache show "$name" > /dev/null 2>&1; then
      printf '%s\n' "$name"
      return
    fi
  done
  printf '%s\n' "$name"
}

# find_missing REQUIREMENT...: fills missing_packages with the alternatives of each requirement that is not met.
find_missing() {
  local requirement
  local -a parts
  for requirement in "$@"; do
    IFS='|' read -ra parts <<< "$requirement"
    is_there "${parts[@]}" || missing_packages+=("${parts[*]:1}")
  done
}

# as_root COMMAND...: as we are, or with a sudo that asks nothing; fails where we may not.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif sudo -n true 2> /dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

resolve_packages() {
  local alternatives
  for alternatives in "${missing_packages[@]}"; do
    # shellcheck disable=SC2086 # a list of names
    installable_name $alternatives
  done
}

install_missing_packages() {
  ((${#missing_packages[@]})) || return 0
  if ! command -v apt-get > /dev/null; then
    die "these are missing, by the names of Debian's packages: $(resolve_packages | xargs)
Install them with this system's own package manager and run the same command again."
  fi
  if ! as_root true && ((${#missing_packages[@]} == missing_for_tests)) && [[ "$TIER" != strict ]]; then
    say "These packages are missing; the tests that need them are skipped. To install them:"
    say "  sudo apt-get update && sudo apt-get install -y $(resolve_packages | xargs)"
    return 0
  fi
  if ! as_root true; then
    say "These packages are missing, and installing them requires root. Run this, then the same command again:"
    say "  sudo apt-get update && sudo apt-get install -y $(resolve_packages | xargs)"
    exit 2
  fi
  run_step apt-update "Reading the package lists" as_root apt-get update ||
    die "apt-get update failed; see above what the machine's own package sources want"
  local -a names
  mapfile -t names < <(resolve_packages)
  run_step apt-install "Installing ${names[*]}" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${names[@]}" ||
    die "apt-get could not install what is missing; fix that and run the same command again"
}

# Sets DOTNET_ROOT and PATH to a .NET SDK of the right version, where there is one.
find_dotnet() {
  local candidate
  for candidate in dotnet "${DOTNET_ROOT:-/nowhere}/dotnet" "${HOME:-/nowhere}/.dotnet/dotnet" "$(cache_folder)/dotnet/dotnet"; do
    command -v "$candidate" > /dev/null || continue
    if "$candidate" --list-sdks 2> /dev/null | grep "^${DOTNET_CHANNEL%.*}\." > /dev/null; then
      DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v "$candidate")")")
      export DOTNET_ROOT PATH="$DOTNET_ROOT:$PATH"
      return 0
    fi
  done
  return 1
}

download() {
  if command -v curl > /dev/null; then
    curl -fsSL --retry 2 -o "$2" "$1"
  else
    wget -q -O "$2" "$1"
  fi
}

# Microsoft's own installer, into the cache folder; nothing of the machine changes.
install_dotnet_privately() {
  local folder installer
  folder=$(cache_folder)/dotnet
  installer=$(cache_folder)/dotnet-install.sh
  download "$DOTNET_INSTALLER" "$installer" && bash "$installer" --channel "$DOTNET_CHANNEL" --install-dir "$folder" --no-path
}

install_dotnet() {
  if installable_sdk && as_root true; then
    run_step dotnet-sdk "Installing the .NET SDK $DOTNET_CHANNEL" as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "dotnet-sdk-$DOTNET_CHANNEL" || true
  else
    run_step dotnet-sdk "Installing the .NET SDK $DOTNET_CHANNEL into the cache folder" install_dotnet_privately || true
  fi
  find_dotnet || die "there is no .NET SDK $DOTNET_CHANNEL here. Install it and run the same command again:
  curl -fsSL $DOTNET_INSTALLER | bash -s -- --channel $DOTNET_CHANNEL
(it goes to ~/.dotnet, where this script looks for it)"
}

installable_sdk() { apt-cache show "dotnet-sdk-$DOTNET_CHANNEL" > /dev/null 2>&1; }

# set_up build|test|pack: all that is missing is found before anything is installed.
set_up() {
  local purpose=$1
  [[ "$(uname -sm)" == "Linux x86_64" ]] || die "this runs on Linux on x86_64 (the image library comes for that alone); this is $(uname -sm)"
  find_missing "${BUILD_REQUIREMENTS[@]}"
  if [[ -z "${CAFFE_SOURCE:-}" || "$purpose" == test ]] && debian_mirror > /dev/null; then
    find_missing "${FETCH_REQUIREMENTS[@]}"
  fi
  case "$purpose" in
    test)
      missing_for_tests=${#missing_packages[@]}
      find_missing "${TEST_REQUIREMENTS[@]}"
      missing_for_tests=$((${#missing_packages[@]} - missing_for_tests))
      ;;
    pack) find_missing "${PACK_REQUIREMENTS[@]}" ;;
  esac
  local dotnet_is_there=true
  find_dotnet || dotnet_is_there=false
  if ! $dotnet_is_there; then
    if installable_sdk; then
      missing_packages+=("dotnet-sdk-$DOTNET_CHANNEL")
    elif ! command -v curl > /dev/null && ! command -v wget > /dev/null; then
      missing_packages+=(curl)
    fi
  fi
  install_missing_packages
  find_dotnet || install_dotnet
}
