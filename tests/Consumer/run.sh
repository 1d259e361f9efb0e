#!/usr/bin/env bash
# Runs in an empty root, with .NET as /dotnet, the packages as /packages and those of others as /registry; scripts/pack.sh has it so.
# First what the README of the package Mtcnn says, then a program that checks numbers, then the command, as a tool and by itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# Nothing of ICU is in the root; the packages were checked when they came to this machine.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NUGET_SIGNATURE_VERIFICATION=false
export NUGET_PACKAGES=/restored MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
version=$(basename /packages/Mtcnn.[0-9]*.nupkg .nupkg)
version=${version#Mtcnn.}

for unwanted in gcc c++ protoc; do
  ! command -v "$unwanted" || { echo "this root is not empty: it has $unwanted" >&2; exit 1; }
done
for unwanted in libgtk-3 libprotobuf libboost libhdf5 liblmdb libopenblas libcaffe; do
  ! compgen -G "/usr/lib/x86_64-linux-gnu/$unwanted*" || { echo "this root is not empty: it has $unwanted" >&2; exit 1; }
done

cp empty-root.nuget.config nuget.config
rm -rf /first /restored
mkdir /first
cp nuget.config /first/
cp astronaut.png /first/photo.jpg
(
  cd /first
  dotnet new console --name Faces --output .
  dotnet add package Mtcnn --version "$version"
  cp "$NUGET_PACKAGES/mtcnn/$version/README.md" README.md
  # shellcheck disable=SC2016 # the README's marks
  sed -n '/^```csharp$/,/^```$/{/^```/d;p}' README.md > Program.cs
  dotnet run
  [[ -s face-1.png ]]
)

# Caffe without images: nothing of OpenCV comes along.
rm -rf /caffe
mkdir /caffe
cp nuget.config /caffe/
(
  cd /caffe
  dotnet new console --name Caffe --output .
  dotnet add package CaffeSharp --version "$version"
  echo 'System.Console.WriteLine(CaffeSharp.Hdf5.Read("none.h5").Count);' > Program.cs
  dotnet list package --include-transitive | tee packages
  if grep -qi opencv packages; then exit 1; fi
  dotnet build -o built
  if [[ -n "$(find built -iname '*opencv*')" ]]; then exit 1; fi
  # The first call loads the library, which says what is wrong with the file.
  echo 'no HDF5' > none.h5
  if dotnet built/Caffe.dll 2> error; then exit 1; fi
  grep InvalidDataException error
)

dotnet build -c Release --nologo -v quiet -p:MtcnnVersion="$version"
dotnet bin/Release/net10.0/Consumer.dll

dotnet tool install --tool-path tools --version "$version" Mtcnn.Tool
tools/mtcnn detect astronaut.png --format table

# The command without any .NET.
env -i HOME=/nonexistent PATH=/usr/bin:/bin /packages/mtcnn-linux-x64/mtcnn detect astronaut.png --format table
