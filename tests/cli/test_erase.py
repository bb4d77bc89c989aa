"""erase: a contact's personal data goes, and that it went stays. Sections 4, 6 and 10."""

from support import CovenantTest, main
from test_history import verify

PERSONAL = {"contact_name": "Unmistakable Desk", "contact_role": "Unmistakable role",
            "contact_email": "unmistakable@example.org", "contact_phone": "+37167000099"}


class Erase(CovenantTest):
    def test_the_contact_goes_and_all_else_stays(self):
        partner = self.apply(**PERSONAL)
        before = self.show(partner)
        with self.dated_today(lambda: [self.show(partner)["contact_erased_on"]]):
            self.assertEqual(self.done("erase", partner, "--contact").out, f"{partner}\tapplied\n")
        self.assertEqual(self.show(partner), before | dict.fromkeys(PERSONAL) | {
            "contact_erased_on": self.show(partner)["contact_erased_on"]})

    def test_not_a_byte_of_it_is_left_in_the_files(self):
        partner = self.apply(**PERSONAL)
        self.done("update", partner, "--contact-role", "Unmistakable new role")
        self.done("erase", partner, "--contact")
        for path in self.folder.iterdir():
            for personal in (b"nmistakable", b"67000099"):
                self.assertNotIn(personal, path.read_bytes(), path)

    def test_the_history_holds_and_says_what_went(self):
        partner = self.apply(**PERSONAL)
        self.done("update", partner, "--contact-role", "Director")
        self.done("erase", partner, "--contact")
        event = verify(self.registry)[-1]
        self.assertEqual((event["action"], event["erased"]), ("erase", [[2, "contact"], [3, "contact"]]))
        self.done("check")

    def test_others_keep_theirs(self):
        self.apply("A Association", **PERSONAL)
        self.apply("B Association")
        self.done("erase", "2", "--contact")
        self.assertEqual({name: self.show("1")[name] for name in PERSONAL}, PERSONAL)

    def test_without_a_contact_nobody_is_eligible_or_approved(self):
        applied, eligible = self.apply(), self.partner_that_is("eligible")
        for partner in (applied, eligible):
            self.done("erase", partner, "--contact")
        self.assertIn("contact", self.exits(3, "verify", applied).err)
        with self.writes_nothing():
            self.assertIn("contact", self.fails(3, "approve", eligible, "--commitment", self.commitment()))

    def test_a_new_contact_may_be_given(self):
        partner = self.apply()
        self.done("erase", partner, "--contact")
        self.done("update", partner, "--contact-name", "New Desk", "--contact-email", "new@example.org")
        self.assertEqual(self.show(partner)["contact_email"], "new@example.org")

    def test_once_erased_there_is_nothing_to_do(self):
        partner = self.apply()
        self.done("erase", partner, "--contact")
        with self.writes_nothing():
            self.done("erase", partner, "--contact")

    def test_a_dry_run_erases_nothing(self):
        partner = self.apply(**PERSONAL)
        with self.writes_nothing():
            self.assertEqual(self.done("erase", partner, "--contact", "--dry-run").out, f"{partner}\tapplied\n")

    def test_wrong_arguments_are_told(self):
        self.apply()
        for code, args in ((2, ("1",)), (2, ("--contact",)), (4, ("AP-0099", "--contact"))):
            with self.subTest(args=args), self.writes_nothing():
                self.fails(code, "erase", *args)


if __name__ == "__main__":
    main()
