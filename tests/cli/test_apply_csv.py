"""apply --csv: which files it reads, and how. covenant-csv(5), FILE FORMAT and HEADER."""

import contextlib
import fcntl
import subprocess
import sys
import termios
import time

from support import BINARY, FIELDS, CovenantTest, counts, csv_text, form, full_form, in_json, main

BOM = "\ufeff"
DELIMITERS = (",", ";", "\t")
ROWS = [form("A Association", city="Gent, Oost; \"Vlaanderen\"", categories="financial;other", expertise="Audits"),
        form("B Association", description="One,\n\"two\";\r\nthree")]


class Dialects(CovenantTest):
    def applied(self, content, *more, expected=ROWS):
        """Files the content in a registry of its own and expects these forms to be stored."""
        registry = self.folder / "one.db"
        registry.unlink(missing_ok=True)
        self.done("init", "--quiet", "--registry", registry)
        result = self.done("apply", "--csv", self.file("in.csv", content), "--registry", registry, *more)
        self.assertEqual(result.out, "".join(f"AP-{n:04}\tapplied\n" for n in range(1, len(expected) + 1)))
        stored = self.partners("--registry", registry, "--sort", "id")
        for partner, row in zip(stored, expected, strict=True):
            self.assertEqual({name: partner[name] for name in row}, {name: in_json(row)[name] for name in row})

    def test_the_delimiter_is_found_from_the_header(self):
        for delimiter in DELIMITERS:
            for end in ("\n", "\r\n"):
                for mark in ("", BOM):
                    with self.subTest(delimiter=delimiter, end=end, mark=mark):
                        self.applied(mark + csv_text(ROWS, delimiter=delimiter, end=end, columns=FIELDS[:17]))

    def test_the_delimiter_can_be_given(self):
        for delimiter in DELIMITERS:
            with self.subTest(delimiter=delimiter):
                self.applied(csv_text(ROWS, delimiter=delimiter, columns=FIELDS[:17]), "--delimiter", delimiter)

    def test_a_given_delimiter_is_obeyed(self):
        self.exits(6, "apply", "--csv", self.csv(ROWS, delimiter=";"), "--delimiter", ",")

    def test_a_delimiter_is_comma_semicolon_or_tab(self):
        for delimiter in ("|", "", ",,", "x"):
            with self.subTest(delimiter=delimiter):
                self.fails(2, "apply", "--csv", self.csv(ROWS), "--delimiter", delimiter)

    def test_columns_come_in_any_order(self):
        self.applied(csv_text(ROWS, columns=FIELDS[16::-1]))

    def test_a_header_may_be_quoted_and_written_with_hyphens(self):
        columns = tuple(form())
        header = ",".join(f'"{column.replace("_", "-")}"' for column in columns)
        row = form("A Association")
        self.applied(header + "\n" + csv_text([row]).split("\n", 1)[1], expected=[row])

    def test_the_last_line_needs_no_end(self):
        self.applied(csv_text(ROWS, columns=FIELDS[:17]).removesuffix("\n"))

    def test_every_field_may_be_quoted(self):
        cells = [[*form()], [*form().values()]]
        self.applied("".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in cells), expected=[form()])

    def test_blank_lines_are_passed_over(self):
        header, row, _ = csv_text([form()]).split("\n")
        self.applied(f"{header}\n\n{row}\n\n\n", expected=[form()])

    def test_every_field_is_a_column(self):
        self.applied(csv_text([full_form(contact_phone="+33155500100")]),
                     expected=[full_form(contact_phone="+33155500100")])

    def test_the_apostrophe_before_a_formula_is_taken_off_once(self):
        for cell, stored in (("'=1+1", "=1+1"), ("''=1+1", "'=1+1"), ("'@x", "@x"), ("'-x", "-x"), ("'+x", "+x"),
                             ("'＝x", "＝x"), ("=1+1", "=1+1"), ("'x", "'x"), ("''x", "''x")):
            for delimiter, mark in ((";", ""), (";", "\ufeff"), (",", "\ufeff")):
                self.applied(mark + csv_text([form(description=cell)], delimiter=delimiter),
                             expected=[form(description=stored)])
            self.applied(csv_text([form(description=cell)]), expected=[form(description=cell)])

    def test_standard_input_is_a_file(self):
        self.assertEqual(self.done("apply", "--csv", "-", stdin=csv_text([form()])).out, "AP-0001\tapplied\n")

    def test_a_large_file_is_filed_whole(self):
        rows = [form(f"Association {number}", description="x\n" * 50) for number in range(2000)]
        self.assertEqual(counts(self.report("apply", "--csv", self.csv(rows))), {"read": 2000, "applied": 2000})
        self.assertEqual(self.done("list", "--count").out, "2000\n")


