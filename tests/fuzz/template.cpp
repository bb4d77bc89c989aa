// Templates: refused with their place, or written with every value escaped.
#include "core/template/template.hpp"

#include <array>
#include <string>

#include "core/base/error.hpp"
#include "core/base/sink.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

constexpr std::array<TemplateName, 5> names = {{{"title", NameKind::text},
                                                {"link", NameKind::url},
                                                {"rows", NameKind::section},
                                                {"name", NameKind::text, "rows"},
                                                {"part", NameKind::element}}};

/// Two rows of every section, hostile values.
class Data final : public TemplateData {
 public:
  std::string_view value(std::size_t name) override {
    switch (names.at(name).kind) {
      case NameKind::url:
        return "https://example.org/?a=\"'<>&{{x}}";
      case NameKind::element:
        return "<hr>";
      default:
        return "<&\"'>{{x}}";
    }
  }
  bool has_rows(std::size_t /*section*/) override { return true; }
  void each(std::size_t /*section*/, const std::function<void()>& row) override {
    row();
    row();
  }
};

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant;
  using namespace covenant::fuzz;
  const std::string_view text = text_of(bytes, size);
  try {
    const Template page(text, "fuzz", names);
    Data data;
    StringSink sink;
    page.write(data, sink);
    const bool has_them_itself =
        text.find("<&\"") != std::string_view::npos || text.find("\"'<>") != std::string_view::npos;
    const bool has_them =
        sink.text().find("<&\"") != std::string::npos || sink.text().find("\"'<>") != std::string::npos;
    demand(has_them_itself || !has_them, "a value was not escaped");
  } catch (const Error& error) {
    const std::string_view message = error.what();
    demand(error.kind() == ErrorKind::bad_input && message.starts_with("fuzz:"),
           std::string("refused in another way: ").append(message));
  }
  return 0;
}
