#include "core/letters/module/finish.hpp"

#include "core/documents/reader/qpdf.hpp"

#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace covenant::paper {

namespace {

/// Marks as an artifact what a page draws outside of its marked content.
class ArtifactFilter final : public QPDFObjectHandle::TokenFilter {
 public:
  void handleToken(const QPDFTokenizer::Token& token) override {
    if (token.getType() != QPDFTokenizer::tt_word) {
      operands_ += token.getRawValue();
      return;
    }
    const std::string& word = token.getValue();
    if (word == "BDC" || word == "BMC") {
      if (depth_ == 0) close();
      ++depth_;
    } else if (word == "EMC") {
      --depth_;
    } else if (depth_ == 0 && word != "q" && word != "Q") {
      open();
    }
    write(operands_);
    operands_.clear();
    writeToken(token);
  }

  void handleEOF() override {
    close();
    write(operands_);
  }

 private:
  void open() {
    if (!is_open_) write("\n/Artifact BMC\n");
    is_open_ = true;
  }
  void close() {
    if (is_open_) write("\nEMC\n");
    is_open_ = false;
  }

  std::string operands_;
  int depth_ = 0;
  bool is_open_ = false;
};

std::string escaped(const std::string& text) {
  std::string xml;
  for (const char c : text) {
    if (c == '&') {
      xml += "&amp;";
    } else if (c == '<') {
      xml += "&lt;";
    } else {
      xml += c;
    }
  }
  return xml;
}

std::string metadata(const Description& description) {
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
         "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
         "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
         "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
         escaped(description.title) + "</rdf:li></rdf:Alt></dc:title>\n<dc:language><rdf:Bag><rdf:li>" +
         escaped(description.language) +
         "</rdf:li></rdf:Bag></dc:language>\n"
         "<pdf:Producer>covenant</pdf:Producer>\n<pdfuaid:part>1</pdfuaid:part>\n"
         "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n";
}

/// Gives elements their language, in the order in which they were begun.
class Languages {
 public:
  explicit Languages(const Description& description) : description_(description) {}

  void set(QPDFObjectHandle parent) {
    QPDFObjectHandle kids = parent.getKey("/K");
    if (kids.isDictionary()) return visit(kids);
    if (!kids.isArray()) return;
    for (QPDFObjectHandle kid : kids.aitems()) {
      if (kid.isDictionary()) visit(kid);
    }
  }

 private:
  void visit(QPDFObjectHandle element) {
    if (!element.hasKey("/S")) return;
    for (const auto& [number, language] : description_.other_languages) {
      if (number == next_) element.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(language));
    }
    ++next_;
    set(element);
  }

  const Description& description_;
  std::size_t next_ = 0;
};

/// Says how characters lead to glyphs where cairo relies on the default, which readers of accessible files
/// may not. Source: ISO 14289-1, 7.21.3.2.
void name_glyph_maps(QPDF& pdf) {
  for (QPDFObjectHandle object : pdf.getAllObjects()) {
    if (object.isDictionaryOfType("/Font", "/CIDFontType2") && !object.hasKey("/CIDToGIDMap"))
      object.replaceKey("/CIDToGIDMap", QPDFObjectHandle::newName("/Identity"));
  }
}

void describe(QPDF& pdf, const Description& description) {
  QPDFObjectHandle root = pdf.getRoot();
  root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(description.language));
  root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
  QPDFObjectHandle xmp = QPDFObjectHandle::newStream(&pdf, metadata(description));
  xmp.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
  xmp.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
  root.replaceKey("/Metadata", xmp);
  QPDFObjectHandle info = QPDFObjectHandle::newDictionary();
  info.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(description.title));
  info.replaceKey("/Producer", QPDFObjectHandle::newUnicodeString("covenant"));
  pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
  Languages(description).set(root.getKey("/StructTreeRoot"));
}

}  // namespace

std::string finished(const std::string& pdf, const Description& description) {
  QPDF document;
  document.setSuppressWarnings(true);
  document.processMemoryFile("paper", pdf.data(), pdf.size());
  describe(document, description);
  name_glyph_maps(document);
  for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(document).getAllPages())
    page.addContentTokenFilter(std::make_shared<ArtifactFilter>());
  QPDFWriter writer(document);
  writer.setOutputMemory();
  writer.setMinimumPDFVersion("1.7");
  writer.setDeterministicID(true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace covenant::paper
