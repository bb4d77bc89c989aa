#pragma once

#include <stdexcept>

namespace covenant {

/// A document is not what it claims to be, or is beyond the bounds: thrown by its reader, with what people
/// read after its name: "is no PDF document: its cross-reference table cannot be read".
class Unreadable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace covenant
