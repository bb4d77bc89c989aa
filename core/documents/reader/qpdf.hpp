#pragma once

// The headers of qpdf 11. Clang 14 does not compile its JSON.hh with the standard library of GCC 12, since a
// constexpr vector looks into a class there that is not complete yet; nothing here needs it.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): qpdf asks for it, and warns without
#define POINTERHOLDER_TRANSITION 4
#ifdef __clang__
#define JSON_HH
class JSON;
#endif

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
