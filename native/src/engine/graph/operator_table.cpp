#include "engine/graph/operator_table.h"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace caffesharp {
namespace engine {
namespace {

// Files enter their operators in any order. Never destroyed: threads may run until the process ends.
std::map<std::string, const Operator*>& Table() {
  static auto* const table = new std::map<std::string, const Operator*>();
  return *table;
}

}  // namespace

const Operator* OperatorOf(const std::string& layer_type) {
  const auto found = Table().find(layer_type);
  return found == Table().end() ? nullptr : found->second;
}

void EnterOperator(const Operator& entered) {
  for (const char* type : entered.LayerTypes()) {
    if (Table().emplace(type, &entered).second) continue;
    std::fprintf(stderr, "caffesharp: two operators of the accelerated engine come from layers of the type %s\n", type);
    std::abort();
  }
}

}  // namespace engine
}  // namespace caffesharp
