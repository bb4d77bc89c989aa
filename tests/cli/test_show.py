"""show: all of one partner. covenant-show(1)."""

import hashlib

from support import COMMITMENT, CovenantTest, full_form, main, options


class Show(CovenantTest):
    def test_the_text_has_every_field(self):
        self.done("apply", *options(full_form()))
        out = self.done("show", "1").out
        self.assertEqual(self.done("show", "1", "--format", "text").out, out)
        for field, value in full_form(contact_phone="+33155500100").items():
            for part in value.replace(";", "\n").split("\n"):
                self.assertIn(part.split(" <")[0].strip(), out, field)

    def test_the_text_tells_findings_evidence_and_ending(self):
        partner = self.listed(received_on="2024-05-06")
        self.done("revoke", partner, "--reason", "ceased", "--note", "By resolution")
        out = self.done("show", partner).out
        for word in ("all pass", "commitment.pdf",
                     hashlib.sha256(COMMITMENT).hexdigest(), "2024-05-06", "revoked", "ceased", "By resolution"):
            self.assertIn(word, out)

    def lines(self, partner):
        return self.done("show", partner).out.splitlines()

    def test_a_card_says_what_is_missing_and_what_is_next(self):
        partner = self.apply("Energy Network", website="", categories="industrial;other", applied_on="2026-01-02")
        head = ["AP-0001  Energy Network", "         applied on 2026-01-02", ""]
        self.assertEqual(self.lines(partner)[:3], head)
        self.assertEqual(self.lines(partner)[-4:], [
            "",
            "Missing:  website    covenant update AP-0001 --website URL",
            "          expertise  covenant update AP-0001 --expertise TEXT",
            "Next:     covenant verify AP-0001"])
        self.exits(3, "verify", partner)
        self.assertRegex(self.lines(partner)[1], r"\A {9}ineligible since 20\d\d-\d\d-\d\d, refusal not sent\Z")
        self.assertIn("  findings      fail: category, website; pass: membership, scope, contact", self.lines(partner))
        self.done("verify", partner, "--finding", "website=pass", "--finding", "category=pass", "--source", "A call")
        self.assertIn("  findings      all pass; category, website by tester: A call", self.lines(partner))
        self.assertEqual(self.lines(partner)[-2:], ["Missing:  signed commitment",
                                                    "Next:     covenant approve AP-0001 --commitment FILE"])

    def test_the_days_of_a_partnership_are_one_line(self):
        partner = self.listed(received_on="2024-05-06")
        self.assertEqual(self.lines(partner)[1], "         approved, partner since 2024-05-06")
        self.assertEqual(self.lines(partner)[-1], "Next:     covenant renew AP-0001, due since 2026-05-06")
        self.done("renew", partner, "--on", "2026-06-01")
        self.assertEqual(self.lines(partner)[1], "         approved, partner since 2024-05-06, renewed on 2026-06-01")
        self.assertEqual(self.lines(partner)[-1], "Next:     renewal, due on 2028-05-31")
        self.done("update", partner, "--name", "Renamed Association")
        self.assertRegex("\n".join(self.lines(partner)), r"\n  former name   Listed Association \(until 20")
        heir = self.listed("Heir", received_on="2024-05-06")
        self.done("revoke", partner, "--reason", "merged", "--successor", heir, "--on", "2026-07-01")
        self.assertEqual(self.lines(partner)[1], "         revoked on 2026-07-01: merged into AP-0002 (Heir)")
        self.assertIn("  joined        2024-05-06", self.lines(partner))
        self.assertEqual(self.lines(partner)[-1], "Next:     covenant apply, with a new form")

    def test_the_json_has_what_the_list_has_and_more(self):
        partner = self.listed(received_on="2024-05-06")
        shown, [listed] = self.show(partner), self.partners()
        self.assertEqual({name: shown[name] for name in listed}, listed)
        self.assertLessEqual({"partner_since", "end_note", "successor", "findings", "commitments"}, set(shown))
        self.assertEqual(len(shown["findings"]), 5)
        self.assertEqual(len(shown["commitments"]), 1)

    def test_every_joining_keeps_its_evidence(self):
        partner = self.listed("Returning Association")
        self.done("withdraw", partner, "--on", "2024-06-01")
        self.listed("Returning Association", received_on="2025-01-02")
        self.assertEqual(len(self.show(partner)["commitments"]), 2)

    def test_a_ref_is_the_id_in_any_form_or_the_reference(self):
        self.apply(reference="COM/7")
        for ref in ("AP-0001", "AP-1", "ap-0001", "1", "COM/7"):
            with self.subTest(ref=ref):
                self.assertEqual(self.show(ref)["id"], "AP-0001")

    def test_an_unknown_ref_is_named(self):
        self.apply(reference="COM/7")
        for ref in ("AP-0002", "2", "0", "AP-0", "com/7", "COM/", "Example Federation", "99999999999999999999"):
            with self.subTest(ref=ref):
                self.assertIn(ref, self.fails(4, "show", ref))

    def test_wrong_arguments_are_usage_errors(self):
        self.apply()
        for args in ((), ("1", "--format", "csv"), ("1", "--dry-run")):
            with self.subTest(args=args):
                self.fails(2, "show", *args)

    def test_line_feeds_are_shown_and_nothing_else_is_raw(self):
        self.apply(description="one\ntwo", city="a\u200eb")
        self.assertIn("two", self.done("show", "1").out)
        self.assertNotRegex(self.done("show", "1").out, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")

    def test_a_reference_may_have_blanks_around_it(self):
        partner = self.apply()
        for ref in (" 1 ", f"{partner} ", f"\t{partner}\n", "\u00a01"):
            self.assertIn(partner, self.done("show", ref).out)

if __name__ == "__main__":
    main()
