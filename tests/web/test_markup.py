"""Every page is valid by the Nu HTML Checker and by html5lib, and light enough."""

import gzip
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import html5lib

pages = Path(os.environ["PAGES"])
FRAGMENT = (pages / "fragment.html").read_text()
HOST = "<!DOCTYPE html>\n<html lang=en><title>A page of the site's own</title>\n<h1>Partners</h1>\n"


def whole_pages():
    """Every page by its name; a fragment within a page of the site's own."""
    for path in sorted(pages.iterdir()):
        text = path.read_text()
        yield path.name, HOST + text if path.name in ("fragment.html", "ecl.html") else text


def nu_complaints(texts):
    """What the checker says of pages, but for what it cannot know: it does not compute a policy's digests."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts:
            (Path(folder) / name).write_text(text)
        jar = f"{os.environ['CHECKERS']}/vnu-jar/build/dist/vnu.jar"
        checker = subprocess.run([os.environ["JAVA"], "-jar", jar, "--format", "json", folder], stderr=subprocess.PIPE)
    return [f"{message['url']}: {message['message']}" for message in json.loads(checker.stderr)["messages"]
            if "violates Content Security Policy" not in message["message"]]


def html5lib_complaint(text):
    try:
        html5lib.HTMLParser(strict=True).parse(text)
    except html5lib.html5parser.ParseError as error:
        return str(error)
    return None


class Markup(unittest.TestCase):
    def test_the_nu_checker_has_nothing_to_say(self):
        self.assertEqual(nu_complaints(whole_pages()), [])

    def test_html5lib_reads_every_page_strictly(self):
        for name, text in whole_pages():
            self.assertIsNone(html5lib_complaint(text), name)

    def test_a_damaged_page_is_found_out(self):
        page = (pages / "sample.lv.html").read_text()
        self.assertEqual(len(nu_complaints([("damaged.html", page.replace('<ul class="facts">', '<ul href="facts">'))])), 1)
        self.assertIsNotNone(html5lib_complaint(page.replace("</h3>", "", 1)))
        self.assertNotEqual(nu_complaints([("twice.html", page.replace('id="AP-0002"', 'id="AP-0001"'))]), [])

    def test_a_hundred_partners_are_about_thirty_kilobytes(self):
        for language in ("en", "lv", "el", "bg"):
            page = (pages / f"hundred.{language}.html").read_bytes()
            self.assertEqual(page.count(b'class="partner"'), 100)
            self.assertLessEqual(len(gzip.compress(page)), 31_000, language)

    def test_every_partner_is_there_once(self):
        for name, count in (("sample.lv.html", 20), ("hundred.lv.html", 100), ("long.html", 400), ("fragment.html", 20)):
            text = (pages / name).read_text()
            for number in range(1, count + 1):
                self.assertEqual(text.count(f'<li id="AP-{number:04}"'), 1, name)


if __name__ == "__main__":
    unittest.main()
