"""verify: the criteria, a person's findings, one, many and all. covenant-verify(1); covenant-lifecycle(7), CRITERIA."""

from support import CovenantTest, counts, main

# criterion: forms that pass it, forms that fail it; each passes all others
RULES = {
    "membership": (
        ({"membership_based": "yes"}, {"membership_based": "yes", "member_count": "0"}, {"member_count": "2"},
         {"member_count": "10000000"}),
        ({}, {"member_count": "1"}, {"member_count": "0"}, {"membership_based": "no"},
         {"membership_based": "no", "member_count": "500"}),
    ),
    "scope": (({"level": "european"}, {"level": "international"}), ({"level": "national"}, {"level": "local"})),
    "category": (
        ({"categories": "financial"}, {"categories": "civil-society;industrial"},
         {"categories": "other", "expertise": "Audits"}, {"categories": "other;financial", "expertise": "Audits"}),
        ({"categories": "other"}, {"categories": "financial;other"}),
    ),
    "website": (({"website": "http://association.example.org"},), ({"website": ""},)),
}
CRITERIA = ("membership", "scope", "category", "contact", "website")


class Verify(CovenantTest):
    def test_every_criterion_decides_by_its_rule(self):
        for criterion, (good, bad) in RULES.items():
            for number, fields in enumerate(good + bad):
                with self.subTest(criterion=criterion, fields=fields):
                    passes = number < len(good)
                    base = {"membership_based": ""} if criterion == "membership" else {}
                    partner = self.apply(f"{criterion} {number}", **base | fields)
                    result = self.exits(0 if passes else 3, "verify", partner)
                    self.assertEqual(result.out, f"{partner}\t{'eligible' if passes else 'ineligible'}\n")
                    self.assertEqual(self.verdicts(partner),
                                     dict.fromkeys(CRITERIA, "pass") | {criterion: "pass" if passes else "fail"})
                    if not passes:
                        self.assertIn(criterion, result.err)

    def verdicts(self, partner):
        return {finding["criterion"]: finding["result"] for finding in self.show(partner)["findings"]}

    def test_a_person_can_overrule_every_criterion(self):
        for criterion in CRITERIA:
            partner = self.apply(f"{criterion} Association")
            self.exits(3, "verify", partner, "--finding", f"{criterion}=fail")
            self.assertEqual(self.verdicts(partner), dict.fromkeys(CRITERIA, "pass") | {criterion: "fail"})
            self.done("verify", partner, "--finding", f"{criterion}=pass")
            self.assertEqual(self.status(partner), "eligible")

    def test_what_a_person_found_is_not_told_as_the_rule(self):
        error = self.exits(3, "verify", self.apply(), "--finding", "scope=fail").err
        self.assertIn("scope (as a person found)", error)
        self.assertNotIn("european or international", error)

    def test_findings_and_sources_repeat_and_are_kept(self):
        partner = self.apply(level="local", website="")
        self.done("verify", partner, "--finding", "scope=pass", "--finding", "website=pass",
                  "--source", "The statutes, §2", "--source", "A telephone call")
        shown = self.done("show", partner).out
        event = next(event for event in self.events() if event["action"] == "verify")
        self.assertEqual(event["texts"], ["sources"])
        for source in ("The statutes, §2", "A telephone call"):
            self.assertIn(source, shown)
            self.assertNotIn(source, self.history())

    def test_the_day_of_verification_is_kept(self):
        partner = self.apply()
        self.assertIsNone(self.show(partner)["verified_on"])
        with self.dated_today(lambda: [self.show(partner)["verified_on"]]):
            self.done("verify", partner)

    def test_many_are_verified_in_the_order_given_and_all_results_are_kept(self):
        good, bad, fine = (self.apply(name, level=level) for name, level in
                           (("A Association", "european"), ("B Association", "local"), ("C Association", "european")))
        result = self.exits(3, "verify", fine, bad, good)
        self.assertEqual(result.out, f"{fine}\teligible\n{bad}\tineligible\n{good}\teligible\n")
        self.assertEqual([self.status(partner) for partner in (good, bad, fine)],
                         ["eligible", "ineligible", "eligible"])

    def test_all_takes_every_applied_partner_and_no_other(self):
        others = {status: self.partner_that_is(status) for status in ("ineligible", "approved", "withdrawn")}
        first, second = self.apply("First Association"), self.apply("Second Association")
        self.assertEqual(self.done("verify", "--all").out, f"{first}\teligible\n{second}\teligible\n")
        self.assertEqual({status: self.status(partner) for status, partner in others.items()},
                         {status: status for status in others})

    def test_all_of_none_is_done(self):
        with self.writes_nothing():
            self.assertEqual(self.done("verify", "--all").out, "")

    def test_a_ref_is_any_form_of_the_id_or_the_reference(self):
        partner = self.apply(reference="COM/7")
        for ref in ("AP-0001", "AP-1", "1", "COM/7"):
            self.assertEqual(self.done("verify", ref).out, f"{partner}\teligible\n")

    def test_one_unknown_partner_means_nothing_is_written(self):
        partner = self.apply()
        with self.writes_nothing():
            self.assertIn("AP-0099", self.fails(4, "verify", partner, "AP-0099"))

    def test_one_refused_partner_means_nothing_is_written(self):
        ended, partner = self.partner_that_is("withdrawn"), self.apply()
        with self.writes_nothing():
            self.assertIn(ended, self.fails(3, "verify", partner, ended))

    def test_wrong_arguments_are_usage_errors(self):
        self.apply()
        self.csv([{"partner": "1"}])
        for args in ((), ("1", "--all"), ("1", "--csv", "in.csv"), ("1", "--finding", "scope"),
                     ("1", "--finding", "scope=maybe"), ("1", "--finding", "size=pass"), ("1", "--finding", "=pass"),
                     ("1", "--finding", "scope=pass", "--finding", "scope=fail")):
            with self.subTest(args=args), self.writes_nothing():
                self.fails(2, "verify", *args)


class VerifyCsv(CovenantTest):
    def test_findings_and_source_are_columns(self):
        good, bad = self.apply("A Association", reference="F-1", level="local"), self.apply("B Association")
        rows = [{"partner": "F-1", "finding": "scope=pass;website=pass", "source": "The statutes"},
                {"partner": bad, "finding": "contact=fail", "source": ""}]
        self.assertEqual(self.exits(3, "verify", "--csv", self.csv(rows)).out,
                         f"{good}\teligible\n{bad}\tineligible\n")
        self.assertIn("The statutes", self.done("show", good).out)

    def test_a_bad_row_means_nothing_is_written(self):
        ended, _ = self.partner_that_is("withdrawn"), self.apply()
        for row, code in (({"partner": "AP-0099"}, "partner"), ({"partner": ended}, "status"),
                          ({"partner": "2", "finding": "scope=maybe"}, "choice"),
                          ({"partner": "2", "finding": "scope=fail;scope=pass"}, "choice"),
                          ({"partner": "", "finding": "scope=pass"}, "required")):
            with self.subTest(row=row), self.writes_nothing():
                file = self.csv([{"partner": "2"}, row], columns=("partner", "finding"))
                report = self.report("verify", "--csv", file, code=6)
                self.assertEqual([(error["line"], error["code"]) for error in report["errors"]], [(3, code)])

    def test_the_report_counts_the_verified_as_updated(self):
        self.apply()
        report = self.report("verify", "--csv", self.csv([{"partner": "1"}]))
        self.assertEqual(counts(report), {"read": 1, "updated": 1})


if __name__ == "__main__":
    main()
