#include "core/documents/reader/pdf_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>

// How it works: a revision that was appended to a PDF may replace any object, and a table of objects may
// point to another one. So objects are not compared by their number but as what they are part of: from the
// catalog on, each pair that is in the same place must be equal. Pairs wait in a list, since a document may
// chain objects deeper than a stack, and a pair that was looked at once is not looked at again, since they
// form loops.

namespace covenant {

namespace {

using Object = QPDFObjectHandle;

/// How alike two values must be.
enum class Alike {
  same,
  grown  ///< what was there is the same, and there may be more
};

struct Pair {
  Object then;
  Object now;
  Alike alike;
  std::size_t place;  ///< of the list of places
};

bool has_type(Object object, const char* type) {
  return object.isDictionaryOfType(type);
}

/// Whether a dictionary is a field for a signature, or one of its pictures on a page.
bool is_signature_field(Object object) {
  if (!object.isDictionary()) return false;
  if (object.hasKey("/FT")) return object.getKey("/FT").isNameAndEquals("/Sig");
  Object parent = object.getKey("/Parent");
  return has_type(object, "/Annot") && parent.isDictionary() && parent.getKey("/FT").isNameAndEquals("/Sig");
}

/// Whether a field has a value, be it a reference to what is not there or cannot be read.
bool has_value(Object field) {
  const auto entries = field.getDictAsMap();
  const auto value = entries.find("/V");
  return value != entries.end() && (value->second.isIndirect() || !Object(value->second).isNull());
}

/// The value of a field or of the field that a picture belongs to.
Object value_of(Object field) {
  if (field.hasKey("/V")) return field.getKey("/V");
  Object parent = field.getKey("/Parent");
  return parent.isDictionary() ? parent.getKey("/V") : Object::newNull();
}

/// Whether a field or annotation has a place on a page, and something to show there.
bool shows_something(Object annotation) {
  if (!annotation.isDictionary() || !(annotation.hasKey("/AP") || annotation.hasKey("/MK"))) return false;
  Object place = annotation.getKey("/Rect");
  constexpr int numbers = 4;
  if (!place.isArray() || place.getArrayNItems() != numbers) return !place.isNull();
  const auto are_apart = [&](int from, int to) {
    Object first = place.getArrayItem(from);
    Object second = place.getArrayItem(to);
    return !first.isNumber() || !second.isNumber() || first.getNumericValue() != second.getNumericValue();
  };
  return are_apart(0, 2) && are_apart(1, 3);
}

class FieldSearch {
 public:
  explicit FieldSearch(QPDF& document) : document_(document) {}

  std::vector<SignedField> all() {
    search_form();
    if (document_.getRoot().getKey("/Pages").isDictionary()) search_pages();
    return std::move(found_);
  }

 private:
  struct Waiting {
    Object field;
    bool is_signature;  ///< by the type of a field above
  };

  bool is_new(const Object& object) {
    return !object.isIndirect() || visited_.insert(object.getObjGen()).second;
  }

  void search_form() {
    Object form = document_.getRoot().getKey("/AcroForm");
    if (!form.isDictionary()) return;
    std::vector<Waiting> waiting;
    push_all(waiting, form.getKey("/Fields"), false);
    while (!waiting.empty()) {
      auto [field, is_signature] = waiting.back();
      waiting.pop_back();
      if (!field.isDictionary() || !is_new(field)) continue;
      if (field.hasKey("/FT")) is_signature = field.getKey("/FT").isNameAndEquals("/Sig");
      if (is_signature && has_value(field)) add(field, true);
      push_all(waiting, field.getKey("/Kids"), is_signature);
    }
  }

  static void push_all(std::vector<Waiting>& waiting, Object list, bool is_signature) {
    if (!list.isArray()) return;
    for (int i = list.getArrayNItems(); i > 0; --i)
      waiting.push_back({list.getArrayItem(i - 1), is_signature});
  }

  void search_pages() {
    for (Object page : document_.getAllPages()) {
      Object annotations = page.getKey("/Annots");
      if (!annotations.isArray()) continue;
      for (int i = 0; i < annotations.getArrayNItems(); ++i) {
        const Object annotation = annotations.getArrayItem(i);
        if (is_signature_field(annotation) && has_value(annotation) && is_new(annotation))
          add(annotation, false);
      }
    }
  }

  void add(Object field, bool is_listed) {
    const Object value = field.getKey("/V");
    if (value.isIndirect() && !values_.insert(value.getObjGen()).second) return;
    found_.push_back({field, value, is_listed});
  }

