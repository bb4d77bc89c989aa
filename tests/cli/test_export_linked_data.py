"""What machines read in the page: JSON-LD, Open Graph, canonical and alternate addresses."""

import html
import json
import re
import unittest

from support import COMMITMENT, CovenantTest, form, options

HOSTILE = "</script><script>alert(1)</script> & \"Co\" \u202f"
BASE = "https://partners.example.org/list/"


class LinkedData(CovenantTest):
    def setUp(self):
        super().setUp()
        (self.folder / "commitment.pdf").write_bytes(COMMITMENT)
        (self.folder / "site.toml").write_text(f'[site]\nbase_url = "{BASE}"\nlanguages = ["en", "lv"]\n', encoding="utf-8")
        for fields in (form("Alpha", acronym="ALP", country="LV"), form("Beta", description=HOSTILE), form("Gamma <b>")):
            partner = self.done("apply", *options(fields)).out.split()[0]
            self.done("verify", partner)
            self.done("approve", partner, "--commitment", "commitment.pdf")

    def page(self, *more):
        return self.done("export", "--format", "html", *more).out

    def data(self, page):
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
        self.assertEqual(len(found), 1)
        return json.loads(found[0])

    def nodes(self, data):
        """Every object of the data."""
        if isinstance(data, dict):
            yield data
            data = list(data.values())
        if isinstance(data, list):
            for value in data:
                yield from self.nodes(value)

    def test_the_list_and_its_organisations_are_there(self):
        data = self.data(self.page())
        self.assertEqual(data["@context"], "https://schema.org")
        lists = [node for node in self.nodes(data) if node.get("@type") == "ItemList"]
        self.assertEqual([node["numberOfItems"] for node in lists], [3])
        organisations = {node["name"]: node for node in self.nodes(data) if node.get("@type") == "Organization"}
        self.assertLessEqual({"Alpha", "Beta", "Gamma <b>"}, set(organisations))
        self.assertEqual(organisations["Alpha"]["url"], "https://alpha.example.org/")

    def test_hostile_texts_stay_within_the_data(self):
        page = self.page()
        self.data(page)
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("Gamma <b>", page)

    def test_no_contact_is_in_it(self):
        self.assertNotIn("desk@example.org", self.page("--config", "site.toml"))

    def test_addresses_follow_from_the_base_url(self):
        page = self.page("--config", "site.toml", "--lang", "lv")
        links = {match: html.unescape(address) for match, address in
                 re.findall(r'<link rel="((?:canonical|alternate)"(?: (?:hreflang|type)="[^"]*")?)[^>]* href="([^"]*)"', page)}
        self.assertEqual(links['canonical"'], BASE + "partners.lv.html")
        self.assertEqual(links['alternate" hreflang="en"'], BASE + "partners.en.html")
        self.assertEqual(links['alternate" type="text/csv"'], BASE + "partners.csv")
        self.assertEqual(links['alternate" type="application/json"'], BASE + "partners.json")
        self.assertEqual(links['alternate" type="application/atom+xml"'], BASE + "partners.lv.atom")
        self.assertIn(f'<meta property="og:url" content="{BASE}partners.lv.html">', page)

    def test_without_a_base_url_there_is_none(self):
        self.assertNotRegex(self.page(), r'rel="(canonical|alternate)"|og:url')


if __name__ == "__main__":
    unittest.main()
