#!/usr/bin/env bash
# Only the functions of the headers are visible in the library: nothing of Caffe's, protobuf's or boost's.
# Usage: native/tests/exported_symbols.sh LIBRARY HEADER-FOLDER
set -euo pipefail
library=$1
headers=$2

exported=$(nm --dynamic --defined-only "$library" | awk '{ print $3 }' | sort)
declared=$(sed -nE 's/^CAFFESHARP_EXPORT .*[ *](caffe_[a-z0-9_]+)\(.*/\1/p' "$headers"/*.h | sort)
[[ -n "$declared" ]] || { echo "no functions found in $headers" >&2; exit 1; }
if [[ "$exported" != "$declared" ]]; then
  echo "The library's symbols (<) are not the headers' functions (>):" >&2
  diff <(echo "$exported") <(echo "$declared") >&2 || true
  exit 1
fi
echo "$(wc -l <<< "$exported") functions, as declared"
