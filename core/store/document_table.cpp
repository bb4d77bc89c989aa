#include "core/store/document_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/store/rewriting.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// Whether it is the type and subtype that a version may have found. Source: RFC 6838 section 4.2.
bool is_media_type(std::string_view text) {
  constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyz0123456789.+-";
  const std::size_t slash = text.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == text.size()) return false;
  const auto is_name = [&](std::string_view name) {
    return name.find_first_not_of(of_names) == std::string_view::npos;
  };
  return is_name(text.substr(0, slash)) && is_name(text.substr(slash + 1));
}

}  // namespace

Document stored_document(const Query& row, int name, int type, int size, int sha256) {
  Document document{stored_optional<FileName>(row, name), std::string(row.text(type)),
                    static_cast<std::uint64_t>(row.integer(size)), std::string(row.text(sha256))};
  constexpr std::size_t digits = 64;
  if (!is_media_type(document.type) || !is_hex(document.sha256, digits) || row.integer(size) < 0)
    damaged(fmt::format("a document is of the type {} and has the SHA-256 {}", in_quotes(document.type),
                        in_quotes(document.sha256)));
  return document;
}

namespace {

constexpr std::size_t block_size = std::size_t{64} * 1024;

StoredBytes content_of(Read& read, std::int64_t row) {
  return read.bytes("document", "content", row);
}

/// Visits the bytes of a document in their order, a block at a time.
void for_each_block(const StoredBytes& content, const std::function<void(std::string_view)>& visit) {
  std::string block;
  for (std::size_t at = 0; at < content.size(); at += block.size()) {
    block.resize(std::min(block_size, content.size() - at));
    content.read(block.data(), block.size(), at);
    visit(block);
  }
}

std::string sha256_of(const StoredBytes& content) {
  Sha256 hash;
  for_each_block(content, [&](std::string_view block) { hash.add(block); });
  return to_hex(bytes_of(hash.finish()));
}

/// The row of a stored document; nothing when it is not stored.
std::optional<std::int64_t> find_document(Read& read, const std::string& sha256) {
  Query query = read.query("SELECT rowid FROM document WHERE sha256 = :sha256");
  if (!query.bind(":sha256", sha256).step()) return std::nullopt;
  return query.integer(0);
}

}  // namespace

void copy_document(Read& read, const Document& document, TextSink& sink) {
  const auto row = find_document(read, document.sha256);
  if (!row || sha256_of(content_of(read, *row)) != document.sha256) {
    throw Error(ErrorKind::damaged,
                "the stored file with the SHA-256 " + document.sha256 + " does not have it any more");
  }
  for_each_block(content_of(read, *row), [&](std::string_view block) { sink.write(block); });
}

namespace {

constexpr std::string_view documents_sql = R"(
SELECT sha256, size, rowid FROM document ORDER BY sha256)";

constexpr std::string_view missing_documents_sql = R"(
SELECT had.seq, had.partner, had.document FROM (
  SELECT seq, partner, document FROM commitment WHERE document IS NOT NULL
  UNION ALL SELECT seq, partner, document FROM evidence) AS had
WHERE NOT EXISTS (SELECT 1 FROM document AS d WHERE d.sha256 = had.document)
  AND NOT EXISTS (SELECT 1 FROM erased_document AS x WHERE x.partner = had.partner AND x.document = had.document)
ORDER BY had.seq)";

}  // namespace

void for_each_document(Read& read, const std::function<void(const StoredDocument&)>& visit) {
  Query query = read.query(documents_sql);
  while (query.step()) {
    const StoredBytes content = content_of(read, query.integer(2));
    visit({query.text(0), query.integer(1), sha256_of(content), static_cast<std::int64_t>(content.size()),
           is_document_held(read, std::string(query.text(0)))});
  }
}

void for_each_document_name(Read& read, const std::function<void(const std::string&)>& visit) {
  Query query = read.query("SELECT sha256 FROM document ORDER BY sha256");
  while (query.step()) visit(std::string(query.text(0)));
}

void for_each_missing_document(Read& read, const std::function<void(const MissingDocument&)>& visit) {
  Query query = read.query(missing_documents_sql);
  while (query.step()) visit({query.text(2), PartnerId(query.integer(1)), query.integer(0)});
}

namespace {

constexpr std::string_view held_sql = R"(
SELECT 1 FROM (
  SELECT partner FROM commitment WHERE document = :document
  UNION SELECT partner FROM evidence WHERE document = :document) AS holder
WHERE NOT EXISTS (
  SELECT 1 FROM erased_document AS x WHERE x.partner = holder.partner AND x.document = :document)
LIMIT 1)";

constexpr std::string_view other_holder_sql = R"(
SELECT partner FROM (
  SELECT partner FROM commitment WHERE document = :document
  UNION ALL SELECT partner FROM evidence WHERE document = :document) AS had
WHERE partner <> :partner AND NOT EXISTS (
  SELECT 1 FROM erased_document AS x WHERE x.partner = had.partner AND x.document = :document)
LIMIT 1)";

}  // namespace

bool is_document_held(Read& read, const std::string& sha256) {
  return read.query(held_sql).bind(":document", sha256).step();
}

std::optional<PartnerId> find_other_holder(Read& read, const std::string& sha256, PartnerId partner) {
  // Documents have an index, commitments are searched: nearly every document is new.
  if (!find_document(read, sha256)) return std::nullopt;
  Query query = read.query(other_holder_sql);
  if (!query.bind(":document", sha256).bind(":partner", partner.number()).step()) return std::nullopt;
  return PartnerId(query.integer(0));
}

bool is_document_stored(Read& read, const std::string& sha256) {
  return find_document(read, sha256).has_value();
}

StoredBytes insert_document(Write& write, const std::string& sha256, std::uint64_t size) {
  write.query("INSERT INTO document (sha256, size, content) VALUES (:sha256, :size, zeroblob(:size))")
      .bind(":sha256", sha256)
      .bind(":size", static_cast<std::int64_t>(size))
      .run();
  return write.writable_bytes("document", "content", find_document(write, sha256).value());
}

void store_document(Write& write, const Document& document, const ByteSource& bytes) {
  if (is_document_stored(write, document.sha256)) return;
  StoredBytes content = insert_document(write, document.sha256, document.size);
  Sha256 hash;
  std::string block(block_size, '\0');
  std::size_t at = 0;
  while (const std::size_t count = bytes(block.data(), block.size())) {
    if (count > content.size() - at) break;
    const std::string_view piece = std::string_view(block).substr(0, count);
    hash.add(piece);
    content.write(piece, at);
    at += count;
  }
  if (at != content.size() || to_hex(bytes_of(hash.finish())) != document.sha256)
    throw Error(ErrorKind::file, "the document changed while it was read; try again");
}

void delete_document(Write& write, const std::string& sha256) {
  write.query("DELETE FROM document WHERE sha256 = :document").bind(":document", sha256).run();
  write_again_at_commit(write, "document");
  mark_erasure(write);
}

}  // namespace covenant
