"""CSV files as spreadsheet programs and people make them. covenant-csv(5), FILE FORMAT and HEADER."""

from support import CovenantTest, counts, csv_text, form, main

HEADER = ",".join(form())


def renamed(rename, **how):
    """A file of one application, its header changed."""
    header, rest = csv_text([form()], **how).split("\n", 1)
    return rename(header) + "\n" + rest


class Headers(CovenantTest):
    def applies(self, content):
        report = self.report("apply", "--csv", self.file("in.csv", content), "--dry-run")
        self.assertEqual(counts(report)["applied"], 1)

    def test_case_blanks_hyphens_and_underscores_make_no_difference(self):
        for rename in (str.upper, str.title, lambda header: header.replace("_", " "),
                       lambda header: header.replace("_", "-"), lambda header: header.replace("_", ""),
                       lambda header: header.replace("contact_email", "Contact E-Mail"),
                       lambda header: header.replace(",", " , "), lambda header: header.replace("_", "\u00a0"),
                       lambda header: header + "\u00a0", lambda header: header.replace(",", "\ufeff,"),
                       lambda header: header.replace("_", "\u2011"), lambda header: header.replace("_", "\u200b_"),
                       lambda header: header.replace("contact_name", '"Contact\nname"')):
            with self.subTest(header=rename(HEADER)):
                self.applies(renamed(rename))

    def test_capitals_of_a_spreadsheet_program_with_semicolons(self):
        self.applies("\ufeff" + renamed(str.upper, delimiter=";", end="\r\n"))

    def test_a_first_line_that_names_the_separator_is_passed_over(self):
        for delimiter in (";", ",", "\t"):
            for line in ("sep={}", "SEP={}", '"sep={}"', "\ufeffsep={}", "sep={}\r"):
                with self.subTest(line=line, delimiter=delimiter):
                    self.applies(line.format(delimiter) + "\n" + csv_text([form()], delimiter=delimiter))

    def test_that_line_counts_and_comes_back(self):
        content = "sep=;\n" + csv_text([form(country="ZZ")], delimiter=";")
        result = self.exits(6, "apply", "--csv", self.file("in.csv", content), "--rejects", "bad.csv")
        self.assertIn("in.csv:3: country: ", result.err)
        bad = (self.folder / "bad.csv").read_text()
        self.assertTrue(bad.startswith("sep=;\nname;"), bad)
        self.done("apply", "--csv", self.file("mended.csv", bad.replace("ZZ", "BE")))

    def test_columns_without_a_name_and_without_a_value_are_passed_over(self):
        header, row, _ = csv_text([form()]).split("\n")
        for more in ((",,", ",,"), (",", ", "), (", \u00a0,", ",,"), (',""', ",\u00a0")):
            with self.subTest(more=more):
                self.applies(f"{header}{more[0]}\n{row}{more[1]}\n")
        self.applies(f",{header}\n,{row}\n")

    def test_a_value_in_a_column_without_a_name_is_an_error_with_its_number(self):
        header, row, _ = csv_text([form()]).split("\n")
        number = len(form()) + 2
        report = self.report("apply", "--csv", self.file("in.csv", f"{header},,\n{row},,x\n"), code=6)
        [error] = report["errors"]
        self.assertEqual((error["line"], error["code"], error["value"]), (2, "columns", "x"))
        self.assertEqual(error["message"], f"column {number}: 'x' has no heading; add one or clear it")


class BlankRows(CovenantTest):
    def test_rows_without_any_value_are_passed_over(self):
        header, row, _ = csv_text([form()]).split("\n")
        blank = "," * header.count(",")
        lines = [blank, row, blank, blank.replace(",", " ,"), blank.replace(",", ",\u00a0"), '""' + blank, ",,", "",
                 "\u3000"]
        report = self.report("apply", "--csv", self.file("in.csv", header + "\n" + "\n".join(lines) + "\n"))
        self.assertEqual((report["read"], report["applied"]), (1, 1))

    def test_they_move_the_count_of_lines_on(self):
        header, row, _ = csv_text([form(country="ZZ")]).split("\n")
        result = self.exits(6, "apply", "--csv", self.file("in.csv", f"{header}\n{',' * 8}\n{row}\n"))
        self.assertIn("in.csv:3: country: ", result.err)
        self.assertEqual(result.err.count("in.csv:"), 1)

    def test_they_may_come_before_the_header(self):
        self.done("apply", "--csv", self.file("in.csv", ";;;\n\n" + csv_text([form()], delimiter=";")))


