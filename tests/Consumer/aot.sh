#!/usr/bin/env bash
# The consumer, from the sources of this repository, compiled ahead of time to machine code: no warning of the compiler that something
# may be missing, and the same numbers.
#
#   aot.sh FOLDER
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
rm -rf "$1"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$repository/tests/Consumer"
dotnet publish Consumer.csproj -c Release -r linux-x64 --nologo -v minimal -p:PublishAot=true -p:StripSymbols=true -p:RunAnalyzers=false \
  -p:TrimmerSingleWarn=false -p:ArtifactsPath="$folder/artifacts" -o "$folder/program" | tee "$folder/log"
! grep -E 'warning IL|error' "$folder/log" || exit 1
! compgen -G "$folder/program/*.dll" || { echo "the program was not compiled to machine code" >&2; exit 1; }
cp "$repository/samples/astronaut.png" "$folder/"
cd "$folder"
# Nothing of .NET is at hand.
env -i PATH=/usr/bin:/bin HOME=/nonexistent program/Consumer
echo "$(du -sm program | cut -f1) MB"