class SlowPipe(CovenantTest):
    """Whoever writes to a pipe may be slow: nobody has to wait for the registry meanwhile."""

    @contextlib.contextmanager
    def reading(self, *command):
        """The command, when it has read all of `given` that is there so far."""
        process = subprocess.Popen([BINARY, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=self.folder,
                                   env=self.env)
        with process:
            yield process

    def write(self, process, text):
        process.stdin.write(text.encode())
        process.stdin.flush()
        while int.from_bytes(fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4)), sys.byteorder):
            self.assertIsNone(process.poll())
            time.sleep(0.001)

    def test_others_change_the_registry_meanwhile(self):
        columns = {"verify": {}, "approve": {"no_commitment": "On paper"}, "renew": {}, "update": {"city": "Riga"},
                   "withdraw": {}, "revoke": {"reason": "inactive"}}
        statuses = {"verify": "applied", "approve": "eligible", "renew": "approved", "update": "applied",
                    "withdraw": "applied", "revoke": "approved"}
        other = self.apply("Other Association")
        for number, command in enumerate(["apply", *columns]):
            with self.subTest(command=command):
                rows = [form("New Association")] if command == "apply" else [
                    {"partner": self.partner_that_is(statuses[command], f"{command} Association")} | columns[command]]
                header, row = csv_text(rows).split("\n", 1)
                with self.reading(command, "--csv", "-") as process:
                    self.write(process, header + "\n" + row[:5])
                    self.done("update", other, "--city", f"Gent {number}", "--wait", "0")
                    process.stdin.write(row[5:].encode())
                    out, _ = process.communicate()
                self.assertEqual(process.returncode, 0)
                self.assertRegex(out, rb"\AAP-\d{4}\t[a-z]+\n\Z")

    def test_an_option_that_cannot_be_obeyed_is_refused_before(self):
        with self.reading("apply", "--csv", "-", "--rejects", "-") as process:
            self.assertEqual(process.wait(), 2)

    def test_a_registry_that_is_not_there_is_found_missing_before(self):
        with self.reading("apply", "--csv", "-", "--registry", "none.db") as process:
            self.assertEqual(process.wait(), 4)


class Files(CovenantTest):
    def test_a_header_alone_is_nothing_to_do(self):
        file = self.csv([form()]).read_bytes().split(b"\n")[0] + b"\n"
        with self.writes_nothing():
            self.assertEqual(self.done("apply", "--csv", self.file("header.csv", file)).out, "")
            self.assertEqual(counts(self.report("apply", "--csv", "header.csv")), {})

    def test_an_empty_file_is_bad_input(self):
        for content in ("", BOM, "\n", "\r\n\n"):
            with self.subTest(content=content), self.writes_nothing():
                result = self.exits(6, "apply", "--csv", self.file("empty.csv", content))
                self.assertRegex(result.err, r"\Acovenant: [^\n]*empty\.csv")

    def test_an_unreadable_file_is_a_file_error(self):
        for name in ("missing.csv", "."):
            self.assertIn(name, self.fails(9, "apply", "--csv", name))

    def test_a_file_of_something_else_is_bad_input(self):
        for content in (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"PK\x03\x04" + bytes(100), b"<html></html>\n",
                        "name,country\n".encode("utf-16")):
            with self.subTest(content=content), self.writes_nothing():
                self.exits(6, "apply", "--csv", self.file("in.csv", content))


class Header(CovenantTest):
    def refused(self, header, *words):
        """The header is refused before the row, which is bad as well, is read."""
        row = ",".join(["x"] * (header.count(",") + 1))
        with self.writes_nothing():
            result = self.exits(6, "apply", "--csv", self.file("in.csv", f"{header}\n{row}\n"))
        self.assertRegex(result.err, r"\Acovenant: [^\n]*in\.csv:1: ")
        self.assertNotIn("in.csv:2", result.err)
        for word in words:
            self.assertIn(word, result.err)

    def test_an_unknown_column_is_refused_and_a_near_miss_suggested(self):
        header = ",".join(form())
        for wrong, right in (("contry", "country"), ("web_site", "website"), ("contactemail", "contact_email"),
                             ("acronim", "acronym"), ("Practice", "practices"), ("discription", "description")):
            with self.subTest(wrong=wrong):
                self.refused(f"{header},{wrong}", wrong, right)

    def test_an_unknown_column_like_no_other_is_refused(self):
        for wrong in ("favourite_colour", "status", "approved_on"):
            with self.subTest(wrong=wrong):
                self.refused(",".join(form()) + "," + wrong, f"{wrong}: unknown column; ")

    def test_a_doubled_column_is_refused(self):
        self.refused(",".join(form()) + ",country", "country")
        self.refused(",".join(form()) + ",contact-email", "contact_email: column appears twice (", "'contact-email'")

    def test_a_missing_required_column_is_refused(self):
        for column in ("name", "categories", "level", "country", "contact_name", "contact_email"):
            with self.subTest(column=column):
                self.refused(",".join(name for name in form() if name != column), column)

    def test_missing_columns_are_listed_in_one_line(self):
        self.refused("name,country", "in.csv:1: missing columns: categories, level, contact_name, contact_email\n")

    def test_a_column_that_was_suggested_is_not_missing_as_well(self):
        header = ",".join(form()).replace("country", "contry")
        self.file("in.csv", header + "\n")
        result = self.exits(6, "apply", "--csv", "in.csv")
        self.assertEqual(result.err, "covenant: in.csv:1: contry: unknown column; did you mean 'country'?\n"
                                     "Nothing was written.\n")

    def test_a_file_without_a_header_is_told_so_once(self):
        for first in (",".join(form().values()), "name|country|level", "Nom;Pays;Ville"):
            with self.subTest(first=first):
                self.file("in.csv", first + "\n")
                result = self.exits(6, "apply", "--csv", "in.csv")
                self.assertRegex(result.err, r"\Acovenant: in\.csv:1: no known column in the first line; see [^\n]*\n"
                                             r"Nothing was written\.\n\Z")

    def test_a_header_that_is_not_utf_8_is_refused(self):
        self.refused(",".join(form()) + ",caf\udce9")

    def test_a_column_name_never_reaches_the_terminal_raw(self):
        result = self.exits(6, "apply", "--csv", self.file("in.csv", ",".join(form()) + ",\x1b[31m\u202e\n"))
        self.assertNotRegex(result.err, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


if __name__ == "__main__":
    main()
