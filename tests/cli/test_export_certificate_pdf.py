"""export --format certificate --pdf: the official recognition to print or to send. covenant-export(1)."""

import os
import re
import subprocess

from support import CovenantTest, main

languages = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def one_line(text):
    """What was extracted, without the marks of direction and the breaks of lines."""
    return " ".join(re.sub("[\u202a-\u202e\u2066-\u2069]", "", text).split())


class ExportCertificatePdf(CovenantTest):
    def certificate(self, partner, *more, note="", **how):
        exported = self.done("export", "--format", "certificate", partner, "--pdf", "--output", "c.pdf", *more, **how)
        self.assertEqual(exported.err, "Wrote c.pdf.\n" + note)
        path = self.folder / "c.pdf"
        subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
        return path.rename(self.folder / "certificate.pdf")

    def name_in(self, pdf):
        """The heading by the structure of the file."""
        return re.search(r'H1 \(block\)\n *"(.*)"\n', output_of("pdfinfo", "-struct-text", pdf))[1]

    def test_it_says_who_is_recognised_as_what_and_since_when(self):
        partner = self.listed("Klimata alianse", categories="financial;civil-society", language="lv")
        config = self.file("c.toml", '[site]\nbase_url = "https://site.example.org/p"\n')
        text = one_line(output_of("pdftotext", self.certificate(partner, "--config", config), "-"))
        said = ["Covenant of Mayors", "Official recognition", "Klimata alianse",
                "Associated Partner of the Covenant of Mayors", "This organisation has joined",
                "Start of partnership: 6 May 2024", "Financial institutions", "NGOs and civil society",
                "Covenant of Mayors Office", partner + ". This recognition is valid",
                f"https://site.example.org/p/partner/{partner}.en.html"]
        places = [text.find(one) for one in said]
        self.assertNotIn(-1, places, text)
        self.assertEqual(places, sorted(places), text)
        self.assertNotIn("Desk", text)

    def test_it_is_one_page_with_structure_title_and_language(self):
        partner = self.listed("Klimata alianse", language="lv")
        pdf = self.certificate(partner, "--lang", "fr")
        info = output_of("pdfinfo", pdf)
        for line in (f"Title: +Reconnaissance officielle – Klimata alianse \\({partner}\\)", "Producer: +covenant",
                     "Tagged: +yes", "Pages: +1", r"Page size: +841\.\d+ x 595\.\d+ pts \(A4\)"):
            self.assertRegex(info, line)
        self.assertNotIn("Date", info)
        plain = subprocess.run(["qpdf", "--qdf", pdf, "-"], check=True, capture_output=True).stdout.decode("latin-1")
        self.assertEqual(plain.count("/CIDToGIDMap /Identity"), plain.count("/Subtype /CIDFontType2"))
        for entry in ("/Lang (fr)", "/Lang (lv)", "/DisplayDocTitle true", "<pdfuaid:part>1</pdfuaid:part>", "/Artifact BMC"):
            self.assertIn(entry, plain)

    def test_every_font_is_within(self):
        for line in output_of("pdffonts", self.certificate(self.listed())).splitlines()[2:]:
            self.assertRegex(line, r"\A[A-Z]{6}\+NotoSans-\w+ .* yes yes yes +\d+ +\d+\Z")

    def test_every_language_has_its_letters(self):
        partner = self.listed("Ελληνική Ένωση", language="el")
        for language in languages:
            with self.subTest(language):
                text = one_line(output_of("pdftotext", self.certificate(partner, "--lang", language), "-"))
                page = self.done("export", "--format", "certificate", partner, "--lang", language).out
                paragraphs = re.findall(r'<p class="(?:recognition|text|office)">([^<]*)</p>', page)
                self.assertEqual(len(paragraphs), 3)
                for paragraph in [*paragraphs, "Ελληνική Ένωση"]:
                    self.assertIn(" ".join(paragraph.split()), text)

    def test_names_of_any_length_and_script_are_whole(self):
        long = "Bundesarbeitsgemeinschaft der kommunalen Energieversorgungsunternehmen und Klimaschutzverbände "
        names = ("EU", (long * 4)[:181].strip(), (long * 4)[:300].strip(), "W" * 300, "Ευρωπαϊκή Ένωση Δήμων",
                 "الشبكة المتوسطية للمدن المستدامة", "רשת הערים", "საქართველოს ქსელი", "Հայաստանի ցանց")
        for number, name in enumerate(names):
            with self.subTest(name):
                pdf = self.certificate(self.listed(name, website=f"https://n{number}.example.org/"))
                self.assertEqual(self.name_in(pdf).replace(" ", ""), name.replace(" ", ""))
                self.assertRegex(output_of("pdfinfo", pdf), "Pages: +1\n")

    def test_characters_that_the_fonts_lack_are_noted_and_remain_in_the_text(self):
        partner = self.listed("日本 Network")
        note = "covenant: c.pdf: note: the fonts lack U+65E5 U+672C, which is printed as \uFFFD\n"
        pdf = self.certificate(partner, note=note)
        self.assertIn("日本 Network", output_of("pdftotext", pdf, "-"))
        self.assertIn("日本 Network", output_of("pdfinfo", pdf))

    def test_marks_that_are_stacked_high_harm_nothing(self):
        self.certificate(self.listed("Z" + "\u0301" * 250))

    def test_the_same_registry_makes_the_same_bytes(self):
        partner = self.listed("الشبكة – 日本 – Ģirts")
        export = ("export", "--format", "certificate", partner, "--pdf", "--quiet")
        first = self.done(*export).out
        self.assertTrue(first.startswith("%PDF-1.7\n"))
        self.file("fonts.conf", "<?xml version='1.0'?><fontconfig><dir>/usr/share/fonts/truetype</dir></fontconfig>")
        for surroundings in ({"TZ": "Asia/Tokyo"}, {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "ar", "PANGO_LANGUAGE": "ja"},
                             {"FONTCONFIG_FILE": str(self.folder / "fonts.conf")}, {"FONTCONFIG_FILE": "/nonexistent"}):
            self.assertEqual(self.done(*export, env=surroundings).out, first)

    def test_the_same_bytes_leave_the_file_alone(self):
        export = ("export", "--format", "certificate", self.listed(), "--pdf", "--output", "c.pdf")
        self.assertEqual(self.done(*export).err, "Wrote c.pdf.\n")
        self.assertEqual(self.done(*export).err, "c.pdf is up to date.\n")

    def test_only_certificates_of_the_listed_are_pdfs(self):
        self.fails(2, "export", "--format", "html", "--pdf")
        partner = self.apply("Applied only")
        self.fails(3, "export", "--format", "certificate", partner, "--pdf")
        self.fails(2, "export", "--format", "certificate", partner, "--pdf", "--template", self.file("t", "x"))


if __name__ == "__main__":
    main()
