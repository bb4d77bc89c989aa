"""The pages name what the program has: its options and choices, and the words of the sources."""

import os
import re
import subprocess
import unittest

import office
import pages

GLOBAL_OPTIONS = {"--registry", "--config", "--as", "--wait", "--quiet", "--no-color", "--no-pager", "--help", "--version"}
COMMANDS = [name.removeprefix("covenant-").removesuffix(".1") for name in pages.PAGES
            if re.fullmatch(r"covenant-\w+\.1", name)]


def source_with(declaration):
    """The header of the program that has this text; one alone does."""
    texts = [path.read_text(encoding="utf-8") for folder in ("core", "cli")
             for path in sorted((office.ROOT / folder).rglob("*.hpp"))]
    found, = [text for text in texts if declaration in text]
    return found


def page(name):
    return (pages.MAN / name).read_text(encoding="utf-8")


def options_named(text):
    """The options that a page's source names."""
    names = re.findall(r"\bFl ((?:-[a-z][a-z-]*(?: , | )?)+)", text)
    return {"-" + name for group in names for name in re.findall(r"-[a-z][a-z-]*", group)}


def help_of(command):
    return subprocess.run([office.BINARY, "help", command], capture_output=True, text=True, check=True).stdout


def options_helped(command):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_of(command)))


def codes(type_name):
    """The words of an enumeration."""
    declaration = f"struct Codes<{type_name}> {{"
    found = re.search(re.escape(declaration) + r".*?= \{(.*?)\};", source_with(declaration), re.S)
    return re.findall(r'"([^"]+)"', found.group(1))


def columns():
    """The columns of a list, as the program names them when it is asked for another."""
    done = subprocess.run([office.BINARY, "list", "--columns", "?"], capture_output=True, text=True)
    return re.findall(r"\w+", done.stderr.partition("one of")[2])


def items(text, title):
    """The words that a section's list explains."""
    found = re.findall(r"^\.It Cm (.+)$", pages.section(text, title), re.M)
    return [word for line in found for word in line.split(" , ")]


