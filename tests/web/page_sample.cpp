#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sink.hpp"
#include "core/model/public_list.hpp"
#include "core/site/locale.hpp"
#include "core/site/page.hpp"
#include "tests/unit/support/public_sample.hpp"

// Prints the page of made-up partners: page_sample LANGUAGE page|fragment|site|ecl
// sample|hostile|plain|empty|NUMBER

namespace {

using namespace covenant;
using samples::PublicSample;

struct Sample {
  std::string_view name, acronym, categories, country, city, website, description, expertise, practices,
      language, since;
};

const std::vector<Sample> samples = {
    {"Alliance of Municipal Savings Banks", "AMSB", "financial", "DE", "Leipzig",
     "https://savings.example.org/", "Brings together 214 savings banks that lend to towns and villages.", "",
     "Street-lighting loan calculator <https://savings.example.org/lighting>\nJoint loans for small "
     "municipalities "
     "<https://savings.example.org/joint>",
     "en", "2010-03-15"},
    {"Association européenne des villes cyclables", "AEVC", "civil-society", "FR", "Strasbourg",
     "https://villes-cyclables.example.org/", "Unions d’usagers du vélo de 31 pays, aux côtés des villes.",
     "", "Grille d’audit d’un réseau cyclable <https://villes-cyclables.example.org/audit>", "fr",
     "2010-09-20"},
    {"Baltijas Enerģijas kooperatīvu savienība", "BEKS", "civil-society;industrial", "LV", "Rīga",
     "https://beks.example.org/", "Energokooperatīvi no trim Baltijas valstīm.\n\nDibināta 2009. gadā.",
     "Kopienu saules parku plānošana, līgumu paraugi un mērījumi pirms un pēc atjaunošanas.",
     "Rokasgrāmata jauniem kooperatīviem <https://beks.example.org/rokasgramata>\nIedzīvotāju sapulce vienā "
     "vakarā",
     "lv", "2024-03-11"},
    {"Čistá doprava bez hranic", "", "civil-society", "CZ", "Brno", "https://doprava.example.org/", "", "",
     "", "cs", "2016-05-02"},
    {"District Heating and Cooling Builders’ Federation of the North Sea Region", "DHCBF", "industrial", "DK",
     "Esbjerg",
     "https://dhcbf.example.org/a/rather/long/path/that/nobody/would/type/by/hand?and=parameters&in=plenty",
     "Ninety companies that plan, lay and run heat networks. The federation trains engineers, publishes "
     "tenders that "
     "worked and those that did not, and lends a team of three to any town that starts.",
     "Heat maps, pipe sizing, the waste heat of data centres and metro lines, contracts between a town and a "
     "heat "
     "producer.\nCourses twice a year.",
     "Heat map in a week <https://dhcbf.example.org/map>\nModel contract for waste heat "
     "<https://dhcbf.example.org/model>\n"
     "Register of pipe failures\nSite visits, spring and autumn <https://dhcbf.example.org/visits>",
     "en", "2011-04-04"},
    {"Ένωση Νησιών για την Ενέργεια", "ΕΝΕ", "other", "GR", "Ερμούπολη", "https://enosi.example.org/",
     "Νησιά που μοιράζονται μηχανικούς, σχέδια και ανταλλακτικά.", "Μικρά δίκτυα, αφαλάτωση και αποθήκευση.",
     "Ένας μηχανικός για πέντε νησιά <https://enosi.example.org/five>", "el", "2018-04-16"},
    {"Eurooppalainen kestävän rakentamisen neuvottelukunta", "EKRN", "industrial;other", "FI", "Tampere",
     "https://rakentaminen.example.org/", "Puurakentajien ja energianeuvojien yhteinen neuvottelukunta.",
     "Puukerrostalojen energialaskenta.", "", "fi", "2014-01-27"},
    {"Federação das Agências de Energia", "FAE", "other", "PT", "Évora", "https://agencias.example.org/", "",
     "Auditorias energéticas de escolas e piscinas municipais.", "", "pt", "2013-06-10"},
    {"Green Roofs Guild", "", "industrial", "NL", "Utrecht", "",
     "Gardeners, builders and researchers of green roofs.", "",
     "Roof load calculator\nSeed list for dry summers", "en", "2011-01-31"},
    {"Heat Pump Partnership Europe", "HPPE", "industrial", "IE", "Cork", "https://heatpumps.example.org/",
     "Makers, installers and trainers.", "", "Noise map for courtyards <https://heatpumps.example.org/noise>",
     "en", "2012-03-26"},
    {"Íslensk-evrópska jarðhitafélagið", "ÍEJ", "industrial", "IS", "Reykjavík",
     "https://jardhiti.example.org/", "", "Borun, mælingar og endurdæling.", "", "is", "2012-11-05"},
    {"Łódzka Wspólnota Energetyczna", "ŁWE", "civil-society", "PL", "Łódź", "https://lwe.example.org/",
     "Dwa tysiące spółdzielni energetycznych z jedenastu federacji.", "",
     "Zrozumiałe umowy o wspólne dachy <https://lwe.example.org/dachy>", "pl", "2019-12-02"},
    {"Medborgarnas klimatråd", "MKR", "civil-society", "SE", "Umeå", "https://klimatrad.example.org/",
     "Medborgarråd om klimatet och de som leder dem.", "",
     "Rättvis lottning <https://klimatrad.example.org/lott>", "sv", "2020-08-31"},
    {"Rete delle Agenzie per la Mobilità", "RAM", "other", "IT", "Bologna", "https://ram.example.org/", "",
     "Piani per città con meno automobili.", "", "it", "2014-10-20"},
    {"Small Hydro Associations of Europe", "SHAE", "industrial", "LU", "", "https://hydro.example.org/",
     "National associations of small hydropower under one roof.", "", "", "en", "2011-12-01"},
    {"Sociedade Europeia de Crédito Ético", "SECE", "financial;civil-society", "PT", "Porto",
     "https://sece.example.org/",
     "Bancos éticos e caixas de crédito que financiam a energia das comunidades.", "", "", "pt",
     "2023-04-24"},
    {"Tarptautinė šilumos taupymo asociacija", "TŠTA", "industrial", "LT", "Kaunas",
     "https://tsta.example.org/", "", "", "Termografijos protokolas <https://tsta.example.org/ir>", "lt",
     "2015-06-15"},
    {"المنتدى المتوسطي للطاقة (MEF)", "MEF", "other", "CY", "Λεμεσός", "https://mef.example.org/",
     "منتدى يجمع مدن البحر المتوسط وجمعياته حول الطاقة المستدامة.", "",
     "دليل المدن الساحلية <https://mef.example.org/guide>", "ar", "2021-02-01"},
    {"Съюз за чиста енергия", "СЧЕ", "industrial;financial", "BG", "Пловдив", "https://chista.example.org/",
     "Енергийни дружества и банките, които им се доверяват.", "", "", "bg", "2022-01-10"},
    {"Urban Food and Energy League", "UFEL", "civil-society;other", "MT", "Valletta",
     "https://ufel.example.org/", "Members join kitchens, gardens and energy advice.", "",
     "Community kitchens that cook with the sun <https://ufel.example.org/kitchens>", "en", "2013-09-09"},
};

const std::string attack =
    "</title></style></script><script>document.title='broken'</script><img src=x "
    "onerror=\"document.title='broken'\">"
    "'\"><svg onload=alert(1)>&lt;&#60; {{name}} {count} --> ]]> &";

template <class T>
T parsed(std::string_view text) {
  auto result = T::parse(text);
  if (!result) throw std::runtime_error(std::string(text) + ": " + result.problem().message);
  return *std::move(result);
}

PublicSample partner(std::int64_t number, const Sample& sample) {
  return {{"id", PartnerId(number).str()},
          {"name", sample.name},
          {"acronym", sample.acronym},
          {"categories", sample.categories},
          {"level", "european"},
          {"country", sample.country},
          {"city", sample.city},
          {"website", sample.website},
          {"description", sample.description},
          {"expertise", sample.expertise},
          {"practices", sample.practices},
          {"language", sample.language},
          {"partner_since", sample.since}};
}

/// Words that no other partner has: a page of them is no easier to compress than one of real partners.
std::string made_up(std::uint32_t& seed, int words) {
  constexpr std::array<std::string_view, 16> syllables = {"ar", "be", "ci", "do", "en", "fu", "ga", "hi",
                                                          "jo", "ku", "la", "me", "ni", "or", "pa", "ti"};
  std::string text;
  for (int syllable = 0; syllable < 3 * words; ++syllable) {
    seed = seed * 1'664'525U + 1'013'904'223U;
    if (syllable > 0 && syllable % 3 == 0) text += ' ';
    text += syllables[seed >> 28U];
  }
  return text;
}

std::vector<PublicSample> partners(const std::string& kind) {
  std::vector<PublicSample> list;
  if (kind == "sample") {
    for (const Sample& sample : samples)
      list.push_back(partner(static_cast<std::int64_t>(list.size()) + 1, sample));
  } else if (kind == "hostile") {
    list.push_back(partner(
        1, {attack, attack.substr(0, 40), "other", "LV", attack.substr(0, 100),
            "https://example.org/?q='onclick='alert(1)'&amp;&quot;=1", attack, attack,
            attack.substr(0, 200) + "\nTitle <https://example.org/'onclick='alert(1)>", "de", "2024-02-29"}));
  } else if (kind == "plain") {
    list.push_back(partner(1, {"Plain Association", "PA", "other", "LV", "Riga", "https://example.org/",
                               "Text", "Text", "One\nTitle <https://example.org/>", "de", "2024-02-29"}));
  } else if (kind != "empty") {
    const std::size_t count = std::stoul(kind);
    for (std::size_t i = 0; i < count; ++i) {
      Sample sample = samples[i % samples.size()];
      auto seed = static_cast<std::uint32_t>(i);
      const std::string name = made_up(seed, 4);
      const std::string city = made_up(seed, 1);
      const std::string website = "https://" + made_up(seed, 1) + ".example.org/";
      const std::string description = made_up(seed, 18);
      const std::string practices = made_up(seed, 8) + " <" + website + made_up(seed, 1) + ">";
      sample.name = name;
      sample.city = city;
      sample.website = website;
      sample.description = description;
      sample.practices = practices;
      list.push_back(partner(static_cast<std::int64_t>(i) + 1, sample));
    }
  }
  return list;
}

PublicSummary summary_of(const std::vector<PublicSample>& list) {
  PublicSummary summary;
  std::map<std::string, std::int64_t> countries;
  for (PublicSample partner : list) {
    ++summary.count;
    ++countries[partner["country"]];
    for (const Category category : parsed<Categories>(partner["categories"]).list()) {
      ++summary.by_category[static_cast<std::size_t>(category)];
    }
  }
  for (const auto& [code, count] : countries) summary.by_country.emplace_back(parsed<Country>(code), count);
  if (!list.empty()) summary.modified = parsed<Date>("2026-11-20");
  return summary;
}

/// The last that joined, and one that went.
std::vector<PublicChange> changes_of(std::vector<PublicSample> list) {
  std::vector<PublicChange> changes;
  for (std::size_t i = 0; i < list.size() && i < 5; ++i) {
    const bool is_gone = i == 1;
    changes.push_back({is_gone ? PublicChangeKind::ended : PublicChangeKind::joined,
                       parsed<Date>("2026-11-20"),
                       1,
                       PartnerId::parse(list[i]["id"]).value(),
                       parsed<Name>(list[i]["name"]),
                       parsed<LanguageTag>(list[i]["language"]),
                       is_gone ? IsListed::no : IsListed::yes,
                       std::nullopt,
                       std::nullopt,
                       {}});
  }
  return changes;
}

PageOptions options_of(const std::string& language, const std::string& extent) {
  PageOptions options;
  options.language = *from_code<OfficialLanguage>(language);
  if (extent == "fragment") options.extent = PageExtent::fragment;
  if (extent == "ecl") {
    options.layout = std::make_shared<Template>(page_template(template_text(BuiltInTemplate::ecl), "ecl"));
  }
  if (extent == "site") {
    options.base_url = parsed<WebUrl>("https://partners.example.org/list");
    options.languages.assign(by_own_name.begin(), by_own_name.end());
    options.links.contact = parsed<LanguageUrl>("https://partners.example.org/contact");
    options.links.newsletter = parsed<LanguageUrl>("https://partners.example.org/newsletter");
    options.links.rss_help = parsed<LanguageUrl>("https://partners.example.org/rss");
    options.links.licence = parsed<LanguageUrl>("https://creativecommons.org/licenses/by/4.0/");
    options.links.legal_notice = parsed<LanguageUrl>("https://partners.example.org/legal");
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const std::vector<PublicSample> list = partners(arguments.at(2));
  PageSource source;
  source.summary = summary_of(list);
  source.partners = [&](const PageSource::VisitPartner& visit) {
    for (const PublicSample& one : list) visit(one.texts());
  };
  source.changes = changes_of(list);
  StringSink sink;
  write_page(options_of(arguments.at(0), arguments.at(1)), source, sink);
  std::cout << sink.text();
}
