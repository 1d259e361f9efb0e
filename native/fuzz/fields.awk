# Lists the fields of a .proto file, one a line: the field of LayerParameter or another message that holds the message, a
# dot where it is the file's outermost; the field's name; its type; and where that is an enumeration its values.
{ sub(/\/\/.*/, "") }
/^ *enum / { enumeration = $2; sub(/\{.*/, "", enumeration); sub(/^[^{]*\{?/, ""); in_enumeration = 1 }
/^ *message / && !in_enumeration { message = $2; sub(/\{.*/, "", message) }
in_enumeration {
  line = $0
  while (match(line, /[A-Z][A-Za-z0-9_]* *= */)) {
    value = substr(line, RSTART, RLENGTH)
    sub(/ *=.*/, "", value)
    values[enumeration] = values[enumeration] " " value
    line = substr(line, RSTART + RLENGTH)
  }
  if (/\}/) in_enumeration = 0
  next
}
/^ *(optional|repeated|required) / {
  ++count
  owner[count] = message
  type[count] = $2
  name[count] = $3
  holders[$2] = holders[$2] " " $3
}
END {
  for (i = 1; i <= count; ++i) {
    number = split(holders[owner[i]], names, " ")
    if (number == 0) names[number = 1] = "."
    delete seen
    for (j = 1; j <= number; ++j) {
      if (!seen[names[j]]++) print names[j], name[i], type[i] values[type[i]]
    }
  }
}
