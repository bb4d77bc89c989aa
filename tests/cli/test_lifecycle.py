"""Which command a partner of each status allows, and where it leads. covenant-lifecycle(7), STATUSES."""

from support import STATUSES, CovenantTest, form, main, options

LEADS_TO = {
    "applied": {"verify": "eligible", "withdraw": "withdrawn"},
    "eligible": {"verify": "eligible", "approve": "approved", "withdraw": "withdrawn"},
    "ineligible": {"verify": "ineligible", "apply": "applied", "withdraw": "withdrawn"},
    "approved": {"verify": "approved", "renew": "approved", "revoke": "revoked", "withdraw": "withdrawn"},
    "revoked": {"apply": "applied"},
    "withdrawn": {"apply": "applied"},
}
COMMANDS = ("apply", "verify", "approve", "renew", "revoke", "withdraw")


class Lifecycle(CovenantTest):
    def move(self, command, partner, name):
        return self.covenant(command, *{
            "apply": options(form(name)),
            "verify": [partner],
            "approve": [partner, "--commitment", self.commitment()],
            "renew": [partner],
            "revoke": [partner, "--reason", "inactive"],
            "withdraw": [partner],
        }[command])

    def test_every_command_on_every_status(self):
        for status in STATUSES:
            for command in COMMANDS:
                with self.subTest(status=status, command=command):
                    name = f"{status} {command} Association"
                    partner = self.partner_that_is(status, name)
                    if command in LEADS_TO[status]:
                        self.assert_moves(status, command, partner, name)
                    else:
                        self.assert_refused(status, command, partner, name)

    def assert_moves(self, status, command, partner, name):
        expected = LEADS_TO[status][command]
        result = self.move(command, partner, name)
        self.assertEqual(result.code, 3 if expected == "ineligible" else 0, result.err)
        self.assertEqual(result.out, f"{partner}\t{expected}\n")
        self.assertEqual(self.status(partner), expected)

    def assert_refused(self, status, command, partner, name):
        with self.writes_nothing():
            result = self.move(command, partner, name)
        self.assertEqual((result.code, result.out), (5 if command == "apply" else 3, ""))
        self.assertRegex(result.err, rf"\Acovenant: [^\n]*{partner}[^\n]*\n\Z")
        if command != "apply":
            self.assertIn(status, result.err)
            for legal in LEADS_TO[status]:
                self.assertIn(legal, result.err)

    def test_an_ineligible_partner_is_amended_and_verified_again(self):
        partner = self.partner_that_is("ineligible")
        self.assertEqual(self.done("update", partner, "--level", "european").out, f"{partner}\tineligible\n")
        self.assertEqual(self.done("verify", partner).out, f"{partner}\teligible\n")

    def test_an_eligible_partner_may_fail_a_second_verification(self):
        partner = self.partner_that_is("eligible")
        self.exits(3, "verify", partner, "--finding", "website=fail")
        self.assertEqual(self.status(partner), "ineligible")


class ApplyingAgain(CovenantTest):
    NAME = "Returning Association"

    def returned(self, *end, name=NAME):
        """A partner that had joined, ended by that command and applied again."""
        partner = self.listed(name, received_on="2020-01-02", city="Ghent")
        self.done(end[0], partner, *end[1:], "--on", "2021-01-02")
        self.assertEqual(self.apply(name, description="We are back.", applied_on="2021-02-03"), partner)
        return partner

    def test_the_id_stays_and_the_new_form_replaces_the_old(self):
        partner = self.returned("revoke", "--reason", "inactive")
        shown = self.show(partner)
        self.assertEqual((shown["id"], shown["status"]), (partner, "applied"))
        self.assertEqual((shown["city"], shown["description"]), (None, "We are back."))
        self.assertEqual((shown["ended_on"], shown["end_reason"], shown["verified_on"]), (None, None, None))
        self.assertEqual(len(self.partners()), 1)

    def test_the_first_joining_day_stays_and_a_new_joining_has_its_own(self):
        for end in (("revoke", "--reason", "inactive"), ("withdraw",)):
            partner = self.returned(*end, name=f"{end[0]} Association")
            self.done("verify", partner)
            self.approve(partner, "--received-on", "2025-03-04")
            shown = self.show(partner)
            self.assertEqual((shown["partner_since"], shown["approved_on"]), ("2020-01-02", "2025-03-04"))

    def test_the_reference_finds_the_partner_under_a_new_name(self):
        partner = self.apply(reference="F-7")
        self.done("withdraw", partner)
        self.assertEqual(self.apply("Renamed Association", reference="F-7"), partner)
        self.assertEqual(self.show(partner)["name"], "Renamed Association")

    def test_an_ineligible_partner_may_apply_again(self):
        partner = self.partner_that_is("ineligible", self.NAME)
        self.assertEqual(self.apply(self.NAME), partner)


if __name__ == "__main__":
    main()
