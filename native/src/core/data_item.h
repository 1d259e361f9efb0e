// What the calling thread last read for a data layer, so that a failure can name it. The threads that Caffe starts for
// data layers read for one layer each; the thread that makes a net forgets with every layer.
#ifndef CAFFESHARP_SRC_CORE_DATA_ITEM_H_
#define CAFFESHARP_SRC_CORE_DATA_ITEM_H_

#include <string>

#include "core/error.h"

namespace caffesharp {

// path is an image's file or a database, key that of a record in it; empty for a file.
void SetDataItem(const std::string& path, const std::string& key);
void ForgetDataItem();

// Adds the item, if there is one, to a failure that names no file so far.
void NameDataItem(ErrorDetail* failure);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_DATA_ITEM_H_
