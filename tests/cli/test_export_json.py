"""export --format json. covenant-export(1)."""

import json

from support import CATEGORIES, CovenantTest, full_form, in_json, main, options

MEMBERS = ["id", "name", "acronym", "categories", "level", "country", "city", "website", "member_count", "description",
           "expertise", "practices", "language", "partner_since"]


class ExportJson(CovenantTest):
    def export(self, *more):
        return self.done("export", "--format", "json", *more).json()

    def test_the_members_are_those_of_the_manual(self):
        self.listed()
        document = self.export()
        self.assertEqual(list(document),
                         ["format", "title", "modified", "sequence", "count", "categories", "partners", "former"])
        self.assertEqual((document["format"], document["count"]), (1, 1))
        self.assertEqual(list(document["categories"]), list(CATEGORIES))
        for label in (document["title"], *document["categories"].values()):
            self.assertTrue(label)

    def test_a_partner_has_the_fields_of_the_csv(self):
        self.done("apply", *options(full_form()))
        self.done("verify", "1")
        self.approve("1", "--received-on", "2024-05-06")
        [partner] = self.export()["partners"]
        self.assertEqual(list(partner), MEMBERS)
        expected = in_json(full_form()) | {"id": "AP-0001", "partner_since": "2024-05-06"}
        self.assertEqual(partner, {name: expected[name] for name in MEMBERS})

    def test_what_is_absent_is_null(self):
        self.listed()
        [partner] = self.export()["partners"]
        self.assertEqual([partner[name] for name in ("acronym", "city", "member_count", "description", "expertise")],
                         [None] * 5)
        self.assertEqual(partner["practices"], [])

    def test_those_who_left_are_former_partners(self):
        self.listed("Staying Association")
        revoked = self.listed("Revoked Association", received_on="2020-01-02")
        self.done("revoke", revoked, "--reason", "ceased", "--on", "2024-03-04")
        left = self.listed("Leaving Association", received_on="2021-01-02")
        self.done("withdraw", left, "--on", "2023-03-04")
        self.done("withdraw", self.apply("Never joined"))
        document = self.export()
        self.assertEqual(document["count"], 1)
        self.assertEqual(sorted(map(json.dumps, document["former"])), sorted(map(json.dumps, [
            {"id": revoked, "name": "Revoked Association", "joined": "2020-01-02", "ended": "2024-03-04",
             "successor": None},
            {"id": left, "name": "Leaving Association", "joined": "2021-01-02", "ended": "2023-03-04",
             "successor": None}])))

    def test_a_former_partner_that_is_back_is_no_longer_former(self):
        partner = self.listed("Returning Association", received_on="2020-01-02")
        self.done("withdraw", partner, "--on", "2021-01-02")
        self.listed("Returning Association", received_on="2025-01-02")
        document = self.export()
        self.assertEqual((document["former"], document["partners"][0]["partner_since"]), ([], "2020-01-02"))

    def test_an_empty_list_is_a_document_too(self):
        document = self.export()
        self.assertEqual((document["count"], document["partners"], document["former"]), (0, [], []))

    def test_filters_choose(self):
        self.listed("A Association", country="BE")
        self.listed("B Association", country="LV")
        document = self.export("--country", "LV")
        self.assertEqual((document["count"], [partner["name"] for partner in document["partners"]]),
                         (1, ["B Association"]))

    def test_the_labels_follow_the_language(self):
        self.assertNotEqual(self.export("--lang", "lv")["categories"], self.export("--lang", "en")["categories"])
        self.assertEqual(self.export()["categories"], self.export("--lang", "en")["categories"])


if __name__ == "__main__":
    main()
