"""Which two partners are the same, and which may be. covenant-fields(7), DUPLICATES."""

import json
import re

from support import STATUSES, CovenantTest, csv_text, form, main, options

SAME_NAMES = (
    ("Example Association", "Example Association"),
    ("Example Association", "EXAMPLE ASSOCIATION"),
    ("Example Association", "ExampleAssociation"),
    ("Example Association", "Example   Association"),
    ("Example Association", "«Example» - Association."),
    ("Énergie Cités", "ENERGIE-CITES"),
    ("Énergie Cités", "Energie Cite\u0301s"),
    ("Straßenbahn Verband", "STRASSENBAHN VERBAND"),
    ("Ενεργειακή Ένωση", "ΕΝΕΡΓΕΙΑΚΗ ΕΝΩΣΗ"),
    ("Łódź Association", "LÓDŹ ASSOCIATION"),
    ("Клімат", "КЛІМАТ"),
    ("Asociētais «Partneris»", "asocietais partneris"),
    ("Işık Derneği", "IŞIK DERNEĞİ"),
    ("Об\u02bcєднання Європа", "Об'єднання Європа"),
    ("CO₂ Value Europe", "CO2 Value Europe"),
    ("ＥＵＲＯ　ＣＩＴＹ", "Euro City"),
    ("Coŀlegi Europeu", "Col·legi Europeu"),
    ("エネルギー協会", "ｴﾈﾙｷﾞｰ協会"),
)
OTHER_NAMES = (
    ("Example Association", "Example Associations"),
    ("Example Association 1", "Example Association 2"),
    ("Association Example", "Example Association"),
    ("エネルギー協会", "エネルギー組合"),
    ("Mail Association", "Mall Association"),
)
HOST = "https://association.example.org/"
SAME_HOSTS = (
    HOST, "http://association.example.org/", "https://www.association.example.org/",
    "https://ASSOCIATION.Example.ORG", "https://association.example.org./x", "https://association.example.org:8443/",
    "https://www.association.example.org./en/about?x=1#y",
)
OTHER_HOSTS = ("https://example.org/", "https://energy.association.example.org/", "https://association.example.com/",
               "https://other.example.org/association.example.org")


class Duplicates(CovenantTest):
    def second(self, code, first, second, *more):
        """Files both, the second with that exit code; returns the error line."""
        partner = self.done("apply", *options(first), "--allow-similar").out.split("\t")[0]
        if code == 0:
            return self.done("apply", *options(second), *more)
        with self.writes_nothing():
            error = self.fails(code, "apply", *options(second), *more)
        self.assertIn(partner, error)
        return error

    def each(self, cases):
        """The cases, each with a registry of its own."""
        for number, case in enumerate(cases):
            self.env["COVENANT_REGISTRY"] = str(self.folder / f"{number}.db")
            self.done("init")
            yield case

    def test_equal_names_are_the_same_partner(self):
        for first, second in self.each(SAME_NAMES):
            with self.subTest(first=first, second=second):
                self.second(5, form(first), form(second, website=""))

    def test_being_the_same_cannot_be_allowed(self):
        self.second(5, form(), form(website=""), "--allow-similar")

    def test_other_names_are_other_partners(self):
        for first, second in self.each(OTHER_NAMES):
            with self.subTest(first=first, second=second):
                self.second(0, form(first, website=""), form(second, website=""))

    def test_equal_references_are_the_same_partner(self):
        self.second(5, form("A Association", reference="F-7"), form("B Association", reference="F-7"),
                    "--allow-similar")

    def test_a_reference_has_its_case(self):
        self.second(0, form("A Association", reference="F-7"), form("B Association", reference="f-7"))

    def test_equal_hosts_may_be_the_same_partner(self):
        for host in self.each(SAME_HOSTS):
            with self.subTest(host=host):
                forms = form("A Association", website=HOST), form("B Association", website=host)
                self.assertIn("--allow-similar", self.second(5, *forms))
                self.done("apply", *options(forms[1]), "--allow-similar")

    def test_an_international_host_is_equal_to_its_ascii_form(self):
        self.second(5, form("A Association", website="https://bücher.example.org/"),
                    form("B Association", website="https://xn--bcher-kva.example.org/"))

    def test_other_hosts_are_other_partners(self):
        for host in self.each(OTHER_HOSTS):
            with self.subTest(host=host):
                self.second(0, form("A Association", website=HOST), form("B Association", website=host))

    def test_equal_acronyms_may_be_the_same_partner(self):
        forms = form("A Association", acronym="EA"), form("B Association", acronym="EA")
        self.assertIn("--allow-similar", self.second(5, *forms))
        self.done("apply", *options(forms[1]), "--allow-similar")

    def test_a_former_name_may_be_the_same_partner(self):
        renamed = self.apply("Old Name Association")
        self.done("update", renamed, "--name", "New Name Association")
        again = form("OLD-NAME Association", website="")
        with self.writes_nothing():
            error = self.fails(5, "apply", *options(again))
        self.assertIn(f"'OLD-NAME Association' is a former name of {renamed} (New Name Association, applied)", error)
        with self.writes_nothing():
            report = self.report("apply", "--csv", self.file("in.csv", csv_text([again])), code=6)
        self.assertEqual([error["code"] for error in report["errors"]], ["similar"])
        self.done("update", renamed, "--name", "Old Name Association")
        self.done("update", renamed, "--name", "Newest Name Association")
        other = self.done("apply", *options(again), "--allow-similar").out.split("\t")[0]
        self.fails(5, "update", other, "--name", "New Name Association")
        self.done("update", other, "--name", "Another Association")

    def test_a_former_name_of_what_was_only_an_error_is_free(self):
        renamed = self.apply("Old Name Association")
        self.done("update", renamed, "--name", "New Name Association")
        self.done("verify", renamed)
        self.approve(renamed)
        self.done("revoke", renamed, "--reason", "entered-in-error")
        self.done("apply", *options(form("Old Name Association", website="")))

    def test_what_joined_before_it_was_entered_in_error_counts(self):
        partner = self.apply("Joined Association", applied_on="2024-01-01", acronym="JA")
        self.done("verify", partner)
        self.approve(partner, "--received-on", "2024-02-01")
        self.done("revoke", partner, "--reason", "ceased", "--on", "2024-03-01")
        self.done("apply", *options(form("Joined Association", applied_on="2024-04-01", acronym="JA")))
        self.done("verify", partner)
        self.approve(partner, "--received-on", "2024-05-01")
        self.done("revoke", partner, "--reason", "entered-in-error", "--on", "2024-05-01")
        self.fails(5, "apply", *options(form("Another Association", acronym="JA", website="")))

    def test_absent_hosts_and_acronyms_are_not_equal(self):
        self.second(0, form("A Association", website=""), form("B Association", website=""))

    def test_partners_of_every_status_count(self):
        for status in STATUSES:
            partner = self.partner_that_is(status)
            website = self.show(partner)["website"]
            with self.subTest(status=status), self.writes_nothing():
                self.assertIn(partner, self.fails(5, "apply", *options(form("New Association", website=website))))

    def test_partners_that_wait_or_are_listed_cannot_apply_again(self):
        for status in ("applied", "eligible", "approved"):
            partner = self.partner_that_is(status)
            with self.subTest(status=status), self.writes_nothing():
                self.assertIn(partner, self.fails(5, "apply", *options(form(f"{status} ASSOCIATION", website=""))))


