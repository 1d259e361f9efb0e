#include "core/text.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <numeric>
#include <utility>

namespace caffesharp {
namespace {

// The optimal string alignment distance (restricted Damerau-Levenshtein distance): the number of letters to change,
// add, remove or swap with their neighbour. It ignores case.
std::size_t EditDistance(const std::string& a, const std::string& b) {
  const auto same = [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  };
  std::vector<std::size_t> two_back(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
    std::swap(two_back, previous);
    std::swap(previous, row);
  }
  return previous.back();
}

}  // namespace

std::string FormatBytes(std::int64_t bytes) {
  static const char* const kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1000 && unit + 1 < sizeof(kUnits) / sizeof(kUnits[0])) {
    value /= 1000;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof(text), unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
  return text;
}

std::string FormatShape(const std::vector<int>& shape) {
  if (shape.empty()) return "scalar";
  std::string text;
  for (const int dimension : shape) text += (text.empty() ? "" : " x ") + std::to_string(dimension);
  return text;
}

int NearestName(const std::string& name, const std::vector<std::string>& candidates) {
  int nearest = -1;
  std::size_t nearest_distance = std::max<std::size_t>(name.size() / 3, 1) + 1;
  for (std::size_t index = 0; index < candidates.size(); ++index) {
    const std::string& candidate = candidates[index];
    // Names whose lengths differ by more than the distance allowed cannot be close.
    const std::size_t longer = std::max(candidate.size(), name.size());
    if (longer - std::min(candidate.size(), name.size()) >= nearest_distance) continue;
    const std::size_t distance = EditDistance(name, candidate);
    if (distance < nearest_distance) {
      nearest = static_cast<int>(index);
      nearest_distance = distance;
    }
  }
  return nearest;
}

std::string DidYouMean(const std::string& name, const std::vector<std::string>& candidates) {
  const int nearest = NearestName(name, candidates);
  return nearest < 0 ? std::string() : "; did you mean '" + candidates[static_cast<std::size_t>(nearest)] + "'?";
}

bool LooksBinary(const char* bytes, std::size_t length) {
  return std::any_of(bytes, bytes + length, [](char byte) {
    const unsigned char c = static_cast<unsigned char>(byte);
    return c < 0x20 && c != '\t' && c != '\n' && c != '\v' && c != '\f' && c != '\r';
  });
}

}  // namespace caffesharp
