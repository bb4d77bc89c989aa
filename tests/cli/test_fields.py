"""Every field's rule: what it accepts and how that is stored, what it refuses and by which code.

covenant-fields(7), FIELDS OF THE FORM.
"""

from support import CATEGORIES, CovenantTest, csv_text, day, form, main, options

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
BIDI = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
MARKS = "a\u200eb\u200fc\u200dd\u00ade"  # invisible, and meant to be kept

# field: accepted texts, alone when stored as given, else with what is stored
OK = {
    "reference": ("A", "z" * 64, "Form_2026/01.b-c", "2026-17", "AP-", "AP-31b", "AP", "XAP-31"),
    "name": ("ab", "x" * 300, "é" * 300, "😀" * 300, ("e\u0301" * 299 + "a", "é" * 299 + "a"), "q\u0301" * 150,
             ("Cafe\u0301 Union", "Café Union"), ("\u212bngstrom Union", "Ångstrom Union"),
             ("  Trimmed\u2003Union\u00a0\u3000", "Trimmed\u2003Union"), MARKS, "0123",
             "\"Quoted\" 'Union', Ltd; & <b>",
             "एकता", "歐洲城市聯盟", "الاتحاد الأوروبي"),
    "acronym": ("X", "y" * 40, "é" * 40, ("", None)),
    "categories": tuple((code, [code]) for code in CATEGORIES) + (
        (";".join(CATEGORIES), list(CATEGORIES)), ("other; financial", ["financial", "other"]),
        (" industrial ;other ", ["industrial", "other"])),
    "level": ("european", "international", "national", "local"),
    "membership_based": ("yes", "no", ("", None)),
    "member_count": (("0", 0), ("1", 1), ("10000000", 10000000), ("", None)),
    "country": ("BE", "LV", "US", "XK", "GR", ("EL", "GR"), ("UK", "GB"), "GB"),
    "city": ("Y", "x" * 100, "é" * 100, ("", None), "'s-Hertogenbosch"),
    "website": ("http://example.org", "https://example.org/", "https://example.org:8443/a/b.html?c=d&e=%20f#g",
                "http://192.0.2.1/", "http://[2001:db8::1]:80/", "https://bücher.example/ä?ö",
                "https://пример.example/", ("https://xn--bcher-kva.example/", "https://bücher.example/"),
                "https://example.org/" + "a" * 2028, ("", None),
                (" https://example.org/trim ", "https://example.org/trim")),
    "description": ("x", "x" * 4000, "😀" * 4000, "one\ntwo\n\nthree", "one\r\ntwo", ("", None), MARKS, "=1+1",
                    "<script>alert(1)</script>", "\"; DROP TABLE partner; --"),
    "expertise": ("x", "x" * 4000, "one\ntwo", ("", None)),
    "practices": (("Title", [("Title", None)]), ("", []),
                  ("Heat map <https://example.org/x>", [("Heat map", "https://example.org/x")]),
                  ("One\nTwo <http://example.org>\n", [("One", None), ("Two", "http://example.org")]),
                  ("x" * 300, [("x" * 300, None)]), ("a < b", [("a < b", None)]),
                  ("\n".join(f"P{n}" for n in range(100)), [(f"P{n}", None) for n in range(100)])),
    "language": ("en", "lv", "pt-BR", "sr-Latn", "de-CH-1996", ("", "en")),
    "contact_name": ("X", "é" * 200, "Desk of the \"Union\""),
    "contact_role": ("X", "x" * 200, ("", None)),
    "contact_email": ("a@b", "first.last+tag@example.org", "desk@localhost", "!#$%&'*+/=?^_`{|}~-@example.org",
                      "a..b@example.org", ".a.@example.org", "desk@" + "a" * 63 + ".example", "desk@1.example",
                      f"{'d' * 64}@{'e' * 62}.{'e' * 62}.{'e' * 63}"),
    "contact_phone": ("+1", "+123456789012345", ("+44 20 7946 0000", "+442079460000"), ("", None),
                      ("+33 (1) 55-50.01.00", "+33155500100"), ("+371[67]000000", "+37167000000")),
    "applied_on": ("2024-02-29", "2008-01-01", "2008-11-15", day(-1), ("today", day(0)), ("yesterday", day(-1))),
}

