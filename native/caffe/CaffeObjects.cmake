# The original Caffe as the object library caffe_objects: every source file of CAFFE_SOURCE_DIR but its tests, unedited.

set(proto_root "${CMAKE_BINARY_DIR}/caffe-proto")
set(proto_sources "")
include("${CMAKE_SOURCE_DIR}/native/community/CommunityLayers.cmake")
foreach(proto IN LISTS proto_files)
  get_filename_component(name "${proto}" NAME_WE)
  set(generated "${proto_root}/caffe/proto/${name}.pb")
  add_custom_command(
    OUTPUT "${generated}.cc" "${generated}.h"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${proto_root}"
    COMMAND protobuf::protoc "--proto_path=${proto_source_root}" "--cpp_out=${proto_root}" "${proto}"
    DEPENDS "${proto}" protobuf::protoc
    COMMENT "Compiling Caffe's ${name}.proto"
    VERBATIM)
  list(APPEND proto_sources "${generated}.cc")
endforeach()
add_custom_target(caffe_proto DEPENDS ${proto_sources})
include("${CMAKE_CURRENT_LIST_DIR}/CsharpMessages.cmake")

file(GLOB_RECURSE caffe_sources CONFIGURE_DEPENDS "${CAFFE_SOURCE_DIR}/src/caffe/*.cpp")
if(CAFFESHARP_CUDA)
  file(GLOB_RECURSE caffe_cuda_sources CONFIGURE_DEPENDS "${CAFFE_SOURCE_DIR}/src/caffe/*.cu")
  list(APPEND caffe_sources ${caffe_cuda_sources})
endif()
list(FILTER caffe_sources EXCLUDE REGEX "/src/caffe/test/")

# How every file that includes Caffe's headers is compiled: Caffe's own, its tests, and those of the C interface.
add_library(caffe_headers INTERFACE)
target_include_directories(caffe_headers INTERFACE "${CMAKE_CURRENT_LIST_DIR}/include")
target_include_directories(caffe_headers SYSTEM INTERFACE "${CAFFE_SOURCE_DIR}/include" "${CAFFE_SOURCE_DIR}/src"
                                                          "${proto_root}")
if(NOT CAFFESHARP_OPENCV)
  # The part of OpenCV's interface that Caffe uses: images come through the codec that caffesharp/image.h takes.
  target_include_directories(caffe_headers INTERFACE "${CMAKE_SOURCE_DIR}/native/caffe/opencv")
endif()
target_compile_definitions(caffe_headers INTERFACE USE_HDF5 USE_LMDB USE_LEVELDB USE_OPENCV $<$<NOT:$<BOOL:${CAFFESHARP_CUDA}>>:CPU_ONLY>)
target_compile_options(caffe_headers INTERFACE "SHELL:-include caffesharp_caffe/every_source.h")
target_link_libraries(caffe_headers INTERFACE caffe_dependencies)

add_library(caffe_objects OBJECT ${caffe_sources} ${proto_sources})
add_dependencies(caffe_objects caffe_proto)
target_link_libraries(caffe_objects PUBLIC caffe_headers)
# Its warnings are its own. Messages name files by their place in Caffe's tree. A size that overflows wraps around, to meet
# the checks behind it, instead of letting the compiler leave them out.
target_compile_options(
  caffe_objects PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fwrapv> "SHELL:-include caffesharp_caffe/old_api.h" $<$<COMPILE_LANGUAGE:CXX>:-w> $<$<COMPILE_LANGUAGE:CXX>:-fmacro-prefix-map=${CAFFE_SOURCE_DIR}/=>
                        $<$<COMPILE_LANGUAGE:CUDA>:SHELL:-w -Xcompiler=-fmacro-prefix-map=${CAFFE_SOURCE_DIR}/=>)

# include_first(HEADER SOURCE ...): a header of ours before the first line of some of Caffe's source files.
function(include_first header)
  foreach(name IN LISTS ARGN)
    if(EXISTS "${CAFFE_SOURCE_DIR}/src/caffe/${name}")
      set_property(SOURCE "${CAFFE_SOURCE_DIR}/src/caffe/${name}" APPEND
                   PROPERTY COMPILE_OPTIONS -include "caffesharp_caffe/${header}")
    endif()
  endforeach()
endfunction()
include_first(threaded_source.h internal_thread.cpp util/blocking_queue.cpp)
include_first(lmdb_source.h util/db.cpp util/db_lmdb.cpp)
include_first(data_layer_source.h layers/data_layer.cpp)
include_first(net_source.h net.cpp)

# replace_loops(SOURCE HASH NAME): loops of ours that give the same bits faster. Only where the file is the one that they were
# made after: in another tree it may compute something else.
function(replace_loops source hash name)
  set(original "${CAFFE_SOURCE_DIR}/src/caffe/${source}")
  if(NOT EXISTS "${original}")
    return()
  endif()
  file(SHA256 "${original}" found)
  if(NOT found STREQUAL hash)
    message(STATUS "${source} is not the original Caffe's, and is compiled as it is")
    return()
  endif()
  include_first(${name}_source.h ${source})
  set(loops "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/loops/${name}.cpp")
  target_sources(caffe_objects PRIVATE "${loops}")
  set_source_files_properties("${loops}" PROPERTIES COMPILE_OPTIONS -O3)
endfunction()
replace_loops(util/im2col.cpp 033bcd035a019ac03bdfd16ff3cd77020eabfbdc1fb4dbaa8ac1d721c4a16d33 im2col)
replace_loops(layers/prelu_layer.cpp 4817398cc160019ec20935da5974c6a6222f7b9e13bd8dac70d70c0f25df2462 prelu)
replace_loops(layers/pooling_layer.cpp e8d5648509a54eb714dc9714fa97929acca1c386b81ca8f3ac4452aefe25c88a pooling)

# Most of the compiler's time goes to the headers, which several source files then share. Another tree may define a name twice.
if(CAFFESHARP_UNITY)
  set_target_properties(caffe_objects PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  set_source_files_properties(${proto_sources} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  # The linker wraps its functions (parameter_version.cpp), but not for callers in the same object.
  set_source_files_properties("${CAFFE_SOURCE_DIR}/src/caffe/syncedmem.cpp" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endif()
