"""Four eyes: whoever verified cannot approve, neither by name nor by user id. covenant-lifecycle(7), COMMITMENT."""

import os
import shutil
import subprocess
import unittest
from pathlib import Path

from support import BINARY, SCAN, CovenantTest, Result, csv_text, main

FIRST, SECOND, SYSTEM = 20001, 20002, 999


class FourEyesTest(CovenantTest):
    def setUp(self):
        super().setUp()
        self.env["COVENANT_CONFIG"] = str(self.file("config.toml", "[policy]\nfour_eyes = true\n"))
        self.partner = self.apply()
        self.file("commitment.png", SCAN)  # other users may not read the module

    def approving(self, actor, partner=None):
        return ("approve", partner or self.partner, "--commitment", "commitment.png", "--as", actor)


@unittest.skipUnless(os.getuid() == 0, "only root and system accounts are identified by name alone")
class ByName(FourEyesTest):
    def test_the_same_name_is_refused_and_another_is_not(self):
        self.done("verify", self.partner, "--as", "Ann")
        with self.writes_nothing():
            refusal = self.fails(3, *self.approving("Ann"))
        self.assertIn("AP-0001: verified by Ann; four-eyes requires another actor to approve", refusal)
        self.done(*self.approving("Ben"))

    def test_a_name_is_the_same_however_it_is_typed(self):
        self.done("verify", self.partner, "--as", "Zoë")
        for typed in ("Zoë", "Zoe\u0308", " Zoë ", "zoë", "ZOE", "Zoë."):
            with self.subTest(typed=typed), self.writes_nothing():
                self.fails(3, *self.approving(typed))

    def test_it_does_not_matter_where_the_name_came_from(self):
        self.done("verify", self.partner, env={"COVENANT_ACTOR": "Ann"})
        self.file("ann.toml", "actor = \"Ann\"\n[policy]\nfour_eyes = true\n")
        approve = self.approving("Ann")[:-2]
        for more, env in ((("--as", "Ann"), {}), ((), {"COVENANT_ACTOR": "Ann"}),
                          (("--config", "ann.toml"), {"COVENANT_ACTOR": None}),
                          ((), {"COVENANT_ACTOR": None, "SUDO_USER": "Ann"})):
            with self.subTest(more=more, env=env), self.writes_nothing():
                self.fails(3, *approve, *more, env=env)

    def test_the_last_verification_counts(self):
        self.done("verify", self.partner, "--as", "Ann")
        self.done("verify", self.partner, "--as", "Ben")
        self.fails(3, *self.approving("Ben"))
        self.done(*self.approving("Ann"))

    def test_whoever_amends_what_was_verified_cannot_approve_it(self):
        self.done("verify", self.partner, "--as", "Ann")
        self.done("update", self.partner, "--website", "https://elsewhere.example.org/", "--as", "Ben")
        with self.writes_nothing():
            refusal = self.fails(3, *self.approving("Ben"))
            self.fails(3, *self.approving("Ann"))
        self.assertIn("AP-0001: amended by Ben after it was verified; four-eyes requires another actor to approve, or to "
                      "verify it again", refusal)
        self.done("verify", self.partner, "--as", "Cleo")
        self.done(*self.approving("Ben"))

    def test_who_wrote_a_note_or_a_letter_or_added_a_document_amended_nothing(self):
        self.done("verify", self.partner, "--as", "Ann")
        for command in (("letter", self.partner, "--kind", "statement", "--record"), ("note", self.partner, "By telephone"),
                        ("evidence", self.partner, "--add", self.file("statutes.txt", "statutes"))):
            self.done(*command, "--as", "Ben")
        self.fails(3, *self.approving("Ann"))
        self.done(*self.approving("Ben"))

    def test_a_recorded_exception_needs_them_too(self):
        self.done("verify", self.partner, "--as", "Ann")
        self.fails(3, "approve", self.partner, "--no-commitment", "On paper", "--as", "Ann")

    def test_verifying_all_at_once_counts_for_each(self):
        other = self.apply("Other Association")
        self.done("verify", "--all", "--as", "Ann")
        for partner in (self.partner, other):
            self.fails(3, *self.approving("Ann", partner))

    def test_a_spreadsheet_is_refused_row_by_row(self):
        other = self.apply("Other Association")
        self.done("verify", self.partner, "--as", "Ann")
        self.done("verify", other, "--as", "Ben")
        self.file("in.csv", csv_text([{"partner": partner, "commitment": "commitment.png"}
                                      for partner in (self.partner, other)]))
        with self.writes_nothing():
            report = self.report("approve", "--csv", "in.csv", "--as", "Ann", code=6)
        self.assertEqual([(error["line"], error["code"]) for error in report["errors"]], [(2, "rule")])
        self.done("approve", "--csv", "in.csv", "--as", "Cleo")

    def test_nor_does_a_dry_run_get_past_it(self):
        self.done("verify", self.partner, "--as", "Ann")
        self.fails(3, *self.approving("Ann"), "--dry-run")

    def test_without_the_policy_one_person_is_enough(self):
        for text in ("", "[policy]\n", "[policy]\nfour_eyes = false\n"):
            with self.subTest(text=text):
                self.file("config.toml", text)
                partner = self.apply(f"Association {len(text)}")
                self.done("verify", partner, "--as", "Ann")
                self.done(*self.approving("Ann", partner))

    def test_each_event_says_who_and_where_the_name_came_from(self):
        self.done("verify", self.partner, "--as", "Ann")
        self.done(*self.approving("Ben")[:-2], env={"COVENANT_ACTOR": "Ben"})
        self.assertEqual([(event["action"], event["actor"], event["actor_source"], event["uid"])
                          for event in self.events()[2:]],
                         [("verify", "Ann", "option", 0), ("approve", "Ben", "environment", 0)])


