"""The JSON Feed of a site: what JSON Feed 1.1 requires, and the same news as the Atom feed.

covenant-export(1), FILES.
"""

import json
import re
import xml.etree.ElementTree as xml

from support import CovenantTest, main

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://site.example.org/p/"


class ExportJsonFeed(CovenantTest):
    def setUp(self):
        super().setUp()
        self.first = self.listed("Alpha \"<b>\" & Co", received_on="2024-05-06", language="lv",
                                 description="Pirmā rinda\nотрā")
        self.second = self.listed("Beta", received_on="2025-01-02")
        self.done("withdraw", self.second, "--on", "2025-03-04")

    def feed(self, *more):
        self.done("export", "--format", "site", "--output", "site", "--lang", "lv", "--lang", "en", *more)
        return json.loads((self.folder / "site/feed.lv.json").read_text(encoding="utf-8"))

    def based(self):
        return self.feed("--config", self.file("c.toml", f'[site]\nbase_url = "{BASE}"\nname = "The Site"\n'))

    def test_it_has_the_members_that_every_feed_has(self):
        feed = self.feed()
        self.assertEqual((feed["version"], feed["title"], feed["language"]),
                         ("https://jsonfeed.org/version/1.1", "Asociētie partneri", "lv"))
        self.assertEqual(len(feed["items"]), 3)
        for item in feed["items"]:
            self.assertTrue(isinstance(item["id"], str) and item["content_text"] and item["title"])
            self.assertRegex(item["date_published"], r"^\d{4}-\d\d-\d\dT00:00:00Z$")
            self.assertNotIn("url", item)
        self.assertNotIn("feed_url", feed)

    def test_it_tells_what_the_other_feed_tells(self):
        items = self.feed()["items"]
        atom = xml.parse(self.folder / "site/partners.lv.atom").getroot()
        for tag, member in (("id", "id"), ("title", "title"), ("content", "content_text"), ("updated", "date_published")):
            self.assertEqual([entry.findtext(ATOM + tag) for entry in atom.iter(f"{ATOM}entry")],
                             [item[member] for item in items], tag)
        self.assertEqual([(item["tags"], item["language"]) for item in items],
                         [(["ended"], "lv"), (["joined"], "lv"), (["joined"], "lv")])
        self.assertEqual(items[2]["content_text"], "Pirmā rinda\nотрā")

    def test_addresses_are_whole_where_the_site_is_known(self):
        feed = self.based()
        self.assertEqual((feed["home_page_url"], feed["feed_url"]), (BASE + "partners.lv.html", BASE + "feed.lv.json"))
        self.assertEqual(feed["authors"], [{"name": "The Site"}])
        for item in feed["items"]:
            self.assertTrue((self.folder / "site" / item["url"].removeprefix(BASE)).is_file(), item["url"])
        page = (self.folder / "site/partners.lv.html").read_text(encoding="utf-8")
        self.assertTrue(re.search(r'<link rel="alternate" type="application/feed\+json"[^>]* href="'
                                  + re.escape(BASE + "feed.lv.json"), page))

    def test_no_contact_and_nothing_of_who_left_but_the_name(self):
        self.done("update", self.first, "--contact-name", "Secret Person")
        text = json.dumps(self.based())
        for secret in ("Secret", "desk@example.org"):
            self.assertNotIn(secret, text)
        self.assertEqual([item.get("external_url") for item in self.feed()["items"]][:2], [None, None])

    def test_a_list_without_partners_has_an_empty_feed(self):
        self.done("withdraw", self.first)
        self.assertEqual(self.feed("--as-of", "2024-01-01", "--allow-empty")["items"], [])


if __name__ == "__main__":
    main()
