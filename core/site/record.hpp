#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/model/former_partner.hpp"
#include "core/site/page_data.hpp"

namespace covenant {

/// A page about one partner as templates see it: the only row of `partners`, or of `former`.
class RecordData final : public PageData {
 public:
  /// The options must live as long as the data.
  explicit RecordData(const PageOptions& options);

  /// What is set must live until the page is written.
  void is_about(const PublicTexts& listed);
  void is_about(const FormerPartner& former);

  std::string_view value(std::size_t name) override;
  bool has_rows(std::size_t section) override;
  void each(std::size_t section, const Row& row) override;

 private:
  std::string page_in(OfficialLanguage language) const override;
  void set_addresses(PartnerId partner);
  void each_former(const Row& row);

  PartnerId partner_{0};
  const PublicTexts* listed_ = nullptr;
  const FormerPartner* former_ = nullptr;
  std::string list_, feed_, folder_, page_url_, linked_data_;
};

}  // namespace covenant