@unittest.skipUnless(os.getuid() == 0 and shutil.which("setpriv"), "only root can be somebody else")
class ByUser(FourEyesTest):
    def setUp(self):
        super().setUp()
        self.folder.chmod(0o777)
        self.registry.chmod(0o666)
        for path in self.folder.iterdir():
            if path.name.startswith(("commitment", "config")):
                path.chmod(0o644)
        self.binary = Path(shutil.copy(BINARY, self.folder / "covenant"))
        self.binary.chmod(0o755)

    def user(self, uid, *args):
        ran = subprocess.run(["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", self.binary, *args],
                             env=self.env, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120)
        for journal in self.folder.glob("registry.db-*"):
            journal.chmod(0o666)
        return Result(ran.returncode, ran.stdout, ran.stderr)

    def expects(self, code, uid, *args):
        result = self.user(uid, *args)
        self.assertEqual(result.code, code, result.err)
        return result

    def test_the_same_user_is_refused_under_any_name(self):
        self.expects(0, FIRST, "verify", self.partner, "--as", "Ann")
        with self.writes_nothing():
            refusal = self.expects(3, FIRST, *self.approving("Ben")).err
        self.assertIn("verified by Ann", refusal)
        self.expects(0, SECOND, *self.approving("Ben"))

    def test_another_user_is_refused_under_the_same_name(self):
        self.expects(0, FIRST, "verify", self.partner, "--as", "Ann")
        self.expects(3, SECOND, *self.approving("Ann"))

    def test_root_and_system_accounts_are_told_apart_by_name_alone(self):
        for uid in (0, SYSTEM):
            with self.subTest(uid=uid):
                partner = self.apply(f"Association {uid}")
                self.expects(0, uid, "verify", partner, "--as", "Ann")
                self.expects(3, uid, *self.approving("Ann", partner))
                self.expects(0, uid, *self.approving("Ben", partner))

    def test_each_event_has_the_user_id(self):
        self.expects(0, FIRST, "verify", self.partner)
        self.expects(0, SECOND, *self.approving("Ben"))
        self.assertEqual([event["uid"] for event in self.events()[2:]], [FIRST, SECOND])

    def test_only_root_has_a_name_from_sudo(self):
        del self.env["COVENANT_ACTOR"]
        self.env["SUDO_USER"] = "Ann"
        for uid, actor in ((0, ("Ann", "sudo")), (FIRST, (f"uid {FIRST}", "login"))):
            self.expects(0, uid, "verify", self.partner)
            self.assertEqual((self.events()[-1]["actor"], self.events()[-1]["actor_source"]), actor)

    def test_the_second_actor_who_weakens_a_policy_is_another_user(self):
        self.expects(0, FIRST, "policy", "four-eyes", "on")
        self.expects(0, FIRST, "policy", "four-eyes", "off", "--as", "Ann")
        with self.writes_nothing():
            self.expects(3, FIRST, "policy", "four-eyes", "off", "--as", "Ben")
            self.expects(3, SECOND, "policy", "four-eyes", "off", "--as", "ann")
        self.expects(0, SECOND, "policy", "four-eyes", "off", "--as", "Ben")

    def test_a_user_without_a_login_name_is_told_by_the_number(self):
        del self.env["COVENANT_ACTOR"]
        self.expects(0, FIRST, "verify", self.partner)
        self.assertEqual((self.events()[-1]["actor"], self.events()[-1]["actor_source"]), (f"uid {FIRST}", "login"))
        self.assertIn(f"verified by uid {FIRST}", self.expects(3, FIRST, *self.approving("Ben")).err)


if __name__ == "__main__":
    main()
