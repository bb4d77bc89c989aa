"""The pages name what the program has: its options, and the words of the sources."""

import re
import subprocess
import unittest

import office
import pages

GLOBAL_OPTIONS = {"--registry", "--config", "--as", "--wait", "--quiet", "--no-color", "--help", "--version"}


def source(path):
    return (office.ROOT / path).read_text(encoding="utf-8")


def page(name):
    return (pages.MAN / name).read_text(encoding="utf-8")


def options_named(text):
    """The options that a page's source names."""
    names = re.findall(r"\bFl ((?:-[a-z][a-z-]*(?: , | )?)+)", text)
    return {"-" + name for group in names for name in re.findall(r"-[a-z][a-z-]*", group)}


def options_helped(command):
    done = subprocess.run([office.BINARY, "help", command], capture_output=True, text=True, check=True)
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", done.stdout))


def codes(path, type_name):
    """The words of an enumeration."""
    found = re.search(rf"struct Codes<{type_name}> \{{.*?= \{{(.*?)\}};", source(path), re.S)
    return re.findall(r'"([^"]+)"', found.group(1))


class Pages(unittest.TestCase):
    def test_a_page_names_every_option_of_its_command_and_no_other(self):
        for name in pages.PAGES:
            if not name.startswith("covenant-") or not name.endswith(".1"):
                continue
            command = name.removeprefix("covenant-").removesuffix(".1")
            with self.subTest(command=command):
                self.assertEqual(options_helped(command) - GLOBAL_OPTIONS, options_named(page(name)) - GLOBAL_OPTIONS)

    def test_the_main_page_names_every_command_and_every_global_option(self):
        text = page("covenant.1")
        named = re.findall(r"^\.It Xr (covenant-\w+) 1$", text, re.M)
        self.assertEqual([name.removesuffix(".1") for name in pages.PAGES if re.match(r"covenant-\w+\.1$", name)], named)
        self.assertLessEqual(GLOBAL_OPTIONS, options_named(pages.section(text, "OPTIONS")))

    def test_the_lifecycle_is_the_one_of_the_program(self):
        moves = re.findall(r"\{Status::(\w+), Move::(\w+), Status::\w+\}", source("core/model/status.hpp"))
        expected = {status: {move for origin, move in moves if origin == status}
                    for status in codes("core/model/status.hpp", "Status")}
        rows = re.findall(r"^\.It Cm (\w+) Ta .* Ta Cm (.+)$", pages.section(page("covenant.1"), "LIFECYCLE"), re.M)
        self.assertEqual(expected, {status: set(leaves.split(" , ")) for status, leaves in rows})

    def test_the_criteria_and_the_fields_are_those_of_the_program(self):
        text = page("covenant.1")
        self.assertEqual(codes("core/model/criteria.hpp", "Criterion"),
                         re.findall(r"^\.It Cm (\w+) Ta", pages.section(text, "CRITERIA"), re.M))
        items = re.findall(r"^\.It Cm (.+)$", pages.section(text, "FIELDS OF THE FORM"), re.M)
        names = re.search(r"field_names = \{(.*?)\};", source("core/model/field.hpp"), re.S).group(1)
        self.assertEqual(re.findall(r'"(\w+)"', names), [name for item in items for name in item.split(" , ")])

    def test_every_problem_code_and_reason_is_explained(self):
        known = re.findall(r'return "([a-z-]+)";', source("core/base/problem.cpp"))
        report = pages.section(page("covenant.1"), "JSON REPORT")
        for code in set(known) - {"fault"}:
            self.assertRegex(report, rf"(?m)^\.Cm .*(?<![\w-]){code}(?![\w-])")
        reasons = pages.section(page("covenant-revoke.1"), "DESCRIPTION")
        for code in codes("core/model/end_reason.hpp", "EndReason"):
            self.assertRegex(reasons, rf"(?m)^\.Cm .*(?<![\w-]){code}(?![\w-])")

    def test_exit_codes_are_those_of_the_program(self):
        enumeration = re.search(r"enum class ExitCode \{(.*?)\};", source("cli/exit_code.hpp"), re.S).group(1)
        known = set(re.findall(r"= (\d+)", enumeration))
        of_pages = {}
        for name in pages.PAGES:
            of_pages[name] = set(re.findall(r"^\.It (\d+)$", pages.section(page(name), "EXIT STATUS"), re.M))
            self.assertLessEqual(of_pages[name], of_pages["covenant.1"], name)
        self.assertEqual(known, of_pages["covenant.1"])

    def test_the_registry_page_names_every_table_and_view(self):
        text = page("covenant-registry.5")
        for name in re.findall(r"^CREATE (?:TABLE|VIEW) (\w+)", source("schema.sql"), re.M):
            self.assertRegex(text, rf"(?m)^\.(?:It )?Cm (?:.* )?{name}\b")


if __name__ == "__main__":
    unittest.main()
