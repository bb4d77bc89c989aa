"""letter: a letter that was sent, and what it is for. covenant-letter(1)."""

import datetime

from support import STATUSES, CovenantTest, day, main, today
from test_history import verify

FITTING = {
    "statement": ("eligible",), "reminder": ("eligible",), "refusal": ("ineligible",), "welcome": ("approved",),
    "renewal": ("approved",), "practices": ("approved",), "ending": ("revoked", "withdrawn"), "circular": STATUSES,
}


class Letter(CovenantTest):
    def test_each_kind_fits_its_statuses_alone(self):
        partners = {status: self.partner_that_is(status) for status in STATUSES}
        for kind, fitting in FITTING.items():
            for status, partner in partners.items():
                with self.subTest(kind=kind, status=status):
                    if status in fitting:
                        self.assertEqual(self.done("letter", partner, "--kind", kind, "--record").out,
                                         f"{partner}\t{status}\n")
                    else:
                        with self.writes_nothing():
                            self.assertEqual(
                                self.fails(3, "letter", partner, "--kind", kind, "--record"),
                                f"covenant: {partner}: is {status}, a letter of the kind '{kind}' needs "
                                f"{' or '.join(fitting)}\n")
        self.done("check")
        verify(self.registry)

    def test_it_says_its_kind_and_day_and_seals_to_whom_it_went(self):
        partner = self.partner_that_is("eligible")
        self.done("letter", partner, "--kind", "statement", "--record", "--on", "today")
        event = self.events()[-1]
        self.assertEqual((event["action"], event["letter"], event["texts"], list(event["sealed"])),
                         ("letter", {"kind": "statement", "on": event["at"][:10]}, ["recipient"], ["texts"]))
        self.assertNotIn("desk@example.org", self.history())
        self.assertIn(f"statement: sent on {event['at'][:10]} to desk@example.org\n", self.done("history", partner).out)
        self.assertRegex(self.done("show", partner).out,
                         r"(?m)^  letter +\d{4}-\d\d-\d\d statement to desk@example\.org$")

    def test_nothing_else_changes(self):
        partner = self.listed()
        before, public = self.show(partner), self.done("export", "--format", "json").out
        self.done("letter", partner, "--kind", "welcome", "--record")
        self.assertEqual((self.show(partner), self.done("export", "--format", "json").out), (before, public))

    def test_the_recipient_goes_with_the_contact(self):
        partner = self.listed()
        self.done("letter", partner, "--kind", "welcome", "--record")
        self.done("erase", partner, "--contact")
        self.assertNotIn(b"desk@example.org", self.registry.read_bytes())
        self.assertIn("recipient: erased", self.done("history", partner).out)
        self.assertRegex(self.done("show", partner).out, r"(?m)^  letter .* welcome to erased$")
        self.done("check")
        self.assertEqual(self.fails(3, "letter", partner, "--kind", "practices", "--record"),
                         f"covenant: {partner}: no contact person; name one with 'covenant update {partner}'\n")

    def test_many_at_once_or_none(self):
        partners = [self.apply(f"{name} Association") for name in "ABC"]
        self.done("verify", *partners[:2])
        with self.writes_nothing():
            self.exits(3, "letter", *partners, "--kind", "statement", "--record")
        result = self.done("letter", "-", "--kind", "statement", "--record", stdin="\n".join(partners[:2]))
        self.assertEqual(result.out, "".join(f"{partner}\teligible\n" for partner in partners[:2]))
        self.assertEqual(result.err, "Recorded 2 letters.\n")
        self.assertEqual(self.done("letter", "-", "--kind", "statement", "--record").out, "")

    def test_without_anybody_to_write_to_there_need_be_no_sender(self):
        result = self.done("letter", "-", "--kind", "statement", "--config", self.file("none.toml", ""))
        self.assertEqual((result.out, result.err), ("", "Nothing to do.\n"))
        partner = self.apply()
        self.done("verify", partner)
        self.assertIn("no sender", self.fails(2, "letter", partner, "--kind", "statement", "--config", "none.toml"))

    def test_impossible_days_are_refused(self):
        long_ago = (today() - datetime.timedelta(days=300)).isoformat()
        listed = self.listed(received_on=long_ago)
        eligible = self.apply("B Association", applied_on=long_ago)
        self.done("verify", eligible)
        ended = self.listed("C Association", received_on=long_ago)
        self.done("withdraw", ended, "--on", day(-100))
        for partner, kind, on in ((listed, "welcome", day(-301)), (listed, "welcome", day(2)), (eligible, "statement", day(-301)),
                                  (ended, "ending", day(-101)), (ended, "circular", day(-301)), (listed, "welcome", "2007-12-31")):
            with self.subTest(partner=partner, on=on), self.writes_nothing():
                self.assertRegex(self.fails(6, "letter", partner, "--kind", kind, "--record", "--on", on),
                                 rf"\Acovenant: --on: {on} is ")
        self.done("letter", ended, "--kind", "circular", "--record", "--on", day(-200))
        self.done("letter", ended, "--kind", "ending", "--record", "--on", day(-100))
        self.done("letter", listed, "--kind", "welcome", "--record", "--on", day(-300))

    def test_wrong_use_is_refused(self):
        self.partner_that_is("eligible")
        for args in ((), ("1",), ("1", "--record"), ("1", "--kind", "statement"), ("--kind", "statement", "--record"),
                     ("1", "--kind", "statment", "--record"), ("1", "--kind", "statement", "--record", "--lang", "lv")):
            with self.subTest(args=args), self.writes_nothing():
                self.fails(2, "letter", *args)
        self.fails(4, "letter", "AP-0099", "--kind", "statement", "--record")
        self.assertIn("did you mean 'statement'?", self.fails(2, "letter", "1", "--kind", "statment", "--record"))

    def test_a_dry_run_records_nothing(self):
        partner = self.partner_that_is("eligible")
        with self.writes_nothing():
            self.assertEqual(self.done("letter", partner, "--kind", "statement", "--record", "--dry-run").out,
                             f"{partner}\teligible\n")

    def test_the_report_has_the_partner(self):
        partner = self.partner_that_is("eligible")
        report = self.report("letter", partner, "--kind", "statement", "--record")
        self.assertEqual(report["partners"], [{"id": partner, "status": "eligible", "was": "eligible"}])


if __name__ == "__main__":
    main()
