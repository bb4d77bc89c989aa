#include "core/site/category_names.hpp"

#include <array>

namespace covenant {

namespace {

constexpr std::array<std::string_view, 4> short_names = {
    translatable("Financial institutions"),
    translatable("Industry"),
    translatable("NGOs and civil society"),
    translatable("Other organisations"),
};

constexpr std::array<std::string_view, 4> official_wordings = {
    translatable("Associations of financial institutions such as public and private banks"),
    translatable(
        "Industrial associations: European umbrella-associations of energy solutions providers that bring "
        "together private companies"),
    translatable("NGOs and associations of civil society"),
    translatable(
        "Other bodies: member-based organisations able to put their energy know-how at the service of "
        "Covenant Signatories"),
};

}  // namespace

std::string_view short_name(const Catalogue& catalogue, Category category) {
  return catalogue.text(short_names[static_cast<std::size_t>(category)]);
}

std::string_view official_wording(const Catalogue& catalogue, Category category) {
  return catalogue.text(official_wordings[static_cast<std::size_t>(category)]);
}

}  // namespace covenant
