"""Applying the same file again, and amending by file. covenant-csv(5), APPLYING AGAIN."""

from support import CovenantTest, counts, day, form, full_form, main

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
        notes = self.report("apply", "--csv", "in.csv")["notes"]
        self.assertEqual([(note["line"], note["code"], note["column"]) for note in notes],
                         [(5, "ended", "applied_on"), (6, "ended", "applied_on")])
        self.assertIn("a later applied_on makes this a new application", result.err)

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
        rows = [ROWS[0] | {"acronym": "FE", "city": "Nice"}, ROWS[1], form("D Association")]
        file = self.csv(rows, columns=("reference", "acronym", "city", *form()))
        result = self.done("apply", "--csv", file, "--update")
        self.assertEqual(result.out, "AP-0001\tapplied\nAP-0004\tapplied\n")
        shown = self.show("1")
        self.assertEqual((shown["acronym"], shown["city"], shown["expertise"]), ("FE", "Nice", ROWS[0]["expertise"]))
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
        self.assertEqual([error["code"] for error in report["errors"]], ["conflict"])

    def test_a_row_of_an_ended_partner_applies_again_only_with_a_later_day(self):
        self.done("update", "3", "--applied-on", day(-9))
        self.done("withdraw", "3", "--on", day(-2))
        for applied_on in ("", day(-9), day(-2)):
            file = self.csv([ROWS[2] | {"city": "Ghent", "applied_on": applied_on}], columns=COLUMNS)
            for more in ((), ("--update",)):
                with self.subTest(applied_on=applied_on, more=more), self.writes_nothing():
                    report = self.report("apply", "--csv", file, *more)
                    self.assertEqual(counts(report), {"read": 1, "unchanged": 1})
                    self.assertEqual([note["code"] for note in report["notes"]], ["ended"])
        file = self.csv([ROWS[2] | {"city": "Ghent", "applied_on": day(-1)}], columns=COLUMNS)
        report = self.report("apply", "--csv", file)
        self.assertEqual(report["partners"], [{"id": "AP-0003", "status": "applied", "was": "withdrawn"}])
        self.assertEqual([note["code"] for note in report["notes"]], ["again"])
        self.assertEqual((self.status("3"), self.show("3")["city"]), ("applied", "Ghent"))

    def test_an_old_row_does_not_reopen_what_was_found_ineligible(self):
        self.exits(3, "verify", "3", "--finding", "scope=fail")
        rows = [ROWS[2] | {"city": "Ghent"}]
        with self.writes_nothing():
            report = self.report("apply", "--csv", self.csv(rows), code=6)
        self.assertEqual([error["code"] for error in report["errors"]], ["conflict"])
        self.done("apply", "--csv", self.csv(rows), "--update")
        self.assertEqual((self.status("3"), self.show("3")["city"]), ("ineligible", "Ghent"))

    def test_what_was_entered_in_error_is_open_to_an_old_file(self):
        self.done("verify", "3")
        self.approve("3")
        self.done("revoke", "3", "--reason", "entered-in-error")
        self.assertEqual(self.done("apply", "--csv", "in.csv").out, "AP-0003\tapplied\n")

    def test_an_erased_contact_stays_erased(self):
        self.done("erase", "2", "--contact")
        with self.writes_nothing():
            report = self.report("apply", "--csv", "in.csv")
        self.assertEqual((counts(report), report["notes"]), ({"read": 3, "unchanged": 3}, []))
        file = self.csv([ROWS[1] | {"city": "Ghent"}])
        report = self.report("apply", "--csv", file, "--update")
        self.assertEqual([(note["code"], note["column"]) for note in report["notes"]], [("erased", "contact_name")])
        self.assertEqual((self.show("2")["contact_email"], self.show("2")["city"]), (None, "Ghent"))

    def test_an_erased_contact_comes_back_by_an_update(self):
        self.done("erase", "2", "--contact")
        report = self.report("update", "2", "--contact-name", "New Desk", "--contact-email", "new@example.org")
        self.assertEqual([note["code"] for note in report["notes"]], ["erased"])
        self.assertEqual(self.show("2")["contact_name"], "New Desk")

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

    def test_a_row_without_an_id_is_a_whole_application(self):
        columns = ("id", "name", "categories", "level", "country")
        for row, code in ((form(), "required"), ({"id": "AP-0001"} | form(), "partner")):
            with self.writes_nothing():
                report = self.report("apply", "--csv", self.csv([row], columns=columns), code=6)
            self.assertEqual({error["code"] for error in report["errors"]}, {code})


