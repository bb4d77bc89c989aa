"""`export --messages`: wordings of the web master's own, and catalogues that are refused. covenant-export(1), WORDING."""

import json

from support import CovenantTest, main

HEADER = 'msgid ""\nmsgstr "Language: lv\\n"\n\n'

REFUSED = {
    "an unknown language": ('msgid ""\nmsgstr "Language: tlh\\n"\n', 1),
    "an unknown message": (HEADER + 'msgid "No such message"\nmsgstr "x"\n', 4),
    "a placeholder that is lost": (HEADER + 'msgid "Start of partnership: {date}"\nmsgstr "Sākums"\n', 4),
    "a placeholder of another name": (HEADER + 'msgid "Start of partnership: {date}"\nmsgstr "Sākums: {day}"\n', 4),
    "too few forms": (HEADER + 'msgid "{count} partner"\nmsgid_plural "{count} partners"\nmsgstr[0] "{count}"\n', 4),
    "a form out of order": (HEADER + 'msgid "{count} partner"\nmsgid_plural "{count} partners"\nmsgstr[1] "{count}"\n', 6),
    "no translation": (HEADER + 'msgid "Country"\n', 4),
    "a text without quotes": (HEADER + "msgid Country\n", 4),
    "a quote in a text": (HEADER + 'msgid "Coun"try"\nmsgstr "x"\n', 4),
    "an unknown escape": (HEADER + 'msgid "Country"\nmsgstr "Zeme\\t"\n', 5),
    "another word": (HEADER + 'message "Country"\n', 4),
    "two lines": (HEADER + 'msgid "Country"\nmsgstr "Ze\\nme"\n', 4),
    "a message twice": (HEADER + 'msgid "Country"\nmsgstr "Zeme"\n\nmsgid "Country"\nmsgstr "Valsts"\n', 7),
    "another encoding": ('msgid ""\nmsgstr "Language: lv\\n"\n"Content-Type: text/plain; charset=ISO-8859-13\\n"\n', 1),
    "no text": ("", 1),
    "bytes that are no UTF-8": (HEADER.encode() + b'msgid "Country"\nmsgstr "\xff"\n', 1),
}


class Messages(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.listed()

    def test_a_wording_takes_the_place_of_the_programs_own(self):
        self.file("own.po", "\ufeff" + HEADER + '#: page\nmsgid "Associated Partners"\nmsgstr "Mūsu "\n"\\"draugi\\""\n')
        page = ("export", "--format", "html", "--lang", "lv")
        before = self.done(*page).out
        after = self.done(*page, "--messages", "own.po").out
        self.assertIn("Mūsu &quot;draugi&quot;", after)
        self.assertNotIn("Mūsu", before)
        self.assertIn(self.partner, after)
        title = json.loads(self.done("export", "--format", "json", "--lang", "lv", "--messages", "own.po").out)["title"]
        self.assertEqual(title, 'Mūsu "draugi"')

    def test_what_it_leaves_out_stays(self):
        self.file("own.po", HEADER + '#, fuzzy\nmsgid "Country"\nmsgstr "Draft"\n\nmsgid "Website"\nmsgstr ""\n')
        page = ("export", "--format", "html", "--lang", "lv")
        self.assertEqual(self.done(*page, "--messages", "own.po").out, self.done(*page).out)

    def test_another_language_is_not_reworded(self):
        self.file("own.po", HEADER + 'msgid "Associated Partners"\nmsgstr "Mūsu draugi"\n')
        self.assertNotIn("Mūsu", self.done("export", "--format", "html", "--messages", "own.po").out)

    def test_without_a_language_it_is_that_of_the_page(self):
        self.file("own.po", 'msgid "Associated Partners"\nmsgstr "Mūsu draugi"\n')
        for language in ((), ("--lang", "lv")):
            page = self.done("export", "--format", "html", *language, "--messages", "own.po").out
            self.assertIn("<h1>Mūsu draugi</h1>", page)
        site = ("export", "--format", "site", "--output", "site", "--messages", "own.po")
        self.assertIn("own.po:1: the header, which names the language, comes first", self.fails(6, *site))
        self.done(*site, "--lang", "lv")

    def test_a_number_has_the_forms_of_the_language(self):
        forms = "".join(f'msgstr[{i}] "{{count}} draugi-{i}"\n' for i in range(3))
        self.file("own.po", HEADER + f'msgid "{{count}} partner"\nmsgid_plural "{{count}} partners"\n{forms}')
        page = self.done("export", "--format", "html", "--lang", "lv", "--messages", "own.po").out
        self.assertRegex(page, "1 draugi-[012]")

    def test_a_site_takes_one_of_each_language_and_knows_when_it_changed(self):
        self.file("lv.po", HEADER + 'msgid "Associated Partners"\nmsgstr "Mūsu draugi"\n')
        self.file("en.po", 'msgid ""\nmsgstr "Language: en\\n"\nmsgid "Associated Partners"\nmsgstr "Our friends"\n')
        site = ("export", "--format", "site", "--lang", "lv", "--lang", "en", "--output", "site")
        self.done(*site)
        self.done(*site, "--messages", "lv.po", "--messages", "en.po")
        self.assertIn("Mūsu draugi", (self.folder / "site" / "partners.lv.html").read_text())
        self.assertIn("Our friends", (self.folder / "site" / "partners.en.html").read_text())
        self.done(*site)
        self.assertNotIn("Our friends", (self.folder / "site" / "partners.en.html").read_text())

    def test_what_is_no_such_catalogue_is_refused_with_its_line(self):
        for what, (text, line) in REFUSED.items():
            with self.subTest(what):
                self.file("bad.po", text)
                self.assertRegex(self.fails(6, "export", "--format", "html", "--messages", "bad.po"), f"^covenant: bad.po:{line}: ")

    def test_neither_a_wording_nor_a_template_is_written_over(self):
        wording = self.file("own.po", HEADER)
        template = self.file("own.html", "<p>{{heading}}</p>\n")
        for option, file in (("--messages", wording), ("--template", template)):
            before = file.read_bytes()
            self.assertIn("is also the input", self.fails(2, "export", "--format", "html", option, file, "--output", file))
            self.assertEqual(file.read_bytes(), before)

    def test_two_files_of_one_language_are_refused(self):
        self.file("own.po", HEADER)
        self.fails(2, "export", "--format", "html", "--messages", "own.po", "--messages", "own.po")

    def test_lists_without_words_have_no_wording(self):
        self.file("own.po", HEADER)
        self.fails(2, "export", "--format", "csv", "--messages", "own.po")
        self.fails(9, "export", "--format", "html", "--messages", "none.po")


if __name__ == "__main__":
    main()