# field: for each code the refused texts
NO = {
    "reference": {"reference": ("12345", "AP-0031", "AP-31", "ap-31", "a b", "é", "a;b", "a\\b", "a#b", "a@b", "a'b")},
    "name": {"required": ("",), "too-short": ("a", " a "), "too-long": ("x" * 301, "é" * 301, "q\u0301" * 151)},
    "acronym": {"too-long": ("x" * 41, "é" * 41)},
    "categories": {"required": ("",), "choice": ("ngo", "Financial", "financial,other", "financial other", "none")},
    "level": {"required": ("",), "choice": ("European", "regional", "european;local")},
    "membership_based": {"choice": ("true", "Yes", "1", "y", "no;yes")},
    "member_count": {"number": ("10000001", "99999999999999999999", "-1", "1.5", "1,000", "1 000", "1e3", "many",
                                "0x10", "٣", "1_000")},
    "country": {"required": ("",), "country": ("ZZ", "be", "Be", "BEL", "B", "EU", "AN", "Belgium", "056", "ΒΕ")},
    "city": {"too-long": ("x" * 101,)},
    "website": {
        "url": ("example.org", "www.example.org", "//example.org/", "/about", "ftp://example.org/",
                "mailto:desk@example.org", "javascript:alert(1)", "data:text/html,x", "https:", "https://",
                "https:///path", "https://:80/", "https://?x", "https:example.org", "https://user@example.org/",
                "https://user:secret@example.org/", "https://:secret@example.org/", "https://exa mple.org/",
                "https://example.org/a b", "https://example.org:99999/", "https://example.org:port/",
                "https://example..org/", "https://[2001:db8::1/", "https://[::g]/", "https://example.org/<b>",
                "https://example.org/\"x", "https://example.org/%zz", "https://example.org\\@evil.example/",
                "https://" + "a" * 64 + ".example/", "https://https://example.org/", "http://http//example.org/",
                "https://www", "https://localhost/", "https://example.org/\u200b", "https://exa\u00admple.org/",
                "https://example.123/", "https://1.2.3.256/", "https://example.0x1f/"),
        "too-long": ("https://example.org/" + "a" * 2029,)},
    "description": {"too-long": ("x" * 4001, "é" * 4001, "x\n" * 2000 + "xx")},
    "expertise": {"too-long": ("x" * 4001,)},
    "practices": {"practice": ("<https://example.org/>", "Title <example.org>", "Title <>", "Title >",
                               "Title <ftp://example.org/>", "One\nTwo <javascript:alert(1)>",
                               "\n".join(f"P{n}" for n in range(101)), "Guide https://example.org/",
                               "Guide <https://example.org/a>; Tool <https://example.org/b>",
                               "[Guide](https://example.org/)")},
    "language": {"choice": ("e", "english", "en_GB", "xx", "12", "en-", "-en", "en GB", "qqqq")},
    "contact_name": {"required": ("",), "too-long": ("x" * 201,)},
    "contact_role": {"too-long": ("x" * 201,)},
    "contact_email": {
        "required": ("",),
        "email": ("desk", "desk@", "@example.org", "desk@@example.org", "d esk@example.org", "desk@exa mple.org",
                  "desk@example.org,other@example.org", "desk@example.org;other@example.org",
                  "Desk <desk@example.org>", "\"desk\"@example.org", "desk@-example.org", "desk@example-.org",
                  "desk@exa_mple.org", "desk@example..org", "desk@.example.org", "desk@example.org.",
                  "désk@example.org", "desk@exämple.org", "desk@" + "a" * 64 + ".example", "mailto:desk@example.org",
                  "desk@[192.0.2.1]", "de(s)k@example.org"),
        "too-long": (f"{'d' * 64}@{'e' * 62}.{'e' * 63}.{'e' * 63}",)},
    "contact_phone": {"phone": ("020 7946 0000", "0044 20 7946 0000", "+", "+1234567890123456", "+44 20 CITY",
                                "++44 20", "44+20", "+44/20", "+44 20 ext. 5", "+٤٤٢٠", "tel:+4420",
                                "+44 (0)20 7946 0000", "+49 (0) 30 1234567", "+32(0)2")},
    "applied_on": {"date": ("2023-02-29", "2100-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-01-00",
                            "24-01-01", "2024-1-1", "20240101", "01.02.2024", "2024/01/01", "2024-01-01T00:00",
                            "2024-01-01x", "tomorrow", "-2024-01-01", day(2), "2007-12-31", "1999-01-01")},
}
ONE_LINE = ("name", "acronym", "city", "contact_name", "contact_role")
LONG = ("description", "expertise")
for field in ONE_LINE:
    NO[field]["control-character"] = [f"a{character}b" for character in CONTROLS + BIDI]
