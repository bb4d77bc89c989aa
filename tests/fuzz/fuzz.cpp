// fuzz TARGET ROUNDS: passes to a parser of core common texts that were damaged by chance, and demands that
// it ends, that it refuses in the way it says, and that what it takes it takes again and writes the same.
#include <array>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/sink.hpp"
#include "core/history/event_record.hpp"
#include "core/model/date.hpp"
#include "core/model/form.hpp"
#include "core/model/language.hpp"
#include "core/model/practice.hpp"
#include "core/model/reference.hpp"
#include "core/model/web_url.hpp"
#include "core/template/template.hpp"
#include "core/text/csv_reader.hpp"
#include "core/text/escape.hpp"
#include "core/text/folding.hpp"
#include "core/text/utf8.hpp"

namespace covenant {
namespace {

using Chance = std::mt19937;

std::size_t below(Chance& chance, std::size_t end) {
  return chance() % end;
}

[[noreturn]] void fail(const std::string& what, std::string_view input) {
  std::cerr << what << ": " << for_terminal(input) << '\n';
  std::exit(1);
}

/// Cuts, doubles, swaps and overwrites; `pieces` are what the language is made of.
std::string damaged(Chance& chance, std::string text, const std::vector<std::string>& pieces) {
  for (std::size_t times = 1 + below(chance, 6); times > 0; --times) {
    const std::size_t at = below(chance, text.size() + 1);
    const std::size_t size = below(chance, 9);
    switch (below(chance, 5)) {
      case 0:
        text.erase(at, size);
        break;
      case 1:
        text.insert(at, pieces[below(chance, pieces.size())]);
        break;
      case 2:
        text.insert(at, text.substr(below(chance, text.size() + 1), size * 4));
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(chance());
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ 1 << below(chance, 8));
    }
  }
  return text;
}

/// Each round reads one damaged text of the seeds.
void run(const std::vector<std::string>& seeds, const std::vector<std::string>& pieces, std::size_t rounds,
         const std::function<void(Chance&, const std::string&)>& test) {
  constexpr unsigned seed = 20080129;
  Chance chance(seed);
  for (std::size_t i = 0; i < rounds; ++i)
    test(chance, damaged(chance, seeds[below(chance, seeds.size())], pieces));
}

/// The same records, whatever pieces the bytes come in.
std::string records(const std::string& text, std::size_t step) {
  std::size_t given = 0;
  CsvReader reader(
      [&](char* buffer, std::size_t size) {
        const std::size_t count = text.copy(buffer, std::min(size, step), given);
        given += count;
        return count;
      },
      ',');
  std::string all;
  std::size_t most = text.size() + 2;
  for (CsvResult result = reader.next(); result != CsvResult::end; result = reader.next()) {
    if (most-- == 0) fail("the reader does not come to an end", text);
    all += std::to_string(reader.line()) + (result == CsvResult::record ? "+" : "-");
    for (const CsvField& field : reader.fields()) all.append(field.text).append("|");
  }
  return all;
}

void fuzz_csv(std::size_t rounds) {
  run({"name,city\r\nAlpha,\"Liège \"\"B\"\"\"\r\nBeta,\"two\nlines\"\r\n",
       "\xEF\xBB\xBF"
       "a,b\n1,2\n\n,\n"},
      {"\"", "\"\"", ",", "\r\n", "\n", "\r", "\xEF\xBB\xBF", "\"\n"}, rounds,
      [](Chance& chance, const std::string& text) {
        if (records(text, 1 + below(chance, 5)) != records(text, text.size() + 1))
          fail("other records in pieces", text);
      });
}

/// Two rows of every section, hostile values.
class Data final : public TemplateData {
 public:
  std::string_view value(std::size_t name) override {
    return name == 1 ? "https://example.org/" : "<&\"'>{{x}}";
  }
  bool has_rows(std::size_t) override { return true; }
  void each(std::size_t, const std::function<void()>& row) override {
    row();
    row();
  }
};

void fuzz_template(std::size_t rounds) {
  constexpr std::array<TemplateName, 3> names = {
      {{"title", NameKind::text}, {"link", NameKind::url}, {"rows", NameKind::section}}};
  run({"<ul>{{#rows}}<li><a href=\"{{link}}\" "
       "title='{{title}}'>{{title}}</a></li>{{/rows}}</ul>{{^rows}}-{{/rows}}",
       "<!doctype html><!-- c --><title>{{title}}</title><style>p{}</style><script>1</script>{{! r "
       "}}<textarea>{{title}}"
       "</textarea>"},
      {"{{title}}", "{{link}}", "{{#rows}}", "{{/rows}}", "{{^rows}}", "<script>", "</script>",
       "<!--",      "-->",      "<a href=",  "\"",        "'",         "=",        "<",
       ">",         "/",        "{{",        "}}",        " onclick=", "<svg>"},
      rounds, [&](Chance&, const std::string& text) {
        try {
          const Template page(text, "fuzz", names);
          Data data;
          StringSink sink;
          page.write(data, sink);
          if (sink.text().find("<&\"") != std::string::npos) fail("a value was not escaped", text);
        } catch (const Error& error) {
          if (error.kind() != ErrorKind::bad_input || !std::string_view(error.what()).starts_with("fuzz:"))
            fail(std::string("refused in another way: ") + error.what(), text);
        }
      });
}

void fuzz_event(std::size_t rounds) {
  const std::string hex(64, 'a');
  run({R"({"action":"apply","actor":"Office","actor_source":"option","at":"2026-02-03T04:05:06.007Z",)"
       R"("new":{"categories":["other"],"member_count":12,"name":"Līga \"A\""},"partner":7,"prev":")" +
           hex + R"(","run":"0123456789abcdef","sealed":{"contact":")" + hex + R"("},"seq":9,"uid":0,"v":1})",
       R"({"action":"erase","actor":"Office","actor_source":"login","at":"2026-02-03T04:05:06.007Z",)"
       R"("erased":[[2,"contact"]],"partner":7,"prev":")" +
           hex + R"(","run":"0123456789abcdef","seq":9,"uid":0,"v":1})"},
      {"\"", "{", "}", "[", "]", ",", ":", "\\u0000", "\\", "null", "1e9", "-1", "\"v\":1", "[[[["}, rounds,
      [](Chance&, const std::string& text) {
        try {
          parse_event(text);
        } catch (const Error& error) {
          if (error.kind() != ErrorKind::damaged)
            fail(std::string("refused in another way: ") + error.what(), text);
        }
      });
}

