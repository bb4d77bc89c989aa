#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/code.hpp"
#include "core/base/sink.hpp"
#include "core/formats/csv_cell.hpp"
#include "core/model/codes.hpp"
#include "core/model/public_list.hpp"

namespace covenant {

/// Writes the public list as RFC 4180 CSV with CRLF, in UTF-8. Source: covenant-export(1), DESCRIPTION.
class PublicCsvWriter {
 public:
  /// Writes the header. The sink must live as long as the writer.
  PublicCsvWriter(TextSink& sink, CsvReadBy read_by);

  void row(const PublicTexts& texts);

 private:
  void cell(std::string_view text);
  void end_row();

  TextSink& sink_;
  CsvReadBy read_by_;
  std::string line_;
};

/// The line of column names that every public CSV begins with, by whom it is read; without its line end.
std::string public_csv_header(CsvReadBy read_by);

/// The address of the page of a partner with an id; nothing where it is not known.
using PartnerPageOf = std::function<std::optional<std::string>(std::string_view id)>;

/// A listed partner as an object of the public JSON, with the address of its page where that is known, and
/// one that is no longer listed. Source: covenant-export(1), DESCRIPTION.
std::string public_entry(const PublicTexts& texts, const std::optional<std::string>& page = std::nullopt);
std::string former_entry(const FormerPartner& partner);

/// Writes arrays of public entries, the last members of a JSON object, an entry a line.
class PublicLists {
 public:
  /// `head` is the object as far as it comes before them. The sink must live as long as the lists.
  PublicLists(TextSink& sink, std::string head, PartnerPageOf page_of)
      : sink_(sink), gap_(std::move(head)), page_of_(std::move(page_of)) {}

  /// Begins the next array.
  void begin(std::string_view name);
  void add(const PublicTexts& texts) {
    add(public_entry(texts, page_of_ ? page_of_(texts.front()) : std::nullopt));
  }
  void add(const FormerPartner& partner) { add(former_entry(partner)); }
  void add(PartnerId partner);
  /// Ends the object.
  void finish();

 private:
  void add(const std::string& entry);

  TextSink& sink_;
  std::string gap_;  ///< what is still to be written before the next entry, or the end
  PartnerPageOf page_of_;
  bool is_open_ = false;
  bool any_ = false;  ///< in the array that is open
};

/// The beginning of the object that says what changed after the event `since`.
std::string public_delta_head(std::int64_t since, const PublicSummary& summary);

/// Writes the public list as one JSON object, format 1.
/// Source: covenant-export(1), DESCRIPTION.
class PublicJsonWriter {
 public:
  /// Writes all that comes before the partners; `labels` are the categories' names in the list's language, in
  /// the order of `Category`. The sink must live as long as the writer.
  PublicJsonWriter(TextSink& sink, const std::string& title, const PublicSummary& summary,
                   const std::array<std::string, code_count<Category>>& labels,
                   const std::optional<std::string>& licence = std::nullopt, PartnerPageOf page_of = nullptr);

  void row(const PublicTexts& texts) { lists_.add(texts); }
  /// Every partner comes before the first former one.
  void former(const FormerPartner& partner);
  void finish();

 private:
  void begin_former();

  PublicLists lists_;
  bool is_former_ = false;
};

}  // namespace covenant
