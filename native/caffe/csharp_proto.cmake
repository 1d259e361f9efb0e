# Copies the .proto file PROTO to COPY with the C# namespace of CaffeSharp's messages, whatever namespace it had.

file(READ "${PROTO}" text)
string(REGEX REPLACE "option[ \t]+csharp_namespace[ \t]*=[^;]*;" "" text "${text}")
# protoc copies comments into C#'s, where a third slash breaks the XML.
string(REGEX REPLACE "(\n[ \t]*)///+" "\\1//" text "${text}")
file(WRITE "${COPY}" "${text}\noption csharp_namespace = \"CaffeSharp.Messages\";\n")
