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
        for word in ("membership", "scope", "category", "contact", "website", "commitment.pdf",
                     hashlib.sha256(COMMITMENT).hexdigest(), "2024-05-06", "revoked", "ceased", "By resolution"):
            self.assertIn(word, out)

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
