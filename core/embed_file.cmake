file(READ ${file} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
file(WRITE ${source} "#include \"core/embedded.hpp\"
namespace {
constexpr char bytes[] = {${bytes}};
}
namespace covenant::embedded {
const std::string_view ${name}{bytes, sizeof bytes};
}
")
