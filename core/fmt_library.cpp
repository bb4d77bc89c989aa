// Debian has {fmt} as a shared library alone; this is the library itself, from its own headers, to be linked
// statically (see COVENANT_STATIC). It makes what the shared library makes.
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {
template FMT_API thousands_sep_result<char> thousands_sep_impl(locale_ref);
template FMT_API char decimal_point_impl(locale_ref);
template FMT_API void buffer<char>::append(const char*, const char*);
template FMT_API void vformat_to(buffer<char>&, string_view, basic_format_args<buffer_context<char>>,
                                 locale_ref);
}  // namespace detail
FMT_END_NAMESPACE