class Pairs(CovenantTest):
    def pairs(self):
        """Each pair as JSON has it, and the lines of the table, which have to say the same."""
        result = self.covenant("duplicates", "--format", "json")
        pairs = json.loads(result.out)
        self.assertEqual(result.code, 10 if pairs else 0)
        table = self.exits(result.code, "duplicates")
        heading, *lines = table.out.splitlines() or [""]
        self.assertEqual(heading.split(), ["reason", "value", "partners"] if pairs else [])
        self.assertEqual([[line.split()[0], *re.findall(r"(?:^|  |; )(AP-\d+) ", line)] for line in lines],
                         [[pair["reason"], *pair["partners"]] for pair in pairs])
        return [(*pair["partners"], pair["reason"], pair["value"]) for pair in pairs]

    def alike(self, name, **fields):
        return self.done("apply", *options(form(name, **fields)), "--allow-similar").out.split("\t")[0]

    def test_nobody_is_like_another(self):
        self.assertEqual(self.pairs(), [])
        self.apply("Wind Union")
        self.apply("Solar League")
        self.assertEqual(self.pairs(), [])

    def test_each_reason_has_its_value(self):
        first = self.alike("Alpha Association", acronym="AA", website="https://www.Alpha.example.org/en")
        second = self.alike("Solar League", acronym="a.a.", website="https://alpha.example.org/")
        third = self.alike("\u0410lpha Association")
        fourth = self.alike("Wind Union of Cities")
        fifth = self.alike("Wind Unions of Cities")
        self.done("update", fourth, "--name", "Storm Fans")
        sixth = self.alike("Wind Union of Cities!", website="")
        self.assertEqual(self.pairs(), [
            (first, second, "website", "alpha.example.org"),
            (first, second, "acronym", "a.a."),
            (first, third, "confusable", "\u0410lpha Association"),
            (fourth, sixth, "former-name", "Wind Union of Cities"),
            (fifth, sixth, "near", "0.87"),
        ])

    def test_a_group_is_listed_pair_by_pair(self):
        ids = [self.alike(name, website="https://shared.example.org/") for name in ("Wind Union", "Solar League", "Heat")]
        self.assertEqual([pair[:2] for pair in self.pairs()], [(ids[0], ids[1]), (ids[0], ids[2]), (ids[1], ids[2])])

    def test_social_networks_placeholders_and_errors_make_nobody_alike(self):
        self.alike("Wind Union", acronym="N/A", website="https://www.facebook.com/wind")
        self.alike("Solar League", acronym="N/A", website="https://www.facebook.com/solar")
        wrong = self.alike("Wind Unions")
        self.assertEqual([pair[2] for pair in self.pairs()], ["near"])
        self.done("verify", wrong)
        self.approve(wrong)
        self.done("revoke", wrong, "--reason", "entered-in-error")
        self.assertEqual(self.pairs(), [])

    def test_what_people_are_told_is_a_count(self):
        self.assertEqual(self.done("duplicates").err, "No two partners are alike.\n")
        self.alike("Wind Union")
        self.alike("Wind Unions")
        self.assertEqual(self.exits(10, "duplicates").err, "1 pair.\n")
        self.assertEqual(self.exits(10, "duplicates", "--quiet").err, "")
        self.fails(2, "duplicates", "--format", "csv")


if __name__ == "__main__":
    main()
