#include "community/community_layer.h"

#include <map>
#include <mutex>
#include <string>

namespace caffesharp {
namespace community {
namespace {

// Caffe's registry ends the process if a type is registered twice, and the order in which static objects are made is
// not defined. So the types wait here until the first net is made.
std::map<std::string, CommunityLayer::Maker>& Types() {
  static auto* const types = new std::map<std::string, CommunityLayer::Maker>;
  return *types;
}

}  // namespace

CommunityLayer::CommunityLayer(const char* type, Maker make) { Types().emplace(type, make); }

void UseCommunityLayers() {
  static std::once_flag used;
  std::call_once(used, [] {
    for (const auto& type : Types()) caffe::LayerRegistry<float>::Registry().emplace(type.first, type.second);
  });
}

}  // namespace community
}  // namespace caffesharp