class Pages(unittest.TestCase):
    def test_a_page_names_every_option_of_its_command_and_no_other(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                self.assertEqual(options_helped(command) - GLOBAL_OPTIONS,
                                 options_named(page(f"covenant-{command}.1")) - GLOBAL_OPTIONS)

    def test_the_choices_that_a_page_names_are_those_of_the_program(self):
        for command in COMMANDS:
            text = re.sub(r"\s+", " ", page(f"covenant-{command}.1"))
            for option, choices in re.findall(r"(--[a-z-]+) \[?([a-z]+(?:\|[a-z]+)+)\b", help_of(command)):
                with self.subTest(command=command, option=option):
                    for words in re.findall(rf"Fl {option[1:]} (?:Op )?Cm ((?:[a-z]+ \| )+[a-z]+)", text):
                        self.assertEqual(choices.split("|"), words.split(" | "))

    def test_the_main_page_names_every_command_and_every_global_option(self):
        text = page("covenant.1")
        self.assertEqual([f"covenant-{command}" for command in COMMANDS],
                         re.findall(r"^\.It Xr (covenant-\w+) 1 Ta ", text, re.M))
        self.assertLessEqual(GLOBAL_OPTIONS, options_named(pages.section(text, "OPTIONS")))

    def test_the_lifecycle_is_the_one_of_the_program(self):
        moves = re.findall(r"\{Status::(\w+), Move::(\w+), Status::\w+\}", source_with("transitions = {"))
        expected = {status: {move for origin, move in moves if origin == status} for status in codes("Status")}
        rows = re.findall(r"^\.It Cm (\w+)\n[^\n]+\nPossible:\n\.Cm (.+) \.$",
                          pages.section(page("covenant-lifecycle.7"), "STATUSES"), re.M)
        self.assertEqual(expected, {status: set(leaves.split(" , ")) for status, leaves in rows})

    def test_the_criteria_and_the_reasons_are_those_of_the_program(self):
        text = page("covenant-lifecycle.7")
        self.assertEqual(codes("Criterion"), items(text, "CRITERIA"))
        self.assertEqual(codes("EndReason"), items(text, "ENDING"))

    def test_the_fields_and_the_columns_are_those_of_the_program(self):
        fields = items(page("covenant-fields.7"), "FIELDS OF THE FORM")
        self.assertEqual(set(columns()), {*fields, *items(page("covenant-csv.5"), "LISTS")}
                         - {"table", "csv", "tsv", "json", "jsonl"})
        helped = re.findall(r"^ +--([a-z][a-z-]*)", help_of("apply"), re.M)
        named = [option.replace("-", "_") for option in helped]
        self.assertEqual(sorted(fields), sorted(name for name in named if name in fields))

    def test_every_error_code_is_explained(self):
        self.assertEqual(set(codes("ProblemCode")), set(items(page("covenant.1"), "ERROR CODES")))

    def test_exit_codes_are_those_of_the_program(self):
        enumeration = re.search(r"enum class ExitCode \{(.*?)\};", source_with("enum class ExitCode {"), re.S).group(1)
        known = set(re.findall(r"= (\d+)", enumeration))
        of_pages = {name: set(re.findall(r"^\.It (\d+)$", pages.section(page(name), "EXIT STATUS"), re.M))
                    for name in pages.PAGES if name.endswith(".1")}
        self.assertEqual(known, of_pages["covenant.1"])
        for name, exit_codes in of_pages.items():
            self.assertLessEqual({"0", "2"}, exit_codes, name)
            self.assertLessEqual(exit_codes, known, name)

    def test_a_page_fits_a_terminal_of_80_columns(self):
        env = os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
        for name in pages.PAGES:
            blocks = [block for block in pages.blocks(page(name)) if block[0].startswith("$ ")]
            printed = [line.split() for block in blocks for step in pages.steps(block) for line in step.output]
            for renderer in (["mandoc", "-T", "utf8", "-O", "width=80"], ["man", "--local-file"]):
                shown = subprocess.run([*renderer, pages.MAN / name], env=env, capture_output=True, text=True, check=True).stdout
                lines = re.sub(".\b|\x1b\\[[0-9;]*m", "", shown).expandtabs().splitlines()
                # What a command prints is as long as the program makes it.
                wide = [line for line in lines if len(line) > 80 and line.split() not in printed]
                with self.subTest(page=name, renderer=renderer[0]):
                    self.assertEqual(wide, [])

    def test_the_registry_page_names_every_table_and_view(self):
        text = page("covenant-registry.5")
        schema = (office.ROOT / "schema.sql").read_text(encoding="utf-8")
        for name in re.findall(r"^CREATE (?:TABLE|VIEW) (\w+)", schema, re.M):
            self.assertRegex(text, rf"(?m)^\.(?:It )?Cm (?:.* )?{name}\b")

    def test_every_encoding_that_the_page_names_is_read(self):
        named = page("covenant-csv.5").partition("by one of these names")[2].partition("it\nby:")[2].partition("The order of the bytes")[0]
        words = re.findall(r"^to$|[a-z][a-z0-9-]*[0-9a-z](?= ,|$)", re.sub(r"(?m)^\.(Cm|It.*|Bl.*|El|Pp) ?", "", named), re.M)
        names = []
        for before, word, after in zip([None, *words], words, [*words[1:], None]):
            if word == "to":
                stem, first = re.fullmatch(r"(.*?)(\d+)", before).groups()
                names += [f"{stem}{number}" for number in range(int(first) + 1, int(after.removeprefix(stem)))]
            else:
                names.append(word)
        self.assertGreater(len(names), 50)
        for name in names:
            with self.subTest(encoding=name):
                done = subprocess.run([office.BINARY, "apply", "--csv", "missing.csv", "--encoding", name],
                                      capture_output=True, text=True)
                self.assertNotIn("--encoding", done.stderr)


if __name__ == "__main__":
    unittest.main()