class Kinds(CovenantTest):
    def test_what_is_no_csv_is_named_in_one_line_with_the_way_out(self):
        text = csv_text([form()])
        for content, words in (
                (text.encode("utf-16"), ("UTF-16 file", "add --encoding utf-16")),
                (text.encode("utf-16-le"), ("UTF-16 file", "add --encoding utf-16le")),
                (text.encode("utf-16-be"), ("UTF-16 file", "add --encoding utf-16be")),
                (b"PK\x03\x04\x14\0\0\0[Content_Types].xml xl/workbook.xml", ("xlsx", "CSV UTF-8", "soffice", "ssconvert")),
                (b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ("ods", "soffice")),
                (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, ("xls", "soffice")),
                (b"%PDF-1.7\n%\xe2\xe3\n", ("PDF",)),
                (b"\n<html><table><tr><td>name</td></tr></table></html>", ("HTML", "soffice"))):
            self.file("in.csv", content)
            with self.subTest(words=words), self.writes_nothing():
                result = self.exits(6, "apply", "--csv", "in.csv")
                first, rest = result.err.split("\n", 1)
                self.assertEqual(rest, "Nothing was written.\n")
                for word in ("covenant: in.csv: ", *words):
                    self.assertIn(word, first)

    def test_windows_1252_is_named_once(self):
        rows = [form(f"Caf\udce9 {number} Association") for number in range(3)]
        self.file("in.csv", csv_text(rows))
        with self.writes_nothing():
            result = self.exits(6, "apply", "--csv", "in.csv")
        self.assertRegex(result.err, r"\Acovenant: in\.csv:2: name: 'Caf\\xe9 0 Association' is not UTF-8; try --encoding windows-1252\n"
                                     r"Nothing was written: 3 of 3 rows have errors\.\n\Z")

    def test_a_file_partly_in_utf_8_shows_each_row_that_is_not(self):
        rows = [form("Café Association"), form("Caf\udce9 B"), form("Caf\udce9 C")]
        report = self.report("apply", "--csv", self.file("in.csv", csv_text(rows)), code=6)
        self.assertEqual([(error["line"], error["code"]) for error in report["errors"]], [(3, "encoding"), (4, "encoding")])


