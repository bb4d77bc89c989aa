"""export --format csv, and what every format's --output keeps. covenant-export(1)."""

import os

from support import STATUSES, CovenantTest, counts, full_form, main, options

HEADER = ("id,name,acronym,categories,level,country,city,website,member_count,description,expertise,practices,language,"
          "partner_since\r\n")


class ExportCsv(CovenantTest):
    def export(self, *more):
        return self.done("export", "--format", "csv", *more).out

    def test_the_bytes_are_exact(self):
        self.listed("B Association", received_on="2024-05-06")
        self.done("apply", *options(full_form()))
        self.done("verify", "2")
        self.approve("2", "--received-on", "2025-01-02")
        self.assertEqual(self.export(), HEADER +
                         "AP-0001,B Association,,industrial,european,BE,,https://b-association.example.org/,,,,,en,"
                         "2024-05-06\r\n"
                         "AP-0002,Fédération d’Énergie,FÉÉ,civil-society;other,international,FR,Lyon,"
                         "https://federation.example.org/fr?page=1#top,1250,"
                         "\"Line one,\n\"\"line\"\" two; <b>three</b>\",Audits of buildings,"
                         "\"Heat map <https://federation.example.org/heat>\nEvening school\",fr,2025-01-02\r\n")

    def test_only_approved_partners_are_there(self):
        for status in STATUSES:
            self.partner_that_is(status)
        self.assertEqual([line.split(",")[1] for line in self.export().splitlines()[1:]], ["Approved Association"])

    def test_the_contact_never_leaves(self):
        self.listed(contact_name="Secret Desk", contact_role="Secret role", contact_email="secret@example.org",
                    contact_phone="+371999", reference="SECRET-1")
        for format in ("csv", "json", "html"):
            out = self.done("export", "--format", format).out.lower()
            for personal in ("secret", "371999", "contact_"):
                self.assertNotIn(personal, out, format)

    def test_the_order_is_that_of_the_ids(self):
        for name in ("Zeta", "Alpha", "Mu"):
            self.listed(name)
        self.assertEqual([line[:7] for line in self.export().splitlines()[1:]], ["AP-0001", "AP-0002", "AP-0003"])

    def test_an_empty_list_is_the_header(self):
        self.assertEqual(self.export(), HEADER)

    def test_filters_choose(self):
        self.listed("A Association", country="BE", categories="financial")
        self.listed("B Association", country="LV", categories="industrial;financial")
        self.listed("C Association", country="GR", categories="civil-society")
        for filters, expected in (("--country BE", "A"), ("--country LV --country EL", "BC"),
                                  ("--category financial", "AB"), ("--category civil-society --country BE", ""),
                                  ("--category industrial --category civil-society", "BC")):
            names = [line.split(",")[1][0] for line in self.export(*filters.split()).splitlines()[1:]]
            self.assertEqual("".join(names), expected, filters)

    def test_partner_since_is_the_first_joining_day(self):
        partner = self.listed(received_on="2020-01-02")
        self.done("withdraw", partner, "--on", "2021-01-02")
        self.listed(received_on="2025-03-04")
        self.assertIn(",2020-01-02\r\n", self.export())

    def test_wrong_arguments_are_usage_errors(self):
        for args in ((), ("--format", "xml"), ("--format", "csv", "--category", "ngo"),
                     ("--format", "csv", "--country", "ZZ"), ("--format", "csv", "extra")):
            with self.subTest(args=args):
                self.fails(2, "export", *args)


