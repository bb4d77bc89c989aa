"""The template `ecl` has the classes of the version of the Europa Component Library that it names, and no others."""

import base64
import hashlib
import os
import re
import subprocess
import tarfile
import unittest
from pathlib import Path

VERSION = "4.11.0"
INTEGRITY = "0bXONpfEDRgwc1Li8PHZ0s6s6HauJxwsSPC5jGA8CuRPS/m5gWlZzk2jqMRgdCYKDBUYS8nDhgxTj/wti6oAjg=="
STYLES = ("ecl-ec.css", "optional/ecl-ec-utilities.css")


def template():
    return subprocess.run([os.environ["COVENANT"], "export", "--print-template", "ecl"], check=True, capture_output=True,
                          text=True).stdout


def classes(html):
    return {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}


class EuropaComponentLibrary(unittest.TestCase):
    def known(self):
        package = Path(os.environ["ECL"])
        self.assertEqual(base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode(), INTEGRITY)
        with tarfile.open(package) as files:
            css = "".join(files.extractfile(f"package/dist/styles/{name}").read().decode() for name in STYLES)
        return set(re.findall(r"\.(ecl[\w-]*)", css)) | {"ecl"}

    def test_every_class_is_in_the_style_sheets_of_the_version(self):
        used, known = classes(template()), self.known()
        self.assertGreater(len(used), 10)
        self.assertEqual(used - known, set())

    def test_a_class_of_another_version_is_found_out(self):
        self.assertEqual(classes('<ul class="ecl-unordered-list ecl-unordered-list--no-bullet">') - self.known(),
                         {"ecl-unordered-list--no-bullet"})

    def test_the_template_names_that_version(self):
        self.assertIn(f"({VERSION.rpartition('.')[0]})", template())


if __name__ == "__main__":
    unittest.main()
