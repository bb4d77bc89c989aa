#pragma once

#include <optional>

#include "core/base/sink.hpp"
#include "core/model/date.hpp"
#include "core/model/figures.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// Writes the figures as one self-contained HTML page without scripts: charts in SVG with title and
/// description, and beside each a table of the same figures. The same options and figures make the same
/// bytes. Source: HTML Living Standard; SVG 2; WCAG 2.2, level AA.
void write_figures_page(const PageOptions& options, const Figures& figures,
                        const std::optional<Date>& as_recorded, TextSink& sink);

}  // namespace covenant
