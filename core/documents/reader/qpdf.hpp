#pragma once

// The headers of qpdf 11. Clang 14 does not compile its JSON.hh with the standard library of GCC 12, since a
// constexpr vector looks into a class there that is not complete yet; nothing here needs it.
#define POINTERHOLDER_TRANSITION 4  // without it, qpdf warns
#ifdef __clang__
#define JSON_HH
class JSON;
#endif

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
