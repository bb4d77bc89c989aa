"""apply with options and with a form. covenant-apply(1)."""

import json

from support import REQUIRED, CovenantTest, counts, form, full_form, in_json, main, options

STORED = in_json(full_form(contact_phone="+33155500100"))


def toml(fields):
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


class ApplyWithOptions(CovenantTest):
    def test_one_line_names_the_partner_and_its_status(self):
        result = self.done("apply", *options(form()))
        self.assertEqual(result.out, "AP-0001\tapplied\n")
        self.assertRegex(result.err, r"\A[^\n]+\n\Z")

    def test_quiet_drops_the_sentence_alone(self):
        result = self.done("apply", *options(form()), "--quiet")
        self.assertEqual((result.out, result.err), ("AP-0001\tapplied\n", ""))

    def test_ids_are_numbers_in_a_row(self):
        self.assertEqual([self.apply(f"Association {name}") for name in "ABC"], ["AP-0001", "AP-0002", "AP-0003"])

    def test_every_field_is_an_option(self):
        self.done("apply", *options(full_form()))
        self.assertEqual({name: self.partners()[0][name] for name in STORED}, STORED)
        self.assertEqual({name: self.show("1")[name] for name in STORED}, STORED)

    def test_lists_may_be_one_option(self):
        fields = form()
        del fields["categories"]
        self.done("apply", *options(fields), "--categories", "industrial;other", "--practices", "One\nTwo")
        self.assertEqual(self.show("1")["categories"], ["industrial", "other"])
        self.assertEqual([practice["title"] for practice in self.show("1")["practices"]], ["One", "Two"])

    def test_what_is_not_given_is_absent_or_its_default(self):
        with self.dated_today(lambda: [self.show("1")["applied_on"]]):
            self.done("apply", *options({name: form()[name] for name in REQUIRED}))
        partner = self.show("1")
        self.assertEqual(partner["language"], "en")
        self.assertEqual(partner["practices"], [])
        for name in ("reference", "acronym", "member_count", "city", "website", "expertise", "contact_role",
                     "verified_on", "approved_on", "ended_on", "end_reason"):
            self.assertIsNone(partner[name], name)

    def test_every_required_field_is_asked_for(self):
        for field in REQUIRED:
            with self.subTest(field=field), self.writes_nothing():
                fields = form()
                del fields[field]
                named = "categor(y|ies)" if field == "categories" else field.replace("_", "[-_]")
                self.assertRegex(self.fails(6, "apply", *options(fields)), named)

    def test_every_bad_field_is_told_at_once(self):
        with self.writes_nothing():
            result = self.exits(6, "apply", *options(form(country="ZZ", website="example", member_count="many")))
        for value in ("ZZ", "example", "many"):
            self.assertIn(value, result.err)

    def test_an_application_needs_something_to_file(self):
        self.fails(2, "apply")

    def test_two_sources_at_once_are_refused(self):
        self.file("form.toml", toml(form()))
        self.csv([form()])
        for sources in (("--csv", "in.csv", "--form", "form.toml"), ("--csv", "in.csv", *options(form())),
                        ("--form", "form.toml", *options(form()))):
            with self.subTest(sources=sources), self.writes_nothing():
                self.fails(2, "apply", *sources)

    def test_the_report_counts_the_application(self):
        self.assertEqual(self.report("apply", *options(form())), {
            "read": 1, "applied": 1, "updated": 0, "unchanged": 0, "rejected": 0, "blank": 0, "errors": [],
            "notes": [], "partners": [{"id": "AP-0001", "status": "applied", "was": None}]})

    def test_the_report_of_a_bad_field_has_its_code_and_no_line(self):
        report = self.report("apply", *options(form(country="ZZ")), code=6)
        self.assertEqual(counts(report), {"read": 1, "rejected": 1})
        [error] = report["errors"]
        self.assertEqual((error["line"], error["column"], error["code"], error["value"]),
                         (None, "country", "country", "ZZ"))


