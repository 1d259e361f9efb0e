// The parameters that a layer written in Python takes from param_str: names with numbers or lists of numbers, in YAML
// or as a Python dictionary.
#ifndef CAFFESHARP_COMMUNITY_PYTHON_PARAMETERS_H_
#define CAFFESHARP_COMMUNITY_PYTHON_PARAMETERS_H_

#include <map>
#include <string>
#include <vector>

namespace caffesharp {
namespace community {

// Fails a CHECK that quotes the text if it has anything but names and numbers.
std::map<std::string, std::vector<float>> ReadPythonParameters(const std::string& text);

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_PYTHON_PARAMETERS_H_
