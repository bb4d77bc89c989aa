"""What an error message says: where, the value, what is wrong with it, and the way out. covenant(1), DIAGNOSTICS."""

import json
import sqlite3

from support import CovenantTest, csv_text, form, main, options

HEADER = "name,categories,level,country,contact_name,contact_email"
ROW = "other,european,BE,Contact 1,contact@example.org"


class Messages(CovenantTest):
    def says(self, message, *args, code=6, **how):
        self.assertIn(f"covenant: {message}\n", self.exits(code, *args, **how).err)

    def of_option(self, option, value, message, code=6):
        column = {"--category": "categories", "--practice": "practices"}.get(option, option[2:].replace("-", "_"))
        self.says(f"{option}: {message}", "apply", *options({**form(expertise="x"), column: value}), code=code)

    def of_file(self, message, text, *args, code=6):
        self.file("f.csv", text)
        self.says(f"f.csv{message}", "apply", "--csv", "f.csv", *args, code=code)

    def test_of_an_option(self):
        for option, value, message in (
            ("--name", "X", "'X' is too short; at least 2 characters"),
            ("--name", "A\u202eB", r"'A\u{202E}B' contains a bidirectional override; remove it"),
            ("--level", "europ", "'europ' is not a level; did you mean 'european'?"),
            ("--category", "industry", "'industry' is not a category; did you mean 'industrial'?"),
            ("--member-count", "1,200", "'1,200' is not a number; did you mean '1200'?"),
            ("--country", "Belgium", "'Belgium' is not a country code; did you mean 'BE'?"),
            ("--website", "a.eu", "'a.eu' is not a URL; did you mean 'https://a.eu'?"),
            ("--website", "https://a\u200bb.eu", r"'https://a\u{200B}b.eu' contains an invisible character; remove it"),
            ("--contact-email", "a@b\u200b.eu", r"'a@b\u{200B}.eu' contains an invisible character; remove it"),
            ("--contact-phone", "0032 21234", "'0032 21234' has no '+'; did you mean '+32 21234'?"),
            ("--applied-on", "31/12/2025", "'31/12/2025' is not a date; did you mean 2025-12-31?"),
            ("--reference", "123", "'123' looks like an id; did you mean 'CoM-123'?"),
            ("--practice", "T http://x.eu", "'T http://x.eu' has a bare URL; write 'T <http://x.eu>'"),
            ("--language", "lettish", "'lettish' is not a language tag; write one like 'lv'"),
        ):
            with self.subTest(option=option, value=value):
                self.of_option(option, value, message)
        self.says("--practices: 'T http://x.eu' has a bare URL; write 'T <http://x.eu>'",
                  "apply", *options(form()), "--practices", "T http://x.eu")
        self.says("missing: --category, --level, --country, --contact-name",
                  "apply", "--name", "Test", "--contact-email", "a@example.org")

    def test_of_a_file(self):
        for message, text in (
            (": empty file; start with 'covenant apply --csv-template'", ""),
            (": empty file; start with 'covenant apply --csv-template'", "\ufeff"),
            (": empty file; start with 'covenant apply --csv-template'", "\n\n"),
            (":1: Foo: unknown column; see 'covenant help csv'", f"{HEADER},Foo\nAlpha,{ROW},x\n"),
            (":1: missing columns: level, country, contact_name", "name,categories,contact_email\n"),
            (":1: name: column appears twice (1 and 7); remove one", f"{HEADER},name\nAlpha,{ROW},x\n"),
            (":3: column 8: 'x' has no heading; add one or clear it", f"{HEADER},,\nAlpha,{ROW},,\nBeta,{ROW},,x\n"),
            (":2: 7 fields for 6 columns; quote fields that contain ','", f"{HEADER}\nAlpha,{ROW},x\n"),
            (":2: 7 fields for 6 columns; quote fields that contain a tab", f"{HEADER}\nAlpha,{ROW},x\n".replace(",", "\t")),
            (":2: 5 fields for 6 columns; fill the row up with ','", f"{HEADER}\n{ROW}\n"),
            (":3: quoted field is never closed; add '\"'", f"{HEADER}\nAlpha,{ROW}\n\"Beta,{ROW}\n"),
            (":2: name: 'F\\xe9d' is not UTF-8; try --encoding windows-1252", f"{HEADER}\nF\udce9d,{ROW}\n"),
            (": UTF-16 file; add --encoding utf-16", f"{HEADER}\nAlpha,{ROW}\n".encode("utf-16")),
        ):
            with self.subTest(message=message):
                self.of_file(message, text)
        for content, kind in ((b"\x7fELF\x02\x01\0\0\0", "program"), (b"PK\x03\x04\0\0a.txt", "ZIP archive"),
                              (b"%PDF-1.7\n\xff", "PDF document"), (b"\0\x01\x02\xff" * 20, "binary file")):
            with self.subTest(kind=kind):
                self.of_file(f": {kind}; a CSV file is needed, see 'covenant help csv'", content)
                self.says(f"f.csv:1:1: {kind}; a TOML file is needed, see 'covenant apply --form-template'",
                          "apply", "--form", "f.csv")
                self.says(f"f.csv:1:1: {kind}; a TOML file is needed, see covenant.toml(5)", "--config", "f.csv", "list",
                          code=2)
                self.says(f"f.csv:1:1: {kind}; a template is text in UTF-8",
                          "export", "--format", "html", "--template", "f.csv")
        self.says("-: empty file; start with 'covenant apply --csv-template'", "apply", "--csv", "-")
        self.says("f.csv: empty file; name the columns in its first line: partner, reason",
                  "revoke", "--csv", self.file("f.csv", "").name)

    def test_of_twins_in_a_file(self):
        self.apply("Stored Association", reference="S-1", website="")
        rows = f"reference,{HEADER}\nF-1,Alpha,{ROW}\n,Beta,{ROW}\n,Delta,{ROW}\n"
        self.of_file(":5: name: 'Delta' is also in line 4; remove one", f"{rows},Delta,{ROW}\n")
        self.of_file(":5: reference: 'F-1' is also in line 2; remove one", f"{rows}F-1,Other,{ROW}\n")
        text = f"id,{HEADER},city\nAP-0001,Stored Association,{ROW},Riga\nAP-1,Stored Association,{ROW},Bonn\n"
        self.of_file(":3: id: 'AP-1' is also in line 2; remove one", text, "--update")

    def test_the_line_of_a_twin_counts_the_lines_of_cells(self):
        rows = [form(f"Association {number}", description="a\n" * (number % 3) + "b", website="") for number in range(9)]
        lines = [2 + sum(1 + before % 3 for before in range(number)) for number in range(10)]
        for number in range(9):
            text = csv_text([*rows, rows[number]])
            self.of_file(f":{lines[9]}: name: 'Association {number}' is also in line {lines[number]}; remove one", text)

    def test_a_long_value_is_cut_for_people_and_whole_for_machines(self):
        long = "x" * 61
        for option, value, message in (
            ("--country", long, f"'{'x' * 60}…' is not a country code; use the two letters of ISO 3166-1"),
            ("--website", f"{long}.eu", f"'{'x' * 60}…' is not a URL; did you mean 'https://{'x' * 52}…'?"),
            ("--practice", f"{long} http://x.eu", f"'{'x' * 60}…' has a bare URL; put it in '<' and '>'"),
            ("--contact-email", f"{long}@", f"'{'x' * 60}…' is not an e-mail address; write one like 'name@example.org'"),
        ):
            with self.subTest(option=option):
                self.of_option(option, value, message)
        row = form(country=long)
        report = json.loads(self.exits(6, "apply", "--csv", self.csv([row]), "--format", "json").out)
        self.assertEqual([error["value"] for error in report["errors"]], [long])
        self.done("apply", *options(form("Name " * 20)))
        self.says(f"--name: 'name {'name ' * 11}…' already exists: AP-0001 (applied); use 'covenant update AP-0001'",
                  "apply", *options(form("name " * 20, website="")), code=5)
        self.of_file(f":1: {'c' * 60}…: unknown column; see 'covenant help csv'", f"{HEADER},{'c' * 61}\nAlpha,{ROW},x\n")

    def test_of_what_already_exists(self):
        self.apply("Febea", website="https://a.example.org/", acronym="FB")
        name, host, acronym = form("FEBEA"), form("Other", website="https://www.a.example.org"), form("Third", acronym="fb")
        self.says("--name: 'FEBEA' already exists: AP-0001 (applied); use 'covenant update AP-0001'",
                  "apply", *options(name), code=5)
        self.says("--website: 'https://www.a.example.org' is also AP-0001's (Febea); if it is another, add --allow-similar",
                  "apply", *options(host), code=5)
        self.says("--acronym: 'fb' is also AP-0001's (Febea); if it is another, add --allow-similar",
                  "apply", *options(acronym), code=5)
        self.of_file(":2: AP-0001 already exists, differs in country, city; add --update to change it",
                     csv_text([form("Febea", website="https://a.example.org/", acronym="FB", country="LV", city="Riga")]))
        self.of_file(":2: AP-0001 already exists, differs in acronym, which the row leaves empty; "
                     "add --update and --clear-empty to clear it",
                     csv_text([form("Febea", website="https://a.example.org/", acronym="")]))

    def test_a_partner_is_found_by_its_initials_and_the_case_of_its_reference(self):
        self.apply("Climate Alliance Énergie", reference="CoM-1", website="")
        for ref in ("CAÉ", "cae", "com-1", "COM1"):
            self.assertEqual(self.fails(4, "show", ref),
                             f"covenant: no partner '{ref}'; did you mean AP-0001 (Climate Alliance Énergie)?\n")

    def test_of_files(self):
        self.says("a.pdf: cannot read: No such file or directory", "evidence", self.listed(), "--add", "a.pdf", code=9)
        (self.folder / "d").mkdir()
        self.says("d: cannot write, it is a folder; name a file", "export", "--format", "csv", "--output", "d", code=9)
        self.done("export", "--format", "csv", "--output", "l.csv")
        self.done("withdraw", "1")
        self.says("l.csv: lists partners, now none; add --allow-empty to replace it",
                  "export", "--format", "csv", "--output", "l.csv", code=3)
        self.says(f"{self.registry}: is the registry itself; choose another name for the copy",
                  "backup", self.registry, code=5)
        self.says(f"{self.registry}: already exists; choose another name", "init", code=5)
        self.says("r: not a covenant registry", "--registry", self.file("r", "hello").name, "list", code=8)

    def test_of_the_actor(self):
        self.apply()
        for command in (("list",), ("config",), ("config", "actor"), ("note", "1", "text")):
            self.says("--as: '' is empty; write a name", "--as", "", *command, code=2)
        self.assertIn("covenant: $COVENANT_ACTOR: ", self.fails(2, "note", "1", "x", env={"COVENANT_ACTOR": "a\nb"}))

    def test_of_a_damaged_registry(self):
        self.apply()
        self.sql("UPDATE partner SET country = 'XX' WHERE id = 1")
        self.says(f"{self.registry}: damaged, AP-0001: 'XX' is not a country code; use the two letters of ISO 3166-1; "
                  "run 'covenant check'", "note", "1", "text", code=8)
        result = self.exits(8, "check", "--quiet")
        self.assertIn("tables\tfailed\tAP-0001: country is 'XX', the history says 'BE'\n", result.out)
        self.assertIn("rules\tfailed\tAP-0001: 'XX' is not a country code", result.out)
        self.assertEqual(result.err, f"covenant: {self.registry}: damaged, 2 of 7 checks failed; restore a backup, "
                                     "and keep this file\n")

    def test_of_a_busy_registry(self):
        with sqlite3.connect(self.registry, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            self.says(f"{self.registry}: busy; try again or raise --wait", "--wait", "0", "apply", *options(form()), code=7)
            self.says(f"{self.registry}: busy for 1 s; try again or raise --wait",
                      "--wait", "1", "apply", *options(form()), code=7)


if __name__ == "__main__":
    main()
