"""export --format atom: joinings and endings, newest first. covenant-export(1); RFC 4287, RFC 4151."""

import xml.etree.ElementTree as xml

from support import CovenantTest, csv_text, form, main

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class ExportAtom(CovenantTest):
    def feed(self, *more):
        return xml.fromstring(self.done("export", "--format", "atom", *more).out.encode())

    def entries(self, *more):
        """Day, term and partner of each entry, as the id has them."""
        found = []
        for entry in self.feed(*more).findall(f"{ATOM}entry"):
            partner, term, day = entry.findtext(f"{ATOM}id").split(":", 2)[2].split("/")[:3]
            self.assertEqual(entry.find(f"{ATOM}category").get("term"), term)
            self.assertEqual(entry.findtext(f"{ATOM}updated"), f"{day}T00:00:00Z")
            found.append((day, term, partner))
        return found

    def listed_on(self, days):
        """Partners that joined on those days, by way of CSV."""
        names = [f"Association {number:03}" for number in range(len(days))]
        self.done("apply", "--csv", self.csv([form(name, applied_on="2008-01-01") for name in names]))
        self.done("verify", "--all")
        rows = [{"partner": str(number), "no_commitment": "joined on paper", "received_on": day}
                for number, day in enumerate(days, 1)]
        self.done("approve", "--csv", self.file("approve.csv", csv_text(rows)))

    def test_joinings_and_endings_come_newest_first(self):
        first = self.listed("First", received_on="2020-01-02")
        second = self.listed("Second", received_on="2024-05-06")
        self.done("revoke", first, "--reason", "inactive", "--on", "2024-05-07")
        self.assertEqual(self.entries(), [("2024-05-07", "ended", first), ("2024-05-06", "joined", second),
                                          ("2020-01-02", "joined", first)])
        self.assertEqual(self.feed().findtext(f"{ATOM}updated"), "2024-05-07T00:00:00Z")

    def test_on_one_day_the_last_recorded_comes_first(self):
        first, second = self.listed("First"), self.listed("Second")
        self.done("withdraw", first, "--on", "2024-05-06")
        self.assertEqual(self.entries(), [("2024-05-06", "ended", first), ("2024-05-06", "joined", second),
                                          ("2024-05-06", "joined", first)])

    def test_a_partner_that_left_and_came_back_has_every_move(self):
        partner = self.listed("Returning Association", received_on="2020-01-02")
        self.done("withdraw", partner, "--on", "2021-01-02")
        self.apply("Returning Association", applied_on="2021-01-02")
        self.assertEqual(self.entries(), [("2021-01-02", "ended", partner), ("2020-01-02", "joined", partner)])
        self.done("verify", partner)
        self.approve(partner, "--received-on", "2021-01-02")
        self.assertEqual(self.entries(), [("2021-01-02", "joined", partner), ("2021-01-02", "ended", partner),
                                          ("2020-01-02", "joined", partner)])

    def test_ids_are_unique_and_stay_when_the_history_grows(self):
        def ids(*more):
            return [entry.findtext(f"{ATOM}id") for entry in self.feed(*more).findall(f"{ATOM}entry")]

        partner = self.listed("Returning Association", received_on="2020-01-02")
        for _ in range(2):
            self.done("withdraw", partner, "--on", "2020-01-02")
            self.apply("Returning Association", applied_on="2020-01-02")
            self.done("verify", partner)
            self.approve(partner, "--received-on", "2020-01-02")
        before = ids()
        self.assertEqual(len(set(before)), 5)
        self.done("update", partner, "--name", "Renamed Association")
        self.listed("Another", received_on="2019-01-02")
        self.assertEqual(ids()[:5], before)
        self.assertEqual(ids("--lang", "lv"), ids())

    def test_applicants_are_not_told_of(self):
        self.done("withdraw", self.apply("Never joined"))
        self.partner_that_is("ineligible")
        self.partner_that_is("eligible")
        self.assertEqual(self.entries(), [])

    def test_there_are_at_least_twenty(self):
        self.listed_on([f"{2008 + number // 2}-0{3 + number % 2}-04" for number in range(22)])
        self.assertEqual([day[:7] for day, _, _ in self.entries()],
                         [f"{2018 - number // 2}-0{4 - number % 2}" for number in range(20)])

    def test_those_of_two_years_before_the_last_change_are_all_there(self):
        self.listed_on(["2022-03-03", "2022-03-04", "2024-03-04"] + ["2023-01-01"] * 20)
        days = [day for day, _, _ in self.entries()]
        self.assertEqual(days, ["2024-03-04"] + ["2023-01-01"] * 20 + ["2022-03-04"])

    def test_two_years_before_a_leap_day_there_is_none(self):
        self.listed_on(["2022-02-27", "2022-02-28", "2024-02-29"] + ["2023-01-01"] * 20)
        self.assertEqual(self.entries()[-1][0], "2022-02-28")

    def test_the_feed_may_be_about_practices_and_tools(self):
        partner = self.listed("Alpha", practices="Tool <https://a.example.org/tool>", received_on="2024-05-06")
        self.listed("Beta")
        feed = self.feed("--feed", "practices")
        [entry] = feed.findall(f"{ATOM}entry")
        self.assertEqual(entry.findtext(f"{ATOM}title"), "Tool")
        self.assertIn(partner, entry.findtext(f"{ATOM}id"))
        self.assertNotEqual(feed.findtext(f"{ATOM}id"), self.feed().findtext(f"{ATOM}id"))
        self.assertEqual(self.done("export", "--format", "atom", "--feed", "partners").out,
                         self.done("export", "--format", "atom").out)
        result = self.done("export", "--format", "atom", "--feed", "practices", "--output", "practices.atom")
        self.assertEqual(result.err, "Wrote practices.atom (1 entry).\n")

    def test_a_topic_is_of_a_feed(self):
        self.assertIn("--feed can only be used with --format atom",
                      self.fails(2, "export", "--format", "json", "--feed", "practices"))
        self.assertIn("did you mean 'practices'?", self.fails(2, "export", "--format", "atom", "--feed", "practice"))

    def test_who_left_is_told_without_texts(self):
        partner = self.listed("Left", description="What it was", practices="Tool")
        self.assertIn("What it was", self.done("export", "--format", "atom").out)
        self.done("withdraw", partner)
        feed = self.done("export", "--format", "atom").out
        self.assertNotIn("What it was", feed)
        self.assertNotIn("left.example.org", feed)

    def test_the_contact_is_not_there(self):
        self.listed(contact_name="Somebody", contact_email="somebody@example.org")
        self.assertNotIn("omebody", self.done("export", "--format", "atom").out)

    def test_texts_are_escaped_and_tell_their_language(self):
        self.listed("<b>&\"'", description="]]><x>&amp;\nline", language="lv")
        [entry] = self.feed().findall(f"{ATOM}entry")
        self.assertIn("<b>&\"'", entry.findtext(f"{ATOM}title"))
        content = entry.find(f"{ATOM}content")
        self.assertEqual((content.text, content.get(LANG)), ("]]><x>&amp;\nline", "lv"))

    def test_titles_and_dates_are_in_the_language(self):
        self.listed("Alpha")
        english, latvian = self.feed(), self.feed("--lang", "lv")
        self.assertEqual((english.get(LANG), latvian.get(LANG)), ("en", "lv"))
        for path in (f"{ATOM}title", f"{ATOM}entry/{ATOM}title", f"{ATOM}entry/{ATOM}content"):
            self.assertNotEqual(english.findtext(path), latvian.findtext(path))

    def test_without_a_base_url_there_is_no_address_of_the_site(self):
        self.listed("Alpha", website="https://a.example.org/?x=1&y=2")
        [link] = self.feed().iter(f"{ATOM}link")
        self.assertEqual((link.get("rel"), link.get("href")), ("related", "https://a.example.org/?x=1&y=2"))
        self.assertTrue(self.feed().findtext(f"{ATOM}id").startswith("tag:eumayors.eu,2026:"))

    def test_a_base_url_gives_addresses_and_authority(self):
        partner = self.listed("Alpha")
        config = self.file("c.toml", '[site]\nbase_url = "https://www.site.example.org/partners"\n')
        feed = self.feed("--config", config, "--lang", "fr")
        self.assertEqual(feed.findtext(f"{ATOM}id"), "tag:site.example.org,2026:partners.fr.atom")
        folder = "https://www.site.example.org/partners/"
        self.assertEqual([(link.get("rel"), link.get("href")) for link in feed.iter(f"{ATOM}link")][:3],
                         [("self", folder + "partners.fr.atom"), ("alternate", folder + "partners.fr.html"),
                          ("alternate", f"{folder}partners.fr.html#{partner}")])

    def test_filters_choose(self):
        self.listed("Alpha", country="BE")
        latvian = self.listed("Beta", country="LV", categories="financial;other", expertise="Energy audits")
        self.assertEqual(self.entries("--country", "LV"), [("2024-05-06", "joined", latvian)])
        self.assertEqual(self.entries("--category", "other"), [("2024-05-06", "joined", latvian)])
        self.assertEqual(self.entries("--category", "civil-society"), [])

    def test_as_of_gives_the_feed_of_that_day(self):
        self.listed("Alpha")
        self.assertEqual(self.entries("--as-of", "2020-01-01"), [])
        self.assertEqual(len(self.entries("--as-of", "today")), 1)

    def test_the_file_is_replaced_only_when_it_differs(self):
        partner = self.listed("Alpha")
        export = ("export", "--format", "atom", "--output", "partners.atom")
        self.assertEqual(self.done(*export).err, "Wrote partners.atom (1 entry).\n")
        before = (self.folder / "partners.atom").stat()
        self.assertEqual(self.done(*export).err, "partners.atom is up to date (1 entry).\n")
        after = (self.folder / "partners.atom").stat()
        self.assertEqual((after.st_ino, after.st_mtime_ns), (before.st_ino, before.st_mtime_ns))
        self.fails(3, *export, "--country", "LV")
        self.done(*export, "--country", "LV", "--allow-empty")
        self.done("withdraw", partner)
        self.assertIn("(2 entries)", self.done(*export).err)

    def test_an_empty_feed_is_a_feed_too(self):
        feed = self.feed()
        self.assertEqual(feed.findtext(f"{ATOM}updated"), "2026-01-01T00:00:00Z")
        self.assertTrue(feed.findtext(f"{ATOM}title"))

    def test_the_feed_reads_by_its_indexes(self):
        """The statements of the feed, in short: no table is gone through, nothing is sorted."""
        for table, day, order, index in (
                ("commitment", "received_on", "coalesce(corrects, seq)", "commitment_by_day"),
                ("ending", "ended_on", "seq", "ending_by_day")):
            plan = [row[3] for row in self.sql(
                f"EXPLAIN QUERY PLAN SELECT {day} FROM {table} ORDER BY {day} DESC, {order} DESC")]
            self.assertEqual(len(plan), 1, plan)
            self.assertIn(index, plan[0])


if __name__ == "__main__":
    main()
