"""Applying the same file again, and amending by file. covenant-csv(5), APPLYING AGAIN."""

from support import CovenantTest, counts, form, full_form, main

ROWS = [full_form(), form("B Association", reference="F-2"), form("C Association")]
COLUMNS = tuple(full_form())


class Again(CovenantTest):
    def setUp(self):
        super().setUp()
        self.csv(ROWS, columns=COLUMNS)
        self.done("apply", "--csv", "in.csv")

    def test_the_same_file_changes_nothing(self):
        with self.writes_nothing():
            result = self.done("apply", "--csv", "in.csv")
            self.assertEqual(result.out, "")
            for more in ((), ("--update",), ("--allow-similar",), ("--rejects", "bad.csv")):
                self.assertEqual(counts(self.report("apply", "--csv", "in.csv", *more)), {"read": 3, "unchanged": 3})

    def test_whatever_became_of_its_partners(self):
        self.done("verify", "1", "2")
        self.approve("1")
        self.approve("2")
        self.done("revoke", "2", "--reason", "inactive")
        self.done("withdraw", "3")
        with self.writes_nothing():
            result = self.done("apply", "--csv", "in.csv")
        self.assertEqual(result.out, "")

    def test_the_same_in_other_writing_is_equal(self):
        rows = [row | {"contact_phone": row.get("contact_phone", "").replace(" ", ""),
                       "categories": ";".join(reversed(row["categories"].split(";"))),
                       "city": row.get("city", "") + " "}
                for row in ROWS]
        with self.writes_nothing():
            report = self.report("apply", "--csv", self.csv(rows, columns=COLUMNS, delimiter=";", end="\r\n"))
        self.assertEqual(counts(report), {"read": 3, "unchanged": 3})

    def test_a_file_with_new_rows_files_those(self):
        report = self.report("apply", "--csv", self.csv([*ROWS, form("D Association")], columns=COLUMNS))
        self.assertEqual(counts(report), {"read": 4, "applied": 1, "unchanged": 3})

    def test_only_the_columns_of_the_file_are_compared(self):
        columns = ("name", "categories", "level", "country", "contact_name", "contact_email")
        with self.writes_nothing():
            self.assertEqual(counts(self.report("apply", "--csv", self.csv(ROWS, columns=columns))),
                             {"read": 3, "unchanged": 3})

    def test_a_difference_is_a_conflict(self):
        rows = [ROWS[0], ROWS[1] | {"city": "Ghent"}]
        with self.writes_nothing():
            report = self.report("apply", "--csv", self.csv(rows, columns=COLUMNS), code=6)
        self.assertEqual([(error["line"], error["code"]) for error in report["errors"]], [(5, "conflict")])
        self.assertIn("--update", self.exits(6, "apply", "--csv", self.csv(rows, columns=COLUMNS)).err)

    def test_with_update_a_difference_is_an_amendment(self):
        rows = [ROWS[0] | {"acronym": "", "city": "Nice"}, ROWS[1], form("D Association")]
        file = self.csv(rows, columns=("reference", "acronym", "city", *form()))
        result = self.done("apply", "--csv", file, "--update")
        self.assertEqual(result.out, "AP-0001\tapplied\nAP-0004\tapplied\n")
        shown = self.show("1")
        self.assertEqual((shown["acronym"], shown["city"], shown["expertise"]), (None, "Nice", ROWS[0]["expertise"]))
        self.assertEqual([event["action"] for event in self.events()[-2:]], ["update", "apply"])

    def test_an_amendment_is_counted_and_keeps_the_status(self):
        self.done("verify", "2")
        file = self.csv([ROWS[1] | {"name": "Renamed Association"}], columns=COLUMNS)
        self.assertEqual(counts(self.report("apply", "--csv", file, "--update")), {"read": 1, "updated": 1})
        self.assertEqual((self.show("2")["name"], self.status("2")), ("Renamed Association", "eligible"))
        with self.writes_nothing():
            self.done("apply", "--csv", file, "--update")

    def test_an_amendment_may_not_take_the_name_of_another(self):
        with self.writes_nothing():
            file = self.csv([ROWS[1] | {"name": ROWS[2]["name"]}], columns=COLUMNS)
            report = self.report("apply", "--csv", file, "--update", code=6)
        self.assertEqual([error["code"] for error in report["errors"]], ["duplicate"])

    def test_a_differing_row_of_an_ended_partner_applies_again(self):
        self.done("withdraw", "3")
        file = self.csv([ROWS[2] | {"city": "Ghent"}], columns=COLUMNS)
        self.assertEqual(self.done("apply", "--csv", file).out, "AP-0003\tapplied\n")
        self.assertEqual(self.status("3"), "applied")

    def test_one_run_shares_its_id_and_another_does_not(self):
        self.apply("D Association")
        runs = [event["run"] for event in self.events()]
        self.assertEqual(len(set(runs[1:4])), 1)
        self.assertEqual(len(set(runs)), 3)


class PublicCsv(CovenantTest):
    def test_what_was_exported_is_known(self):
        self.listed("A Association", city="Gent, Oost", description="1\n\"2\"", practices="One <https://a.example/x>")
        self.listed("B Association", reference="F-2", description="x\r\ny")
        with self.writes_nothing():
            for more in ((), ("--spreadsheet",)):
                self.done("export", "--format", "csv", "--output", "list.csv", *more)
                self.assertEqual(counts(self.report("apply", "--csv", "list.csv")), {"read": 2, "unchanged": 2})

    def test_what_was_exported_can_be_amended(self):
        self.listed("A Association", city="Ghent", contact_role="Secretariat")
        exported = self.done("export", "--format", "csv").out
        file = self.file("list.csv", exported.replace(",Ghent,", ",Bruges,"))
        self.assertEqual(self.done("apply", "--csv", file, "--update").out, "AP-0001\tapproved\n")
        shown = self.show("1")
        self.assertEqual((shown["city"], shown["contact_role"]), ("Bruges", "Secretariat"))

    def test_a_new_partner_needs_a_contact_all_the_same(self):
        file = self.csv([{"id": "AP-0001"} | form()], columns=("id", "name", "categories", "level", "country"))
        with self.writes_nothing():
            report = self.report("apply", "--csv", file, code=6)
        self.assertEqual({error["code"] for error in report["errors"]}, {"required"})


if __name__ == "__main__":
    main()
