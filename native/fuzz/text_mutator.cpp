// Mutates prototxts by their own grammar beside byte by byte: most bytes changed blindly are an error of syntax, which
// ends at the parser.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "caffesharp/runtime.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using Random = std::minstd_rand;

struct Field {
  std::string name;
  std::string type;
  // Of an enumeration.
  std::vector<std::string> values;
};

// By the name of the field that holds the message; a dot for the file itself.
std::map<std::string, std::vector<Field>> ReadFields() {
  std::map<std::string, std::vector<Field>> fields;
  std::ifstream file(FIELDS);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string holder;
    Field field;
    words >> holder >> field.name >> field.type;
    for (std::string value; words >> value;) field.values.push_back(value);
    fields[holder].push_back(field);
  }
  return fields;
}

std::size_t Below(std::size_t limit, Random* random) { return (*random)() % limit; }

template <typename Values>
const typename Values::value_type& Pick(const Values& values, Random* random) {
  return values[Below(values.size(), random)];
}

std::string Number(Random* random) {
  static const std::array<const char*, 26> kNumbers = {"0",           "1",
                                                       "-1",          "2",
                                                       "3",           "4",
                                                       "5",           "7",
                                                       "8",           "16",
                                                       "31",          "100",
                                                       "1000",        "65535",
                                                       "65536",       "2147483647",
                                                       "2147483648",  "-2",
                                                       "-2147483648", "4294967295",
                                                       "4294967296",  "9223372036854775807",
                                                       "0.5",         "-0.5",
                                                       "1e38",        "nan"};
  return Pick(kNumbers, random);
}

std::string LayerType(Random* random) {
  std::int32_t count = 0;
  const char* type = "";
  caffe_runtime_layer_type_count(&count);
  caffe_runtime_layer_type(static_cast<std::int32_t>(Below(static_cast<std::size_t>(count), random)), &type);
  return type;
}

std::string Value(const Field& field, Random* random) {
  if (!field.values.empty()) return ": " + Pick(field.values, random);
  if (field.type == "bool") return Below(2, random) == 0 ? ": true" : ": false";
  if (field.type == "string") {
    if (field.name == "type") return ": '" + LayerType(random) + "'";
    static const std::array<const char*, 6> kTexts = {"data", "label", "out", "a", "xavier", "constant"};
    return std::string(": '") + Pick(kTexts, random) + "'";
  }
  const bool number = std::islower(static_cast<unsigned char>(field.type[0])) != 0 && field.type != "bytes";
  return number ? ": " + Number(random) : std::string(" { }");
}

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-'; }

// The word that ends before a place, blanks and a colon aside.
std::string WordBefore(const std::string& text, std::size_t place) {
  while (place > 0 && (text[place - 1] == ' ' || text[place - 1] == ':' || text[place - 1] == '\n')) --place;
  std::size_t start = place;
  while (start > 0 && IsWord(text[start - 1])) --start;
  return text.substr(start, place - start);
}

std::vector<std::size_t> PlacesOf(char wanted, const std::string& text) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == wanted) places.push_back(i);
  }
  return places;
}

// Puts a field that may stand there behind an opening brace, or at the text's start.
void InsertField(std::string* text, Random* random) {
  static const auto fields = ReadFields();
  const std::vector<std::size_t> braces = PlacesOf('{', *text);
  const std::size_t choice = Below(braces.size() + 1, random);
  const bool inside = choice < braces.size();
  const auto found = fields.find(inside ? WordBefore(*text, braces[choice]) : ".");
  if (found == fields.end()) return;
  const Field& field = Pick(found->second, random);
  text->insert(inside ? braces[choice] + 1 : 0, " " + field.name + Value(field, random) + " ");
}

void ReplaceNumber(std::string* text, Random* random) {
  std::vector<std::pair<std::size_t, std::size_t>> numbers;
  for (std::size_t i = 0; i < text->size();) {
    std::size_t end = i;
    while (end < text->size() && IsWord((*text)[end])) ++end;
    if (end > i && (std::isdigit(static_cast<unsigned char>((*text)[i])) != 0 || (*text)[i] == '-')) {
      numbers.emplace_back(i, end - i);
    }
    i = std::max(end, i + 1);
  }
  if (numbers.empty()) return;
  const auto [start, length] = Pick(numbers, random);
  text->replace(start, length, Number(random));
}

void ReplaceLayerType(std::string* text, Random* random) {
  std::vector<std::size_t> types;
  for (std::size_t at = text->find("type: '"); at != std::string::npos; at = text->find("type: '", at + 1)) {
    types.push_back(at + std::strlen("type: '"));
  }
  if (types.empty()) return;
  const std::size_t start = Pick(types, random);
  const std::size_t end = text->find('\'', start);
  if (end != std::string::npos) text->replace(start, end - start, LayerType(random));
}

// Takes a message out, braces and all, or puts a copy of it behind it.
void RemoveOrRepeatBlock(std::string* text, Random* random) {
  const std::vector<std::size_t> braces = PlacesOf('{', *text);
  if (braces.empty()) return;
  const std::size_t brace = Pick(braces, random);
  const std::string name = WordBefore(*text, brace);
  const std::size_t start = text->rfind(name, brace);
  std::size_t end = brace;
  for (int depth = 0; end < text->size(); ++end) {
    if ((*text)[end] == '{') ++depth;
    if ((*text)[end] == '}' && --depth == 0) break;
  }
  if (end == text->size()) return;
  if (Below(2, random) == 0) {
    text->erase(start, end + 1 - start);
  } else {
    text->insert(end + 1, " " + text->substr(start, end + 1 - start));
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned int seed) {
  Random random(seed);
  std::string text(reinterpret_cast<const char*>(data), size);
  switch (Below(10, &random)) {
    case 0:
    case 1:
      return LLVMFuzzerMutate(data, size, max_size);
    case 2:
    case 3:
    case 4:
      ReplaceNumber(&text, &random);
      break;
    case 5:
    case 6:
    case 7:
      InsertField(&text, &random);
      break;
    case 8:
      ReplaceLayerType(&text, &random);
      break;
    default:
      RemoveOrRepeatBlock(&text, &random);
      break;
  }
  if (text.size() > max_size) return size;
  std::copy(text.begin(), text.end(), data);
  return text.size();
}