/// What is taken is taken again, and is the same.
template <class T>
void demand_stable(const std::string& text) {
  const auto value = T::parse(text);
  if (!value) return;
  const auto again = T::parse(value->str());
  if (!again || !(*again == *value)) fail("not the same when it is read again", text);
}

void fuzz_values(std::size_t rounds) {
  run({"Fédération d’Énergie", "Līga \"A\" <b>", "Ένωση δήμων", "Асоциация 漢字", "2024-02-29",
       "+33 1 (55) 50-01.00", "desk@example.org", "pt-BR", "COM/2026-17",
       "Heat map <https://example.org/heat>"},
      {"\xC2\xA0", "\xE2\x80\xAE", "e\xCC\x81", "\xFF", "\r\n", "\t", " ", "<", ">", "@", ".", "-"}, rounds,
      [](Chance&, const std::string& text) {
        demand_stable<Name>(text);
        demand_stable<LongText>(text);
        demand_stable<Date>(text);
        demand_stable<Phone>(text);
        demand_stable<Email>(text);
        demand_stable<LanguageTag>(text);
        demand_stable<Reference>(text);
        demand_stable<Practice>(text);
        if (find_invalid_utf8(for_terminal(text))) fail("not fit for a terminal", text);
        if (find_invalid_utf8(text)) return;
        if (to_nfc(to_nfc(text)) != to_nfc(text)) fail("no normal form", text);
        if (search_key(search_key(text)) != search_key(text)) fail("folded twice is folded otherwise", text);
      });
}

void fuzz_urls(std::size_t rounds) {
  run({"https://www.example.org:8080/a/b?c=d&e#f",
       "http://b\xC3\xBC"
       "cher.example/",
       "https://xn--bcher-kva.example", "https://[2001:db8::1]/x", "http://192.0.2.1/"},
      {"://", ":", "/", "@", "%41", "%", "[", "]", "..", "xn--", "\xC3\xA4", "\\", " ", "javascript:", "#",
       "?"},
      rounds, [](Chance&, const std::string& text) {
        demand_stable<WebUrl>(text);
        const auto url = WebUrl::parse(text);
        if (!url) return;
        const std::string begin = search_key(url->str().substr(0, 8));
        if (!begin.starts_with("http://") && begin != "https://") fail("an address of another kind", text);
        if (url->host_key().empty()) fail("an address without a host", text);
      });
}

const std::map<std::string_view, void (*)(std::size_t)> targets = {{"csv", fuzz_csv},
                                                                   {"template", fuzz_template},
                                                                   {"event", fuzz_event},
                                                                   {"values", fuzz_values},
                                                                   {"urls", fuzz_urls}};

}  // namespace
}  // namespace covenant

int main(int count, char** arguments) {
  const auto target = count == 3 ? covenant::targets.find(arguments[1]) : covenant::targets.end();
  if (target == covenant::targets.end()) return 2;
  target->second(std::stoul(arguments[2]));
  return 0;
}
