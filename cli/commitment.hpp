#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/inputs.hpp"
#include "cli/reader.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/row_fields.hpp"

namespace covenant {

/// Those inputs, and after them what may be said of the document that the input `commitment` names.
std::vector<Input> with_reading(std::vector<Input> inputs);

/// Declares which of them exclude or need each other as options.
void relate_reading(Flags& flags);

/// A commitment that came back, as it was read.
struct ReceivedCommitment {
  LoadedDocument document;              ///< with what was found in it
  std::optional<Reading> reading;       ///< where it was read
  std::vector<std::string> references;  ///< the messages that it answers, the nearest first
};

/// Reads the commitments that a command is given. A document that several rows name is read once.
class CommitmentReader {
 public:
  /// Both have to live as long as this object.
  CommitmentReader(const Context& context, const CsvOptions& csv) : context_(context), csv_(csv) {}

  /// The file that the input `commitment` names; in a row, relative to the folder of the CSV file. It is read
  /// by a process of its own, as of that day, or as of the one that an e-mail came. Notes: what was odd about
  /// it. What is wrong with a file or with what is said of it is a problem of its input.
  /// @throws Error when an option names a file that cannot be opened, or the wrong settings
  std::optional<ReceivedCommitment> read(RowFields& fields, std::optional<Date> received_on);
  /// The same, of which only the process that reads is of interest: `read` will not start it again.
  void read_ahead(RowFields& fields, std::optional<Date> received_on);

 private:
  /// What is said of the document beside its file.
  struct Said {
    std::shared_ptr<const LoadedDocument> signed_file;
    std::optional<FileName> attachment;
    std::optional<Remark> accept_invalid;
    std::optional<Remark> unread;
    std::optional<Date> received_on;
  };

  std::optional<LoadedDocument> load(RowFields& fields, const char* column) const;
  std::optional<ReceivedCommitment> read_loaded(RowFields& fields, LoadedDocument document, const Said& said);
  /// What people have to know of what was read.
  static Notes notes_on(const LoadedDocument& document, const ReadAnswer& answer, const Said& said);
  const ReadAnswer& answer_of(const std::string& path, const LoadedDocument& document, const Said& said,
                              InputOrigin origin);

  const Context& context_;
  const CsvOptions& csv_;
  std::optional<FileReader> files_;
  std::map<std::string, ReadAnswer> answers_;
  std::map<std::string, std::string> failures_;  ///< what people read of those that cannot be read
  std::set<std::string> noted_;                  ///< messages
};

/// The day of receipt that the e-mail states, if the commitment is one.
std::optional<Date> day_of_receipt(const std::optional<ReceivedCommitment>& received);

/// A day that an e-mail stated, in the place of one that could have been given.
struct MailedDay {
  std::string_view column;
  const LoadedDocument& mail;
  InputOrigin origin;
};

/// The result, whose problems with that day name the e-mail: nobody wrote it.
OutcomeResult blame_mail(OutcomeResult result, const MailedDay& day);

}  // namespace covenant
