#include "engine/graph/graph.h"

#include <utility>

#include "engine/graph/operator.h"

namespace caffesharp {
namespace engine {

std::vector<std::vector<int>> Graph::Readers() const {
  std::vector<std::vector<int>> readers(operations.size());
  for (std::size_t i = 0; i < operations.size(); ++i) {
    for (const int input : operations[i].inputs) readers[input].push_back(static_cast<int>(i));
  }
  return readers;
}

void Graph::Simplify() {
  std::vector<std::vector<int>> readers = Readers();
  std::vector<bool> dropped(operations.size(), false);
  for (std::size_t i = 0; i < operations.size(); ++i) {
    Operation& operation = operations[i];
    if (operation.inputs.size() != 1 || readers[operation.inputs[0]].size() != 1) continue;
    Operation& source = operations[operation.inputs[0]];
    if (!operation.kind->FoldInto(operation, &source)) continue;
    // The source takes the place of the operation that read it.
    dropped[operation.inputs[0]] = true;
    operation = std::move(source);
    source = Operation();
  }
  readers = Readers();
  for (std::size_t i = operations.size(); i-- > 0;) {
    if (dropped[i] || operations[i].kind->WritesBlob()) continue;
    bool read = false;
    for (const int reader : readers[i]) read = read || !dropped[reader];
    dropped[i] = !read;
  }
  Drop(dropped);
}

void Graph::Drop(const std::vector<bool>& dropped) {
  std::vector<int> places(operations.size(), -1);
  std::vector<Operation> kept;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (dropped[i]) continue;
    places[i] = static_cast<int>(kept.size());
    kept.push_back(std::move(operations[i]));
    for (int& input : kept.back().inputs) input = places[input];
  }
  operations = std::move(kept);
}

}  // namespace engine
}  // namespace caffesharp
