# Finds what Caffe's source is built with. Everything that is missing is named at once, with the packages that fix it.
# Defines the interface target caffe_dependencies.

set(missing_things "")
set(missing_packages "")

macro(caffe_missing what package)
  string(APPEND missing_things "\n  ${what}")
  list(APPEND missing_packages ${package})
endmacro()

add_library(caffe_dependencies INTERFACE)

if(CAFFESHARP_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(Boost_USE_STATIC_LIBS ON)
  set(Protobuf_USE_STATIC_LIBS ON)
  # What the library asks of OpenBLAS if it is there: an archive gives only what is named.
  target_link_options(caffe_dependencies INTERFACE LINKER:--undefined=openblas_get_config
                      LINKER:--undefined=openblas_get_num_threads LINKER:--gc-sections)
endif()

# A library that has no package file of CMake's everywhere: its header, its library, the Debian package that has both.
function(caffe_find_library what)
  cmake_parse_arguments(PARSE_ARGV 1 find "" "HEADER;PACKAGE" "LIBRARIES;SUFFIXES")
  string(TOUPPER "${what}" key)
  find_path(${key}_INCLUDE_DIR NAMES "${find_HEADER}" PATH_SUFFIXES ${find_SUFFIXES})
  find_library(${key}_LIBRARY NAMES ${find_LIBRARIES} PATH_SUFFIXES ${find_SUFFIXES})
  mark_as_advanced(${key}_INCLUDE_DIR ${key}_LIBRARY)
  if(${key}_INCLUDE_DIR AND ${key}_LIBRARY)
    target_include_directories(caffe_dependencies SYSTEM INTERFACE "${${key}_INCLUDE_DIR}")
    target_link_libraries(caffe_dependencies INTERFACE "${${key}_LIBRARY}")
  else()
    caffe_missing("${what} (${find_HEADER})" ${find_PACKAGE})
    set(missing_things "${missing_things}" PARENT_SCOPE)
    set(missing_packages "${missing_packages}" PARENT_SCOPE)
  endif()
endfunction()

# True if a source file of Caffe includes a header whose name starts with prefix.
function(caffe_source_includes prefix result)
  execute_process(
    COMMAND grep -rqE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]${prefix}" --include=*.cpp --include=*.hpp
            --include=*.cu --include=*.cuh --exclude-dir=test "${CAFFE_SOURCE_DIR}/src/caffe"
            "${CAFFE_SOURCE_DIR}/include/caffe"
    RESULT_VARIABLE grep_result)
  if(grep_result EQUAL 0)
    set(${result} TRUE PARENT_SCOPE)
  else()
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()

find_package(Threads REQUIRED)
target_link_libraries(caffe_dependencies INTERFACE Threads::Threads ${CMAKE_DL_LIBS})

# Forks use more of boost than the original does.
foreach(component IN ITEMS system thread filesystem regex date_time chrono iostreams serialization)
  set(wanted FALSE)
  if(component STREQUAL "system" OR component STREQUAL "thread")
    set(wanted TRUE)
  else()
    caffe_source_includes("boost/${component}" wanted)
  endif()
  if(wanted)
    find_package(Boost CONFIG QUIET COMPONENTS ${component})
    if(TARGET Boost::${component})
      target_link_libraries(caffe_dependencies INTERFACE Boost::${component})
    else()
      string(REPLACE "_" "-" dashed "${component}")
      caffe_missing("boost's ${component}" "libboost-${dashed}-dev")
    endif()
  endif()
endforeach()

find_package(Protobuf CONFIG QUIET)
if(NOT TARGET protobuf::libprotobuf)
  find_package(Protobuf MODULE QUIET)
endif()
if(TARGET protobuf::libprotobuf)
  target_link_libraries(caffe_dependencies INTERFACE protobuf::libprotobuf)
else()
  caffe_missing("protobuf" libprotobuf-dev)
endif()
if(NOT TARGET protobuf::protoc)
  caffe_missing("protobuf's compiler (protoc)" protobuf-compiler)
endif()

caffe_find_library(hdf5_hl HEADER hdf5_hl.h LIBRARIES hdf5_serial_hl hdf5_hl SUFFIXES hdf5/serial PACKAGE libhdf5-dev)
caffe_find_library(hdf5 HEADER hdf5.h LIBRARIES hdf5_serial hdf5 SUFFIXES hdf5/serial PACKAGE libhdf5-dev)
caffe_find_library(lmdb HEADER lmdb.h LIBRARIES lmdb PACKAGE liblmdb-dev)
caffe_find_library(leveldb HEADER leveldb/db.h LIBRARIES leveldb PACKAGE libleveldb-dev)
caffe_find_library(blas HEADER cblas.h LIBRARIES openblas cblas blas SUFFIXES openblas-pthread openblas
                   PACKAGE libopenblas-dev)
caffe_find_library(zlib HEADER zlib.h LIBRARIES z PACKAGE zlib1g-dev)

if(CAFFESHARP_STATIC)
  # What the archives need themselves, after them.
  caffe_find_library(snappy HEADER snappy.h LIBRARIES snappy PACKAGE libsnappy-dev)
  target_link_libraries(caffe_dependencies INTERFACE Threads::Threads ${CMAKE_DL_LIBS} m)
endif()

if(CAFFESHARP_OPENCV)
  find_package(OpenCV QUIET COMPONENTS core imgproc imgcodecs highgui)
  if(OpenCV_FOUND)
    target_link_libraries(caffe_dependencies INTERFACE opencv_core opencv_imgproc opencv_imgcodecs opencv_highgui)
  else()
    caffe_missing("OpenCV (or leave CAFFESHARP_OPENCV off)" libopencv-dev)
  endif()
endif()

if(CAFFESHARP_CUDA)
  include("${CMAKE_CURRENT_LIST_DIR}/Cuda.cmake")
endif()

if(missing_things)
  list(REMOVE_DUPLICATES missing_packages)
  list(JOIN missing_packages " " missing_packages)
  message(FATAL_ERROR "Missing, to build Caffe:${missing_things}\nOn Debian and Ubuntu: apt-get install ${missing_packages}")
endif()
