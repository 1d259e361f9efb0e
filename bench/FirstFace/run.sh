#!/usr/bin/env bash
# From a Debian 12 that has nothing but .NET to the first face: commands, seconds, megabytes. This library finds a face; OpenCV's DNN
# module and ONNX Runtime run the three nets once each, which is less: the cascade around them would have to be written.
# Packages come from this machine's folders, so the seconds hold no downloads; the megabytes are what would be downloaded and unpacked.
#
#   bench/FirstFace/run.sh [ROUNDS]    after ./build.sh pack; as root
#
# shellcheck disable=SC2016 # the root's shell expands what is in quotes
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ROOT=$PWD
# shellcheck source=scripts/downloads.sh
. scripts/downloads.sh
# shellcheck source=scripts/private-apt.sh
. scripts/private-apt.sh
# shellcheck source=scripts/steps.sh
. scripts/steps.sh
# shellcheck source=scripts/requirements.sh
. scripts/requirements.sh
# shellcheck source=scripts/debian-roots.sh
. scripts/debian-roots.sh
((EUID == 0)) || die "this requires root: it works in its own Debian (chroot)"
compgen -G 'build/packages/Mtcnn.[0-9]*.nupkg' > /dev/null || die "there are no packages in build/packages. They are made by ./build.sh pack"
find_dotnet || die "there is no .NET SDK here. ./build.sh setup gets it"
registry=$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//')
version=$(basename build/packages/Mtcnn.[0-9]*.nupkg .nupkg)
version=${version#Mtcnn.}
work=$ROOT/build/first-face
rm -rf "$work"
mkdir -p "$work/models"
# What OpenCV and ONNX Runtime read, made beforehand; the packages registry must have been asked once for what they need.
for net in 12net 24net 48net; do
  any_size=()
  [[ "$net" != 12net ]] || any_size=(--any-size)
  bin/mtcnn export "prototxt/$net.prototxt" "models/$net.caffemodel" -o "$work/models/$net.onnx" "${any_size[@]}" > /dev/null
  cp "prototxt/$net.prototxt" "models/$net.caffemodel" "$work/models/"
done
dotnet new console --output "$work/registry" > /dev/null
for package in OpenCvSharp4 OpenCvSharp4.official.runtime.linux-x64 Microsoft.ML.OnnxRuntime SkiaSharp SkiaSharp.NativeAssets.Linux.NoDependencies; do
  (cd "$work/registry" && dotnet add package "$package") > /dev/null
done

# first_face NAME COMMAND...: what has to be typed in a new root, in the program's folder.
first_face() {
  local name=$1
  shift
  local root="$work/root"
  cp -a "$(cache_folder)/root-bookworm" "$root"
  # What ./build.sh pack tried there.
  rm -rf "$root"/{consumer,first,restored}
  mkdir "$root/program"
  cp samples/astronaut.png "$root/program/photo.png"
  cp samples/astronaut.png "$root/program/photo.jpg"
  cp tests/Consumer/empty-root.nuget.config "$root/program/nuget.config"
  case "$name" in
    Mtcnn) sed -n '/^```csharp$/,/^```$/{/^```/d;p}' src/Mtcnn/README.md > "$root/program.cs" ;;
    *) cp "bench/FirstFace/$name/Program.cs" "$root/program.cs" && cp -R "$work/models" "$root/program/models" && cp "$work"/models/*.{prototxt,onnx} "$root/program/" ;;
  esac
  printf '%s\n' 'cd /program' 'began=$EPOCHREALTIME' "$@" 'echo "$(((${EPOCHREALTIME/./} - ${began/./}) / 1000))" > /took' > "$root/commands.sh"
  local size
  size=$(du -sm "$root" | cut -f1)
  in_root "$root" 'export DOTNET_ROOT=/dotnet PATH=$PATH:/dotnet DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 \
    DOTNET_NUGET_SIGNATURE_VERIFICATION=false NUGET_PACKAGES=/restored MSBUILDDISABLENODEREUSE=1; bash -euo pipefail /commands.sh' \
    "$DOTNET_ROOT:/dotnet:ro" "$ROOT/build/packages:/packages:ro" "$registry:/registry:ro" > "$work/$name.log" 2>&1 || { tail -n 20 "$work/$name.log" >&2; die "$name failed"; }
  printf '%-12s %2d commands %7d ms %5d MB\n' "$name" $(($# - 1)) "$(cat "$root/took")" $(($(du -sm "$root" | cut -f1) - size))
  rm -rf "$root"
}

for ((round = 0; round < ${1:-3}; round++)); do
  # The program has to be written by hand in each of them.
  first_face Mtcnn 'dotnet new console --name Faces --output .' "dotnet add package Mtcnn --version $version" 'cp /program.cs Program.cs' 'dotnet run'
  first_face CvDnn 'apt-get -q update && apt-get -qy install --no-install-recommends libgtk-3-0 libdrm2 libatomic1' 'dotnet new console --name Faces --output .' \
    'dotnet add package OpenCvSharp4' 'dotnet add package OpenCvSharp4.official.runtime.linux-x64' 'cp /program.cs Program.cs' 'dotnet run'
  first_face OnnxRuntime 'dotnet new console --name Faces --output .' 'dotnet add package Microsoft.ML.OnnxRuntime' 'dotnet add package SkiaSharp' \
    'dotnet add package SkiaSharp.NativeAssets.Linux.NoDependencies' 'cp /program.cs Program.cs' 'dotnet run'
done
rm -rf "$work/registry"
