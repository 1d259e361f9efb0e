#!/usr/bin/env bash
# Builds the library from another Caffe tree: a copy of the original with one more layer type, which must then load from
# a prototxt, and with one more message, which C# must then have. Usage: native/tests/second_tree.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tree=build/second-tree/source
binaries=build/second-tree/build

original=${CAFFE_SOURCE:-}
if [[ -z "$original" ]]; then
  fetched=$(bash native/caffe/fetch-source.sh)
  original=${fetched%%$'\n'*}
fi
mkdir -p "$tree/src" "$tree/include"
# Only what is newer, so that a second run compiles nothing.
cp -a --update "$original/include/caffe" "$tree/include/"
cp -a --update "$original/src/caffe" "$tree/src/"
cp --update native/tests/extra_layer/negate_layer.hpp "$tree/include/caffe/layers/"
cp --update native/tests/extra_layer/negate_layer.cpp "$tree/src/caffe/layers/"
# Another file than the original's, whose loops this library therefore must not replace.
pooling="$tree/src/caffe/layers/pooling_layer.cpp"
grep -q '// Another tree' "$pooling" || printf "\n// Another tree.\n" >> "$pooling"
proto="$tree/src/caffe/proto/caffe.proto"
if ! grep -q NegateParameter "$proto"; then
  sed -i 's/^message LayerParameter {/&\n  optional NegateParameter negate_param = 9000;/' "$proto"
  printf '\n// What a Negate layer adds.\nmessage NegateParameter {\n  optional float offset = 1;\n}\n' >> "$proto"
fi

# It is the tree that is tested, not its speed. Its files get along in one, as the original's do.
cmake -S . -B "$binaries" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O0 -DNDEBUG" \
  -DCAFFE_SOURCE="$PWD/$tree" -DCAFFESHARP_CUDA=OFF -DCAFFESHARP_UNITY=ON | tee "$binaries.log"
grep -q 'layers/pooling_layer.cpp is not the original' "$binaries.log"
cmake --build "$binaries" --target extra_layer_test caffe_csharp_layers
"$binaries/native/tests/extra_layer_test"
grep -q 'class NegateParameter ' "$binaries/csharp/Caffe.g.cs"
grep -A 4 'LayerSpec Negate(' "$binaries/csharp/Specification.g.cs" | grep 'float? offset = null'
