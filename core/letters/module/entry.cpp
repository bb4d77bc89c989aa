#include "core/letters/module/entry.hpp"

#include <exception>

#include "core/letters/module/sheet.hpp"

extern "C" __attribute__((visibility("default"))) void covenant_draw(const covenant::Paper& paper,
                                                                     covenant::DrawnPaper& drawn) {
  try {
    drawn.pdf = std::visit([](const auto& texts) { return covenant::paper::draw(texts); }, paper);
  } catch (const std::exception& error) {
    drawn.error = error.what();
  }
}
