#!/usr/bin/env bash
# Measures samples/Service under load on this machine's loopback, against the detector itself, and prints the tables of docs/services.md.
#
#   bench/service.sh [--quick] [SETTING...]    settings of the service, such as --Mtcnn:MaximumWaiting=64
#
# After ./build.sh. It requires wrk, and an idle machine for about a quarter of an hour.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v wrk > /dev/null || { printf 'wrk is missing: apt-get install wrk\n' >&2; exit 2; }

options=()
if [[ "${1:-}" == --quick ]]; then
  options=(--quick)
  shift
fi
dotnet build samples/Service -c Release -v quiet
dotnet build bench/Service -c Release -v quiet

log=$(mktemp)
MALLOC_ARENA_MAX=2 dotnet build/dotnet/bin/Service/release/Mtcnn.Samples.Service.dll --urls http://127.0.0.1:0 "$@" > "$log" 2>&1 &
service=$!
trap 'kill "$service"; wait "$service" || true; rm -f "$log"' EXIT
address=
until address=$(sed -nE 's/.*Now listening on: (.*)/\1/p' "$log") && [[ -n "$address" ]]; do
  kill -0 "$service" 2> /dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.1
done
build/dotnet/bin/Mtcnn.ServiceLoad/release/Mtcnn.ServiceLoad "$address" "$service" samples/astronaut.png "${options[@]}"
