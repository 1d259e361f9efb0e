// Class labels in a blob of whole numbers.
#ifndef CAFFESHARP_COMMUNITY_LABELS_H_
#define CAFFESHARP_COMMUNITY_LABELS_H_

#include "community/community_layer.h"

namespace caffesharp {
namespace community {

// The label; fails a CHECK if it is not one of the classes.
inline int LabelOf(float value, int classes) {
  CHECK(value >= 0 && value < static_cast<float>(classes))
      << "a label is " << value << "; there are " << classes << " classes, counted from 0";
  return static_cast<int>(value);
}

}  // namespace community
}  // namespace caffesharp

#endif  // CAFFESHARP_COMMUNITY_LABELS_H_
