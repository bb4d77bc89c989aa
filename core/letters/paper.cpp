#include "core/letters/paper.hpp"

#include "core/base/error.hpp"
#include "core/base/module.hpp"
#include "core/letters/module/entry.hpp"

namespace covenant {

Pdf write_pdf(const Paper& paper) {
  static DrawPaper* const draw = module_function<DrawPaper>("covenant-paper.so", "covenant_draw");
  DrawnPaper drawn;
  draw(paper, drawn);
  if (!drawn.error.empty()) throw Error(ErrorKind::file, "cannot make a PDF: " + drawn.error);
  return std::move(drawn.pdf);
}

}  // namespace covenant
