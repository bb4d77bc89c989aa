#include "core/template/template.hpp"

#include "core/base/error.hpp"
#include "core/template/parser.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::size_t piece = std::size_t{64} * 1024;

/// Source: RFC 3986, section 2.3.
bool is_unreserved(char byte) {
  return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char character : text) {
    if (is_unreserved(character)) {
      out += character;
      continue;
    }
    const auto byte = static_cast<unsigned char>(character);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 0x0FU];
  }
}

/// http, https, mailto, tel, or no scheme at all.
bool is_harmless(std::string_view url) {
  for (const std::string_view scheme : {"https:", "http:", "mailto:", "tel:"}) {
    if (url.starts_with(scheme)) return true;
  }
  const std::size_t mark = url.find_first_of(":/?#");
  return mark == std::string_view::npos || url[mark] != ':';
}

/// Writes the steps of a template.
class Writer {
 public:
  Writer(std::string_view literals, std::span<const TemplateStep> steps, TemplateData& data, TextSink& sink)
      : literals_(literals), steps_(steps), data_(data), sink_(sink) {
    out_.reserve(2 * piece);
  }

  void write() {
    write(0, steps_.size());
    sink_.write(out_);
  }

 private:
  using Kind = TemplateStep::Kind;

  void write(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const TemplateStep& step = steps_[i];
      switch (step.kind) {
        case Kind::literal:
          out_ += literals_.substr(step.name, step.until);
          break;
        case Kind::text:
          append_html(out_, data_.value(step.name));
          break;
        case Kind::url:
          append_address(data_.value(step.name));
          break;
        case Kind::url_part:
          append_encoded(out_, data_.value(step.name));
          break;
        case Kind::element:
          out_ += data_.value(step.name);
          break;
        default:
          write_section(i);
          i = step.until - 1;
      }
    }
  }

  void write_section(std::size_t at) {
    const TemplateStep& step = steps_[at];
    if (step.kind == Kind::rows) {
      data_.each(step.name, [this, at] {
        write(at + 1, steps_[at].until);
        if (out_.size() >= piece) flush();
      });
      return;
    }
    const bool is_empty =
        step.kind == Kind::none ? !data_.has_rows(step.name) : data_.value(step.name).empty();
    if (is_empty == (step.kind != Kind::if_filled)) write(at + 1, step.until);
  }

  void append_address(std::string_view url) {
    if (!is_harmless(url)) {
      throw Error(ErrorKind::fault, "an address of a scheme that is not allowed: " + for_terminal(url));
    }
    append_html(out_, url);
  }

  void flush() {
    sink_.write(out_);
    out_.clear();
  }

  std::string_view literals_;
  std::span<const TemplateStep> steps_;
  TemplateData& data_;
  TextSink& sink_;
  std::string out_;
};

}  // namespace

Template::Template(std::string_view text, std::string_view file, std::span<const TemplateName> names) {
  TemplateParser(text, file, names).parse(literals_, steps_);
}

void Template::write(TemplateData& data, TextSink& sink) const {
  Writer(literals_, steps_, data, sink).write();
}

}  // namespace covenant
