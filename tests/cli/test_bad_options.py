"""Every option of every changing command with a bad value: the message, the exit code, and not a byte is written.

Commands and options are those that the program's own help lists, so that a new one is tried as well.
"""

import hashlib
import re

from support import FIELDS, CovenantTest, csv_text, form, main

# What makes each command change something; a command that is not here is given a partner that is applied.
VALID = {
    "init": (),
    "policy": ("four-eyes", "on"),
    "apply": tuple(f"--{field.replace('_', '-')}={value}" for field, value in form("Other Association").items()),
    "update": ("1", "--city=Ghent"),
    "approve": ("2", "--commitment=commitment.pdf"),
    "revoke": ("3", "--reason=inactive"),
    "erase": ("3", "--contact"),
    "evidence": ("1", "--add=commitment.pdf"),
    "renew": ("3",),
    "note": ("1", "A note"),
    "letter": ("2", "--kind=statement", "--record"),
    "undo": ("--last",),
    "correct": ("3", "--signed-on=2024-05-01", "--because=Misread"),
}
ROWS = {
    "apply": form("Other Association"),
    "update": {"partner": "1", "city": "Ghent"},
    "approve": {"partner": "2", "no_commitment": "On paper"},
    "revoke": {"partner": "3", "reason": "inactive"},
    "renew": {"partner": "3"},
}
TEXT = "a\x1bb"
BAD = {"DATE": "31/12/2025", "FILE": "missing/file", "TEXT": TEXT, "NAME": TEXT, "REASON": TEXT, "LINE": TEXT, "TITLE": TEXT,
       "LINES": TEXT, "ACTOR": TEXT}
OF_FIELDS = {"--category", "--practice", "--add-practice", "--remove-practice", *(f"--{field.replace('_', '-')}" for field in FIELDS)}


def without(args, option):
    """The arguments but for that option."""
    return tuple(arg for arg in args if arg.split("=")[0] != option)


class BadOptions(CovenantTest):
    def setUp(self):
        super().setUp()
        for status in ("applied", "eligible", "approved"):
            self.partner_that_is(status)
        self.commitment()
        self.env["EDITOR"] = "sed -i '1a city = \"Ghent\"'"
        self.changing = {}
        for command in self.commands():
            found = self.options(command)
            if "--dry-run" in found:
                self.changing[command] = self.options("") | found
                row = ROWS.get(command, {"partner": "1"})
                self.file(f"{command}.csv", csv_text([row]))
        self.before = self.content()

    def commands(self):
        text = self.done("help").out
        return re.findall(r"(?m)^  ([a-z]+)  ", text[text.index("\nSet up:"):])

    def options(self, command):
        """Options by name: the name of the value, or nothing; and whether it repeats."""
        text = self.done("help", *filter(None, [command])).out
        found = re.findall(r"(?m)^  (?:-h,)?(--[a-z-]+)(?: (\S+))?( \.\.\.)?(?: |$)", text)
        return {name: (value, bool(repeats)) for name, value, repeats in found}

    def ways(self, command):
        """The arguments with which the command would write: for one partner, and for a file."""
        yield VALID.get(command, ("1",))
        if "--csv" in self.changing[command]:
            yield (f"--csv={command}.csv",)

    def content(self):
        """Digests of the registry and of what a journal adds to it; readers leave an empty one."""
        files = (path.read_bytes() for path in (self.registry, self.folder / "registry.db-wal") if path.exists())
        return [hashlib.sha256(content).hexdigest() for content in files if content]

    def each(self, ways=slice(1)):
        """Every option of every command; the common ones once."""
        common = set()
        for command, found in self.changing.items():
            for args in list(self.ways(command))[ways]:
                for option, (value, repeats) in found.items():
                    if option not in common:
                        yield command, without(args, option), option, value, repeats
            common = set(self.options(""))

    def refused(self, codes, *args):
        with self.subTest(args=args):
            result = self.covenant(*args)
            self.assertIn(result.code, codes, result.err)
            self.assertEqual(result.out, "")
            self.assertEqual(self.content(), self.before)
            self.assertRegex(result.err, r"\Acovenant: ")
            return result.err
        return None

    def says(self, message, *args):
        self.assertIn(self.refused((2,), *args), (f"covenant: {message}\n", None))

    def test_the_help_lists_the_changing_commands(self):
        self.assertLessEqual({*VALID, "verify", "withdraw"}, set(self.changing))
        self.assertEqual(self.changing["revoke"]["--reason"], ("CODE", False))
        self.assertEqual(self.changing["verify"]["--source"], ("TEXT", True))

    def test_without_a_bad_option_each_would_write(self):
        registry = self.registry.read_bytes()
        for command in set(self.changing) - {"init"}:
            for args in self.ways(command):
                with self.subTest(command=command, args=args):
                    for journal in self.folder.glob("registry.db-*"):
                        journal.unlink()
                    self.file("registry.db", registry)
                    self.done(command, *args, "--dry-run")
                    self.assertEqual(self.content(), self.before)
                    self.done(command, *args)
                    self.assertNotEqual(self.content(), self.before)

    def test_a_bad_value(self):
        for command, args, option, value, _ in self.each(slice(2)):
            if not value:
                continue
            codes = {2}
            if value == "REF":
                codes = {2, 4}
            if value in ("FILE", "FOLDER"):
                codes = {2, 4, 5, 9}
            elif option in OF_FIELDS or value in BAD:
                codes = {2, 6}
            error = self.refused(codes, command, *args, f"{option}={BAD.get(value, '?')}")
            if error and value not in ("FILE", "FOLDER", "REF") and option not in OF_FIELDS and option != "--as":
                self.assertIn(option, error, command)

    def test_no_value(self):
        for command, args, option, value, _ in self.each():
            if value:
                self.says(f"{option}: no value", command, *args, option)

    def test_an_option_as_the_value_of_another(self):
        for command, args, option, value, _ in self.each():
            if value:
                word = "-h" if option == "--format" else "--dry-run"
                self.says(f"{option}: no value; if '{word}' is the value, write {option}={word}",
                          command, *args, option, word)

    def test_a_value_twice(self):
        for command, args, option, value, repeats in self.each():
            if value and not repeats:
                self.says(f"{option}: given more than once", command, *args, f"{option}=1", option, "2")

    def test_a_value_for_an_option_that_has_none(self):
        for command, args, option, value, _ in self.each():
            if not value and option not in ("--help", "--version"):
                self.says(f"{option}: takes no value", command, *args, f"{option}=maybe")

    def test_an_option_that_does_not_exist(self):
        for command in self.changing:
            for args in self.ways(command):
                error = self.refused((2,), command, *args, "--nonsense=1")
                self.assertIn(f"covenant: {command}: unknown option '--nonsense=1'", error or "")

    def test_what_is_about_a_file_without_one(self):
        for command, found in self.changing.items():
            if "--csv" in found:
                for option in ("--delimiter=;", "--max-errors=1", "--rejects=rejects.csv"):
                    self.says(f"{option.split('=')[0]} can only be used with --csv",
                              command, *next(self.ways(command)), option)

    def test_a_partner_and_a_file(self):
        for command, found in self.changing.items():
            if "--csv" in found:
                one, file = self.ways(command)
                self.refused((2,), command, *one, *file)


