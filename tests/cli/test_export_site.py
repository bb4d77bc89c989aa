"""export --format site: a folder of pages, feeds and data, replaced as one. covenant-export(1), FILES."""

import csv
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.parse
import xml.etree.ElementTree as xml
from html.parser import HTMLParser

from support import BINARY, CovenantTest, form, main, options

LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
DATA = {"partners.csv", "partners.csv-metadata.json", "partners.json", "practices.csv", "dataset.jsonld", "sitemap.xml",
        "partners.schema.json", "delta.schema.json", "feed.schema.json", ".covenant-site"}
XHTML = "{http://www.w3.org/1999/xhtml}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Links(HTMLParser):
    """The addresses that a page leads to and the ids that it has."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.ids = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.addresses += [attributes[name] for name in ("href", "src") if attributes.get(name)]
        self.ids.add(attributes.get("id"))


class ExportSite(CovenantTest):
    def setUp(self):
        super().setUp()
        self.site = self.folder / "site"
        self.first = self.listed("First Association", description="What it is", expertise="What it knows", city="Rīga",
                                 acronym="FA", practices="Tool <https://first.example.org/tool?a=1&b=2>\nIdea")
        self.left = self.listed("Left Association", description="What it was", received_on="2020-01-02")
        self.done("withdraw", self.left, "--on", "2024-03-04")

    def publish(self, *more):
        """Writes the site and returns its files, how many changed and how many were removed."""
        says = self.done("export", "--format", "site", "--output", "site", *more).err
        standing = re.fullmatch(r"site is up to date: (\d+) files\.\n", says)
        if standing:
            return int(standing[1]), 0, 0
        found = re.fullmatch(r"Wrote site: (\d+) files, (\d+) changed(?:, (\d+) removed)?\.\n", says)
        self.assertTrue(found, says)
        return int(found[1]), int(found[2]), int(found[3] or 0)

    def files(self):
        return {str(path.relative_to(self.site)) for path in self.site.rglob("*") if not path.is_dir()}

    def facts(self):
        """What must stay of files that did not change."""
        return {name: ((self.site / name).stat().st_ino, (self.site / name).stat().st_mtime_ns)
                for name in self.files()}

    def content(self):
        return {name: (self.site / name).read_bytes() for name in self.files()}

    def text(self, name):
        return (self.site / name).read_text()

    def expected(self, languages, partners):
        return DATA | {f"{page}.{language}.html" for page in ("partners", "practices") for language in languages} | {
            f"feed.{language}.json" for language in languages} | {
            f"{topic}.{language}.atom" for topic in ("partners", "practices") for language in languages} | {
            f"partner/{partner}.{language}.html" for partner in partners for language in languages} | {
            f"former.{language}.html" for language in languages if self.left in partners} | {
            f"certificate/{self.first}.{'en' if 'en' in languages else languages[0]}.html" for _ in partners}

    def test_the_files_are_those_of_the_manual_in_every_language(self):
        count, changed, removed = self.publish()
        self.assertEqual(self.files(), self.expected(LANGUAGES, [self.first, self.left]))
        self.assertEqual((count, changed, removed), (len(self.files()), len(self.files()), 0))

    def test_languages_are_chosen_by_options_else_by_settings(self):
        self.publish("--lang", "lv", "--lang", "en", "--lang", "lv")
        self.assertEqual(self.files(), self.expected(["en", "lv"], [self.first, self.left]))
        config = self.file("c.toml", '[site]\nlanguages = ["fr", "el"]\n')
        self.publish("--config", config)
        self.assertEqual(self.files(), self.expected(["el", "fr"], [self.first, self.left]))
        self.publish("--config", config, "--lang", "sv")
        self.assertEqual(self.files(), self.expected(["sv"], [self.first, self.left]))

    def test_settings_of_languages_are_checked(self):
        for value in ('["xx"]', "[]", '"lv"', "[1]"):
            config = self.file("c.toml", f"[site]\nlanguages = {value}\n")
            error = self.refuses_settings("--config", config, "export", "--format", "site", "--output", "site")
            self.assertIn("c.toml:2:14: " if value == "[1]" else "c.toml:2:13: ", error)

    def test_no_link_leads_nowhere(self):
        for more in ((), ("--config", self.file("c.toml", '[site]\nbase_url = "https://site.example.org/p/"\n'))):
            self.publish("--lang", "lv", "--lang", "en", *more)
            pages = {name: Links(self.text(name)) for name in self.files() if name.endswith(".html")}
            followed = 0
            for name, page in pages.items():
                for address in page.addresses:
                    if address.startswith("https://site.example.org/p/"):
                        self.assertTrue(more)
                        address = urllib.parse.urljoin("https://site.example.org/p/" + name, address)
                        address = os.path.relpath(address.removeprefix("https://site.example.org/p/"),
                                                  os.path.dirname(name) or ".")
                    if urllib.parse.urlsplit(address).scheme:
                        continue
                    path, _, fragment = address.partition("#")
                    target = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
                    self.assertIn(target, self.files(), f"{name}: {address}")
                    if fragment:
                        self.assertIn(fragment, pages[target].ids, f"{name}: {address}")
                    followed += 1
            self.assertGreater(followed, 10)

    def test_pages_lead_to_the_other_languages(self):
        self.publish("--lang", "lv", "--lang", "en")
        self.assertIn('href="partners.en.html"', self.text("partners.lv.html"))
        self.assertIn(f'href="{self.first}.en.html"', self.text(f"partner/{self.first}.lv.html"))

    def test_the_list_leads_to_partners_feed_and_data(self):
        self.publish("--lang", "lv")
        for address in (f"partner/{self.first}.lv.html", "partners.lv.atom", "practices.lv.atom", "feed.lv.json", "partners.csv",
                        "partners.json", "former.lv.html", f"partner/{self.left}.lv.html"):
            self.assertIn(f'href="{address}"', self.text("partners.lv.html"))

    def test_every_page_has_the_links_of_the_settings(self):
        config = self.file("c.toml", '[site]\nlegal_notice = "https://site.example.org/legal"\nname = "The Site"\n')
        self.publish("--lang", "lv", "--config", config)
        for page in ("partners.lv.html", f"partner/{self.first}.lv.html", f"partner/{self.left}.lv.html"):
            for text in ('href="https://site.example.org/legal"', "The Site"):
                self.assertIn(text, self.text(page))

    def test_pages_lead_to_the_website_around_them_in_their_language(self):
        links = ("home", "join", "contact", "accessibility", "privacy", "legal_notice", "sitemap", "licence")
        config = self.file("c.toml", "[site]\n" + "".join(
            f'{link} = "https://{{lang}}.example.org/{{lang}}/{link}?{{lang}}"\n' for link in links))
        self.publish("--lang", "lv", "--lang", "en", "--config", config)
        for language in ("lv", "en"):
            for page in ("partners", f"partner/{self.first}", f"partner/{self.left}"):
                text = self.text(f"{page}.{language}.html")
                for link in links:
                    self.assertIn(f'<a href="https://{language}.example.org/{language}/{link}?{language}"', text)
                self.assertNotRegex(text, 'href="[^"]*{lang}')
        self.assertIn('/home?lv">Pilsētu mēru pakts</a>', self.text("partners.lv.html"))
        self.assertNotIn("{lang}", self.text("dataset.jsonld"))

    def test_the_name_of_kosovo_has_its_footnote_where_the_office_wants_it(self):
        partner = self.listed("Pristina Association", country="XK", practices="Shared tool")
        pages = ("partners.lv.html", f"partner/{partner}.lv.html", "practices.lv.html")
        self.publish("--lang", "lv")
        for page in pages:
            self.assertNotRegex(self.text(page), r"Kosova\*|1244/1999")
        config = self.file("c.toml", "[site]\nkosovo_note = true\n")
        self.publish("--lang", "lv", "--config", config)
        for page in pages:
            self.assertRegex(self.text(page), r"(?s)Kosova\*.*<footer>\n<p>\* Šis nosaukums [^<]* 1244/1999 ")
        self.assertNotIn("1244/1999", self.text(f"partner/{self.first}.lv.html"))
        self.assertNotIn("1244/1999", self.text(f"partner/{self.left}.lv.html"))
        fragment = self.done("export", "--format", "html", "--fragment", "--lang", "en", "--config", config).out
        self.assertRegex(fragment, r"(?s)Kosovo\*.*<p class=\"footnote\">\* This designation ")
        self.assertRegex(self.done("report", "--format", "html", "--config", config).out,
                         r"(?s)Kosovo\*.*<footer>\s*<p>\* This designation ")
        self.assertNotIn("1244/1999", self.done("report", "--format", "html").out)

    def test_titles_have_at_most_70_characters(self):
        long = self.listed("Network of Networks for the Sustainable Energy of Municipalities and Regions, their Agencies")
        word = self.listed("W" * 300)
        self.done("withdraw", word, "--on", "2026-01-02")
        self.publish()
        for language in LANGUAGES:
            for page in ("partners", "practices", "former", f"partner/{long}", f"partner/{word}"):
                title = re.search("<title>(.*)</title>", self.text(f"{page}.{language}.html"))[1]
                self.assertLessEqual(len(title), 70, title)
        title = re.search("<title>(.*)</title>", self.text(f"partner/{long}.en.html"))[1]
        self.assertEqual(title, "Network of Networks for the Sustainable Energy… – Associated Partners")
        self.assertIn('<h1 class="long"><span>Network of Networks for the Sustainable Energy of Municipalities and Regions, their Agencies</span>',
                      self.text(f"partner/{long}.en.html"))

    def test_downloads_have_their_sizes(self):
        self.publish("--lang", "en")
        for page, file in (("partners", "partners.csv"), ("partners", "partners.json"), ("partners", "practices.csv"),
                           ("practices", "practices.csv")):
            shown = re.search(f'<a href="{file}" type="[^"]+">[^<]* \\(([\\d.]+) kB\\)</a>', self.text(f"{page}.en.html"))
            size = max(1, (self.site / file).stat().st_size / 1000)
            self.assertAlmostEqual(float(shown[1]), size, delta=size * 0.05)

    def test_a_site_has_a_name_in_each_language(self):
        config = self.file("c.toml", '[site.name]\nlv = "Vietne"\n')
        self.publish("--lang", "lv", "--lang", "el", "--config", config)
        self.assertIn("– Vietne</title>", self.text("partners.lv.html"))
        self.assertIn("– Σύμφωνο των Δημάρχων</title>", self.text("partners.el.html"))

    def test_a_partner_has_all_that_is_public_on_its_page(self):
        self.publish("--lang", "lv")
        page = self.text(f"partner/{self.first}.lv.html")
        for text in ("First Association", ">FA<", "What it is", "What it knows", "Rīga", "Beļģija", "2024-05-06",
                     'href="https://first.example.org/tool?a=1&amp;b=2"', ">Idea<", 'href="https://first-association.',
                     self.first, '<html lang="lv">', f'href="../certificate/{self.first}.lv.html"', ">Eiropas<",
                     '<meta name="description" content="What it is">', '<meta property="og:title" content="First Association">', '<span lang="en">First Association</span>'):
            self.assertIn(text, page)
        self.assertNotIn("desk@example.org", page)
        [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        self.assertEqual(json.loads(data)["name"], "First Association")

    def test_who_left_keeps_a_page_without_texts(self):
        self.publish("--lang", "en")
        page = self.text(f"partner/{self.left}.en.html")
        for text in ("Left Association", "Partner since: ", "2020-01-02", "Partner until: ", "2024-03-04"):
            self.assertIn(text, page)
        for text in ("What it was", "left-association.example.org"):
            self.assertNotIn(text, page)

    def test_who_left_is_on_a_page_of_their_own_those_first_who_left_last(self):
        other = self.listed("Other Association", received_on="2021-01-02")
        self.done("withdraw", other, "--on", "2025-03-04")
        self.publish("--lang", "en")
        links = [address for address in Links(self.text("former.en.html")).addresses if address.startswith("partner/")]
        self.assertEqual(links, [f"partner/{other}.en.html", f"partner/{self.left}.en.html"])
        for day in ("2020-01-02", "2024-03-04"):
            self.assertIn(day, self.text("former.en.html"))

    def test_where_nobody_left_there_is_no_page_of_them(self):
        self.publish("--lang", "en", "--as-of", "2020-02-01")
        self.assertNotIn("former.en.html", self.files())
        self.assertNotIn("former.en.html", self.text("partners.en.html"))

    def test_a_certificate_is_in_the_language_of_the_partner_if_the_site_has_it(self):
        for language in ("lv", "is"):
            self.listed(f"Association {language}", language=language)
        self.publish("--lang", "lv", "--lang", "en")
        certificates = {name for name in self.files() if name.startswith("certificate/")}
        self.assertEqual(certificates, {f"certificate/{self.first}.en.html", "certificate/AP-0003.lv.html",
                                        "certificate/AP-0004.en.html"})
        self.assertIn('href="../certificate/AP-0004.en.html" hreflang="en"', self.text("partner/AP-0004.lv.html"))

    def test_the_last_change_is_the_first_of_the_latest_changes(self):
        def told():
            page = self.text("partners.en.html")
            [fact] = re.findall(r'Last change: <time datetime="([^"]*)"', page)
            changes = re.findall(r'<li><time datetime="([^"]*)">[^<]*</time> ([^<]*)', page.partition('id="changes"')[2])
            return fact, changes
        for options, what in ((("--description", "What it is now"), "List updated"),
                              (("--practice", "Idea", "--practice", "Other"), "New practices and tools: ")):
            self.done("update", self.first, *options)
            self.publish("--lang", "en")
            fact, changes = told()
            self.assertEqual(changes[0], (fact, what))

    def test_who_never_joined_has_no_page(self):
        applicant = self.apply("Applicant Association")
        self.done("withdraw", self.apply("Withdrawn Association"))
        self.publish("--lang", "en")
        self.assertEqual(self.files(), self.expected(["en"], [self.first, self.left]))
        self.assertNotIn(applicant, self.text("sitemap.xml"))

    def test_hostile_texts_stay_texts(self):
        hostile = '</script><script>alert(1)</script>"\'><img src=x onerror=alert(2)>'
        partner = self.listed(hostile, acronym='"><b>', city="</p>", description=hostile, expertise=hostile,
                              practices=f"{hostile} <https://hostile.example.org/?'&x>", website="https://other.example.org/")
        self.publish("--lang", "en")
        for name in (f"partner/{partner}.en.html", "partners.en.html"):
            page = self.text(name)
            self.assertNotIn("<img", page)
            self.assertNotIn("<script>alert", page)
            self.assertNotIn("<b>\"", page)

    def test_lists_data_and_feeds_are_those_of_their_own_formats(self):
        self.publish("--lang", "lv")
        for form in ("csv", "json"):
            self.assertEqual((self.site / f"partners.{form}").read_bytes(),
                             self.done("export", "--format", form, "--lang", "lv").out.encode(), form)

    def practices(self):
        """The titles, contents and links of the entries about practices, the newest first."""
        atom = "{http://www.w3.org/2005/Atom}"
        feed = xml.fromstring(self.text("practices.en.atom"))
        ids = [entry.findtext(f"{atom}id") for entry in feed.findall(f"{atom}entry")]
        self.assertEqual(len(ids), len(set(ids)))
        return [(entry.findtext(f"{atom}title"), entry.findtext(f"{atom}content"),
                 {link.get("rel"): link.get("href") for link in entry.findall(f"{atom}link")})
                for entry in feed.findall(f"{atom}entry")]

    def test_the_feed_of_practices_has_each_that_came_with_a_joining_or_after_it(self):
        self.publish("--lang", "en")
        page = f"partner/{self.first}.en.html"
        joined = [("Tool", "New practices and tools: First Association",
                   {"alternate": page, "related": "https://first.example.org/tool?a=1&b=2"}),
                  ("Idea", "New practices and tools: First Association", {"alternate": page})]
        self.assertEqual(self.practices(), joined)
        self.done("update", self.first, "--practice", "Idea", "--practice", "New <https://first.example.org/new>")
        self.publish("--lang", "en")
        added = ("New", "New practices and tools: First Association",
                 {"alternate": page, "related": "https://first.example.org/new"})
        self.assertEqual(self.practices(), [added, *joined])
        self.done("withdraw", self.first)
        self.publish("--lang", "en", "--allow-empty")
        self.assertEqual(self.practices(), [])
        self.assertNotIn("1970", self.text("practices.en.atom"))

    def test_corrected_joinings_and_undone_changes_bring_no_practices_again(self):
        self.publish("--lang", "en")
        before = self.practices()
        self.assertEqual(len(before), 2)
        self.done("correct", self.first, "--received-on", "2024-05-07", "--because", "Misread")
        self.publish("--lang", "en")
        self.assertEqual(self.practices(), before)
        self.done("update", self.first, "--practice", "Idea", "--practice", "New")
        self.done("undo", "--last")
        self.publish("--lang", "en")
        self.assertEqual(self.practices(), before)

    def test_all_practices_have_a_page_and_a_csv(self):
        self.listed("Other Association", categories="civil-society;other", country="LV", practices="Guide", expertise="All")
        self.listed("Association Without")
        self.publish("--lang", "en", "--lang", "lv")
        self.assertEqual(list(csv.DictReader(self.text("practices.csv").splitlines())), [
            {"title": title, "link": link, "partner": partner, "partner_id": number, "categories": categories,
             "country": country, "since": "2024-05-06"} for title, link, partner, number, categories, country in (
                 ("Tool", "https://first.example.org/tool?a=1&b=2", "First Association", self.first, "industrial", "BE"),
                 ("Idea", "", "First Association", self.first, "industrial", "BE"),
                 ("Guide", "", "Other Association", "AP-0003", "civil-society;other", "LV"))])
        page = self.text("practices.lv.html")
        rows = re.findall(r'<li class="partner" data-category="(.*?)" data-country="(..)">', page)
        self.assertEqual(rows, [("industrial", "BE")] * 2 + [("civil-society other", "LV")])
        for text in ("<title>Prakse un instrumenti – ", '<a href="https://first.example.org/tool?a=1&amp;b=2" rel="external">Tool</a>',
                     f'<a href="partner/{self.first}.lv.html" lang="en">First Association</a>', "Prakse un instrumenti: 3<",
                     'href="practices.csv"', 'href="practices.en.html"', '<option value="LV">Latvija (1)</option>', "2024-05-06"):
            self.assertIn(text, page)
        self.assertNotIn("Association Without", page)
        for address in ("practices.lv.html", "practices.csv", "dataset.jsonld", "partners.schema.json"):
            self.assertIn(f'href="{address}"', self.text("partners.lv.html"))

    def test_a_page_without_practices_says_so(self):
        self.done("update", self.first, "--practices=")
        self.publish("--lang", "en")
        self.assertIn("There are no practices and tools yet.", self.text("practices.en.html"))
        self.assertEqual(self.text("practices.csv"), "title,link,partner,partner_id,categories,country,since\n")

    def test_nothing_is_touched_when_nothing_changed(self):
        count, _, _ = self.publish("--lang", "en", "--lang", "lv")
        before, folder = self.facts(), self.site.stat().st_ino
        self.assertEqual(self.publish("--lang", "en", "--lang", "lv"), (count, 0, 0))
        self.assertEqual((self.facts(), self.site.stat().st_ino), (before, folder))

    def test_what_did_not_change_keeps_its_inode_and_time(self):
        self.publish("--lang", "en", "--lang", "lv")
        before = self.facts()
        self.done("update", self.first, "--description", "What it is now")
        _, changed, _ = self.publish("--lang", "en", "--lang", "lv")
        after = self.facts()
        differing = {name for name in before if before[name] != after[name]}
        self.assertEqual(changed, len(differing))
        self.assertTrue({f"partner/{self.first}.en.html", "partners.csv", "partners.lv.html"} <= differing)
        self.assertFalse({f"partner/{self.left}.en.html", "practices.lv.atom", "practices.csv"} & differing)

    def fresh(self, *more):
        """The files of a site that is written anew, without the manifest: it counts them too."""
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)
        self.done("export", "--format", "site", "--output", "fresh", "--allow-empty", *more)
        return {str(path.relative_to(self.folder / "fresh")): path.read_bytes()
                for path in (self.folder / "fresh").rglob("*") if not path.is_dir()}

    def test_after_every_change_the_site_is_what_a_new_one_would_be(self):
        config = self.file("c.toml", '[site]\nbase_url = "https://site.example.org/"\n')
        languages = ("--lang", "en", "--lang", "lv", "--config", config)
        third = self.listed("Third Association", practices="Third practice")
        steps = [
            ("update", self.first, "--description", "What it is now"),
            ("update", self.first, "--practice", "New practice <https://first.example.org/new>"),
            ("update", self.first, "--city", "Rīga"),
            ("update", third, "--category", "industrial"),
            ("update", third, "--language", "lv"),
            ("update", third, "--website", "https://third.example.org/new"),
            ("undo", "--last"),
            ("update", self.first, "--name", "Renamed Association", "--country", "LV"),
            ("apply", *options(form("Applicant Association"))),
            ("note", self.first, "Between us"),
            ("renew", self.first, "--commitment", self.commitment()),
            ("revoke", third, "--reason", "merged", "--successor", self.first),
            ("withdraw", self.first),
            ("erase", self.first, "--contact"),
        ]
        self.publish(*languages)
        for step in steps:
            self.done(*step)
            self.publish(*languages, "--allow-empty")
            self.assertEqual(self.content(), self.fresh(*languages), step)
            self.assertEqual(self.publish(*languages, "--allow-empty")[1:], (0, 0), step)

    def test_a_page_or_feed_that_shows_nothing_of_what_changed_is_kept_as_it_is(self):
        self.publish("--lang", "en")
        whole, former = self.content(), "former.en.html"
        practices, joinings = ("practices.en.html", "practices.en.atom"), ("partners.en.atom", "feed.en.json")
        for name in (former, *practices, *joinings):
            (self.site / name).write_text("edited")
        self.done("update", self.first, "--city", "Rīga")
        self.publish("--lang", "en")
        self.assertEqual({self.text(name) for name in (former, *practices, *joinings)}, {"edited"})
        self.assertIn("Rīga", self.text("partners.en.html"))
        self.done("update", self.first, "--practice", "New practice")
        self.publish("--lang", "en")
        self.assertTrue(all("New practice" in self.text(name) for name in practices))
        self.assertEqual({self.text(name) for name in (former, *joinings)}, {"edited"})
        self.assertEqual(self.publish("--lang", "en", "--full")[1], 3)
        self.assertEqual(self.text(former), whole[former].decode())

    def test_what_nobody_sees_changes_nothing(self):
        self.publish("--lang", "en")
        before = self.facts()
        self.apply("Applicant Association")
        self.done("update", self.first, "--contact-email", "other@example.org")
        self.assertEqual(self.publish("--lang", "en")[1:], (0, 0))
        self.assertEqual(self.facts(), before)

    def test_every_setting_changes_the_site(self):
        site = "https://site.example.org/"
        settings = {"name": "The Site", "base_url": site, "licence": site}
        settings |= {link: f"{site}{link}" for link in ("legal_notice", "newsletter", "rss_help", "contact", "home", "join",
                                                        "accessibility", "privacy", "sitemap")}
        self.publish("--lang", "en")
        lines = "[site]\n"
        for name, value in settings.items():
            lines += f'{name} = "{value}"\n'
            config = self.file("c.toml", lines)
            self.assertGreater(self.publish("--lang", "en", "--config", config)[1], 1, name)
            self.assertEqual(self.content(), self.fresh("--lang", "en", "--config", config), name)
        config = self.file("c.toml", lines.replace('name = "The Site"\n', "") + '[site.name]\nen = "The Site"\n')
        self.assertGreater(self.publish("--lang", "en", "--lang", "lv", "--config", config)[1], 1)
        config = self.file("c.toml", lines.replace('name = "The Site"\n', "") + '[site.name]\nlv = "Vietne"\n')
        self.assertGreater(self.publish("--lang", "en", "--lang", "lv", "--config", config)[1], 1)

    def test_every_choice_of_partners_and_days_changes_the_site(self):
        self.listed("Latvian Association", country="LV", categories="civil-society")
        for more in ((), ("--country", "LV"), ("--category", "civil-society"), ("--as-of", "2020-01-01"), ()):
            self.publish("--lang", "en", "--allow-empty", *more)
            self.assertEqual(self.content(), self.fresh("--lang", "en", *more), more)

    def test_a_file_that_was_edited_is_mended_by_full(self):
        count, _, _ = self.publish("--lang", "en")
        page = f"partner/{self.first}.en.html"
        whole = self.content()
        (self.site / page).write_text("edited")
        self.assertEqual(self.publish("--lang", "en"), (count, 0, 0))
        self.assertEqual(self.text(page), "edited")
        self.assertEqual(self.publish("--lang", "en", "--full"), (count, 1, 0))
        self.assertEqual(self.content(), whole)
        self.assertIn("--full can only be used with --format site", self.fails(2, "export", "--format", "csv", "--full"))

    def test_files_that_were_lost_come_back_though_nothing_changed(self):
        count, _, _ = self.publish("--lang", "en")
        whole = self.content()

        def all_but_the_manifest():
            for name in self.files() - {".covenant-site"}:
                (self.site / name).unlink()

        for lose, lost in ((lambda: shutil.rmtree(self.site / "partner"), 2), ((self.site / "partners.csv").unlink, 1),
                           ((self.site / "certificate" / f"{self.first}.en.html").unlink, 1), (all_but_the_manifest, count - 1)):
            lose()
            self.assertEqual(self.publish("--lang", "en"), (count, lost, 0))
            self.assertEqual(self.content(), whole)
            self.assertEqual(self.publish("--lang", "en"), (count, 0, 0))

    def test_a_file_of_ours_that_does_not_belong_there_goes_though_nothing_changed(self):
        count, _, _ = self.publish("--lang", "en")
        whole = self.content()
        for put in (lambda path: path.write_text("left over"), lambda path: path.symlink_to("/etc/passwd")):
            put(self.site / "partner" / "AP-9999.en.html")
            self.assertEqual(self.publish("--lang", "en"), (count, 0, 1))
            self.assertEqual(self.content(), whole)
        (self.site / "partner" / "photo.html").write_text("theirs")
        self.assertEqual(self.publish("--lang", "en"), (count, 0, 0))

    def test_a_link_in_the_place_of_a_file_or_folder_is_refused_though_nothing_changed(self):
        self.publish("--lang", "en")
        for name in ("partners.csv", f"partner/{self.first}.en.html", f"certificate/{self.first}.en.html", "partner"):
            moved, place = self.folder / "moved", self.site / name
            place.rename(moved)
            place.symlink_to(moved)
            error = self.fails(9, "export", "--format", "site", "--output", "site", "--lang", "en")
            self.assertIn(f"site/{name}: cannot write: it is a link to {moved}", error)
            place.unlink()
            moved.rename(place)
        self.assertEqual(self.publish("--lang", "en")[1:], (0, 0))

    def folders(self, site="site"):
        return {str(path.relative_to(self.folder / site)) for path in (self.folder / site).rglob("*") if path.is_dir()}

    def test_no_folder_of_ours_is_left_empty(self):
        self.publish("--lang", "en")
        kept = self.folder / "kept"
        shutil.copytree(self.site, kept)
        (kept / "certificate" / "seal.png").write_text("theirs")
        (kept / "pictures").mkdir()
        inside = self.folder / "inside"
        shutil.copytree(self.site, inside)
        self.done("revoke", self.first, "--reason", "inactive")
        for full in ((), ("--full",)):
            self.publish("--lang", "en", "--allow-empty", *full)
            self.assertEqual(self.folders(), {"partner"})
            (self.site / "certificate").mkdir()
        self.publish("--lang", "en", "--allow-empty")
        self.assertEqual(self.folders(), {"partner"})
        export = ("export", "--format", "site", "--lang", "en", "--allow-empty", "--output")
        self.done(*export, "kept")
        self.assertEqual(self.folders("kept"), {"partner", "certificate", "pictures"})
        self.assertEqual(os.listdir(kept / "certificate"), ["seal.png"])
        for _ in range(2):  # files in the current folder are replaced one after another
            subprocess.run([BINARY, *export, "."], cwd=inside, env=self.env, stderr=subprocess.DEVNULL, check=True)
        self.assertEqual(self.folders("inside"), {"partner"})
        self.done(*export, "site", "--country", "LV")
        self.assertEqual(self.folders(), set())

    def test_a_page_that_was_lost_comes_back_with_the_next_change(self):
        self.publish("--lang", "en")
        (self.site / f"partner/{self.left}.en.html").unlink()
        self.done("update", self.first, "--description", "What it is now")
        self.publish("--lang", "en")
        self.assertEqual(self.content(), self.fresh("--lang", "en"))

    def test_a_manifest_that_does_not_fit_is_ignored(self):
        count, _, _ = self.publish("--lang", "en")
        whole, manifest = self.content(), self.site / ".covenant-site"
        text = manifest.read_text()
        lines = text.splitlines(keepends=True)
        body = "".join([*lines[:1], "made " + "0" * 64 + "\n", *lines[2:-1]])
        other_program = body + f"end {hashlib.sha256(body.encode()).hexdigest()}\n"
        damaged = {
            "lost": None, "empty": "", "cut off": text[:-40], "other program": other_program,
            "changed": text.replace("files ", "files 9", 1), "longer": text + "end\n", "zeros": "\0" * 5000,
            "without end": "".join(lines[:-1]), "no lines": "covenant site 3", "other": "covenant site 4\n",
            "long line": "covenant site 3\nmade " + "a" * 100000,
        }
        for what, content in damaged.items():
            (self.site / "partners.csv").write_text("edited")
            manifest.unlink()
            if content is not None:
                manifest.write_text(content)
            self.assertEqual(self.publish("--lang", "en"), (count, 2, 0), what)
            self.assertEqual(self.content(), whole, what)

    def test_a_manifest_of_another_registry_is_ignored(self):
        self.publish("--lang", "en")
        self.env["COVENANT_REGISTRY"] = str(self.folder / "other.db")
        self.done("init")
        self.listed("Other Association")
        self.publish("--lang", "en")
        self.assertEqual(self.content(), self.fresh("--lang", "en"))

    def test_what_is_no_file_is_no_manifest(self):
        self.publish("--lang", "en")
        manifest = self.site / ".covenant-site"
        for put in (lambda: manifest.symlink_to("/etc/passwd"), lambda: os.mkfifo(manifest), manifest.mkdir):
            manifest.unlink()
            put()
            self.fails(9, "export", "--format", "site", "--output", "site", "--lang", "en")
            shutil.move(manifest, self.folder / "moved")
            shutil.rmtree(self.folder / "moved") if (self.folder / "moved").is_dir() else os.unlink(self.folder / "moved")
            manifest.write_text("")

    def test_files_of_others_stay_and_ours_that_are_left_over_go(self):
        self.publish("--lang", "en", "--lang", "lv")
        (self.site / "index.html").write_text("theirs")
        (self.site / "partner" / "photo.html").write_text("theirs")
        (self.site / "assets" / "deep").mkdir(parents=True)
        (self.site / "assets" / "deep" / "style.css").write_text("theirs")
        (self.site / "robots.txt").symlink_to("assets/deep/style.css")
        theirs = {"index.html", "partner/photo.html", "assets/deep/style.css", "robots.txt"}
        inodes = {name: (self.site / name).lstat().st_ino for name in theirs}
        _, _, removed = self.publish("--lang", "en")
        self.assertEqual(removed, len(self.expected(["en", "lv"], [self.first, self.left]) - self.expected(["en"], [self.first, self.left])))
        self.assertEqual(self.files(), self.expected(["en"], [self.first, self.left]) | theirs)
        self.assertEqual({name: (self.site / name).lstat().st_ino for name in theirs}, inodes)
        self.assertTrue((self.site / "robots.txt").is_symlink())

    def test_nothing_is_left_beside_the_folder(self):
        self.publish("--lang", "en")
        self.publish("--lang", "lv")
        self.assertEqual([name for name in os.listdir(self.folder) if "site" in name], ["site"])

    def test_a_list_is_not_emptied_by_accident(self):
        self.publish("--lang", "en")
        before = self.content()
        self.fails(3, "export", "--format", "site", "--output", "site", "--lang", "en", "--country", "LV")
        self.assertEqual(self.content(), before)
        self.publish("--lang", "en", "--country", "LV", "--allow-empty")
        self.assertEqual(json.loads(self.text("partners.json"))["count"], 0)

    def test_killed_at_any_moment_the_folder_is_the_old_one_or_the_new_one(self):
        self.publish()
        old = self.content()
        shutil.copytree(self.site, self.folder / "before")
        self.done("update", self.first, "--name", "Renamed Association")
        self.publish()
        new = self.content()
        for step in range(40):
            shutil.rmtree(self.site)
            shutil.copytree(self.folder / "before", self.site)
            run = subprocess.Popen([BINARY, "export", "--format", "site", "--output", "site"], cwd=self.folder,
                                   env=self.env, stderr=subprocess.DEVNULL)
            time.sleep(step * 0.004)
            run.send_signal(signal.SIGKILL)
            run.wait()
            self.assertIn(self.content(), (old, new))
        self.publish()
        self.assertEqual(self.content(), new)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith(".site")], [])

    def test_a_folder_that_cannot_be_written_is_left_alone(self):
        self.file("taken", "a file")
        self.fails(9, "export", "--format", "site", "--output", "taken")
        self.fails(9, "export", "--format", "site", "--output", "no/such/place")
        self.assertEqual((self.folder / "taken").read_text(), "a file")

    def test_where_the_folder_cannot_be_exchanged_its_files_are_replaced(self):
        """A folder that may be written is in one that may not; root may write everywhere, so it steps down."""
        outside, site = self.folder / "outside", self.folder / "outside" / "site"
        site.mkdir(parents=True)
        who, binary = {}, shutil.copy(BINARY, self.folder / "covenant")
        if os.geteuid() == 0:
            nobody = 65534
            who = {"user": nobody, "group": nobody, "extra_groups": []}
            self.folder.chmod(0o755)
            for path in (site, self.registry):
                os.chown(path, nobody, nobody)
            self.env["COVENANT_REGISTRY"] = str(shutil.move(self.registry, site / "registry.db"))
        else:
            outside.chmod(0o555)
            self.addCleanup(outside.chmod, 0o755)

        def publish(*more):
            ran = subprocess.run([binary, "export", "--format", "site", "--output", site, *more], env=self.env,
                                 capture_output=True, text=True, **who)
            self.assertEqual(ran.returncode, 0, ran.stderr)
            return ran.stderr

        (site / "index.html").write_text("theirs")
        count = len(self.expected(["en", "lv"], [self.first, self.left]))
        self.assertEqual(publish("--lang", "en", "--lang", "lv"), f"Wrote {site}: {count} files, {count} changed.\n")
        self.assertEqual(publish("--lang", "en", "--lang", "lv"), f"{site} is up to date: {count} files.\n")
        before = (site / "practices.en.atom").stat().st_ino
        self.assertRegex(publish("--lang", "en"), r": 19 files, \d+ changed, \d+ removed\.\n$")
        self.site = site
        self.assertEqual({name for name in self.files() if not name.startswith("registry")},
                         self.expected(["en"], [self.first, self.left]) | {"index.html"})
        self.assertEqual((site / "practices.en.atom").stat().st_ino, before)
        self.assertEqual(os.listdir(outside), ["site"])

    def test_the_folder_that_the_shell_is_in_stays_the_same(self):
        """Otherwise the next command runs in a folder that is gone."""
        site = self.folder / "here"
        (site / "below").mkdir(parents=True)
        for place, output in ((site, "."), (site / "below", ".."), (site, site)):
            before = place.stat().st_ino
            for _ in range(2):
                ran = subprocess.run([BINARY, "export", "--format", "site", "--output", output, "--lang", "en"],
                                     cwd=place, env=self.env, capture_output=True, text=True, check=False)
                self.assertEqual(ran.returncode, 0, ran.stderr)
            self.assertEqual(place.stat().st_ino, before)
        self.site = site
        self.assertEqual(self.files(), self.expected(["en"], [self.first, self.left]))

    def test_a_registry_in_the_folder_can_be_written_meanwhile(self):
        """It never has a second name there, with which it would be refused."""
        site = self.folder / "site"
        site.mkdir()
        self.env["COVENANT_REGISTRY"] = str(shutil.move(self.registry, site / "registry.db"))
        before = site.stat().st_ino
        self.publish("--lang", "en")
        self.assertEqual(site.stat().st_ino, before)
        self.assertTrue((site / "partners.en.html").exists())

    def test_no_folder_takes_the_name_of_a_journal(self):
        for suffix in ("-journal", "-wal", "-shm"):
            journal = self.folder / f"registry.db{suffix}"
            journal.unlink(missing_ok=True)
            for name in (journal.name, f"{journal.name}/", journal):
                self.fails(5, "export", "--format", "site", "--output", name)
                self.assertFalse(journal.is_dir())
        self.done("check")

    def test_options_that_make_no_sense_are_refused(self):
        for more in ((), ("--output", "-"), ("--output", "site", "--fragment"), ("--output", "site", "--spreadsheet"),
                     ("--output", "site", "1"), ("--output", "site", "--lang", "xx")):
            self.fails(2, "export", "--format", "site", *more)
        self.fails(2, "export", "--format", "html", "--lang", "en", "--lang", "lv")
        self.assertFalse(self.site.exists())

    def test_the_metadata_describe_the_columns_of_the_csv(self):
        self.publish("--lang", "lv", "--lang", "fr")
        metadata = json.loads(self.text("partners.csv-metadata.json"))
        header, row = list(csv.reader(self.text("partners.csv").splitlines()))[:2]
        columns = metadata["tableSchema"]["columns"]
        self.assertEqual([column["titles"] for column in columns], header)
        self.assertEqual(metadata["url"], "partners.csv")
        for column, cell in zip(columns, row):
            self.assertTrue(cell or not column["required"], column)
            if isinstance(column["datatype"], dict):
                for value in cell.split(column.get("separator")):
                    self.assertRegex(value, f"^(?:{column['datatype']['format']})$")

    def test_the_data_set_is_described_in_every_language(self):
        config = self.file("c.toml", '[site]\nbase_url = "https://site.example.org/p"\nname = "Site"\n'
                                     'licence = "https://licence.example.org/"\ncontact = "https://c.example.org/"\n')
        self.publish("--lang", "lv", "--lang", "fr", "--config", config)
        dataset = json.loads(self.text("dataset.jsonld"))
        self.assertEqual([title["@language"] for title in dataset["dct:title"]], ["fr", "lv"])
        self.assertEqual([language["@id"][-3:] for language in dataset["dct:language"]], ["FRA", "LAV"])
        self.assertEqual([form["dcat:downloadURL"]["@id"] for form in dataset["dcat:distribution"]],
                         [f"https://site.example.org/p/{name}" for name in (
                             "partners.csv", "practices.csv", "partners.json", "partners.fr.atom")])
        self.assertEqual(dataset["dcat:distribution"][2]["dct:conformsTo"]["@id"],
                         "https://site.example.org/p/partners.schema.json")
        self.assertEqual([name["@value"] for name in dataset["dct:publisher"]["foaf:name"]],
                         ["Bureau de la Convention des Maires", "Pilsētu mēru pakta birojs"])
        concepts = []
        json.loads(self.text("dataset.jsonld"), object_hook=lambda node: concepts.append(node) or node)
        concepts = [node for node in concepts if node.get("@type") == "skos:Concept"]
        self.assertEqual(len(concepts), 5)
        self.assertTrue(all(concept["skos:prefLabel"]["@value"] for concept in concepts))
        self.assertEqual({form["dct:license"]["@id"] for form in dataset["dcat:distribution"]},
                         {"https://licence.example.org/"})
        prefixes = set(dataset["@context"])
        self.assertTrue(all(term.split(":")[0] in prefixes
                            for term in re.findall(r'"([a-z]+:[A-Za-z]+)"', self.text("dataset.jsonld"))))

    def test_the_sitemap_has_every_page(self):
        config = self.file("c.toml", '[site]\nbase_url = "https://site.example.org/p"\n')
        self.publish("--lang", "lv", "--lang", "en", "--config", config)
        addresses = [url.findtext(f"{MAP}loc") for url in xml.fromstring(self.text("sitemap.xml"))]
        self.assertEqual(addresses, [f"https://site.example.org/p/{name}" for name in (
            "partners.en.html", "partners.lv.html", "practices.en.html", "practices.lv.html", f"partner/{self.first}.en.html",
            f"partner/{self.first}.lv.html", "former.en.html", "former.lv.html", f"partner/{self.left}.en.html",
            f"partner/{self.left}.lv.html")])
        for number, url in enumerate(list(xml.fromstring(self.text("sitemap.xml")))[:4]):
            page = ("partners", "practices")[number // 2]
            self.assertEqual([(link.get("hreflang"), link.get("href").rpartition("/")[2]) for link in url.findall(f"{XHTML}link")],
                             [("en", f"{page}.en.html"), ("lv", f"{page}.lv.html"), ("x-default", f"{page}.en.html")])

    def test_the_site_of_a_past_day(self):
        self.publish("--lang", "en", "--as-of", "2020-01-01")
        self.assertEqual(self.files(), self.expected(["en"], []))


if __name__ == "__main__":
    main()
