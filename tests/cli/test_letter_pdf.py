"""letter --pdf: the commitment statement to sign. covenant-letter(1)."""

import re
import subprocess

from support import CovenantTest, main

languages = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
LONG = "Bundesarbeitsgemeinschaft der kommunalen Energieversorgungsunternehmen und Klimaschutzverbände "
MM = 72 / 25.4


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def words_of(pdf):
    """Each word with its left and upper edge, in the order of the file."""
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" .*?>(.*?)</word>', output_of("pdftotext", "-bbox", pdf, "-"))
    return [(float(left), float(top), word) for left, top, word in found]


class LetterPdf(CovenantTest):
    def setUp(self):
        super().setUp()
        self.env["COVENANT_CONFIG"] = str(self.file("c.toml", '[office]\nemail = "office@example.org"\n'))

    def eligible(self, name, **fields):
        partner = self.apply(name, **fields)
        self.done("verify", partner)
        return partner

    def statement(self, partner, *more, note=""):
        printed = self.done("letter", partner, "--kind", "statement", "--pdf", "--output", "s.pdf", *more)
        self.assertEqual(printed.err, "Wrote s.pdf.\n" + note)
        path = self.folder / "s.pdf"
        subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
        return path.rename(self.folder / "statement.pdf")

    def test_it_says_who_commits_to_what_and_where_to_sign(self):
        partner = self.eligible("Klimata alianse", city="Rīga", country="LV", language="lv")
        pdf = self.statement(partner, "--lang", "en")
        structure = output_of("pdfinfo", "-struct-text", pdf)
        said = ["Covenant of Mayors", partner, "H1", "Commitment statement", "Associated Partner of the Covenant of Mayors",
                "Organisation", "Klimata alianse", "Rīga, Latvia", "they undertake to:",
                "1", "Designate a contact person", "2", "Share information about", "reserves the right",
                "Recognition means", "By signing", "Name", "Function", "Place and date", "Signature or electronic seal",
                "H2", "How to sign and return", "(ASiC-E)", "By hand", f"office@example.org, in reply to our message or with {partner}",
                "Covenant of Mayors Office"]
        at = 0
        for one in said:
            at = structure.find(one, at)
            self.assertNotEqual(at, -1, f"{one}\n{structure}")
        self.assertNotIn("Desk", structure)
        info = output_of("pdfinfo", pdf)
        self.assertRegex(info, f"Title: +Commitment statement – Klimata alianse \\({partner}\\)")
        self.assertRegex(info, r"Page size: +595\.\d+ x 841\.\d+ pts \(A4\)")
        plain = subprocess.run(["qpdf", "--qdf", pdf, "-"], check=True, capture_output=True).stdout
        self.assertIn(b"/Lang (en)", plain)
        self.assertIn(b"/Lang (lv)", plain)

    def test_the_longest_name_leaves_room_to_sign_on_one_page_in_every_language(self):
        self.file("c.toml", '[office]\nemail = "office@example.org"\n[site]\nkosovo_note = true\n')
        partner = self.eligible((LONG * 4)[:300].strip(), language="de", country="XK")
        for language in languages:
            with self.subTest(language):
                pdf = self.statement(partner, "--lang", language)
                self.assertRegex(output_of("pdfinfo", pdf), "Pages: +1\n")
                texts = re.findall(r'^ *(P|H2) \(block\)\n *"(.*)"', output_of("pdfinfo", "-struct-text", pdf), re.M)
                heading = [kind for kind, _ in texts].index("H2")
                # Before the heading is the label of the signature, before that the label of the last line to write on.
                label, heading = texts[heading - 2][1].split()[0], texts[heading][1].split()[0]
                words = [(top, word) for left, top, word in words_of(pdf) if abs(left - 20 * MM) < 1]
                from_label = [top for top, word in words if word == label][-1]
                to_heading = [top for top, word in words if word == heading][-1]
                line, gap, heading_margin, label_margin = 14 * MM, 4 * MM, 3.25 * MM, 1.6 * MM
                self.assertGreater(to_heading - from_label, line + gap + heading_margin - label_margin - 1)

    def test_the_name_of_kosovo_has_its_footnote_where_the_office_wants_it(self):
        partner = self.eligible("Pristina Association", country="XK")
        said = lambda: output_of("pdftotext", "-layout", self.statement(partner), "-")
        self.assertNotRegex(said(), r"Kosovo\*|1244/1999")
        self.file("c.toml", '[office]\nemail = "office@example.org"\n[site]\nkosovo_note = true\n')
        self.assertRegex(said(), r"(?s)Kosovo\*\s*\* This designation .*1244/1999")

    def test_names_of_any_length_and_script_are_whole(self):
        for number, name in enumerate(("EU", (LONG * 4)[:181].strip(), "Ευρωπαϊκή Ένωση Δήμων", "الشبكة المتوسطية للمدن المستدامة")):
            with self.subTest(name):
                pdf = self.statement(self.eligible(name, website=f"https://n{number}.example.org/"))
                self.assertIn(f'"{name}"', output_of("pdfinfo", "-struct-text", pdf))

    def test_characters_that_the_fonts_lack_are_noted(self):
        note = "covenant: s.pdf: note: the fonts lack U+65E5 U+672C, which is printed as \uFFFD\n"
        self.assertIn("日本 Network", output_of("pdftotext", self.statement(self.eligible("日本 Network"), note=note), "-"))

    def test_the_same_registry_makes_the_same_bytes(self):
        partner = self.eligible("Tīkls")
        first = self.statement(partner).read_bytes()
        self.env |= {"TZ": "Asia/Tokyo", "LC_ALL": "lv_LV.UTF-8"}
        self.assertEqual(self.statement(partner).read_bytes(), first)


if __name__ == "__main__":
    main()
