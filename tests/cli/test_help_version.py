"""help, --help, --version, completion. covenant-help(1), covenant-completion(1)."""

import re
import shutil
import subprocess

from support import CovenantTest, main

COMMANDS = ("init", "config", "apply", "update", "verify", "letter", "approve", "renew", "revoke", "withdraw", "correct", "undo", "note", "list", "show", "history", "evidence",
            "export", "due", "report", "check", "backup", "erase", "completion", "help")
OPTIONS = {
    "apply": "--name --acronym --category --level --membership-based --member-count --country --city --website "
             "--description --expertise --practice --language --contact-name --contact-role --contact-email "
             "--contact-phone --applied-on --reference --csv --form --rejects --update --max-errors --delimiter "
             "--allow-similar --dry-run --format",
    "update": "--name --contact-email --allow-similar --dry-run --format",
    "verify": "--all --csv --finding --source --dry-run --format",
    "approve": "--commitment --no-commitment --received-on --signed-on --signed-by --csv --dry-run --format",
    "renew": "--on --commitment --note --csv --rejects --dry-run --format",
    "correct": "--received-on --signed-on --signed-by --commitment --no-commitment --ended-on --end-reason --end-note "
               "--successor --because --dry-run --format",
    "undo": "--last --skip-changed --dry-run --format",
    "letter": "--kind --lang --output --mbox --pdf --template --print-template --no-record --record --on --dry-run --format",
    "note": "--dry-run --format",
    "revoke": "--reason --on --note --successor --csv --dry-run --format",
    "withdraw": "--on --note --dry-run --format",
    "list": "--status --category --country --level --search --applied-since --applied-until --joined-since "
            "--joined-until --as-of --as-recorded --format --columns --sort --limit --no-header --count",
    "show": "--format",
    "history": "--format --since --until --actor --action --run --runs --limit --checkpoint --key --prove --extends",
    "evidence": "--output --list --number --add --note --erase --because --dry-run --format",
    "export": "--format --output --lang --as-of --as-recorded --category --country --spreadsheet --fragment --allow-empty --full",
    "due": "--days --format --no-header",
    "report": "--year --as-recorded --format --lang",
    "check": "--against --public-key --format",
    "erase": "--contact --dry-run --format",
}


