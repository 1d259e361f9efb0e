// The operators that come from no layer: the engine adds them.
#ifndef CAFFESHARP_SRC_ENGINE_OPERATORS_ENGINE_OPERATORS_H_
#define CAFFESHARP_SRC_ENGINE_OPERATORS_ENGINE_OPERATORS_H_

#include "engine/graph/operator.h"

namespace caffesharp {
namespace engine {

// Reads a blob of the net, writes one.
const Operator& ImportOperator();
const Operator& ExportOperator();
// Rows with their padding, columns sorted by their place in the stride of the convolution that reads them.
const Operator& PhasesOperator();

}  // namespace engine
}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_ENGINE_OPERATORS_ENGINE_OPERATORS_H_
