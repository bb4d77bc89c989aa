"""The catalogues have every message of the sources, and no other."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

folder = Path("../../core/site/po").resolve()
template = (folder / "covenant.pot").read_text()


def lacks(catalogue):
    """What msgcmp says against a catalogue: messages that are missing, not translated or left over."""
    compared = subprocess.run(["msgcmp", catalogue, folder / "covenant.pot"], capture_output=True, text=True)
    return compared.stderr


class Messages(unittest.TestCase):
    def test_the_template_is_what_the_sources_say(self):
        extracted = subprocess.run([folder / "extract"], check=True, capture_output=True, text=True).stdout
        self.assertEqual(extracted, template)

    def test_no_language_lacks_a_message(self):
        catalogues = sorted(folder.glob("*.po"))
        self.assertEqual(len(catalogues), 23)
        for catalogue in catalogues:
            self.assertEqual(lacks(catalogue), "", catalogue.name)

    def test_a_missing_message_is_found_out(self):
        whole = (folder / "lv.po").read_text()
        with tempfile.TemporaryDirectory() as temporary:
            damaged = Path(temporary) / "lv.po"
            damaged.write_text(whole.replace('msgid "Category"\nmsgstr "Kategorija"\n', ""))
            self.assertIn("covenant.pot", lacks(damaged))
            damaged.write_text(whole.replace('"Kategorija"', '""'))
            self.assertIn("untranslated", lacks(damaged))

    def test_placeholders_are_kept(self):
        for catalogue in sorted(folder.glob("*.po")):
            for entry in catalogue.read_text().split("\n\n"):
                wanted = set(re.findall(r"\{\w+\}", entry.partition("msgid_plural")[0].partition("msgstr")[0]))
                for translation in re.findall(r"^msgstr(?:\[\d\])? (.*(?:\n\".*)*)", entry, re.MULTILINE):
                    self.assertEqual(set(re.findall(r"\{\w+\}", translation)), wanted, f"{catalogue.name}: {entry}")


if __name__ == "__main__":
    unittest.main()
