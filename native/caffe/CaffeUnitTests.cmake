# Caffe's own unit tests, with its gtest, on the very objects of the library: the target caffe_unit_tests, in ctest under the
# label "caffe". Not part of the default build.

file(GLOB caffe_test_sources CONFIGURE_DEPENDS "${CAFFE_SOURCE_DIR}/src/caffe/test/*.cpp")
if(CAFFESHARP_CUDA)
  file(GLOB caffe_cuda_test_sources CONFIGURE_DEPENDS "${CAFFE_SOURCE_DIR}/src/caffe/test/*.cu")
  list(APPEND caffe_test_sources ${caffe_cuda_test_sources})
endif()
file(GLOB caffe_gtest_sources CONFIGURE_DEPENDS "${CAFFE_SOURCE_DIR}/src/gtest/gtest-all.cpp")
if(NOT caffe_test_sources OR NOT caffe_gtest_sources)
  message(STATUS "${CAFFE_SOURCE_DIR} has no unit tests of Caffe's")
  return()
endif()

add_executable(caffe_unit_tests EXCLUDE_FROM_ALL ${caffe_test_sources} ${caffe_gtest_sources}
                                                 $<TARGET_OBJECTS:caffesharp_objects>
                                                 $<TARGET_OBJECTS:caffe_objects>)
target_link_libraries(caffe_unit_tests PRIVATE caffe_headers engine_kernels)
# The code under test is the library's, optimized as ever; the tests around it compile in half the time without.
target_compile_options(caffe_unit_tests PRIVATE "SHELL:-include caffesharp_caffe/old_api.h" -w $<$<COMPILE_LANGUAGE:CXX>:-O1>)
if(NOT CAFFESHARP_OPENCV)
  # Images come through the codec of this library's own tests.
  target_sources(caffe_unit_tests PRIVATE "${CMAKE_CURRENT_LIST_DIR}/unit_tests/codec.cpp" $<TARGET_OBJECTS:jpeg_codec>)
  target_include_directories(caffe_unit_tests PRIVATE "${CMAKE_SOURCE_DIR}/native/include" "${CMAKE_SOURCE_DIR}/native/tests/data"
                                                      "${CMAKE_SOURCE_DIR}/native/tests/support")
  target_link_libraries(caffe_unit_tests PRIVATE JPEG::JPEG)
  target_compile_options(caffe_unit_tests PRIVATE
                         "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${CMAKE_CURRENT_LIST_DIR}/unit_tests/random_pixels.h>")
endif()
set_target_properties(caffe_unit_tests PROPERTIES LINKER_LANGUAGE CXX)

# The two tests that are left out need a GPU, though they run on CPU builds too.
set(caffe_test_filter "*")
if(NOT CAFFESHARP_CUDA)
  set(caffe_test_filter "-BlobSimpleTest/*.TestPointersCPUGPU")
endif()
add_test(NAME caffe_unit_tests COMMAND caffe_unit_tests "--gtest_filter=${caffe_test_filter}"
         WORKING_DIRECTORY "${CAFFE_SOURCE_DIR}")
set_tests_properties(caffe_unit_tests PROPERTIES LABELS caffe)
