// The item that the calling thread last read for a data layer, so that a failure can name it. Each thread that Caffe
// starts for data layers reads for one layer. The thread that creates a net clears the item with every layer.
#ifndef CAFFESHARP_SRC_CORE_DATA_ITEM_H_
#define CAFFESHARP_SRC_CORE_DATA_ITEM_H_

#include <string>

#include "core/error.h"

namespace caffesharp {

// path is an image file or a database; key is the key of a record in the database, empty for a file.
void SetDataItem(const std::string& path, const std::string& key);
void ForgetDataItem();

// Adds the item, if any, to a failure that does not name a file yet.
void NameDataItem(ErrorDetail* failure);

}  // namespace caffesharp

#endif  // CAFFESHARP_SRC_CORE_DATA_ITEM_H_
