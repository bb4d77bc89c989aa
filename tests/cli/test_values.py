"""Near misses, conversions, notes on values, and partners named by their names. covenant-fields(7), covenant-csv(5)."""

from support import CovenantTest, form, main, options

# field: what is given, and what is meant
MEANT = {
    "applied_on": {"31/12/2024": "2024-12-31", "31.12.2024": "2024-12-31", "2024/12/31": "2024-12-31"},
    "country": {"Czech Republic": "CZ", "Türkiye": "TR", "Latvija": "LV", "Ελλάδα": "GR", "be": "BE", "England": "GB"},
    "membership_based": {"Yes": "yes", "TRUE": "yes", "1": "yes", "No": "no"},
    "categories": {"industrial, other": "industrial;other", "Industrial": "industrial"},
    "contact_phone": {"0032 2 555 01 00": "+3225550100"},
    "level": {"European": "european"},
}
NOTED = {
    "mojibake": ("city", "LiÃ¨ge"), "entity": ("city", "A &amp; B"), "placeholder": ("acronym", "N/A"),
    "language": ("language", "ee"), "domain": ("contact_email", "desk@other.example"),
}


class Values(CovenantTest):
    def test_lenient_reads_what_was_meant_with_a_note_each(self):
        for field, cases in MEANT.items():
            for number, (given, meant) in enumerate(cases.items()):
                with self.subTest(field=field, given=given):
                    file = self.csv([form(f"{field} {number} Association", website="") | {field: given}])
                    with self.writes_nothing():
                        self.exits(6, "apply", "--csv", file)
                    report = self.report("apply", "--csv", file, "--lenient")
                    note, = (note for note in report["notes"] if note["code"] == "converted")
                    self.assertEqual((note["line"], note["column"], note["value"]), (2, field, given))
                    stored = self.show(report["partners"][0]["id"])[field]
                    self.assertEqual(";".join(stored) if field == "categories" else stored, meant)

    def test_what_is_not_clear_is_never_converted(self):
        for field, given in (("applied_on", "01/02/2024"), ("country", "AN"), ("categories", "industrial, energy"),
                             ("contact_phone", "+44 (0)20 7946 0000"), ("country", "Atlantis")):
            with self.subTest(field=field), self.writes_nothing():
                self.exits(6, "apply", "--csv", self.csv([form() | {field: given}]), "--lenient")

    def test_lenient_reads_days_of_other_commands(self):
        self.apply(applied_on="2024-01-02")
        self.done("verify", "1")
        rows = [{"partner": "1", "no_commitment": "On paper", "received_on": "31.12.2024"}]
        report = self.report("approve", "--csv", self.csv(rows), "--lenient")
        self.assertEqual([note["code"] for note in report["notes"]], ["converted"])
        self.assertEqual(self.show("1")["approved_on"], "2024-12-31")

    def test_what_may_be_wrong_is_noted(self):
        for code, (field, value) in NOTED.items():
            with self.subTest(code=code):
                file = self.csv([form(f"{code} Association", country="EE") | {field: value}])
                report = self.report("apply", "--csv", file)
                self.assertEqual([(note["code"], note["column"], note["line"]) for note in report["notes"]],
                                 [(code, field, 2)])
                self.assertEqual(self.report("apply", "--csv", file)["notes"], [])

    def test_a_partner_is_named_by_its_acronym_or_name(self):
        self.apply("Energy Cities", acronym="EC")
        self.apply("Climate Alliance")
        for ref in ("ec", "EC", "energy-cities", "ENERGY CITIES"):
            self.assertEqual(self.show(ref)["id"], "AP-0001")
        self.assertIn("AP-0002 (Climate Alliance)", self.fails(4, "show", "climate"))
        with self.writes_nothing():
            rows = [{"partner": "EC"}]
            report = self.report("verify", "--csv", self.csv(rows), code=6)
            self.assertEqual(report["errors"][0]["code"], "partner")

    def test_every_command_of_one_partner_takes_its_acronym_and_a_row_does_not(self):
        self.listed("Energy Cities", acronym="EC")
        heir = self.listed("Heir Association", acronym="HA")
        for command in (("note", "EC", "A note"), ("update", "EC", "--city", "Ghent"), ("verify", "EC"),
                        ("renew", "EC"), ("evidence", "EC"), ("history", "EC"), ("erase", "EC", "--contact"),
                        ("revoke", "EC", "--reason", "merged", "--successor", "HA")):
            with self.subTest(command=command):
                self.assertIn(self.covenant(*command).code, (0, 3))
        self.assertEqual(self.show("EC")["successor"], heir)
        self.assertEqual(self.covenant("verify", "-", stdin="EC\n").code, 4)

    def test_names_that_look_alike_need_to_be_allowed(self):
        self.apply("Alpha Association", website="")
        for name in ("\u0410lpha Association", "A1pha Association"):
            with self.subTest(name=name):
                fields = options(form(name, website=""))
                with self.writes_nothing():
                    self.assertIn("AP-0001", self.fails(5, "apply", *fields))
                self.done("apply", *fields, "--allow-similar")

    def test_a_row_may_be_let_through_by_itself(self):
        shared = "https://shared.example.org/"
        rows = [form(f"{name} Association", website=shared) for name in ("First", "Second", "Third")]
        with self.writes_nothing():
            report = self.report("apply", "--csv", self.csv(rows), code=6)
            self.assertEqual([(error["line"], error["code"]) for error in report["errors"]],
                             [(3, "similar"), (4, "similar")])
        rows = [row | {"allow_similar": answer} for row, answer in zip(rows, ("", "yes", "no"))]
        report = self.report("apply", "--csv", self.csv(rows), code=6)
        self.assertEqual([error["line"] for error in report["errors"]], [4])
        rows[2]["allow_similar"] = "perhaps"
        error, = self.report("apply", "--csv", self.csv(rows), code=6)["errors"]
        self.assertEqual((error["column"], error["code"]), ("allow_similar", "choice"))
        rows[2]["allow_similar"] = "Yes"
        self.assertEqual(self.report("apply", "--csv", self.csv(rows), "--dry-run", code=6)["errors"][0]["column"],
                         "allow_similar")
        lenient = self.report("apply", "--csv", self.csv(rows), "--lenient", "--dry-run")
        self.assertIn(("converted", "allow_similar", "Yes"),
                      [(note["code"], note["column"], note["value"]) for note in lenient["notes"]])
        rows[2]["allow_similar"] = "yes"
        self.done("apply", "--csv", self.csv(rows))

    def test_who_was_entered_in_error_makes_nothing_similar(self):
        partner = self.listed("Wrong Association", website="https://shared.example.org/", acronym="SA")
        self.done("revoke", partner, "--reason", "entered-in-error")
        self.done("apply", *options(form("Right Association", website="https://shared.example.org/", acronym="SA")))


if __name__ == "__main__":
    main()
