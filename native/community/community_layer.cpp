#include "community/community_layer.h"

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace caffesharp {
namespace community {
namespace {

// Caffe's registry ends the process if a type is registered twice, and the order in which static objects are made is
// not defined. So the types wait here until the first net is made.
std::map<std::string, CommunityLayer::Maker>& Types() {
  static auto* const types = new std::map<std::string, CommunityLayer::Maker>;
  return *types;
}

struct Variant {
  CommunityVariant::Accepts accepts;
  CommunityLayer::Maker make;
};

std::multimap<std::string, Variant>& Variants() {
  static auto* const variants = new std::multimap<std::string, Variant>;
  return *variants;
}

using Creators = caffe::LayerRegistry<float>::CreatorRegistry;

// Caffe's own creators of the types that have variants.
Creators& Originals() {
  static auto* const originals = new Creators;
  return *originals;
}

CommunityLayer::Maker VariantOf(const caffe::LayerParameter& parameter) {
  const auto variants = Variants().equal_range(parameter.type());
  for (auto variant = variants.first; variant != variants.second; ++variant) {
    if (variant->second.accepts(parameter)) return variant->second.make;
  }
  return nullptr;
}

boost::shared_ptr<caffe::Layer<float>> MakeVariant(const caffe::LayerParameter& parameter) {
  const CommunityLayer::Maker make = VariantOf(parameter);
  return make != nullptr ? make(parameter) : Originals().at(parameter.type())(parameter);
}

std::map<std::pair<std::string, std::string>, CommunityLayer::Maker>& PythonLayers() {
  static auto* const layers = new std::map<std::pair<std::string, std::string>, CommunityLayer::Maker>;
  return *layers;
}

}  // namespace

CommunityVariant::CommunityVariant(const char* type, Accepts accepts, CommunityLayer::Maker make) {
  Variants().emplace(type, Variant{accepts, make});
}

bool IsVariant(const caffe::LayerParameter& parameter) { return VariantOf(parameter) != nullptr; }

BuiltInPythonLayer::BuiltInPythonLayer(const char* module, const char* layer, CommunityLayer::Maker make) {
  PythonLayers().emplace(std::make_pair(module, layer), make);
}

CommunityLayer::Maker FindBuiltInPythonLayer(const caffe::PythonParameter& names) {
  const auto found = PythonLayers().find({names.module(), names.layer()});
  return found == PythonLayers().end() ? nullptr : found->second;
}

CommunityLayer::CommunityLayer(const char* type, Maker make) { Types().emplace(type, make); }

void UseCommunityLayers() {
  static std::once_flag used;
  std::call_once(used, [] {
    Creators& registry = caffe::LayerRegistry<float>::Registry();
    for (const auto& type : Types()) registry.emplace(type.first, type.second);
    for (const auto& variant : Variants()) {
      const auto original = registry.find(variant.first);
      if (original == registry.end() || !Originals().insert(*original).second) continue;
      original->second = &MakeVariant;
    }
  });
}

}  // namespace community
}  // namespace caffesharp
