// Text for messages.
#ifndef CAFFESHARP_SRC_CORE_TEXT_H_
#define CAFFESHARP_SRC_CORE_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace caffesharp {

// "1.5 GB"; powers of 1000.
std::string FormatBytes(std::int64_t bytes);

// "1 x 3 x 12 x 12"; "scalar" without dimensions.
std::string FormatShape(const std::vector<int>& shape);

// The index of the candidate that is closest to name by edit distance; -1 if none is close.
int NearestName(const std::string& name, const std::vector<std::string>& candidates);

// "; did you mean 'conv1'?" with the candidate closest to name by edit distance; empty if none is close.
std::string DidYouMean(const std::string& name, const std::vector<std::string>& candidates);

// True if the bytes contain control characters that do not occur in text.
bool LooksBinary(const char* bytes, std::size_t length);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_TEXT_H_