for field in LONG:
    NO[field]["control-character"] = [f"a{character}b" for character in CONTROLS + BIDI if character != "\n"]
for field in ("name", "acronym", "city", "contact_name", "contact_role", "description", "expertise", "practices"):
    NO[field].setdefault("control-character", []).extend(
        f"a{character}b" for character in ("\u2028", "\u2029", "\ufffe", "\uffff", "\ufdd0", "\U0010ffff"))
    NO[field]["encoding"] = ["a\ufffdb"]
    NO[field]["invisible"] = ["\u200b\u200b", "\u200d", "\u3164", "\U000e0041\U000e0042", "\u2060\ufe0f"]
for field in ("name", "country", "categories", "level", "acronym", "member_count", "city", "website", "description",
              "expertise", "practices", "language", "contact_name", "contact_email", "contact_phone", "applied_on"):
    NO[field]["spreadsheet"] = ["#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"]
NO["practices"]["control-character"] += ["One\nTwo \x1b[31m", "a\u202eb"]


def rows_with(field, texts):
    """One row a text, alike in that field alone."""
    rows = [form(f"Association {number}", website="") for number in range(len(texts))]
    return [row | {field: text} for row, text in zip(rows, texts)]


def first_lines(rows):
    """The line of the file on which each row begins."""
    line = 2
    for row in rows:
        yield line
        line += csv_text([row]).count("\n") - 1


def cells(practices):
    return [{"title": title, "url": url} for title, url in practices]


class Fields(CovenantTest):
    def test_what_a_field_accepts_is_stored(self):
        for field, cases in OK.items():
            with self.subTest(field=field):
                texts, stored = zip(*(case if isinstance(case, tuple) else (case, case) for case in cases))
                registry = f"{field}.db"
                self.done("init", "--registry", registry)
                self.done("apply", "--csv", self.csv(rows_with(field, texts)), "--allow-similar",
                          "--registry", registry)
                partners = self.partners("--registry", registry, "--sort", "id")
                expected = [cells(value) for value in stored] if field == "practices" else list(stored)
                self.assertEqual([partner[field] for partner in partners], expected)

    def test_what_a_field_refuses_is_told_by_its_code(self):
        for field, codes in NO.items():
            for code, texts in codes.items():
                with self.subTest(field=field, code=code):
                    rows = rows_with(field, texts)
                    report = self.report("apply", "--csv", self.csv(rows), "--max-errors", "1000", code=6)
                    self.assertEqual([(error["line"], error["column"], error["code"]) for error in report["errors"]],
                                     [(line, field, code) for line in first_lines(rows)])
                    self.assertEqual(report["rejected"], len(texts))

    def test_an_option_keeps_the_same_rules(self):
        for field, codes in NO.items():
            code, texts = next((code, texts) for code, texts in codes.items() if code != "required")
            with self.subTest(field=field, text=texts[0]), self.writes_nothing():
                report = self.report("apply", *options(form(**{field: texts[0]})), code=6)
                self.assertEqual([(error["line"], error["column"], error["code"]) for error in report["errors"]],
                                 [(None, field, code)])

    def test_a_reference_of_65_characters_is_refused(self):
        with self.writes_nothing():
            self.assertIn("reference", self.fails(6, "apply", *options(form(reference="a" * 65))))

    def test_a_name_of_blanks_is_refused(self):
        with self.writes_nothing():
            self.fails(6, "apply", *options(form(name=" \u00a0 ")))

    def test_invalid_utf_8_is_refused_in_every_text(self):
        for field in (*ONE_LINE, *LONG, "website", "practices"):
            for text in ("a\udcffb", "\udcc3", "\udced\udca0\udc80", "\udcc0\udcaf", "\udcf4\udc90\udc80\udc80"):
                with self.subTest(field=field, text=text), self.writes_nothing():
                    fields = form(**{field: f"ab{text}"})
                    self.assertEqual(self.report("apply", *options(fields), code=6)["errors"][0]["code"], "encoding")


if __name__ == "__main__":
    main()