class Help(CovenantTest):
    with_registry = False

    def test_the_version_is_one_line(self):
        self.assertRegex(self.done("--version").out, r"\Acovenant \d+\.\d+\.\d+\n\Z")

    def test_help_names_every_command_and_the_common_options(self):
        out = self.done("help").out
        self.assertEqual(self.done("--help").out, out)
        for command in COMMANDS:
            self.assertRegex(out, rf"(?m)^ +{command}\b")
        for option in ("--registry", "--config", "--as", "--wait", "--quiet", "--no-color", "--no-pager", "--version"):
            self.assertIn(option, out)

    def test_every_command_has_its_help(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                result = self.done(command, "--help")
                self.assertEqual((result.out, result.err), (self.done("help", command).out, ""))
                self.assertIn(f"covenant {command}", result.out)
                for option in OPTIONS.get(command, "").split():
                    self.assertRegex(result.out, rf"{option}(?![-\w])")

    def test_help_and_completion_read_no_settings(self):
        """Whoever mends the settings needs them."""
        (self.folder / "bad.toml").write_text("nonsense = 1\n")
        for settings in ("bad.toml", "missing.toml"):
            for asked in (("help",), ("help", "list"), ("--help",), ("list", "-h"), ("--version",), ("completion", "bash")):
                with self.subTest(settings=settings, asked=asked):
                    expected = self.done(*asked).out
                    self.assertEqual(self.done("--config", settings, *asked).out, expected)
                    self.assertEqual(self.done(*asked, env={"COVENANT_CONFIG": settings}).out, expected)
            self.assertIn(settings, self.covenant("list", env={"COVENANT_CONFIG": settings}).err)

    def test_an_option_before_its_command_is_sent_after_it(self):
        self.assertEqual(self.fails(2, "--status", "applied", "list"),
                         "covenant: '--status' is an option of list; write it after the command\n")

    def test_an_option_of_changing_commands_is_sent_there_too(self):
        self.assertEqual(self.fails(2, "--dry-run", "approve", "1"),
                         "covenant: '--dry-run' is an option of approve; write it after the command\n")

    def test_help_of_what_is_not_there_is_a_usage_error(self):
        self.assertIn("lst", self.fails(2, "help", "lst"))

    def test_without_a_command_there_is_a_concise_help(self):
        for args in ((), ("--quiet",)):
            result = self.exits(2, *args)
            self.assertEqual(result.out, "")
            self.assertRegex(result.err, r"\AUsage: covenant .*\n(?:  \w+ +\w.*\n){5}'covenant help' lists .*\n\Z")

    def test_topics_follow_from_the_program(self):
        for topic, words in (
            ("fields", ("name  ", "contact_email", "applied_on", "(required)")),
            ("csv", ("UTF-8", "--rejects")),
            ("lifecycle", ("applied     verify (eligible or ineligible), withdraw (withdrawn)", "entered-in-error")),
            ("criteria", ("membership", "it must have a website")),
            ("templates", ("{{name}}", "certificate")),
            ("exit-codes", (" 0  ", "10  ")),
        ):
            with self.subTest(topic=topic):
                text = self.done("help", topic).out
                self.assertEqual([word for word in words if word not in text], [])
                self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_help_shows_what_is_required_what_is_common_and_an_example(self):
        text = self.done("approve", "--help").out
        self.assertIn("Usage: covenant approve [REF] --commitment FILE [OPTION...]\n"
                      "       covenant approve REF --no-commitment REASON [OPTION...]\n"
                      "       covenant approve --csv FILE [OPTION...]\n", text)
        self.assertRegex(text, r"(?m)^Required, one of:\n  --commitment FILE .*\n  --no-commitment REASON .*\n  --csv FILE ")
        self.assertIn("Common: --registry --config --as --wait --quiet --no-color --no-pager --help\n", text)
        self.assertRegex(text, r"(?m)^Example: covenant approve AP-.*\nManual: covenant-approve\(1\)$")
        self.assertRegex(self.done("apply", "-h").out,
                         r"(?m)^Required, without --form and --csv:\n  --name TEXT ")
        for command in COMMANDS:
            example = re.search(r"(?m)^Example: (.*)$", self.done(command, "-h").out)
            self.assertIsNotNone(example, command)
            self.assertRegex(example[1], rf"\Acovenant (-\S+ (\S+ )?)?{command}\b")
            self.assertLessEqual(len(example[0]), 80)

    def test_likely_words_are_answered(self):
        for args, answer in (
            (("import",), "'import'; did you mean 'apply --csv'?"),
            (("remove", "1"), "'remove'; did you mean 'revoke'?"),
            (("delete", "1"), "'delete'; did you mean 'revoke'?"),
            (("search", "x"), "'search'; did you mean 'list --search'?"),
            (("dupl",), "'dupl'; did you mean 'duplicates'?"),
            (("list", "--stat", "x"), "list: unknown option '--stat'; did you mean '--status'?"),
            (("apply", "--email", "x"), "did you mean '--contact-email'?"),
            (("export", "--out=x"), "unknown option '--out=x'; did you mean '--output'?"),
            (("show", "--zebra"), "show: unknown option '--zebra'; see 'covenant help show'"),
            (("help", "vrify"), "help: unknown command or topic 'vrify'; did you mean 'verify'?"),
            (("help", "exitcodes"), "help: unknown command or topic 'exitcodes'; did you mean 'exit-codes'?"),
            (("help", "Field"), "help: unknown command or topic 'Field'; did you mean 'fields'?"),
            (("help", "status"), "help: unknown command or topic 'status'; did you mean 'lifecycle'?"),
            (("help", "import"), "help: unknown command or topic 'import'; did you mean 'apply --csv'?"),
            (("zebra",), "unknown command 'zebra'; see 'covenant help'"),
            (("view", "1"), "'view'; did you mean 'show'?"),
            (("list", "energy"), "list: unexpected argument 'energy'; did you mean '--search energy'?"),
            (("apply", "a.csv"), "apply: unexpected argument 'a.csv'; did you mean '--csv a.csv'?"),
            (("update", "1", "name=Foo"), "update: unexpected argument 'name=Foo'; did you mean '--name=Foo'?"),
            (("show", "1", "--json"), "show: unknown option '--json'; did you mean '--format json'?"),
            (("list", "-q"), "list: unknown option '-q'; did you mean '--quiet'?"),
            (("-V",), "unknown option '-V'; did you mean '--version'?"),
        ):
            with self.subTest(args=args):
                self.assertIn(answer + "\n", self.fails(2, *args))

    def test_a_missing_value_and_one_too_many_are_told_in_words(self):
        for args in (("list", "--format"), ("apply", "--name"), ("--registry",)):
            with self.subTest(args=args):
                self.assertEqual(self.fails(2, *args), f"covenant: {args[-1]}: no value\n")
        for args in (("list", "--limit", "1", "--limit", "2"), ("--wait", "1", "list", "--wait", "2")):
            with self.subTest(args=args):
                self.assertEqual(self.fails(2, *args), f"covenant: {args[-2]}: given more than once\n")

    def test_a_near_miss_is_suggested(self):
        self.assertIn("verify", self.fails(2, "verfy"))


class Completion(CovenantTest):
    with_registry = False

    def test_the_scripts_know_every_command(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.done("completion", shell).out
            for command in COMMANDS:
                self.assertIn(command, script, shell)
            if shutil.which(shell):
                checked = subprocess.run([shell, "-n"], input=script.encode(), capture_output=True, check=False)
                self.assertEqual((checked.returncode, checked.stderr), (0, b""), shell)

    def test_another_shell_is_a_usage_error(self):
        for args in ((), ("tcsh",), ("bash", "zsh")):
            self.fails(2, "completion", *args)


if __name__ == "__main__":
    main()
