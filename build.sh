#!/usr/bin/env bash
# Builds everything from nothing, shows it, tests it. `./build.sh help` says how.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
ROOT=$PWD
LOGS="$ROOT/build/logs"
# shellcheck source=scripts/downloads.sh
. scripts/downloads.sh
# shellcheck source=scripts/private-apt.sh
. scripts/private-apt.sh
# shellcheck source=scripts/steps.sh
. scripts/steps.sh
# shellcheck source=scripts/requirements.sh
. scripts/requirements.sh
# shellcheck source=scripts/test-runners.sh
. scripts/test-runners.sh
# shellcheck source=scripts/debian-roots.sh
. scripts/debian-roots.sh
# shellcheck source=scripts/pack.sh
. scripts/pack.sh

export DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
CUDA=OFF
FUZZ_RUNS=1000000
# The tests to run: all (what lacks something is skipped), quick or strict.
TIER=all

usage() {
  cat << 'END'
Usage: ./build.sh [COMMAND] [OPTION ...]

Commands
  build    build Caffe, the .NET libraries and the command bin/mtcnn (the default)
  demo     build, then find the face in samples/astronaut.png and draw it
  test     build, then run all tests, also against pycaffe
  docs     build, then make the documentation as a site, with the API's, in build/site
  pack     make the NuGet packages in build/packages, and try them on an empty Debian (requires root; docs/packages.md)
  fuzz     build, then try what libFuzzer makes of files of every format that is read (docs/fuzzing.md)
  setup    only install what is missing on this machine (setup build: only for the build)
  clean    remove what was built (downloads stay in the cache folder)
  help     print this

Options
  --caffe-source DIR     build this Caffe tree (BVLC's layout) instead of the original; also CAFFE_SOURCE
  --debian-mirror URL    where to get Caffe's source package and pycaffe, where this machine's apt has no Debian mirror;
                         also DEBIAN_MIRROR
  --cuda                 compile Caffe's CUDA code too (docs/cuda.md says what that requires)
  --python PATH          test against the pycaffe of this Python instead of Debian 11's; also CAFFESHARP_PYTHON
  --runs N               fuzz with N files instead of 1000000
  --quick                test: only the tests that need nothing but this repository and the build
  --strict               test: a missing file or program is a failure; without it, the tests that need it are skipped

As root, or with a sudo that asks for no password, missing packages are installed; else the apt line is printed.
Downloads are kept in ${XDG_CACHE_HOME:-~/.cache}/mtcnn, logs in build/logs.
Exit status: 0 all well, 1 something failed, 2 wrong usage or something missing that only you can install.
END
}

# What configures the native build, for run_step.
configure() {
  local folder=$1
  shift
  cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCAFFE_SOURCE="${CAFFE_SOURCE:-}" -DCAFFESHARP_CUDA="$CUDA" "$@"
}

# build_native FOLDER TITLE [CMAKE OPTION ...]
build_native() {
  local folder=$1 title=$2
  shift 2
  run_step "configure-$folder" "Configuring $title" configure "build/$folder" "$@" &&
    run_step "build-$folder" "Building $title" cmake --build "build/$folder"
}

# Only clang has libFuzzer.
build_fuzz() {
  build_native native-fuzz "the fuzz targets" -DCAFFESHARP_FUZZ=ON -DCAFFESHARP_TESTS=OFF -DCAFFESHARP_CUDA=OFF \
    -DCMAKE_C_COMPILER="$(command -v clang-14 || command -v clang)" \
    -DCMAKE_CXX_COMPILER="$(command -v clang++-14 || command -v clang++)"
}

# build_dotnet PROJECT-OR-SOLUTION TITLE
build_dotnet() {
  local status=0
  run_step dotnet-build "Building $2" dotnet build "$1" -c Release --nologo -v minimal || status=$?
  if ((status != 0)) && grep -q 'NU1301\|NU1801' "$LOGS/dotnet-build.log"; then
    die "the packages could not be had from the package registry: see to the network (or a proxy: HTTPS_PROXY) and run the same command again"
  fi
  return "$status"
}

# bin/mtcnn starts the command with the .NET that built it, from wherever it is called.
write_launcher() {
  mkdir -p bin
  cat > bin/mtcnn.new << END
#!/bin/sh
# Starts the command mtcnn with the .NET it was built with. Written by build.sh.
[ -n "\${DOTNET_ROOT:-}" ] || export DOTNET_ROOT='$DOTNET_ROOT'
exec "\$(dirname "\$(readlink -f "\$0")")/../build/dotnet/bin/Mtcnn.Cli/release/Mtcnn.Cli" "\$@"
END
  chmod +x bin/mtcnn.new
  mv bin/mtcnn.new bin/mtcnn
}

build() {
  build_native native "Caffe and its C interface"
  build_dotnet src/Mtcnn.Cli "the .NET libraries and the command mtcnn"
  write_launcher
}

demo() {
  build
  bin/mtcnn models verify > /dev/null 2>&1 || bin/mtcnn models fetch ||
    say "The original weights could not be had; the project's own, in models, are used instead."
  mkdir -p build/demo
  bin/mtcnn detect samples/astronaut.png --format table --draw build/demo
  say "The image with its faces drawn: $ROOT/build/demo/astronaut.png"
}

# A link that leads nowhere is an error.
make_site() {
  dotnet tool restore && dotnet tool run docfx metadata docfx.json && dotnet tool run docfx build docfx.json --warningsAsErrors
}

# Two runs at once in one checkout would write the same files.
lock_build() {
  mkdir -p build
  exec 8> build/lock
  flock --nonblock 8 || {
    say "Another build.sh is running in this checkout; waiting for it."
    flock 8
  }
}

# The folder of original weights and photos, if there is one.
find_shared() {
  local folder=${MTCNN_SHARED:-$ROOT/../shared}
  if [[ -d "$folder/models" && -d "$folder/images" ]]; then
    MTCNN_SHARED=$(cd "$folder" && pwd)
    export MTCNN_SHARED
    return
  fi
  say "The folder of the original weights and photos is missing: $folder (with models/, images/, golden/ and data/)."
  say "Put it beside this repository as ../shared, or name it with MTCNN_SHARED."
  [[ "$TIER" != strict ]] || exit 2
  say "The tests that need it are skipped."
}

find_pycaffe() {
  if [[ -n "${CAFFESHARP_PYTHON:-}" ]]; then
    run_step pycaffe "Trying the pycaffe of $CAFFESHARP_PYTHON" "$CAFFESHARP_PYTHON" tests/pycaffe/describe.py
  else
    run_step pycaffe "Getting pycaffe" tests/pycaffe/setup-prefix.sh
    export CAFFESHARP_PYTHON="$ROOT/build/pycaffe/python"
  fi
}

shell_scripts() { find build.sh .ci bench samples scripts native tests -name '*.sh' -print0 -o -path .ci/run -print0 | xargs -0 shellcheck -x; }

native_formatting() {
  local formatter
  formatter=$(command -v clang-format-14 || command -v clang-format)
  find native -name '*.[ch]' -print0 -o -name '*.cpp' -print0 | xargs -0 "$formatter" --dry-run -Werror
}

run_dotnet_tests() {
  dotnet test "tests/$1" "${@:2}" -c Release --no-build --nologo -v quiet --logger 'console;verbosity=minimal' \
    --blame-hang-timeout 15m --blame-hang-dump-type none --results-directory "$LOGS/$1"
}

# One in twenty of the files are images, which the managed half reads.
fuzz() {
  build_native native "Caffe and its C interface"
  build_dotnet tests/Mtcnn.Tests "Mtcnn and its tests"
  build_fuzz
  native/fuzz/run.sh --runs $((FUZZ_RUNS - FUZZ_RUNS / 20))
  MTCNN_FUZZ_IMAGES=$((FUZZ_RUNS / 20)) run_step fuzz-images "Fuzzing with $((FUZZ_RUNS / 20)) images" \
    run_dotnet_tests Mtcnn.Tests --filter ImageFuzzTests
}

# The tests of the .NET code, one assembly after the other: each keeps all processors busy where it can.
test_dotnet() {
  run_counted count_dotnet Mtcnn.Tests "Mtcnn and the command" run_dotnet_tests Mtcnn.Tests
  run_counted count_dotnet CaffeSharp.Tests "CaffeSharp, against pycaffe too" run_dotnet_tests CaffeSharp.Tests
}

test_services() {
  run_counted count_dotnet Mtcnn.Extensions.Tests "Detection as a service" run_dotnet_tests Mtcnn.Extensions.Tests
  run_counted count_dotnet Packages.Tests "The packages, their READMEs and structure" run_dotnet_tests Packages.Tests
}

test_services_and_tools() {
  test_services
  if [[ -n "${MTCNN_SHARED:-}" ]]; then
    run_unless_missing "parallel slurmctld munged" count_job_arrays job-arrays "Job arrays on Slurm and GNU parallel" tests/job-arrays/run.sh
  else
    add_counts "Job arrays on Slurm and GNU parallel" 0 0 0 1
  fi
  run_counted count_one aot "A program compiled ahead of time to machine code" tests/Consumer/aot.sh build/consumer-aot
  run_counted count_one site "The documentation and its links" make_site
  run_counted count_one dotnet-format "Formatting of the C# code" dotnet format Mtcnn.sln --verify-no-changes --no-restore
  run_unless_missing clang-format-14 count_one clang-format "Formatting of the C and C++ code" native_formatting
  run_unless_missing shellcheck count_one shellcheck "The shell scripts" shell_scripts
}

test_c_interface() {
  run_counted count_ctest ctest "The C interface" ctest --test-dir build/native --output-on-failure -LE caffe
}

# The C tests know the numbers of the original weights, and are skipped without them.
test_c_interface_alone() { MTCNN_SHARED=/nonexistent test_c_interface; }

# Most of it compiles, which can wait: the tests beside it run by the clock.
test_native() {
  renice -n 10 "$BASHPID" > /dev/null
  test_c_interface
  if run_step build-caffe-tests "Building Caffe's own unit tests" cmake --build build/native --target caffe_unit_tests; then
    run_counted count_gtest caffe-tests "Caffe's own unit tests" ctest --test-dir build/native -V -L caffe
  else
    add_counts "Caffe's own unit tests" 1 0 0 0
  fi
  if build_native native-asan "the C interface with sanitizers" -DCAFFESHARP_SANITIZE=ON; then
    run_counted count_ctest ctest-asan "The C interface under ASan, UBSan and LSan" \
      ctest --test-dir build/native-asan --output-on-failure -LE caffe
  else
    add_counts "The C interface under ASan, UBSan and LSan" 1 0 0 0
  fi
  if ! command -v clang-14 > /dev/null && ! command -v clang > /dev/null; then
    run_unless_missing clang-14 count_fuzz fuzz "Files of every format, fuzzed" native/fuzz/run.sh
  elif build_fuzz; then
    run_counted count_fuzz fuzz "Files of every format, fuzzed" native/fuzz/run.sh
  else
    add_counts "Files of every format, fuzzed" 1 0 0 0
  fi
  run_counted count_one second-tree "A user's own Caffe tree, with one more layer" native/tests/second_tree.sh
}

# The paths of the shared folder, to the weights and the portrait of this repository (tests/Support/SharedFolder.cs makes the same links).
link_own_files() {
  local net
  mkdir -p "$MTCNN_SHARED/images" "$MTCNN_SHARED/models/official"
  ln -sf "$ROOT/samples/astronaut.png" "$MTCNN_SHARED/images/"
  ln -sf "$ROOT/models/landmarks.caffemodel" "$MTCNN_SHARED/models/official/det4.caffemodel"
  for net in 12net 24net 48net; do
    mkdir -p "$MTCNN_SHARED/models/reference/$net"
    ln -sf "$ROOT/prototxt/$net.prototxt" "$ROOT/models/$net.caffemodel" "$MTCNN_SHARED/models/reference/$net/"
  done
}

# The tests that need only this repository and what the build needs.
run_quick_tests() {
  build_native native "Caffe and its C interface"
  build_dotnet Mtcnn.sln "the .NET libraries, the command mtcnn and their tests"
  write_launcher

  begin_counts
  export CAFFESHARP_TESTS=quick MTCNN_SHARED="$ROOT/build/own-files"
  link_own_files
  run_at_once test_dotnet test_services test_c_interface_alone || add_counts "The sequences of tests" "$?" 0 0 0
  print_summary
}

run_tests() {
  [[ "$TIER" != strict ]] || export CAFFESHARP_TESTS=strict
  find_pycaffe
  build_native native "Caffe and its C interface"
  build_dotnet Mtcnn.sln "the .NET libraries, the command mtcnn and their tests"
  write_launcher

  begin_counts
  run_at_once test_dotnet test_services_and_tools test_native || add_counts "The sequences of tests" "$?" 0 0 0
  # Caffe's own tests and the tools of .NET leave folders behind. The assemblies of .NET tests check theirs (tests/Support/TemporaryRoot.cs).
  run_counted count_one left-behind "Temporary files, all removed" nothing_left ctest ctest-asan job-arrays second-tree fuzz
  print_summary
}

command=build
purpose='test'
if (($#)) && [[ "$1" != -* ]]; then
  command=$1
  shift
fi
if [[ "$command" == setup && "${1:-}" == build ]]; then
  purpose=build
  shift
fi
while (($#)); do
  case "$1" in
    --cuda) CUDA=ON ;;
    --quick) TIER=quick ;;
    --strict) TIER=strict ;;
    -h | --help) command=help ;;
    --caffe-source | --debian-mirror | --python | --runs)
      (($# > 1)) || { say "$1 requires a value; ./build.sh help says more"; exit 2; }
      case "$1" in
        --caffe-source) export CAFFE_SOURCE=$2 ;;
        --debian-mirror) export DEBIAN_MIRROR=$2 ;;
        --python) export CAFFESHARP_PYTHON=$2 ;;
        --runs)
          [[ "$2" =~ ^[1-9][0-9]*$ ]] || { say "--runs requires a number, not '$2'"; exit 2; }
          FUZZ_RUNS=$2
          ;;
      esac
      shift
      ;;
    *) say "Unknown option '$1'. Run ./build.sh help for the options."; exit 2 ;;
  esac
  shift
done

case "$command" in
  build)
    lock_build
    set_up build
    build
    say "Built: bin/mtcnn"
    ;;
  demo)
    lock_build
    set_up build
    demo
    ;;
  test)
    lock_build
    if [[ "$TIER" == quick ]]; then
      set_up build
      run_quick_tests
    else
      find_shared
      set_up test
      run_tests
    fi
    ;;
  docs)
    lock_build
    set_up build
    build
    build_dotnet samples/Service "the service, whose folder has all that is documented"
    run_step site "Making the site" make_site
    say "The documentation: $ROOT/build/site/index.html"
    ;;
  pack)
    require_root
    lock_build
    set_up pack
    pack
    say "Packed: build/packages"
    ;;
  fuzz)
    find_shared
    lock_build
    set_up test
    fuzz
    ;;
  setup)
    set_up "$purpose"
    say "Everything is installed."
    ;;
  clean) rm -rf build bin ;;
  help) usage ;;
  *) say "Unknown command '$command'. Run ./build.sh help for the commands."; exit 2 ;;
esac
