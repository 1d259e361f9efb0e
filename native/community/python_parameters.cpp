#include "community/python_parameters.h"

#include <caffe/common.hpp>
#include <cctype>
#include <cstdlib>

namespace caffesharp {
namespace community {
namespace {

class Reader {
 public:
  explicit Reader(const std::string& text) : text_(text) {}

  std::map<std::string, std::vector<float>> Read() {
    std::map<std::string, std::vector<float>> parameters;
    for (SkipSeparators("{},"); place_ < text_.size(); SkipSeparators("{},")) {
      const std::string name = Name();
      SkipSeparators("");
      Require(place_ < text_.size() && text_[place_] == ':');
      ++place_;
      parameters[name] = Values();
    }
    return parameters;
  }

 private:
  void Require(bool is_right) const {
    CHECK(is_right) << "param_str '" << text_ << "' cannot be read at character " << place_ + 1
                    << "; write names with numbers or lists of numbers, for example 'feat_stride': 16";
  }

  void SkipSeparators(const std::string& separators) {
    while (place_ < text_.size() && (std::isspace(static_cast<unsigned char>(text_[place_])) != 0 ||
                                     separators.find(text_[place_]) != std::string::npos)) {
      ++place_;
    }
  }

  std::string Name() {
    const char quote = text_[place_] == '\'' || text_[place_] == '"' ? text_[place_++] : '\0';
    std::string name;
    while (place_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[place_])) != 0 || text_[place_] == '_')) {
      name += text_[place_++];
    }
    if (quote != '\0') {
      Require(place_ < text_.size() && text_[place_] == quote);
      ++place_;
    }
    Require(!name.empty());
    return name;
  }

  std::vector<float> Values() {
    SkipSeparators("");
    static const std::string kTuple = "!!python/tuple";
    if (text_.compare(place_, kTuple.size(), kTuple) == 0) place_ += kTuple.size();
    SkipSeparators("");
    Require(place_ < text_.size());
    const char closing = text_[place_] == '[' ? ']' : text_[place_] == '(' ? ')' : '\0';
    if (closing == '\0') return {Number()};
    ++place_;
    std::vector<float> values;
    for (SkipSeparators(","); place_ < text_.size() && text_[place_] != closing; SkipSeparators(",")) {
      values.push_back(Number());
    }
    Require(place_ < text_.size());
    ++place_;
    return values;
  }

  float Number() {
    const char* const begin = text_.c_str() + place_;
    char* end = nullptr;
    const float number = std::strtof(begin, &end);
    Require(end != begin);
    place_ += static_cast<std::size_t>(end - begin);
    return number;
  }

  const std::string& text_;
  std::size_t place_ = 0;
};

}  // namespace

std::map<std::string, std::vector<float>> ReadPythonParameters(const std::string& text) { return Reader(text).Read(); }

}  // namespace community
}  // namespace caffesharp
