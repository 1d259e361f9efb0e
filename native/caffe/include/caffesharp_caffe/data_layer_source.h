// Included first in Caffe's data_layer.cpp, which reads a record of its database without a look at whether there is
// one, whether it is a Datum, and whether the Datum has the values that its shape promises: what is missing is read
// from whatever memory comes next.
#ifndef CAFFESHARP_CAFFE_DATA_LAYER_SOURCE_H_
#define CAFFESHARP_CAFFE_DATA_LAYER_SOURCE_H_

#include <string>

#include "caffesharp_caffe/every_source.h"

// The name below must not be in the headers' way.
#include "caffe/layers/data_layer.hpp"

namespace caffesharp {

// The bytes of the record that the cursor of a data layer stands at. Throws caffesharp::Error if there is none, or
// none that Caffe can read.
std::string RequireDatum(caffe::db::Cursor& cursor, const caffe::LayerParameter& layer);

}  // namespace caffesharp

// Caffes that read their databases in another class have no cursor here.
#if !__has_include("caffe/data_reader.hpp")
#define ParseFromString(bytes) ParseFromString(::caffesharp::RequireDatum(*cursor_, this->layer_param_))
#endif

#endif  // CAFFESHARP_CAFFE_DATA_LAYER_SOURCE_H_