class Ids(CovenantTest):
    def setUp(self):
        super().setUp()
        self.apply("A Association", reference="F-1")
        self.apply("B Association", reference="F-2")

    def update(self, rows, code=0):
        return self.report("apply", "--update", "--csv", self.csv(rows), code=code)

    def test_a_rename_amends_the_partner_of_the_id(self):
        report = self.update([{"id": "AP-1", "name": "Renamed Association"}])
        self.assertEqual(report["partners"], [{"id": "AP-0001", "status": "applied", "was": "applied"}])
        self.assertEqual(self.names(), ["B Association", "Renamed Association"])

    def test_other_columns_are_enough_beside_an_id_or_a_reference(self):
        self.update([{"id": "1", "city": "Ghent"}])
        self.update([{"reference": "F-2", "city": "Bruges"}])
        self.assertEqual([self.show(partner)["city"] for partner in "12"], ["Ghent", "Bruges"])

    def test_an_id_that_does_not_fit_is_a_bad_row(self):
        for row, problem in (({"id": "99", "name": "A Association"}, ("id", "partner")),
                             ({"id": "F-1", "name": "A Association"}, ("id", "partner")),
                             ({"id": "1", "reference": "F-2"}, ("id", "partner")),
                             ({"id": "1", "name": "b association"}, ("name", "conflict")),
                             ({"reference": "F-1", "name": "B Association"}, ("name", "conflict")),
                             ({"reference": "F-9", "city": "Ghent"}, ("name", "required"))):
            with self.subTest(row=row), self.writes_nothing():
                error = self.update([row], code=6)["errors"][0]
                self.assertEqual((error["column"], error["code"]), problem)


class EmptyCells(CovenantTest):
    def setUp(self):
        super().setUp()
        self.apply(city="Ghent", acronym="EA", language="nl")
        self.row = {"id": "1", "country": "FR", "city": "", "acronym": " ", "language": "", "name": ""}

    def test_an_empty_cell_keeps_what_is_stored(self):
        before = self.show("1")
        report = self.report("apply", "--csv", self.csv([self.row]), "--update")
        self.assertEqual(report["notes"], [])
        self.assertEqual(self.show("1"), before | {"country": "FR"})

    def test_with_clear_empty_it_clears_and_says_so(self):
        del self.row["name"]
        result = self.done("apply", "--csv", self.csv([self.row]), "--update", "--clear-empty")
        for column, value in (("city", "Ghent"), ("acronym", "EA"), ("language", "nl")):
            self.assertIn(f"in.csv:2: {column}: note: '{value}' was cleared, since the cell is empty\n", result.err)
        shown = self.show("1")
        self.assertEqual((shown["city"], shown["acronym"], shown["language"]), (None, None, "en"))

    def test_a_required_field_is_not_cleared(self):
        with self.writes_nothing():
            report = self.report("apply", "--csv", self.csv([self.row]), "--update", "--clear-empty", code=6)
        self.assertEqual([(error["column"], error["code"]) for error in report["errors"]], [("name", "required")])

    def test_clear_empty_is_for_amendments(self):
        self.fails(2, "apply", "--csv", self.csv([self.row]), "--clear-empty")


if __name__ == "__main__":
    main()
