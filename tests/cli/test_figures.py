"""report: the figures of the annual report, of a small register counted by hand. covenant-report(1)."""

import csv
import io
import re

from support import CovenantTest, day, form, main, options, today


class Figures(CovenantTest):
    def report(self, *more):
        """The figures by year, measure and group."""
        rows = self.done("report", "--format", "json", *more).json()
        for row in rows:
            self.assertEqual(list(row), ["year", "measure", "group", "value"])
        figures = {(row["year"], row["measure"], row["group"]): row["value"] for row in rows}
        self.assertEqual(len(figures), len(rows))
        return figures

    def of(self, year, *more, figures=None):
        """The totals of a year, but for days and what is 0."""
        figures = figures or self.report("--year", str(year), *more)
        return {measure: value for (at, measure, group), value in figures.items()
                if at == year and not group and not measure.startswith("days") and value}

    def groups(self, measure, year):
        return {group: value for (at, of, group), value in self.report("--year", str(year)).items()
                if (at, of) == (year, measure) and group}


class Years(Figures):
    """A joined in 2019, renewed in 2021; B joined in 2020 and was revoked in 2022; C joined in 2020, withdrew in 2021
    and joined again in 2022; D was refused; E was entered in error; F applied and withdrew."""

    def setUp(self):
        super().setUp()
        self.a = self.listed("A Association", "2019-05-06", categories="financial;other", expertise="Heat", country="LV",
                             practices="Map\nTool")
        self.done("renew", self.a, "--on", "2021-06-01")
        self.b = self.listed("B Association", "2020-01-01", level="international", country="FR")
        self.done("revoke", self.b, "--reason", "ceased", "--on", "2022-12-31")
        self.c = self.listed("C Association", "2020-12-31", country="FR", practices="Guide")
        self.done("withdraw", self.c, "--on", "2021-07-01")
        self.done("apply", *options(form("C Association", country="FR", practices="Guide", applied_on="2022-01-01")))
        self.done("verify", self.c)
        self.approve(self.c, "--received-on", "2022-02-02")
        refused = self.apply("D Association", level="national", applied_on="2020-03-03")
        self.exits(3, "verify", refused)
        wrong = self.listed("E Association", "2019-01-01", practices="Wrong")
        self.done("revoke", wrong, "--reason", "entered-in-error", "--on", "2019-06-01")
        withdrawn = self.apply("F Association", applied_on="2021-02-02")
        self.done("withdraw", withdrawn, "--on", "2021-03-03")

    def test_each_year_is_counted(self):
        figures = self.report()
        self.assertEqual(min(year for year, _, _ in figures), 2019)
        self.assertEqual(max(year for year, _, _ in figures), today().year)
        expected = {
            2019: {"listed": 1, "joined": 1, "applied": 2, "practices": 2},
            2020: {"listed": 3, "joined": 2, "applied": 3, "practices": 3, "without-practices": 1},
            2021: {"listed": 2, "ended": 1, "applied": 1, "practices": 2, "without-practices": 1, "former": 1,
                   "renewals-due": 1},
            2022: {"listed": 2, "joined": 1, "ended": 1, "applied": 1, "practices": 3, "former": 1},
            2023: {"listed": 2, "practices": 3, "former": 1, "renewals-due": 1},
            2024: {"listed": 2, "practices": 3, "former": 1, "renewals-due": 2},
        }
        for year, totals in expected.items():
            with self.subTest(year=year):
                self.assertEqual(self.of(year, figures=figures), totals)
                self.assertEqual(self.of(year), totals)
        for measure in ("listed", "joined", "ended", "applied", "refused", "practices", "without-practices", "former",
                        "renewals-due"):
            self.assertIn((2019, measure, ""), figures)

    def test_groups(self):
        self.assertEqual(self.groups("listed", 2020), {
            "category:financial": 1, "category:industrial": 2, "category:other": 1, "level:european": 2,
            "level:international": 1, "country:FR": 2, "country:LV": 1})
        self.assertEqual(self.groups("joined", 2022), {"category:industrial": 1, "level:european": 1, "country:FR": 1})
        self.assertEqual(self.groups("ended", 2022), {
            "category:industrial": 1, "level:international": 1, "country:FR": 1, "reason:ceased": 1})
        self.assertEqual(self.groups("ended", 2021)["reason:withdrawn"], 1)
        self.assertEqual(self.groups("ended", 2019), {})

    def test_the_refused_are_counted_in_the_year_of_the_decision(self):
        figures = self.of(today().year)
        self.assertEqual(figures["refused"], 1)
        self.done("update", "D Association", "--level", "european")
        self.done("verify", "D Association")
        self.assertNotIn("refused", self.of(today().year))

    def test_an_annulled_ending_counts_nowhere(self):
        self.done("revoke", self.c, "--reason", "entered-in-error", "--on", "2024-01-01")
        self.assertEqual(self.of(2022), {"listed": 1, "ended": 1, "applied": 1, "practices": 2, "former": 2})

    def test_what_was_undone_counts_nowhere(self):
        before = self.report()
        self.listed("G Association", "2019-07-07", practices="Map")
        for event in reversed(self.events()[-3:]):
            self.done("undo", event["run"])
        self.assertEqual(self.report(), before)

    def test_csv_has_the_same_figures(self):
        out = self.done("report", "--format", "csv").out
        self.assertTrue(out.endswith("\r\n"))
        header, *rows = csv.reader(io.StringIO(out))
        self.assertEqual(header, ["year", "measure", "group", "value"])
        self.assertEqual({(int(year), measure, group): float(value) for year, measure, group, value in rows}, self.report())

    def test_text_for_people(self):
        out = self.done("report", "--year", "2020").out.splitlines()
        self.assertEqual(out[:3], ["Listed at the end of 2020  3", "  financial                1  ##",
                                   "  industrial               2  ####"])
        self.assertIn("Joined in 2020             2", out)
        self.assertIn("  industrial               2  ████",
                      self.done("report", "--year", "2020", env={"LC_ALL": "C.UTF-8"}).out.splitlines())

    def test_the_page_has_the_figures_in_its_language(self):
        page = self.done("report", "--format", "html", "--year", "2020").out
        for text in ('<html lang="en">', "<h1>Annual report</h1>", "default-src 'none'; style-src 'sha256-",
                     ">Partners</h2>", '<th scope="row">2020</th><td>3</td><td>0</td><td>0</td>', ">France<", ">2</td>"):
            self.assertIn(text, page)
        self.assertNotIn("<script", page)
        self.assertNotRegex(page, r" style=|href=\"http")
        self.assertIn("<h1>Gada pārskats</h1>", self.done("report", "--format", "html", "--lang", "lv").out)
        self.assertEqual(self.done("report", "--format", "html").out, self.done("report", "--format", "html").out)

    def test_each_chart_is_described_and_has_a_table(self):
        page = self.done("report", "--format", "html").out
        charts = re.findall(r'<svg viewBox="[^"]+" role="img" aria-labelledby="(\S+)" aria-describedby="(\S+)">(.*?)</svg>',
                            page)
        self.assertEqual(len(charts), 9)
        for title, text, chart in charts:
            self.assertRegex(chart, rf'<title id="{title}">[^<]+</title><desc id="{text}">[^<]+</desc>')
            self.assertIn("<rect ", chart)
        self.assertEqual(page.count("<table "), len(charts))
        ids = re.findall(r' id="([^"]+)"', page)
        self.assertEqual(len(ids), len(set(ids)))

    def test_what_was_recorded_by_a_day(self):
        self.assertEqual(self.report("--as-recorded", "today"), self.report())
        earlier = self.report("--as-recorded", day(-2))
        self.assertEqual({year for year, _, _ in earlier}, {int(day(-2)[:4])})
        self.assertEqual({value for value in earlier.values()}, {0})

    def test_wrong_use_is_refused(self):
        for args in (("--year", "soon"), ("--year", "2007"), ("--year", "10000"), ("--format", "xml"), ("--lang", "lv"),
                     ("--format", "html", "--lang", "xx"), ("--as-recorded", "soon")):
            with self.subTest(args=args):
                self.fails(2, "report", *args)
        self.fails(6, "report", "--year", str(today().year + 1))
        self.fails(6, "report", "--as-recorded", day(2))


