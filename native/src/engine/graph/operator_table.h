// The table of all operators: each file of operators/ enters its own.
#ifndef CAFFESHARP_SRC_ENGINE_GRAPH_OPERATOR_TABLE_H_
#define CAFFESHARP_SRC_ENGINE_GRAPH_OPERATOR_TABLE_H_

#include <string>

#include "engine/graph/operator.h"

namespace caffesharp {
namespace engine {

// The operator that layers of the type come to; null if the engine does not know the type.
const Operator* OperatorOf(const std::string& layer_type);

// While the library is loaded. Two operators of one layer type end the process.
void EnterOperator(const Operator& entered);

// An operator that is in the table, as a constant of its file.
template <typename Kind>
class RegisteredOperator {
 public:
  RegisteredOperator() { EnterOperator(kind_); }

 private:
  Kind kind_;
};

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_GRAPH_OPERATOR_TABLE_H_
