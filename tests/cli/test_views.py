"""The views of the file, read by the sqlite3 shell. covenant-registry(5), Views."""

import csv
import io
import subprocess

from support import CovenantTest, main

VIEWS = ("partner_status", "public_partner", "partner_history", "practice")


class Views(CovenantTest):
    def setUp(self):
        super().setUp()
        self.listed_one = self.listed("Listed \"Quoted\" Association", description="One line\nand, another",
                                      practices="A tool\nMaps < all of them <https://maps.example.org/a?b=1>")
        self.applied = self.partner_that_is("applied")
        self.merged = self.listed("Merged Association")
        self.done("revoke", self.merged, "--reason", "merged", "--successor", self.listed_one, "--on", "2024-06-07")

    def rows(self, view):
        """Of the view, by the sqlite3 shell, which trusts no schema."""
        result = subprocess.run(
            ["sqlite3", "-readonly", "-bail", "-header", "-csv", "-cmd", "PRAGMA trusted_schema = OFF", "registry.db",
             f"SELECT * FROM {view}"], cwd=self.folder, capture_output=True, text=True, check=True)
        self.assertEqual(result.stderr, "")
        return list(csv.DictReader(io.StringIO(result.stdout, newline="")))

    def test_the_public_list_is_that_of_the_csv(self):
        exported = list(csv.DictReader(io.StringIO(self.done("export", "--format", "csv").out, newline="")))
        self.assertEqual(self.rows("public_partner"), exported)
        self.assertEqual([row["id"] for row in exported], [self.listed_one])

    def test_the_status_of_each_partner(self):
        rows = {row["id"]: row for row in self.rows("partner_status")}
        for partner in self.partners("--columns", ",".join(rows[self.merged])):
            self.assertEqual(rows[partner["id"]], {name: value or "" for name, value in partner.items()})
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows[self.merged]["successor"], self.listed_one)

    def test_the_history_of_each_partner(self):
        events = [event for event in self.events() if "partner" in event]
        rows = sorted(self.rows("partner_history"), key=lambda row: int(row["seq"]))
        self.assertEqual([(row["partner"], row["at"], row["actor"], row["action"], row["status"], row["run"]) for row in rows],
                         [(f"AP-{event['partner']:04}", event["at"], event["actor"], event["action"],
                           event["new"].get("status", ""), event["run"]) for event in events])
        for row, event in zip(rows, events):
            self.assertEqual(set(row["changed"].split(";")), {*event["new"], *event.get("texts", ())})

    def test_a_row_for_each_practice(self):
        self.assertEqual([(row["partner"], row["status"], row["position"], row["title"], row["url"])
                          for row in self.rows("practice")],
                         [(self.listed_one, "approved", "1", "A tool", ""),
                          (self.listed_one, "approved", "2", "Maps < all of them", "https://maps.example.org/a?b=1")])

    def test_no_view_has_a_contact(self):
        texts = "".join(str(self.rows(view)) for view in VIEWS)
        self.assertIn("Listed", texts)
        for secret in ("@", "Contact Desk"):
            self.assertNotIn(secret, texts)


if __name__ == "__main__":
    main()