class Days(Figures):
    def test_the_median_and_the_longest(self):
        for name, days in (("A", 3), ("B", 10), ("C", 20)):
            partner = self.apply(f"{name} Association", applied_on=day(-days))
            self.done("verify", partner)
        year = today().year
        figures = self.report()
        self.assertEqual((figures[year, "days-to-decision-median", ""], figures[year, "days-to-decision-max", ""]), (10, 20))
        self.assertNotIn((year, "days-to-commitment-median", ""), figures)
        self.exits(3, "verify", self.apply("D Association", level="national", applied_on=day(-13)))
        figures = self.report()
        self.assertEqual((figures[year, "days-to-decision-median", ""], figures[year, "days-to-decision-max", ""]), (11.5, 20))
        self.assertIn("days-to-decision-median,,11.5\r\n", self.done("report", "--format", "csv").out)
        self.assertIn("11½", self.done("report", "--format", "html").out)

    def test_the_commitment_is_counted_from_the_decision(self):
        partner = self.partner_that_is("eligible")
        self.approve(partner, "--received-on", "today")
        late = self.listed("B Association", day(-30))
        self.assertTrue(late)
        figures = self.report()
        year = today().year
        self.assertEqual((figures[year, "days-to-commitment-median", ""], figures[year, "days-to-commitment-max", ""]), (0, 0))

    def test_verifying_again_does_not_move_the_decision_unless_it_is_another(self):
        partner = self.apply(applied_on=day(-10))
        self.done("verify", partner)
        event = self.events()[-1]
        self.assertTrue(event)
        self.done("verify", partner)
        self.assertEqual(self.report()[today().year, "days-to-decision-max", ""], 10)

    def test_a_register_without_partners_has_zeros_of_this_year(self):
        figures = self.report()
        self.assertEqual({year for year, _, _ in figures}, {today().year})
        self.assertEqual(set(figures.values()), {0})
        self.done("report")
        self.assertIn("<h1>", self.done("report", "--format", "html").out)


class Traits(Figures):
    def test_a_partner_is_what_it_was_first_recorded_as_or_later(self):
        partner = self.listed(received_on="2020-01-01", country="LV")
        self.done("update", partner, "--country", "EE", "--practice", "Map")
        self.assertEqual(self.groups("listed", 2020), {"category:industrial": 1, "level:european": 1, "country:LV": 1})
        self.assertEqual(self.groups("listed", today().year)["country:EE"], 1)
        self.assertEqual(self.of(today().year)["practices"], 1)
        self.done("update", partner, "--practices", "")
        self.assertEqual(self.of(today().year)["without-practices"], 1)


if __name__ == "__main__":
    main()
