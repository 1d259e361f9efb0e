#!/usr/bin/env bash
# Measures this library against what a user would pick instead, and writes docs/performance-results.md with its plots.
#
#   bench/run.sh [--quick] [SECTION...]    sections: nets images sizes faces threads processes training; all where none is named
#
# After ./build.sh. It requires an idle machine for about a quarter of an hour, and fetches Debian 11's pycaffe and OpenCV for Python once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tests/pycaffe/setup-prefix.sh pycaffe-opencv python3-opencv
dotnet build bench/Suite -c Release -v quiet
suite=(build/dotnet/bin/Mtcnn.Suite/release/Mtcnn.Suite)
"${suite[@]}" "$@"
"${suite[@]}" report
