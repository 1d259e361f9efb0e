# Onnx.g.cs, C# classes of the messages in onnx.proto, internal to CaffeSharp; beside those of Caffe's messages.

set(onnx_classes "${csharp_root}/Onnx.g.cs")
add_custom_command(
  OUTPUT "${onnx_classes}"
  COMMAND protobuf::protoc "--proto_path=${CMAKE_CURRENT_LIST_DIR}" "--csharp_out=${csharp_root}"
          --csharp_opt=file_extension=.g.cs,internal_access "${CMAKE_CURRENT_LIST_DIR}/onnx.proto"
  # The stamp's command empties the folder.
  DEPENDS "${CMAKE_CURRENT_LIST_DIR}/onnx.proto" "${csharp_stamp}" protobuf::protoc
  COMMENT "Generating the C# classes of ONNX's messages"
  VERBATIM)
add_custom_target(onnx_csharp ALL DEPENDS "${onnx_classes}")
