"""renew: a listed partner confirmed its commitment again. covenant-renew(1)."""

from support import CovenantTest, day, main


class Renew(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.listed(received_on="2020-02-01", practices="Map")

    def due(self):
        return [item["kind"] for item in self.covenant("due", "--format", "json").json()]

    def test_the_day_is_kept_and_the_status_stays(self):
        self.assertEqual(self.done("renew", self.partner, "--on", "2022-03-04").out, f"{self.partner}\tapproved\n")
        shown = self.show(self.partner)
        self.assertEqual((shown["status"], shown["approved_on"], shown["renewed_on"], shown["partner_since"]),
                         ("approved", "2020-02-01", "2022-03-04", "2020-02-01"))
        [listed] = self.partners("--columns", "id,renewed_on")
        self.assertEqual(listed["renewed_on"], "2022-03-04")
        self.done("check")

    def test_it_is_due_730_days_after_the_joining_and_after_each_renewal(self):
        self.assertEqual(self.due(), ["renewal"])
        self.done("renew", self.partner, "--on", day(-731))
        self.assertEqual(self.due(), ["renewal"])
        self.done("renew", self.partner)
        self.exits(0, "due")
        with self.dated_today(lambda: [self.exits(10, "due", "--days", "730", "--format", "json").json()[0]["since"]]):
            self.assertEqual(self.exits(10, "due", "--days", "731").out.split()[6:8], [self.partner, "renewal"])

    def test_the_day_is_today_unless_it_is_given(self):
        with self.dated_today(lambda: [self.show(self.partner)["renewed_on"]]):
            self.done("renew", self.partner)

    def test_a_document_takes_the_place_of_the_evidence_and_obeys_the_policies(self):
        document = self.file("again.pdf", "%PDF-1.7 again")
        self.done("policy", "four-eyes", "on")
        self.assertIn("four-eyes", self.fails(3, "renew", self.partner, "--commitment", document))
        self.done("renew", self.partner, "--commitment", document, "--as", "somebody")
        self.done("renew", self.partner, "--note", "By telephone")
        self.done("policy", "commitment", "signed")
        other = self.file("other.pdf", "%PDF-1.7 other")
        self.assertIn("signed", self.fails(3, "renew", self.partner, "--commitment", other, "--as", "somebody"))

    def test_a_document_of_several_partners_is_one_note(self):
        partners = [self.partner, self.listed("Second Union"), self.listed("Third Union")]
        notes = self.report("renew", *partners, "--commitment", self.file("again.txt", "again"))["notes"]
        self.assertEqual([(note["code"], note["value"]) for note in notes], [("document", "again.txt")])
        file = self.csv([{"partner": partner, "commitment": "more.txt"} for partner in partners])
        self.file("more.txt", "more")
        self.assertEqual(self.done("renew", "--csv", file).err.count("note: "), 1)

    def test_a_partnership_does_not_end_before_its_renewal(self):
        self.done("renew", self.partner, "--on", "2022-03-04")
        for ending in (("revoke", self.partner, "--reason", "inactive"), ("withdraw", self.partner)):
            err = self.fails(6, *ending, "--on", "2022-03-03")
            self.assertIn("2022-03-03 is before the renewal on 2022-03-04", err)
        self.done("revoke", self.partner, "--reason", "inactive", "--on", "2022-03-04")
        self.assertIn("the renewal on 2022-03-04",
                      self.fails(6, "correct", self.partner, "--ended-on", "2022-03-03", "--because", "Misread"))

    def test_a_commitment_is_kept_as_that_of_a_renewal(self):
        joined, = self.show(self.partner)["commitments"]
        self.done("renew", self.partner, "--on", "2022-03-04", "--commitment", self.file("again.pdf", "%PDF-1.7 again"))
        first, second = self.show(self.partner)["commitments"]
        self.assertEqual((first, first["kind"]), (joined, "joining"))
        self.assertEqual((second["kind"], second["received_on"], second["document"]["name"]),
                         ("renewal", "2022-03-04", "again.pdf"))
        self.assertIn("again.pdf", self.done("show", self.partner).out)
        self.done("check")

    def test_a_renewal_is_no_joining_in_any_public_format(self):
        before = [self.done("export", "--format", format).out for format in ("json", "csv", "atom", "html")]
        self.done("renew", self.partner, "--on", "2022-03-04", "--commitment", self.commitment(), "--note", "By e-mail")
        after = [self.done("export", "--format", format).out for format in ("json", "csv", "atom", "html")]
        self.assertEqual(after, before)

    def test_a_note_is_sealed_and_in_the_history(self):
        self.done("renew", self.partner, "--note", "By telephone")
        self.assertNotIn("telephone", self.history())
        self.assertEqual(self.events()[-1]["texts"], ["note"])
        self.assertIn("note: By telephone", self.done("history", self.partner).out)

    def test_a_day_that_is_recorded_already_is_unchanged_without_more(self):
        self.done("renew", self.partner, "--on", "2022-03-04")
        with self.writes_nothing():
            self.assertEqual(self.done("renew", self.partner, "--on", "2022-03-04").out, "")
        self.done("renew", self.partner, "--on", "2022-03-04", "--note", "And in writing")

    def test_impossible_days_are_refused_with_both_days(self):
        for on in ("2020-01-31", day(1)):
            with self.subTest(on=on), self.writes_nothing():
                self.assertIn(on, self.fails(6, "renew", self.partner, "--on", on))

    def test_several_at_once_or_none(self):
        other = self.listed("Other Association")
        applied = self.apply("Applied Association")
        with self.writes_nothing():
            self.assertIn("is applied, cannot renew", self.fails(3, "renew", self.partner, applied, other))
        self.assertEqual(self.done("renew", self.partner, other, self.partner).out,
                         f"{self.partner}\tapproved\n{other}\tapproved\n")

    def test_rows_of_a_spreadsheet(self):
        other = self.listed("Other Association")
        self.file("again.pdf", "%PDF-1.7 again")
        file = self.csv([{"partner": self.partner, "on": "2022-03-04", "commitment": "again.pdf", "note": "By e-mail"},
                         {"partner": other, "on": "", "commitment": "", "note": ""}])
        self.done("renew", "--csv", file)
        self.assertEqual(self.show(self.partner)["renewed_on"], "2022-03-04")
        self.assertIsNotNone(self.show(other)["renewed_on"])
        with self.writes_nothing():
            errors = self.report("renew", "--csv", self.csv([{"partner": "AP-0099", "on": ""}, {"partner": other, "on": "2031-01-01"}]),
                                 code=6)["errors"]
        self.assertEqual([error["code"] for error in errors], ["partner", "date"])

    def test_a_new_joining_begins_without_a_renewal(self):
        self.done("renew", self.partner)
        self.done("withdraw", self.partner)
        self.assertIsNotNone(self.show(self.partner)["renewed_on"])
        self.assertEqual(self.apply("Listed Association"), self.partner)
        self.assertIsNone(self.show(self.partner)["renewed_on"])


class Recheck(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.listed(received_on=day(-30))

    def test_a_listed_partner_is_checked_again_and_keeps_its_status(self):
        result = self.done("verify", self.partner, "--source", "Website")
        self.assertEqual(result.out, f"{self.partner}\tapproved\n")
        self.assertIn(": 1 eligible.", result.err)
        self.assertEqual(self.show(self.partner)["sources"], ["Website"])
        self.exits(0, "due")
        self.done("check")

    def test_one_that_fails_is_due_until_it_passes(self):
        result = self.exits(3, "verify", self.partner, "--finding", "website=fail")
        self.assertEqual(result.out, f"{self.partner}\tapproved\n")
        self.assertIn("website", result.err)
        self.assertEqual(self.status(self.partner), "approved")
        self.assertIn(f"{self.partner}  eligibility  ", self.exits(10, "due").out)
        self.done("check")
        self.done("verify", self.partner)
        self.exits(0, "due")

    def test_one_that_fails_is_due_until_the_partnership_ends(self):
        self.done("update", self.partner, "--website", "")
        self.exits(3, "verify", self.partner)
        self.exits(10, "due")
        self.done("revoke", self.partner, "--reason", "no-longer-eligible")
        self.exits(0, "due")

    def test_what_is_public_does_not_change(self):
        before = self.done("export", "--format", "json").out
        self.exits(3, "verify", self.partner, "--finding", "website=fail")
        self.assertEqual(self.done("export", "--format", "json").out, before)


if __name__ == "__main__":
    main()
