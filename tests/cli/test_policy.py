"""policy: what a registry demands, who can weaken it, and that settings only add to it. covenant-policy(1)."""

import os
import unittest

from support import CovenantTest, counts, main


class Policy(CovenantTest):
    def policies(self, *more):
        return [tuple(line.split("\t")) for line in self.done("policy", *more).out.splitlines()]

    def set(self, name, value, actor="Ann"):
        return self.done("policy", name, value, "--as", actor)


class Setting(Policy):
    def test_a_registry_begins_with_the_weakest(self):
        self.assertEqual(self.policies(), [("four-eyes", "off", "registry"), ("commitment", "any", "registry")])
        self.assertEqual(self.done("policy", "four-eyes").out, "off\n")

    def test_a_stricter_value_takes_effect_at_once(self):
        result = self.set("commitment", "signed")
        self.assertEqual((result.out, result.err), ("commitment\tsigned\n", "Set commitment to signed.\n"))
        self.set("commitment", "trusted")
        self.assertEqual(self.done("policy", "commitment").out, "trusted\n")
        event = self.events()[-1]
        self.assertEqual((event["action"], event["actor"], event["policy"]),
                         ("policy", "Ann", {"name": "commitment", "new": "trusted", "old": "signed"}))
        self.done("check")

    def test_what_is_in_force_already_changes_nothing(self):
        self.set("four-eyes", "on")
        with self.writes_nothing():
            for actor in ("Ann", "Ben"):
                result = self.set("four-eyes", "on", actor)
                self.assertEqual((result.out, result.err), ("", "four-eyes is already on.\n"))

    def test_a_dry_run_reports_the_same_and_writes_nothing(self):
        for args in (("four-eyes", "on"), ("four-eyes", "off")):
            with self.writes_nothing():
                dry = self.done("policy", *args, "--dry-run")
            real = self.done("policy", *args)
            self.assertEqual((dry.out, dry.err), (real.out, 
                             real.err.replace("Set ", "Would set ").replace("Proposed ", "Would propose ")))

    def test_the_report_may_be_json(self):
        for actor, value, counted in (("Ann", "on", "updated"), ("Ann", "on", "unchanged"), ("Ann", "off", "updated")):
            report = self.report("policy", "four-eyes", value, "--as", actor)
            self.assertEqual((counts(report), report["partners"]), ({"read": 1, counted: 1}, []))
        report = self.report("policy", "four-eyes", "off", "--as", "Ann", code=3)
        self.assertEqual(counts(report), {"read": 1, "rejected": 1})
        [error] = report["errors"]
        self.assertEqual((error["code"], error["value"]), ("rule", "off"))
        self.assertEqual(self.policies()[0], ("four-eyes", "on", "registry"))
        self.fails(2, "policy", "four-eyes", "--format", "json")

    def test_wrong_use_is_refused(self):
        with self.writes_nothing():
            self.assertIn("did you mean 'four-eyes'?", self.fails(2, "policy", "four_eyes"))
            self.assertIn("'yes' is not a value of four-eyes", self.fails(2, "policy", "four-eyes", "yes"))
            self.fails(2, "policy", "commitment", "on")
            self.fails(2, "policy", "--dry-run")
            self.fails(2, "policy", "four-eyes", "on", "off")

    def test_the_history_shows_it(self):
        self.set("four-eyes", "on")
        self.set("four-eyes", "off")
        table = self.done("history").out
        self.assertIn("four-eyes: off → on\n", table)
        self.assertIn("four-eyes: on, proposed: off\n", table)


