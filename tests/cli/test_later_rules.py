"""What an earlier version accepted and a later rule refuses: readable, published, noted; refused when it is amended.

covenant-fields(7), EARLIER VERSIONS. `tests/migration/refused-since-1.sql` was made by version 1.0.0.
"""

import contextlib
import json
import sqlite3
from pathlib import Path

from support import CovenantTest, main

KEPT = Path(__file__).parent.parent / "migration" / "refused-since-1.sql"
# what each partner has that is refused now
NOTED = {"AP-0001": ("name", "acronym", "city", "website", "description", "practices"),
         "AP-0002": ("name", "expertise", "website", "practices"), "AP-0003": ("website",), "AP-0004": ("website",)}


class LaterRules(CovenantTest):
    with_registry = False

    def setUp(self):
        super().setUp()
        with contextlib.closing(sqlite3.connect(self.registry)) as connection:
            connection.executescript(KEPT.read_text(encoding="utf-8"))

    def test_check_notes_it_and_finds_no_damage(self):
        checked = self.done("check")
        lines = [line.split("\t") for line in checked.out.splitlines()]
        self.assertEqual({name: state for name, state, *_ in lines},
                         {"integrity": "ok", "foreign-keys": "ok", "history": "ok", "sealed": "ok", "tables": "ok",
                          "rules": "note", "evidence": "ok"})
        self.assertRegex(checked.err, r"is sound, with [0-9]+ notes\.\n\Z")
        report = json.loads(self.done("check", "--format", "json").out)
        self.assertTrue(report["ok"])
        rules = next(check for check in report["checks"] if check["name"] == "rules")
        self.assertGreaterEqual(rules["notes"], sum(map(len, NOTED.values())))
        self.assertTrue(rules["ok"])

    def test_every_list_of_it_is_made(self):
        self.assertEqual(len(self.partners()), 7)
        for partner in ("1", "2", "3", "4", "5"):
            self.done("show", partner)
            self.done("history", partner)
        for format in ("html", "csv", "json", "atom"):
            self.assertIn("https://u4", self.done("export", "--format", format).out)
        self.done("export", "--format", "site", "--output", self.folder / "site")

    def test_another_field_is_amended_and_the_registry_stays_sound(self):
        for partner in NOTED:
            self.done("update", partner, "--level", "international")
        self.assertIn("rules\tnote\t", self.done("check").out)
        self.assertEqual(self.partners("--sort", "id")[0]["website"], "https://u4")

    def test_the_next_amendment_of_the_field_keeps_the_rule(self):
        with self.writes_nothing():
            self.fails(6, "update", "1", "--website", "https://u5")
            self.fails(6, "update", "1", "--acronym", "#N/A")
            self.fails(6, "update", "1", "--name", "\u200b\u200b")
        self.done("update", "1", "--website", "https://u5.example.org/")


if __name__ == "__main__":
    main()
