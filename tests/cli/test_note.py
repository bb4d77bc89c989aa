"""note: a dated remark about a partner, which may name people. covenant-note(1)."""

from support import STATUSES, CovenantTest, main


class Note(CovenantTest):
    def test_it_is_shown_with_its_day_and_its_author(self):
        partner = self.apply()
        with self.dated_today(lambda: [note["on"] for note in self.show(partner)["notes"]]):
            self.assertEqual(self.done("note", partner, "Eva called.\nShe wants more time.", "--as", "anna").out,
                             f"{partner}\tapplied\n")
            self.done("note", partner, "She wrote.")
        self.assertEqual([(note["actor"], note["text"]) for note in self.show(partner)["notes"]],
                         [("anna", "Eva called.\nShe wants more time."), ("tester", "She wrote.")])
        self.assertRegex(self.done("show", partner).out, r"(?m)^  note +[-0-9]+ tester: She wrote\.$")

    def test_nothing_else_changes(self):
        for status in STATUSES:
            partner = self.partner_that_is(status)
            before = self.show(partner)
            self.done("note", partner, "A note")
            after = self.show(partner)
            self.assertEqual(after | {"notes": []}, before)
        self.done("check")

    def test_it_is_sealed_and_shown_by_the_history(self):
        partner = self.apply()
        self.done("note", partner, "Eva called")
        self.assertNotIn("Eva", self.history())
        self.assertEqual((self.events()[-1]["action"], self.events()[-1]["texts"]), ("note", ["note"]))
        self.assertIn("note: Eva called", self.done("history", partner).out)

    def test_it_is_in_no_public_format(self):
        self.listed()
        before = [self.done("export", "--format", format).out for format in ("html", "csv", "json", "atom")]
        self.done("note", "1", "Eva called")
        self.assertEqual([self.done("export", "--format", format).out for format in ("html", "csv", "json", "atom")], before)

    def test_wrong_arguments_are_refused(self):
        self.apply()
        for code, args in ((2, ()), (2, ("1",)), (4, ("AP-0099", "A note")), (6, ("1", "")), (6, ("1", "a\x1bb")),
                           (6, ("1", "x" * 4001)), (2, ("1", "A note", "another"))):
            with self.subTest(args=args), self.writes_nothing():
                self.fails(code, "note", *args)
        self.assertEqual(self.fails(6, "note", "1", ""), "covenant: TEXT: '' is empty; write a text\n")

    def test_a_dry_run_adds_nothing(self):
        partner = self.apply()
        with self.writes_nothing():
            self.assertEqual(self.done("note", partner, "A note", "--dry-run").out, f"{partner}\tapplied\n")


if __name__ == "__main__":
    main()