class Spreadsheet(CovenantTest):
    CELLS = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "'=1", "''=1", "'@x", "''''-x")
    PLAIN = ("1=1", "a'=1", "'x", "''", "'", "x@y", "(=1)")

    def test_it_has_a_mark_and_semicolons(self):
        self.listed("A; B Association", city="Gent, Oost")
        out = self.done("export", "--format", "csv", "--spreadsheet").out
        header, row = out.removesuffix("\r\n").split("\r\n")
        self.assertEqual(header, "\ufeff" + HEADER.strip().replace(",", ";"))
        self.assertTrue(row.startswith("AP-0001;\"A; B Association\";;industrial;european;BE;Gent, Oost;"), row)

    def test_what_a_spreadsheet_would_run_gets_an_apostrophe(self):
        for number, cell in enumerate(self.CELLS + self.PLAIN):
            self.listed(f"Association {number}", city=cell)
        out = self.done("export", "--format", "csv", "--spreadsheet").out
        cells = [line.split(";")[6] for line in out.splitlines()[1:]]
        self.assertEqual(cells, ["'" + cell for cell in self.CELLS] + list(self.PLAIN))

    def test_what_is_stored_goes_out_and_comes_back_the_same(self):
        for number, cell in enumerate(self.CELLS + self.PLAIN):
            self.listed(f"{cell} Association {number}", description=cell, expertise=f"{cell}\n;{cell}\"")
        self.done("export", "--format", "csv", "--spreadsheet", "--output", "list.csv")
        with self.writes_nothing():
            self.assertEqual(counts(self.report("apply", "--csv", "list.csv")),
                             dict.fromkeys(("read", "unchanged"), len(self.CELLS + self.PLAIN)))


class Output(CovenantTest):
    FORMATS = ("csv", "json", "html")

    def export(self, format, *more):
        return self.done("export", "--format", format, "--output", f"list.{format}", *more)

    def stat(self, format):
        stat = (self.folder / f"list.{format}").stat()
        return stat.st_ino, stat.st_mtime_ns

    def test_the_file_has_the_bytes_of_standard_output(self):
        self.listed()
        for format in self.FORMATS:
            self.assertEqual(self.export(format).out, "")
            self.assertEqual((self.folder / f"list.{format}").read_bytes().decode(),
                             self.done("export", "--format", format).out)

    def test_the_same_registry_gives_the_same_bytes_and_leaves_the_file_alone(self):
        for name in "CAB":
            self.listed(f"{name} Association")
        for format in self.FORMATS:
            self.export(format)
            before = self.stat(format)
            self.export(format)
            self.assertEqual(self.stat(format), before, format)

    def test_a_change_replaces_the_file_and_leaves_nothing_beside_it(self):
        partner = self.listed()
        for format in self.FORMATS:
            self.export(format)
        before, files = [self.stat(format)[0] for format in self.FORMATS], set(os.listdir(self.folder))
        self.done("update", partner, "--city", "Ghent")
        for format, inode in zip(self.FORMATS, before):
            self.export(format)
            self.assertNotEqual(self.stat(format)[0], inode, format)
            self.assertIn("Ghent", (self.folder / f"list.{format}").read_text("utf-8"))
        self.assertEqual(set(os.listdir(self.folder)), files)

    def test_a_list_is_not_replaced_by_an_empty_one(self):
        partner = self.listed()
        for format in self.FORMATS:
            self.export(format)
        self.done("withdraw", partner)
        for format in self.FORMATS:
            before = self.stat(format), (self.folder / f"list.{format}").read_bytes()
            error = self.fails(3, "export", "--format", format, "--output", f"list.{format}")
            self.assertIn("--allow-empty", error)
            self.assertEqual((self.stat(format), (self.folder / f"list.{format}").read_bytes()), before)
            self.export(format, "--allow-empty")
            self.assertNotEqual((self.folder / f"list.{format}").read_bytes(), before[1])

    def test_an_empty_list_may_be_the_first(self):
        for format in self.FORMATS:
            self.export(format)
            self.export(format)

    def test_a_target_that_cannot_be_written_is_a_file_error(self):
        self.listed()
        (self.folder / "folder").mkdir()
        for target in ("missing/list.csv", "folder"):
            with self.subTest(target=target):
                self.assertIn(target, self.fails(9, "export", "--format", "csv", "--output", target))
        self.assertEqual(os.listdir(self.folder / "folder"), [])

    def test_a_full_disk_is_a_file_error(self):
        self.listed()
        for command in (("list",), ("show", "1"), ("history",), ("export", "--format", "csv"),
                        ("export", "--format", "html")):
            with self.subTest(command=command), open("/dev/full", "wb") as full:
                self.assertEqual(self.covenant(*command, stdout=full).code, 9)


if __name__ == "__main__":
    main()
