# shellcheck shell=bash
# Our own apt: fetches signed Debian packages without touching the machine's sources, lists or package state.
# Sourced after downloads.sh; needs apt and, for sources, dpkg-dev. Works without root.

DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# Prints the Debian mirror: DEBIAN_MIRROR, or the one that this machine's apt uses. Fails where there is none.
debian_mirror() {
  if [[ -n "${DEBIAN_MIRROR:-}" ]]; then
    printf '%s\n' "${DEBIAN_MIRROR%/}"
    return
  fi
  command -v apt-get > /dev/null || return 1
  local site
  # $(ORIGIN) is empty until the machine's first `apt-get update`, hence the look at the system's own name.
  # shellcheck disable=SC2016 # apt expands these
  site=$(apt-get indextargets --format '$(ORIGIN)|$(REPO_URI)|$(SUITE)$(RELEASE)' 'Created-By: Packages' 'Component: main' 2> /dev/null |
    awk -F'|' -v machine="$(. /etc/os-release && printf '%s' "${ID:-}")" \
      '$3 !~ /security/ && $2 !~ /security/ && ($1 == "Debian" || ($1 == "" && machine == "debian" && $2 ~ /\/debian\/?$/)) && !found { print $2; found = 1 }')
  [[ -n "$site" ]] || return 1
  printf '%s\n' "${site%/}"
}

# private_apt_open FOLDER TYPE SUITE COMPONENTS [MIRROR]: makes and refreshes an apt state in FOLDER. TYPE is deb or deb-src.
# A suite whose Release file is past its date is accepted (old releases are frozen); its signature is still required.
private_apt_open() {
  local folder=$1 type=$2 suite=$3 components=$4 mirror=${5:-}
  [[ -n "$mirror" ]] || mirror=$(debian_mirror) || return 1
  [[ -r "$DEBIAN_KEYRING" ]] || { say "$DEBIAN_KEYRING is missing (package debian-archive-keyring)"; return 1; }
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  printf '%s [signed-by=%s] %s %s %s\n' "$type" "$DEBIAN_KEYRING" "$mirror" "$suite" "$components" > "$folder/sources.list"
  [[ -e "$folder/status" ]] || : > "$folder/status"
  {
    # How this machine reaches the network (proxies and the like) is taken over, its policies are not.
    apt-config dump | grep -E '^Acquire::(http|https|ForceIPv[46])' || true
    cat <<END
Dir::State "$folder";
Dir::State::Lists "$folder/lists";
Dir::State::status "$folder/status";
Dir::Cache "$folder/cache";
Dir::Etc::SourceList "$folder/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Main "/dev/null";
Dir::Etc::Parts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
APT::Sandbox::User "root";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Install-Recommends "false";
APT::Update::Error-Mode "any";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
END
  } > "$folder/apt.conf"
  private_apt "$folder" apt-get update
}

# private_apt FOLDER COMMAND...: runs an apt command against the state in FOLDER; it says nothing unless something is wrong.
private_apt() {
  local folder=$1
  shift
  APT_CONFIG="$folder/apt.conf" LC_ALL=C "$1" -qq "${@:2}"
}
