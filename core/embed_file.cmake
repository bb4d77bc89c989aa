file(READ ${file} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
file(WRITE ${source} "#include <string_view>
namespace {
constexpr char bytes[] = {${bytes}};
}
namespace covenant::embedded {
extern const std::string_view ${name};
const std::string_view ${name}{bytes, sizeof bytes};
}
")