class Weakening(Policy):
    def setUp(self):
        super().setUp()
        self.set("four-eyes", "on", "Ann")

    def test_the_first_actor_only_proposes_it(self):
        result = self.set("four-eyes", "off")
        self.assertEqual(result.out, "")
        self.assertIn("until a second actor repeats the command", result.err)
        self.assertEqual(self.events()[-1]["policy"], {"name": "four-eyes", "old": "on", "proposed": "off"})
        shown = self.done("policy", "four-eyes")
        self.assertEqual(shown.out, "on\n")
        self.assertIn("'off' is proposed", shown.err)
        self.done("check")

    def test_who_proposed_it_cannot_confirm_it(self):
        self.set("four-eyes", "off")
        for actor in ("Ann", "ANN", "\u00c1nn"):
            with self.subTest(actor=actor), self.writes_nothing():
                refusal = self.fails(3, "policy", "four-eyes", "off", "--as", actor)
                self.assertIn("was proposed by Ann, and somebody else must confirm it", refusal)

    @unittest.skipUnless(os.getuid() < 1000, "only root and system accounts are known by their names alone")
    def test_a_second_actor_weakens_it(self):
        self.set("four-eyes", "off", "Ann")
        result = self.set("four-eyes", "off", "Ben")
        self.assertEqual(result.out, "four-eyes\toff\n")
        self.assertEqual(self.events()[-1]["policy"], {"name": "four-eyes", "new": "off", "old": "on"})
        self.assertNotIn("proposed", self.done("policy").err)
        self.done("check")

    def test_a_stricter_value_and_the_one_in_force_end_a_proposal(self):
        self.set("commitment", "signed")
        for name, weaker, then in (("commitment", "any", "trusted"), ("four-eyes", "off", "on")):
            self.set(name, weaker, "Ann")
            self.set(name, then, "Ben")
            self.assertEqual(self.set(name, weaker, "Cleo").out, "")
            self.assertEqual(self.done("policy", name).out, f"{then}\n")
        self.done("check")


class WithSettings(Policy):
    def setUp(self):
        super().setUp()
        self.strict = self.file("strict.toml", "[policy]\nfour_eyes = true\ncommitment = \"signed\"\n")
        self.lax = self.file("lax.toml", "[policy]\nfour_eyes = false\ncommitment = \"any\"\n")
        self.partner = self.apply()
        self.done("verify", self.partner, "--as", "Ann")
        self.commitment()

    def approving(self, *more):
        return ("approve", self.partner, "--commitment", "commitment.pdf", "--as", *more)

    def test_settings_demand_more_and_it_is_shown(self):
        self.set("commitment", "trusted")
        self.assertEqual(self.policies("--config", self.strict),
                         [("four-eyes", "on", "settings"), ("commitment", "trusted", "registry")])
        self.assertEqual(self.done("policy", "four-eyes", "--config", self.strict).out, "on\n")
        self.assertEqual(self.policies("--config", self.lax),
                         [("four-eyes", "off", "registry"), ("commitment", "trusted", "registry")])

    def test_settings_cannot_switch_off_what_the_registry_demands(self):
        self.set("four-eyes", "on", "Ben")
        for more, env in (((), {}), (("--config", "/dev/null"), {}), (("--config", self.lax), {}),
                          ((), {"COVENANT_CONFIG": "/dev/null"}), ((), {"XDG_CONFIG_HOME": str(self.folder)})):
            with self.subTest(more=more, env=env), self.writes_nothing():
                self.fails(3, *self.approving("Ann", *more), env=env)

    @unittest.skipUnless(os.getuid() < 1000, "only root and system accounts are known by their names alone")
    def test_an_approval_records_the_policies_in_force(self):
        self.set("four-eyes", "on", "Ben")
        self.done(*self.approving("Cleo", "--config", self.lax))
        self.assertEqual(self.events()[-1]["policies"], {"commitment": "any", "four-eyes": "on"})
        self.done("check")

    def test_settings_are_in_force_beyond_the_registry(self):
        self.file("four.toml", "[policy]\nfour_eyes = true\n")
        with self.writes_nothing():
            self.fails(3, *self.approving("Ann", "--config", "four.toml"))
        self.done(*self.approving("Ann"))
        self.assertEqual(self.events()[-1]["policies"], {"commitment": "any", "four-eyes": "off"})


class Commitments(Policy):
    def setUp(self):
        super().setUp()
        self.partner = self.apply()
        self.done("verify", self.partner)
        self.commitment()

    def test_what_is_not_signed_is_refused(self):
        for value in ("signed", "trusted"):
            self.set("commitment", value)
            with self.subTest(value=value), self.writes_nothing():
                self.assertIn(f"AP-0001: 'commitment.pdf' is unchecked (it is not signed), and the policy commitment "
                              f"is '{value}'; ask for a document with a valid signature\n",
                              self.fails(3, "approve", self.partner, "--commitment", "commitment.pdf"))
                self.assertIn(f"without its commitment is refused by the policy commitment, which is '{value}'\n",
                              self.fails(3, "approve", self.partner, "--no-commitment", "On paper"))

    def test_the_settings_can_demand_it(self):
        self.file("signed.toml", "[policy]\ncommitment = \"signed\"\n")
        self.fails(3, "approve", self.partner, "--no-commitment", "On paper", "--config", "signed.toml")
        self.done("approve", self.partner, "--no-commitment", "On paper")


if __name__ == "__main__":
    main()