class ApplyWithForm(CovenantTest):
    def apply_form(self, content, code=0):
        return self.exits(code, "apply", "--form", self.file("form.toml", content))

    def test_every_field_is_a_key(self):
        self.assertEqual(self.apply_form(toml(full_form())).out, "AP-0001\tapplied\n")
        self.assertEqual({name: self.show("1")[name] for name in STORED}, STORED)

    def test_values_may_have_their_own_types(self):
        fields = {name: value for name, value in full_form().items() if name not in ("applied_on", "member_count")}
        fields |= {"categories": ["civil-society", "other"],
                   "practices": ["Heat map <https://federation.example.org/heat>", "Evening school"]}
        self.apply_form(toml(fields) + "applied_on = 2024-02-29\nmember_count = 1250\n")
        self.assertEqual({name: self.show("1")[name] for name in STORED}, STORED)

    def test_an_unknown_key_is_bad_input_at_its_place(self):
        with self.writes_nothing():
            error = self.apply_form(toml(form()) + "contry = \"BE\"\n", 6).err
        self.assertRegex(error, rf"\Acovenant: [^\n]*form\.toml:{len(form()) + 1}: .*contry.*country")

    def test_a_form_that_is_not_toml_is_bad_input_at_its_place(self):
        with self.writes_nothing():
            self.assertRegex(self.apply_form("name = \"A\"\ncountry = \n", 6).err, r"\Acovenant: [^\n]*form\.toml:2:11: ")

    def test_a_day_that_is_none_is_told_at_its_place(self):
        error = self.apply_form(toml(form()) + "applied_on = 2024-02-30\n", 6).err
        self.assertRegex(error, rf"form\.toml:{len(form()) + 1}:14: invalid date")

    def test_what_is_wrong_with_a_form_is_said_plainly(self):
        for wrong, words in (("city =", "'city' has no value; write \"\" or remove the line"),
                             ("city = # later", "'city' has no value; write \"\" or remove the line"),
                             ("city = Bonn", "'Bonn' is not a value; put a text in straight quotes"),
                             ("city = \u201cBonn\u201d", "'\u201cBonn\u201d' is not a value; put a text in straight quotes"),
                             ("city = \"Bonn", "'\"Bonn' is not closed; add '\"'"),
                             ("city = \"Bonn\" \"Köln\"", "'\"Köln\"' follows the text; write one value a line"),
                             ("city = \"C:\\Users\"", "'\\U' is not an escape; write '\\\\' for a backslash"),
                             ("city \"Bonn\"", "has no '='; write NAME = VALUE"), ("= \"Bonn\"", "there is no name before '='"),
                             ("name = \"Again\"", "'name' appears twice; remove one"),
                             ("membership_based = True", "'True' is not a value; did you mean 'true'?"),
                             ("member_count = 01", "'01' is not a number; put a text in quotes"),
                             ("practices = [\"A\"", "'[' is not closed; add ']'"),
                             ("my city = \"Bonn\"", "'my city' is not a name; write it without blanks"),
                             ("[city", "'[city' is not closed; add ']'")):
            with self.subTest(wrong=wrong), self.writes_nothing():
                error = self.apply_form(toml(form()) + wrong + "\n", 6).err
                self.assertRegex(error, rf"\Acovenant: [^\n]*form\.toml:{len(form()) + 1}:\d+: [^\n]+\n\Z|form\.toml:{len(form()) + 2}:")
                self.assertIn(words, error)

    def test_an_item_of_a_list_that_is_no_text_is_named(self):
        for items, item in (('["A", 3]', "3"), ('["A",\n true]', "true"), ('["A", ["B"]]', '["B"]'), ("[1.5, 2]", "1.5")):
            with self.subTest(items=items):
                error = self.apply_form(toml(form()) + f"practices = {items}\n", 6).err
                self.assertIn(f"practices: {item} is not a text; put it in quotes\n", error)

    def test_a_form_that_is_not_utf_8_text_is_named_with_the_way_out(self):
        for content, words in ((toml(form()).encode("utf-16"), "UTF-16 file; convert it with 'iconv -f utf-16 -t utf-8'"),
                               (toml(form()).encode("utf-16-le"), "UTF-16 file; convert it with 'iconv -f utf-16le -t utf-8'"),
                               (b"PK\x03\x04 word/document.xml", "text document; a TOML file is needed, see 'covenant apply --form-template'"),
                               ("city = \"Zürich\"\n".encode("cp1252"), "convert it with 'iconv -f windows-1252 -t utf-8'")):
            with self.subTest(words=words):
                self.assertIn(words, self.apply_form(content, 6).err)

    def test_a_message_names_no_function_of_the_parser(self):
        for wrong in ("city = ", "name = \"Again\"", "= 1", "city = \"open", "applied_on = 2024-13-01"):
            with self.subTest(wrong=wrong):
                self.assertNotRegex(self.apply_form(toml(form()) + wrong + "\n", 6).err, r"toml::|parse_|insert_")

    def test_nesting_without_end_is_bad_input(self):
        for opening in ("[", "{a=", "a.", "[{b=", "[\n"):
            with self.subTest(opening=opening):
                self.apply_form("a = 1\nb = " + opening * 100_000, 6)
                self.apply_form(opening * 100_000, 6)

    def test_brackets_in_texts_and_remarks_are_not_nesting(self):
        many = "[{." * 40
        fields = toml(form(description=many, city="it's [[")) + f"# {many}\nexpertise = \"\"\"\n\\\"{many}\n\"\"\"\n"
        self.apply_form(fields + f"acronym = '\\'\ncontact_role = '''{many}'''\n")
        shown = self.show("1")
        self.assertEqual((shown["description"], shown["expertise"], shown["contact_role"]), (many, f"\"{many}", many))

    def test_a_bad_value_is_bad_input_with_its_key(self):
        with self.writes_nothing():
            self.assertRegex(self.apply_form(toml(form(country="ZZ")), 6).err, r"form\.toml:\d+: country: .*ZZ")

    def test_a_value_of_another_kind_is_bad_input(self):
        for wrong in ("city = true", "city = [\"Ghent\"]", "city = {name = \"Ghent\"}", "categories = [1]"):
            with self.subTest(wrong=wrong), self.writes_nothing():
                fields = form()
                fields.pop(wrong.split(" ")[0], None)
                self.apply_form(toml(fields) + wrong + "\n", 6)

    def test_a_missing_form_is_a_file_error(self):
        self.assertIn("missing.toml", self.fails(9, "apply", "--form", "missing.toml"))

    def test_a_form_may_come_from_standard_input(self):
        self.assertEqual(self.done("apply", "--form", "-", stdin=toml(form())).out, "AP-0001\tapplied\n")


if __name__ == "__main__":
    main()
