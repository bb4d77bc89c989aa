"""What the repository cites is in it: its documents, and the sections of its manual."""

import os
import re
import unittest
from pathlib import Path

import office
import pages

DOCUMENT = re.compile(r"(?<![\w/.-])(?:[\w-]+/)*[\w-]+\.md\b")
PAGE = re.compile(r"\bcovenant(?:-\w+|\.toml)?\([157]\)")
SECTION = re.compile(r"\bcovenant((?:-\w+|\.toml)?)\(([157])\), ([A-Z][A-Z ]*[A-Z])")
# A section by its number alone is one of a document that is not named; a standard's comes after its name.
BARE_SECTION = re.compile(r"(?:[.:;(]|^)\s*[Ss]ections? \d+", re.M)


def files():
    """The text files of the repository."""
    for folder, folders, names in os.walk(office.ROOT):
        folders[:] = sorted(set(folders) - {".git", "build", "node_modules", "__pycache__"})
        for name in sorted(names):
            path = Path(folder, name)
            if name != ".git" and path.suffix not in (".png", ".po", ".pot", ".pdf"):
                yield str(path.relative_to(office.ROOT)), path.read_text(encoding="utf-8", errors="replace")


def unwrapped(text):
    """The text without the line breaks and marks of its comments, so that a citation may be broken."""
    return re.sub(r"\s*\n\s*(?:///?|#|--)?\s*", " ", text)


class Citations(unittest.TestCase):
    def test_a_document_that_is_named_is_in_the_repository(self):
        present = {Path(name).name for name, _ in files() if name.endswith(".md")}
        for name, text in files():
            with self.subTest(file=name):
                self.assertLessEqual({cited.rpartition("/")[2] for cited in DOCUMENT.findall(text)}, present)

    def test_no_section_is_cited_by_its_number_alone(self):
        for name, text in files():
            if name.endswith((".py", ".cpp", ".hpp", ".sql")):
                with self.subTest(file=name):
                    self.assertEqual(BARE_SECTION.findall(text), [])

    def test_a_page_that_is_named_is_in_the_manual(self):
        known = {f"{page.rpartition('.')[0]}({page.rpartition('.')[2]})" for page in pages.PAGES}
        for name, text in files():
            with self.subTest(file=name):
                self.assertLessEqual(set(PAGE.findall(text)), known)

    def test_a_section_that_is_named_is_in_its_page(self):
        for name, text in files():
            for suffix, number, title in SECTION.findall(unwrapped(text)):
                source = (pages.MAN / f"covenant{suffix}.{number}").read_text(encoding="utf-8")
                titles = re.findall(r"^\.Sh (.+)$", source, re.M)
                with self.subTest(file=name, page=f"covenant{suffix}({number})"):
                    self.assertTrue([known for known in titles if title == known or title.startswith(known + " ")],
                                    f"no section {title}")


if __name__ == "__main__":
    unittest.main()
