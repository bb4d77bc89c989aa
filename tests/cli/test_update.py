"""update: amending what is stored. covenant-update(1)."""

import json

from support import REQUIRED, STATUSES, CovenantTest, counts, form, full_form, in_json, main, options


class Update(CovenantTest):
    def test_every_field_can_be_amended(self):
        self.apply()
        amended = full_form(membership_based="no", contact_name="Other Desk")
        for field, value in amended.items():
            with self.subTest(field=field):
                self.assertEqual(self.done("update", "AP-0001", *options({field: value})).out, "AP-0001\tapplied\n")
        expected = in_json(amended | {"contact_phone": "+33155500100"})
        self.assertEqual({name: self.show("1")[name] for name in expected}, expected)

    def test_what_is_not_given_stays(self):
        self.apply(city="Ghent", acronym="EA")
        before = self.show("1")
        self.done("update", "1", "--city", "Bruges", "--contact-role", "Secretariat")
        self.assertEqual(self.show("1"), before | {"city": "Bruges", "contact_role": "Secretariat"})

    def test_the_same_value_again_writes_nothing(self):
        self.apply(city="Ghent")
        with self.writes_nothing():
            self.assertEqual(self.done("update", "1", "--city", " Ghent").out, "")
            self.assertEqual(counts(self.report("update", "1", "--city", "Ghent")), {"read": 1, "unchanged": 1})

    def test_an_empty_value_clears_an_optional_field(self):
        self.done("apply", *options(full_form()))
        optional = [name for name in full_form() if name not in (*REQUIRED, "language", "applied_on")]
        self.done("update", "1", *(f"--{name.replace('_', '-')}=" for name in optional))
        shown = self.show("1")
        self.assertEqual({name: shown[name] for name in optional}, dict.fromkeys(optional) | {"practices": []})

    def test_a_required_field_cannot_be_cleared(self):
        self.apply()
        for field in (*REQUIRED, "applied_on"):
            with self.subTest(field=field), self.writes_nothing():
                option = "categories" if field == "categories" else field.replace("_", "-")
                self.fails(6, "update", "1", f"--{option}=")

    def test_a_bad_value_is_bad_input(self):
        self.apply()
        with self.writes_nothing():
            self.assertIn("ZZ", self.fails(6, "update", "1", "--country", "ZZ"))

    def test_every_status_keeps_its_own(self):
        for status in STATUSES:
            partner = self.partner_that_is(status)
            self.assertEqual(self.done("update", partner, "--city", "Ghent").out, f"{partner}\t{status}\n")
            self.assertEqual(self.show(partner)["city"], "Ghent")

    def test_a_public_change_is_published(self):
        partner = self.listed()
        self.done("update", partner, "--city", "Ghent")
        self.assertIn(",Ghent,", self.done("export", "--format", "csv").out)

    def test_the_event_tells_old_and_new(self):
        self.apply(city="Ghent")
        self.done("update", "1", "--city", "Bruges", "--acronym", "EA")
        event = self.events()[-1]
        self.assertEqual((event["action"], event["new"], event["old"]),
                         ("update", {"acronym": "EA", "city": "Bruges"}, {"city": "Ghent"}))

    def test_a_name_or_reference_of_another_partner_is_a_conflict(self):
        for status in STATUSES:
            with self.subTest(status=status):
                other = self.partner_that_is(status)
                self.done("update", other, f"--reference=F-{status}")
                mine = self.apply(f"{status} elsewhere")
                for change in ({"name": f"{status.upper()} association!"}, {"reference": f"F-{status}"}):
                    with self.writes_nothing():
                        self.assertIn(other, self.fails(5, "update", mine, *options(change)))

    def test_what_may_be_another_partner_needs_consent(self):
        other, mine = self.apply(acronym="EA"), self.apply("My Association")
        for change in ({"acronym": "EA"}, {"website": form()["website"]}):
            with self.writes_nothing():
                self.assertIn(other, self.fails(5, "update", mine, *options(change)))
            self.done("update", mine, *options(change), "--allow-similar")

    def test_a_row_may_resemble_another_partner_where_it_says_so(self):
        self.apply("Other Association", website="https://other.example.org/")
        partner = self.apply()
        self.file("rows.csv", f"partner,website,allow_similar\n{partner},https://other.example.org/,\n")
        self.assertIn("similar", self.exits(6, "update", "--csv", "rows.csv", "--format", "json").out)
        self.file("rows.csv", f"partner,website,allow_similar\n{partner},https://other.example.org/,yes\n")
        self.done("update", "--csv", "rows.csv")
        self.assertEqual(self.show(partner)["website"], "https://other.example.org/")
        self.file("rows.csv", f"partner,website,allow_similar\n{partner},,perhaps\n")
        self.assertIn("allow_similar", self.exits(6, "update", "--csv", "rows.csv").err)

    def test_a_row_adds_and_removes_practices(self):
        partner = self.apply(practices="Old guide\nMap <https://map.example.org/>")
        self.file("rows.csv", f'partner,add_practice,remove_practice\n{partner},"Fund\nTool <https://tool.example.org/>",Old guide\n')
        self.done("update", "--csv", "rows.csv")
        after = self.show(partner)["practices"]
        self.assertEqual([practice["title"] for practice in after], ["Map", "Fund", "Tool"])
        again = json.loads(self.done("update", "--csv", "rows.csv", "--format", "json").out)
        self.assertEqual(again["unchanged"], 1)
        self.assertEqual(self.show(partner)["practices"], after)

    def test_a_row_that_cannot_change_practices_names_the_column(self):
        partner = self.apply()
        for column, cell in (("practices", "A"), ("remove_practice", "")):
            self.file("rows.csv", f"partner,{column},add_practice\n{partner},{cell},Guide <ftp://example.org/>\n")
            with self.writes_nothing():
                named = "practices" if cell else "add_practice"
                self.assertIn(f"rows.csv:2: {named}: ", self.exits(6, "update", "--csv", "rows.csv").err)

    def test_two_rows_of_one_partner_are_a_conflict(self):
        partner = self.apply()
        self.file("rows.csv", f"partner,city\n{partner},Ghent\n1,Riga\n")
        self.assertIn(f"rows.csv:3: partner: {partner} is also in line 2", self.exits(6, "update", "--csv", "rows.csv").err)

    def test_a_partner_is_not_its_own_duplicate(self):
        self.apply(acronym="EA", reference="F-1")
        self.done("update", "F-1", "--name", "EXAMPLE  association",
                  "--website", "http://WWW.example-association.example.org")

    def test_wrong_arguments_are_told(self):
        self.apply()
        for code, args in ((2, ("1",)), (2, ("--city", "Ghent")), (2, ("1", "--status", "approved")),
                           (4, ("AP-0099", "--city", "Ghent")), (4, ("F-99", "--city", "Ghent"))):
            with self.subTest(args=args), self.writes_nothing():
                self.fails(code, "update", *args)

    def test_the_report_counts_an_update(self):
        self.apply()
        self.assertEqual(counts(self.report("update", "1", "--city", "Ghent")), {"read": 1, "updated": 1})


if __name__ == "__main__":
    main()
