"""A whole site before its judges: pages and certificates by the Nu HTML Checker and html5lib, feeds by feedparser,
XML by xmllint, linked data and CSV metadata by their own rules."""

import json
import os
import subprocess
import unittest
import warnings
from pathlib import Path

import feedparser
from test_markup import html5lib_complaint, nu_complaints

folder = Path(os.environ["SITE"])
BASE = "https://site.example.org/partners/"


class Site(unittest.TestCase):
    def files(self, pattern):
        found = sorted(path for kind in ("plain", "based") for path in (folder / kind).rglob(pattern))
        self.assertTrue(found)
        return found

    def pages(self):
        """The pages of partners and the certificates, each language once or more."""
        named = list(self.files("AP-*.html")) + list(self.files("former.*.html")) + sorted(folder.glob("certificate*.html"))
        return [("-".join(path.relative_to(folder).parts), path.read_text()) for path in named]

    def test_the_nu_checker_has_nothing_to_say(self):
        self.assertEqual(nu_complaints(self.pages()), [])
        self.assertEqual(nu_complaints([(f"{path.parent.name}-{path.name}", path.read_text())
                                        for path in self.files("partners.lv.html") + self.files("practices.e[ln].html")]), [])

    def test_a_damaged_page_is_found_out(self):
        page = (folder / "plain/partner/AP-0001.lv.html").read_text()
        self.assertNotEqual(nu_complaints([("damaged.html", page.replace("</h1>", "", 1))]), [])

    def test_html5lib_reads_every_page_strictly(self):
        for name, text in self.pages():
            self.assertIsNone(html5lib_complaint(text), name)

    def test_xml_is_well_formed(self):
        files = self.files("*.atom") + self.files("*.xml")
        checked = subprocess.run(["xmllint", "--noout", *files], capture_output=True, text=True)
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))
        feed = (folder / "plain/partners.en.atom").read_text()
        damaged = subprocess.run(["xmllint", "--noout", "-"], input=feed.replace("</entry>", "", 1), text=True,
                                 capture_output=True)
        self.assertNotEqual(damaged.returncode, 0)

    def test_feedparser_reads_every_feed(self):
        for path in self.files("*.atom"):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                feed = feedparser.parse(path.read_bytes())
            self.assertFalse(feed.bozo, f"{path}: {feed.get('bozo_exception')}")
            self.assertEqual(feed.version, "atom10")
            self.assertTrue(feed.feed.title and feed.feed.id.startswith("tag:") and feed.feed.updated_parsed)
            language = path.name.split(".")[1]
            self.assertEqual(feed.feed.language, "pt-PT" if language == "pt" else language)
            self.assertEqual(len(feed.entries), 6)
            self.assertEqual(len({entry.id for entry in feed.entries}), len(feed.entries))
            for entry in feed.entries:
                self.assertTrue(entry.title and entry.updated_parsed and entry.content[0].value and entry.link)
                self.assertTrue(entry.content[0].type == "text/plain" or "<script" not in entry.content[0].value)
            days = [entry.updated for entry in feed.entries]
            self.assertEqual(days, sorted(days, reverse=True))

    def test_feeds_and_sitemap_have_whole_addresses_when_the_site_is_known(self):
        feed = feedparser.parse((folder / "based/partners.lv.atom").read_bytes())
        own = [link for link in feed.feed.links if link.rel == "self"]
        self.assertEqual([link.href for link in own], [BASE + "partners.lv.atom"])
        for entry in feed.entries:
            self.assertTrue((folder / "based" / entry.link.removeprefix(BASE)).is_file(), entry.link)

    def test_json_is_json(self):
        for path in self.files("*.json") + self.files("*.jsonld"):
            json.loads(path.read_text())


if __name__ == "__main__":
    unittest.main()