class OptionValues(CovenantTest):
    def test_a_value_that_looks_like_an_option_can_be_written_with_an_equals_sign(self):
        partner = self.apply()
        self.done("update", partner, "--city=--quiet")
        self.assertEqual(self.show(partner)["city"], "--quiet")

    def test_a_value_that_only_resembles_an_option_is_a_value(self):
        partner = self.apply()
        for city in ("--quietly", "-", "-x", "--commitment"):
            self.done("update", partner, "--city", city)
            self.assertEqual(self.show(partner)["city"], city)

    def test_the_value_of_a_common_option_before_the_command_is_tried_too(self):
        self.assertEqual(self.fails(2, "--as", "--quiet", "list"),
                         "covenant: --as: no value; if '--quiet' is the value, write --as=--quiet\n")

    def test_a_flag_takes_no_value(self):
        partner = self.apply()
        for value in ("banana", "true", "false", "yes", "1"):
            for flag, command in (("--dry-run", ("verify", partner)), ("--quiet", ("list",)), ("--update", ("apply",))):
                with self.subTest(flag=flag, value=value), self.writes_nothing():
                    self.assertEqual(self.fails(2, *command, f"{flag}={value}"), f"covenant: {flag}: takes no value\n")
        self.assertEqual(self.fails(2, "--quiet=no", "list"), "covenant: --quiet: takes no value\n")
        self.done("update", partner, "--city", "--dry-run=yes")
        self.assertEqual(self.show(partner)["city"], "--dry-run=yes")

    def test_help_has_a_short_name(self):
        for command in ((), ("apply",), ("show",)):
            self.assertEqual(self.done(*command, "-h"), self.done(*command, "--help"))


class Together(CovenantTest):
    def test_one_message_names_what_is_missing(self):
        self.apply()
        for args, message in (
            (("note",), "note: missing REF and TEXT"),
            (("note", "1"), "note: missing TEXT"),
            (("correct",), "correct: missing REF"),
            (("correct", "1"), "correct: missing what was entered wrongly, such as --received-on DATE, and --because TEXT"),
            (("correct", "1", "--because", "Misread"), "correct: missing what was entered wrongly, such as --received-on DATE"),
            (("correct", "1", "--signed-on", "today"), "correct: missing --because TEXT"),
            (("revoke",), "revoke: missing REF or --csv FILE"),
            (("verify",), "verify: missing REF, --all or --csv FILE"),
        ):
            with self.subTest(args=args):
                self.assertEqual(self.fails(2, *args), f"covenant: {message}\n")
        self.assertEqual(self.fails(6, "apply", "--name", "Wind Union", "--level", "european"),
                         "covenant: missing: --category, --country, --contact-name, --contact-email\n")

    def test_what_contradicts_is_named(self):
        for args in (
            ("apply", "--name=A", "--csv=a.csv"), ("apply", "--category=other", "--form=a.toml"),
            ("apply", "--csv-template", "--form-template"), ("update", "1", "--city=B", "--form=a.toml"),
            ("update", "1", "--add-practice=B", "--form=a.toml"), ("verify", "--all", "--csv=a.csv"),
            ("approve", "1", "--commitment=a", "--no-commitment=b"), ("letter", "1", "--kind=renewal", "--mbox", "--pdf"),
        ):
            with self.subTest(args=args):
                one, other = (arg.split("=")[0] for arg in args[-2:])
                self.assertEqual(self.fails(2, *args), f"covenant: {one} and {other} cannot be used together\n")

    def test_what_a_form_lacks_is_one_line(self):
        self.file("a.toml", 'name = "Wind Union"\ncategories = ["industrial"]\nlevel = "european"\n')
        self.assertEqual(self.fails(6, "apply", "--form", "a.toml"),
                         "covenant: a.toml: missing: country, contact_name, contact_email\n")


if __name__ == "__main__":
    main()