class Encodings(CovenantTest):
    NAME = "Fédération d\u2019Énergie"

    def content(self, python_name, **fields):
        return csv_text([form(self.NAME, city="Zürich", **fields)], end="\r\n").encode(python_name)

    def test_files_in_other_encodings_are_read(self):
        for name, python_name in (("windows-1252", "cp1252"), ("CP1252", "cp1252"), ("utf-16", "utf-16"),
                                  ("UTF-16", "utf-16-le"), ("utf-16", "utf-16-be"), ("utf-16le", "utf-16"),
                                  ("utf-32", "utf-32"), ("utf-8", "utf-8"), ("UTF8", "utf-8-sig"),
                                  ("gb18030", "gb18030")):
            with self.subTest(name=name, python_name=python_name):
                self.file("in.csv", self.content(python_name))
                report = self.report("apply", "--csv", "in.csv", "--encoding", name, "--dry-run")
                self.assertEqual((report["applied"], report["errors"]), (1, []))
        self.done("apply", "--csv", "in.csv", "--encoding", "gb18030")
        self.assertEqual(self.partners()[0]["name"], self.NAME)

    def test_what_its_messages_suggest_reads_the_file(self):
        for python_name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
            with self.subTest(python_name=python_name):
                self.file("in.csv", self.content(python_name))
                error = self.exits(6, "apply", "--csv", "in.csv").err
                option, name = error.splitlines()[0].rsplit(" ", 2)[1:]
                self.done("apply", "--csv", "in.csv", option, name, "--dry-run")

    def test_a_byte_without_a_character_is_an_error_with_line_and_column(self):
        rows = [form("A Association"), form("B Association", city="caf\udce9\udca8")]
        content = csv_text(rows, columns=(*form(), "city"))
        for name in ("us-ascii", "utf-8"):
            with self.subTest(name=name):
                self.file("in.csv", content)
                result = self.exits(6, "apply", "--csv", "in.csv", "--encoding", name)
                self.assertIn(f"covenant: in.csv:3: city: 'caf\\xe9\\xa8' is not {name}\n", result.err)
        odd = csv_text([form("C Association")]).encode("utf-16-le") + b"\0\xd8,\0x"
        self.file("in.csv", odd)
        self.assertIn("in.csv:3: ", self.exits(6, "apply", "--csv", "in.csv", "--encoding", "utf-16le").err)

    def test_a_long_file_is_read_whatever_its_blocks_cut(self):
        rows = [form(f"{number} \U0001d49c\u4e2d\u2019é", city="é" * (number % 90)) for number in range(2000)]
        content = csv_text(rows, columns=(*form(), "city"))
        self.file("utf16.csv", content.encode("utf-16"))
        self.done("apply", "--csv", "utf16.csv", "--encoding", "utf-16", "--allow-similar")
        report = self.report("apply", "--csv", self.file("utf8.csv", content))
        self.assertEqual(counts(report), {"read": 2000, "unchanged": 2000})

    def test_rejected_rows_are_in_the_same_encoding(self):
        for name, python_name in (("windows-1252", "cp1252"), ("utf-16", "utf-16"), ("utf-16", "utf-16-be")):
            with self.subTest(python_name=python_name):
                self.file("in.csv", self.content(python_name, country="ZZ"))
                self.exits(6, "apply", "--csv", "in.csv", "--encoding", name, "--rejects", "bad.csv")
                bad = (self.folder / "bad.csv").read_bytes()
                row = self.content(python_name, country="ZZ").decode(python_name).split("\r\n")[1]
                self.assertIn(f"\r\n{row},2,country,country,", bad.decode(python_name))
                mended = bad.decode(python_name).replace("ZZ", "BE").encode(python_name)
                self.done("apply", "--csv", self.file("mended.csv", mended), "--encoding", name, "--dry-run")

    def test_rejected_bytes_without_a_character_come_back_as_they_were(self):
        self.file("in.csv", csv_text([form(city="caf\udce9")]))
        self.exits(6, "apply", "--csv", "in.csv", "--encoding", "us-ascii", "--rejects", "bad.csv")
        self.assertIn(b",caf\xe9,2,city,encoding,", (self.folder / "bad.csv").read_bytes())

    def test_an_unknown_name_is_wrong_use_and_a_near_one_suggested(self):
        self.csv([form()])
        for name, words in (("widnows-1252", "did you mean 'windows-1252'?"), ("uft-8", "did you mean 'UTF-8'?"),
                            ("utf-8,", "did you mean 'UTF-8'?"), ("", "see covenant-csv(5)"), ("klingon-9000-x", "convert the file to UTF-8 with iconv"), ("utf-8,x", "is not an encoding")):
            with self.subTest(name=name):
                error = self.fails(2, "apply", "--csv", "in.csv", f"--encoding={name}")
                self.assertIn(f"--encoding: '{name}' is not an encoding; ", error)
                self.assertIn(words, error)

    def test_a_name_that_would_read_other_letters_is_not_suggested(self):
        self.csv([form()])
        for name in ("UTF-16,version=1", "UTF-16BE,version=1", "ISCII,version=1", "iso-8859-12", "windows", "ISCII", "utf-61", "koi8-x"):
            with self.subTest(name=name):
                self.assertIn("is not an encoding; see covenant-csv(5), or convert the file to UTF-8 with iconv",
                              self.fails(2, "apply", "--csv", "in.csv", f"--encoding={name}"))

    def test_a_spreadsheet_document_is_none_in_any_encoding(self):
        self.file("in.csv", b"PK\x03\x04\x14\0\0\0 xl/workbook.xml")
        self.assertIn("spreadsheet document", self.exits(6, "apply", "--csv", "in.csv", "--encoding", "utf-16").err)


if __name__ == "__main__":
    main()
