#include "core/template/template.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary.h>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <array>
#include <string>
#include <vector>

#include "core/base/sink.hpp"
#include "tests/property/random_text.hpp"

using namespace covenant;

namespace {

constexpr std::array<TemplateName, 6> names = {{{"title"},
                                                {"partners", NameKind::section},
                                                {"name", NameKind::text, "partners"},
                                                {"website", NameKind::url, "partners"},
                                                {"tools", NameKind::section, "partners"},
                                                {"tool", NameKind::text, "tools"}}};

/// Text, a quoted attribute, an address and text again in two sections, one within the other.
const std::string page =
    "<title>{{title}}</title>\n<ul class='long' title=\"{{title}}\">\n"
    "{{#partners}}<li><a title='{{name}}' href=\"{{website}}\">{{name}}</a>"
    "{{#tools}} <b>{{tool}}</b>,{{/tools}} {{title}}</li>\n{{/partners}}</ul>\n";

struct Partner {
  std::string name, website;
  std::vector<std::string> tools;
};

class Data : public TemplateData {
 public:
  Data(const std::string& title, const std::vector<Partner>& partners) : title_(title), partners_(partners) {}

  std::string_view value(std::size_t name) override {
    const std::array<const std::string*, 6> values = {&title_, nullptr, &partner_->name, &partner_->website,
                                                      nullptr, tool_};
    return *values.at(name);
  }
  bool has_rows(std::size_t /*section*/) override { return false; }
  void each(std::size_t section, const std::function<void()>& row) override {
    if (names.at(section).name == "partners") {
      for (const Partner& partner : partners_) {
        partner_ = &partner;
        row();
      }
    } else {
      for (const std::string& tool : partner_->tools) {
        tool_ = &tool;
        row();
      }
    }
  }

 private:
  const std::string& title_;
  const std::vector<Partner>& partners_;
  const Partner none_;
  const Partner* partner_ = &none_;
  const std::string* tool_ = nullptr;
};

std::string by_covenant(const std::string& title, const std::vector<Partner>& partners) {
  Data data(title, partners);
  StringSink sink;
  Template(page, "page", names).write(data, sink);
  return sink.text();
}

std::string by_ctemplate(const std::string& title, const std::vector<Partner>& partners) {
  ctemplate::TemplateDictionary dictionary("page");
  dictionary["title"] = title;
  for (const Partner& partner : partners) {
    auto* row = dictionary.AddSectionDictionary("partners");
    (*row)["name"] = partner.name;
    (*row)["website"] = partner.website;
    for (const std::string& tool : partner.tools) (*row->AddSectionDictionary("tools"))["tool"] = tool;
  }
  static const auto* const made = ctemplate::Template::StringToTemplate(
      "{{%AUTOESCAPE context=\"HTML\"}}" + page, ctemplate::DO_NOT_STRIP);
  std::string text;
  REQUIRE(made != nullptr);
  REQUIRE(made->Expand(&text, &dictionary));
  return text;
}

}  // namespace

TEST_CASE("another engine that escapes by context writes the same page") {
  CHECK(rc::check([] {
    // Of one line: that engine writes a blank for the end of one.
    const auto line = [] { return *random::text(0, 20, Lines::one); };
    std::vector<Partner> partners(*rc::gen::inRange<std::size_t>(0, 4));
    for (Partner& partner : partners) {
      partner.name = line();
      partner.website = "https://example.org/?a=1&b=" + line();
      partner.tools.resize(*rc::gen::inRange<std::size_t>(0, 3));
      for (std::string& tool : partner.tools) tool = line();
    }
    const std::string title = line();
    RC_ASSERT(by_covenant(title, partners) == by_ctemplate(title, partners));
  }));
}