  QPDF& document_;
  std::set<QPDFObjGen> visited_;
  std::set<QPDFObjGen> values_;
  std::vector<SignedField> found_;
};

class Comparison {
 public:
  Comparison(QPDF& then, QPDF& now) : then_(then), now_(now) {
    std::set<QPDFObjGen> earlier;
    for (const SignedField& field : find_signed_fields(then)) earlier.insert(field.value.getObjGen());
    for (const SignedField& field : find_signed_fields(now)) {
      if (!field.value.isIndirect() || !field.field.isIndirect() || earlier.contains(field.value.getObjGen()))
        continue;
      add_new(field);
    }
  }

  Changes find() {
    int number = 0;
    for (const Object& page : then_.getAllPages()) pages_.emplace(page.getObjGen(), ++number);
    compare_catalog();
    push(then_.getTrailer().getKey("/Encrypt"), now_.getTrailer().getKey("/Encrypt"), "its encryption");
    while (!waiting_.empty() && !changes_.changed) {
      const Pair pair = waiting_.back();
      waiting_.pop_back();
      compare(pair);
    }
    return changes_;
  }

 private:
  void add_new(const SignedField& field) {
    new_signatures_.insert(field.value.getObjGen());
    std::vector<Object> parts{field.field};
    Object kids = Object(field.field).getKey("/Kids");
    for (int i = 0; kids.isArray() && i < kids.getArrayNItems(); ++i) parts.push_back(kids.getArrayItem(i));
    if (!is_time_stamp(field.value)) {
      ++changes_.signatures;
    } else if (std::any_of(parts.begin(), parts.end(), shows_something)) {
      return;
    }
    for (const Object& part : parts) new_fields_.insert(part.getObjGen());
  }

  void push(const Object& then, const Object& now, std::string place, Alike alike = Alike::same) {
    places_.push_back(std::move(place));
    waiting_.push_back({then, now, alike, places_.size() - 1});
  }

  void changed(const Pair& pair) { changes_.changed = places_[pair.place]; }

  static bool is_catalog_of(QPDF& document, const Object& object) {
    return Object(object).isIndirect() && Object(object).getObjGen() == document.getRoot().getObjGen();
  }

  static std::set<std::string> keys_of(Object then, Object now) {
    std::set<std::string> keys = then.getKeys();
    keys.merge(now.getKeys());
    return keys;
  }

  void compare_catalog() {
    Object then = then_.getRoot();
    Object now = now_.getRoot();
    for (const std::string& key : keys_of(then, now)) {
      const Object before = then.getKey(key);
      const Object after = now.getKey(key);
      if (key == "/DSS" || key == "/Extensions" || key == "/Version") continue;
      if (key == "/AcroForm") {
        compare_form(before, after);
      } else if (key == "/Metadata") {
        changes_.has_metadata = !are_equal_streams(before, after);
      } else if (key == "/StructTreeRoot") {
        push(before, after, "its structure for screen readers", Alike::grown);
      } else {
        push(before, after, key == "/Pages" ? "its pages" : fmt::format("its catalog ({})", key.substr(1)));
      }
    }
  }

  void compare_form(Object then, Object now) {
    if (!now.isDictionary() || !(then.isDictionary() || then.isNull())) return push(then, now, "its form");
    if (then.isNull()) then = Object::newDictionary();
    for (const std::string& key : keys_of(then, now)) {
      const Object before = then.getKey(key);
      const Object after = now.getKey(key);
      if (key == "/SigFlags") continue;
      if (key == "/Fields") {
        places_.emplace_back("its form");
        compare_list({before, after, Alike::same, places_.size() - 1});
      } else {
        push(before, after, fmt::format("its form ({})", key.substr(1)),
             key == "/DR" || key == "/DA" ? Alike::grown : Alike::same);
      }
    }
  }

