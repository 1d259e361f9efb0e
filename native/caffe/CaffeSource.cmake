# Where the original Caffe's source is. Sets CAFFE_SOURCE_DIR and CAFFE_SOURCE_DESCRIPTION.
# CAFFE_SOURCE, as a CMake variable or in the environment, names your own tree; otherwise it is fetched once.

set(CAFFE_SOURCE "$ENV{CAFFE_SOURCE}" CACHE PATH "Your own Caffe source tree (BVLC's layout); empty: fetch the original")

if(CAFFE_SOURCE)
  get_filename_component(CAFFE_SOURCE_DIR "${CAFFE_SOURCE}" ABSOLUTE BASE_DIR "${CMAKE_SOURCE_DIR}")
  if(NOT IS_DIRECTORY "${CAFFE_SOURCE_DIR}")
    message(FATAL_ERROR "CAFFE_SOURCE names ${CAFFE_SOURCE_DIR}, which is not a folder.")
  endif()
  set(missing "")
  foreach(part IN ITEMS include/caffe/net.hpp src/caffe/net.cpp src/caffe/layer_factory.cpp src/caffe/layers src/caffe/proto/caffe.proto)
    if(NOT EXISTS "${CAFFE_SOURCE_DIR}/${part}")
      string(APPEND missing "\n  ${part}")
    endif()
  endforeach()
  if(missing)
    message(FATAL_ERROR "CAFFE_SOURCE names ${CAFFE_SOURCE_DIR}, which is not a Caffe source tree of BVLC's layout. It lacks:${missing}\n"
                        "Name the folder that holds 'include/caffe' and 'src/caffe'.")
  endif()
  set(CAFFE_SOURCE_DESCRIPTION "${CAFFE_SOURCE_DIR}")
else()
  execute_process(
    COMMAND bash "${CMAKE_CURRENT_LIST_DIR}/fetch-source.sh"
    OUTPUT_VARIABLE fetched
    OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE fetch_result)
  if(NOT fetch_result EQUAL 0)
    message(FATAL_ERROR "Caffe's source does not exist; the lines above say why and what fixes it.")
  endif()
  string(REGEX MATCH "^([^\n]+)\n([^\n]+)$" fetched "${fetched}")
  set(CAFFE_SOURCE_DIR "${CMAKE_MATCH_1}")
  set(CAFFE_SOURCE_DESCRIPTION "${CMAKE_MATCH_2}")
endif()

message(STATUS "Caffe's source: ${CAFFE_SOURCE_DESCRIPTION} (${CAFFE_SOURCE_DIR})")
