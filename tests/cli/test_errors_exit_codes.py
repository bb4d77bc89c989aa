"""Every exit code, and how an error is reported. covenant(1), EXIT STATUS and DIAGNOSTICS."""

import re
import subprocess

from support import BINARY, CovenantTest, form, main, options

UNPRINTABLE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\udc80-\udcff]"


class ExitCodes(CovenantTest):
    def setUp(self):
        super().setUp()
        self.apply()
        self.commitment()
        self.file("foreign.db", "not a registry")
        self.file("bad.csv", "name,contry\n")

    def test_every_code_has_its_cause(self):
        for code, command, named in (
            (2, "lst", "lst"),
            (2, "list --colour red", "--colour"),
            (2, "list --status listed", "listed"),
            (2, "list --limit", "--limit"),
            (2, "show", ""),
            (2, "verify 1 --finding size=pass", "size"),
            (2, "revoke 1", "--reason"),
            (2, "export --format odt", "odt"),
            (2, "apply", ""),
            (3, "approve 1 --commitment commitment.pdf", "verify"),
            (3, "revoke 1 --reason ceased", "withdraw"),
            (4, "show AP-0099", "AP-0099"),
            (4, "update COM/99 --city Ghent", "COM/99"),
            (4, "list --registry missing.db", "missing.db"),
            (5, "init", "registry.db"),
            (6, "update 1 --country ZZ", "ZZ"),
            (6, "apply --csv bad.csv", "contry"),
            (8, "list --registry foreign.db", "foreign.db"),
            (9, "apply --csv missing.csv", "missing.csv"),
            (9, "apply --form missing.toml", "missing.toml"),
            (9, "export --format csv --output missing/list.csv", "missing/list.csv"),
        ):
            with self.subTest(command=command), self.writes_nothing():
                result = self.exits(code, *command.split())
                self.assertEqual(result.out, "")
                self.assertRegex(result.err, rf"\Acovenant: [^\n]*{re.escape(named)}")

    def test_a_duplicate_is_a_conflict(self):
        self.assertIn("AP-0001", self.fails(5, "apply", *options(form())))

    def test_what_waits_has_a_code_of_its_own(self):
        self.assertRegex(self.exits(10, "due").out, r"(?m)^AP-0001  verification ")

    def test_quiet_drops_no_error(self):
        self.fails(4, "show", "AP-0099", "--quiet")


class UnprintableText(CovenantTest):
    HOSTILE = "a\x1b[31m\x07\x9b\u202eb\x7f\udcffc"

    def test_control_characters_of_arguments_never_reach_the_terminal(self):
        self.apply()
        text = self.HOSTILE
        for command in ((text,), ("show", text), ("list", f"--{text}"), ("list", "--status", text),
                        ("list", "--columns", text), ("list", "--registry", text), ("list", "--config", text),
                        ("list", "--wait", text), ("update", "1", "--name", text),
                        ("update", "1", "--country", text), ("verify", "1", "--finding", f"{text}=pass"),
                        ("apply", "--csv", text), ("apply", "--form", text), ("export", "--format", text)):
            with self.subTest(command=command):
                result = self.covenant(*command)
                self.assertNotEqual(result.code, 0)
                self.assertNotRegex(result.out + result.err, UNPRINTABLE)
                self.assertRegex(result.err, r"\Acovenant: [^\n]+\n\Z")

    def test_what_people_cannot_read_changes_no_exit_code(self):
        self.apply(level="national")
        for command, code in ((("list",), 0), (("verify", "1"), 3), (("show", "99"), 4), (("lst",), 2)):
            for redirection in ("2>/dev/full", "2>&-"):
                with self.subTest(command=command, redirection=redirection):
                    ran = subprocess.run(["sh", "-c", f'"$0" "$@" {redirection}', BINARY, *command], cwd=self.folder,
                                         env=self.env, stdout=subprocess.PIPE, check=False)
                    self.assertEqual(ran.returncode, code)

    def test_control_characters_of_files_never_reach_the_terminal(self):
        self.file("form.toml", "name = \"a\\u001b[31m\\u202eb\"\n\"k\\u001b\" = 1\n")
        self.file("in.csv", ",".join(form()) + "\n" + ",".join([self.HOSTILE] * len(form())) + "\n")
        self.file("config.toml", "\"k\\u001b\" = 1\n")
        for command in (("apply", "--form", "form.toml"), ("apply", "--csv", "in.csv"),
                        ("list", "--config", "config.toml")):
            with self.subTest(command=command):
                result = self.covenant(*command)
                self.assertIn(result.code, (2, 6))
                self.assertNotRegex(result.out + result.err, UNPRINTABLE)


if __name__ == "__main__":
    main()