  static bool are_equal_streams(Object then, Object now) {
    if (!then.isStream() || !now.isStream()) return then.isNull() && now.isNull();
    const auto before = then.getRawStreamData();
    const auto after = now.getRawStreamData();
    const auto view = [](const auto& buffer) {
      return std::string_view(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
    };
    return view(before) == view(after);
  }

  void compare(const Pair& pair) {
    Object then = pair.then;
    Object now = pair.now;
    if (then.isIndirect() && now.isIndirect() &&
        !compared_.emplace(then.getObjGen(), now.getObjGen(), pair.alike).second)
      return;
    if (pair.alike == Alike::grown && then.isNull()) return;
    // A signature that certifies may refer to the catalog, which is compared by its own rules.
    if (is_catalog_of(then_, then) && is_catalog_of(now_, now)) return;
    if (then.isNumber() && now.isNumber() && then.getNumericValue() == now.getNumericValue()) return;
    if (then.getTypeCode() != now.getTypeCode()) return changed(pair);
    if (then.isArray()) return compare_array(pair);
    if (then.isDictionary()) return compare_dictionary(pair);
    if (then.isStream()) {
      if (!are_equal_streams(then, now)) return changed(pair);
      return compare_keys({then.getDict(), now.getDict(), pair.alike, pair.place}, {"/Length"});
    }
    if (then.unparseResolved() != now.unparseResolved()) changed(pair);
  }

  void compare_array(const Pair& pair) {
    Object then = pair.then;
    Object now = pair.now;
    const int count = then.getArrayNItems();
    if (pair.alike == Alike::same ? count != now.getArrayNItems() : count > now.getArrayNItems())
      return changed(pair);
    for (int i = 0; i < count; ++i)
      waiting_.push_back({then.getArrayItem(i), now.getArrayItem(i), pair.alike, pair.place});
  }

  void compare_dictionary(const Pair& pair) {
    Object then = pair.then;
    Object now = pair.now;
    if (has_type(then, "/Page") && has_type(now, "/Page")) return compare_page(pair);
    if (has_type(then, "/Pages")) return compare_keys(pair, {"/ITXT"});  // in which iText names its version
    if (is_signature_field(then) && is_signature_field(now) && value_of(then).isNull() &&
        new_signatures_.contains(value_of(now).getObjGen())) {
      if (is_time_stamp(value_of(now)) && shows_something(now)) return compare_keys(pair, {"/V", "/M"});
      return compare_keys(pair, {"/V", "/AP", "/AS", "/F", "/M"});
    }
    const bool may_grow = pair.alike == Alike::grown || has_type(then, "/StructElem");
    constexpr std::array read_aloud = {"/ActualText", "/Alt", "/E"};  // in place of what is on the page
    const auto is_new_text = [&](const char* key) { return !then.hasKey(key) && now.hasKey(key); };
    if (may_grow && std::any_of(read_aloud.begin(), read_aloud.end(), is_new_text)) return changed(pair);
    if (may_grow)
      return compare_keys({pair.then, pair.now, Alike::grown, pair.place}, {"/ParentTreeNextKey"});
    compare_keys(pair, {});
  }

  void compare_page(Pair pair) {
    const auto number = pages_.find(pair.then.getObjGen());
    if (number != pages_.end()) {
      places_.push_back(fmt::format("page {}", number->second));
      pair.place = places_.size() - 1;
    }
    pair.alike = Alike::same;
    compare_list({pair.then.getKey("/Annots"), pair.now.getKey("/Annots"), Alike::same, pair.place});
    compare_keys(pair, {"/Annots", "/Tabs", "/LastModified"});
  }

  void compare_keys(const Pair& pair, const std::set<std::string>& without) {
    Object then = pair.then;
    Object now = pair.now;
    for (const std::string& key : pair.alike == Alike::same ? keys_of(then, now) : then.getKeys()) {
      if (!without.contains(key))
        waiting_.push_back({then.getKey(key), now.getKey(key), pair.alike, pair.place});
    }
  }

  /// Two lists of fields or annotations: among those that there were may be new signatures.
  void compare_list(const Pair& pair) {
    Object then = pair.then;
    Object now = pair.now;
    if (!(then.isArray() || then.isNull()) || !(now.isArray() || now.isNull())) return changed(pair);
    const int count = then.isNull() ? 0 : then.getArrayNItems();
    std::set<QPDFObjGen> earlier;
    for (int i = 0; i < count; ++i) earlier.insert(then.getArrayItem(i).getObjGen());
    int matched = 0;
    for (int i = 0; !now.isNull() && i < now.getArrayNItems(); ++i) {
      const Object item = now.getArrayItem(i);
      const bool is_added =
          item.isIndirect() && new_fields_.contains(item.getObjGen()) && !earlier.contains(item.getObjGen());
      if (is_added) continue;
      if (matched == count) return changed(pair);
      waiting_.push_back({then.getArrayItem(matched), item, Alike::same, pair.place});
      ++matched;
    }
    if (matched != count) changed(pair);
  }

  QPDF& then_;
  QPDF& now_;
  std::set<QPDFObjGen> new_signatures_;
  std::set<QPDFObjGen> new_fields_;  ///< in which the new signatures are, and their pictures on pages
  std::map<QPDFObjGen, int> pages_;
  std::vector<std::string> places_;
  std::vector<Pair> waiting_;
  std::set<std::tuple<QPDFObjGen, QPDFObjGen, Alike>> compared_;
  Changes changes_;
};

}  // namespace

std::vector<SignedField> find_signed_fields(QPDF& document) {
  return FieldSearch(document).all();
}

bool is_time_stamp(Object value) {
  return value.isDictionary() &&
         (has_type(value, "/DocTimeStamp") || value.getKey("/SubFilter").isNameAndEquals("/ETSI.RFC3161"));
}

Changes find_changes(QPDF& then, QPDF& now) {
  return Comparison(then, now).find();
}

}  // namespace covenant
