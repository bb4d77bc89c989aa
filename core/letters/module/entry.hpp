#pragma once

#include <string>

#include "core/letters/paper.hpp"

namespace covenant {

/// What comes of drawing a paper: a PDF, or what prevented it.
struct DrawnPaper {
  Pdf pdf;
  std::string error;
};

/// The type of the module's only function, `covenant_draw`; it throws nothing.
using DrawPaper = void(const Paper& paper, DrawnPaper& drawn);

}  // namespace covenant
