# C# classes of Caffe's messages, from the very .proto files that Caffe is built from: csharp/*.g.cs in the build folder,
# which CaffeSharp.csproj compiles.

set(csharp_proto_root "${CMAKE_BINARY_DIR}/csharp-proto")
set(csharp_root "${CMAKE_BINARY_DIR}/csharp")
set(csharp_copies "")
foreach(proto IN LISTS proto_files)
  get_filename_component(name "${proto}" NAME)
  set(copy "${csharp_proto_root}/caffe/proto/${name}")
  add_custom_command(
    OUTPUT "${copy}"
    COMMAND "${CMAKE_COMMAND}" "-DPROTO=${proto}" "-DCOPY=${copy}" -P "${CMAKE_CURRENT_LIST_DIR}/csharp_proto.cmake"
    DEPENDS "${proto}" "${CMAKE_CURRENT_LIST_DIR}/csharp_proto.cmake"
    COMMENT "Giving ${name} its C# namespace"
    VERBATIM)
  list(APPEND csharp_copies "${copy}")
endforeach()

# protoc names its files by its own rules; the stamp stands for all of them.
set(csharp_stamp "${csharp_root}/generated.stamp")
add_custom_command(
  OUTPUT "${csharp_stamp}"
  COMMAND "${CMAKE_COMMAND}" -E rm -rf "${csharp_root}"
  COMMAND "${CMAKE_COMMAND}" -E make_directory "${csharp_root}"
  COMMAND protobuf::protoc "--proto_path=${csharp_proto_root}" "--csharp_out=${csharp_root}"
          --csharp_opt=file_extension=.g.cs ${csharp_copies}
  COMMAND "${CMAKE_COMMAND}" -E touch "${csharp_stamp}"
  DEPENDS ${csharp_copies} protobuf::protoc
  COMMENT "Generating the C# classes of Caffe's messages"
  VERBATIM)
add_custom_target(caffe_csharp ALL DEPENDS "${csharp_stamp}")
