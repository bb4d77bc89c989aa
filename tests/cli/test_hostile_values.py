"""Values that no version of the program ever wrote, put into a registry by a stranger: exit 8, and none is printed."""

import contextlib
import json

from support import CovenantTest, form, main, options
from tamper import unguarded

# what may not be in any text; the mark shows whether a part of it was printed
MARK = "Qx7"
TEXTS = {
    "a control character": f"{MARK}\x1b]0;x\x07", "a C1 control": f"{MARK}\x9b31m", "a zero byte": f"{MARK}\0more",
    "an override": f"{MARK}\u202emore", "an isolate": f"{MARK}\u2066more", "DEL": f"{MARK}\x7f",
    "not UTF-8": f"{MARK}".encode() + b"\xf0", "a cut character": b"\xe2\x82", "a surrogate": b"\xed\xa0\x80" + MARK.encode(),
    "empty": "", "a blank": " ", "a blank at its end": f"{MARK} ", "bytes": memoryview(f"{MARK}".encode()),
    "too long": MARK * 3000,
}
COLUMNS = {
    "name": {}, "acronym": {}, "city": {}, "description": {}, "expertise": {}, "practices": {
        "another scheme": f"{MARK} <javascript:alert(1)>", "no address": f"{MARK}>", "a quote": f'{MARK} <https://a"b/>'},
    "website": {"another scheme": f"javascript:{MARK}", "data": f"data:text/html,{MARK}", "no scheme": f"//{MARK}",
                "a quote": f'https://{MARK}"onclick="x', "a blank": f"https://{MARK}/ onclick=x",
                "a mark": f"https://{MARK}/<script>", "a scheme alone": f"httpsx://{MARK}"},
    "categories": {"unknown": MARK, "unknown among others": f"other;{MARK}", "a separator more": "other;"},
    "level": {"unknown": MARK}, "language": {"markup": f'{MARK}"><script>'}, "country": {"unknown": "ZZ", "small": "be"},
    "member_count": {"below": -1, "above": 10_000_001, "a text": MARK},
    "partner_since": {"no day": "2024-02-30", "a word": MARK, "longer": "2024-01-01T00:00"},
}
# what a list may have besides
MORE = {"reference": {}, "applied_on": {"no day": "2024-02-30"}, "status": {"unknown": MARK}, "end_note": {}}
FREE = ("name", "city", "description", "practices", "website")  # of the others, a few such texts are enough
FEW = ("a control character", "not UTF-8", "bytes")


class HostileValues(CovenantTest):
    def setUp(self):
        super().setUp()
        self.listed("First Association", acronym="FA", city="Ghent", description="It is.", expertise="Audits",
                    member_count="12", practices="Map <https://example.org/map>", reference="R/1")
        self.done("backup", self.folder / "sound.db")
        self.sound = (self.folder / "sound.db").read_bytes()

    @contextlib.contextmanager
    def changing(self):
        self.registry.write_bytes(self.sound)
        with unguarded(self.registry) as connection:
            yield connection

    def store(self, column, value):
        with self.changing() as connection:
            as_text = isinstance(value, (bytes, str)) and column != "member_count"
            if as_text and isinstance(value, str):
                value = value.encode()
            connection.execute(f"UPDATE partner SET {column} = {'CAST(? AS TEXT)' if as_text else '?'}", [value])

    def values_of(self, column, more):
        return {what: value for what, value in TEXTS.items() if column in FREE or what in FEW} | more

    def printing(self, column):
        """Commands that would print the column of a listed partner."""
        formats = ("csv", "tsv", "json", "jsonl", "table") if column in ("name", "website") else ("csv", "json")
        yield from (("list", "--format", format, "--columns", f"id,{column}") for format in formats)
        if column in COLUMNS:
            yield from (("export", "--format", format) for format in ("csv", "html", "json"))
        if column in ("name", "description", "website", "language"):
            yield "export", "--format", "atom"
        yield "show", "1", "--format", "json"
        if column == "name":
            yield from (("show", "1"), ("show", "1", "--format", "toml"), ("due",), ("due", "--format", "json"), ("duplicates",))

    def test_what_no_version_wrote_is_damage_wherever_it_would_be_printed(self):
        for column, more in (COLUMNS | MORE).items():
            for what, value in self.values_of(column, more).items():
                self.store(column, value)
                for command in self.printing(column):
                    with self.subTest(column=column, what=what, command=command):
                        result = self.covenant(*command)
                        self.assertEqual(result.code, 8, result.out + result.err)
                        self.assertNotIn(MARK, result.out)
                        self.assertTrue(result.err[:-1].isprintable(), result.err)

    def test_a_sealed_contact_of_other_types_is_damage(self):
        for value in ('{"email":5,"name":{}}', '{"email":"a@example.org","name":5}', '{"email":null,"name":[]}', "5", "[]",
                      '{"email":"a@example.org","name":"\x1b"}', "{", ""):
            with self.changing() as connection:
                connection.execute("UPDATE sealed SET value = ? WHERE field = 'contact'", [value])
            for command in (("show", "1"), ("evidence", "1"), ("history", "1"), ("update", "1", "--city", "Riga"), ("check",),
                            ("list", "--columns", "id,contact_name,contact_email"), ("erase", "1", "--contact")):
                with self.subTest(value=value, command=command):
                    result = self.covenant(*command)
                    self.assertIn(result.code, (0, 8) if command[0] in ("evidence", "history", "erase", "list") else (8,),
                                  result.err)
                    self.assertNotIn("\x1b", result.out + result.err)

    def test_what_documents_have_is_checked_too(self):
        for column, wrong in (("document", f"{MARK}\x1b"), ("document", "a" * 63), ("document", "A" * 64),
                              ("type", f"{MARK}\x1b"), ("type", MARK), ("type", "text/"), ("name", f"{MARK}\x1b")):
            with self.changing() as connection:
                connection.execute(f"UPDATE commitment SET {column} = ?", [wrong])
            for command in (("show", "1"), ("show", "1", "--format", "json"), ("evidence", "1"), ("evidence", "1", "--list"),
                            ("evidence", "1", "--list", "--format", "json"), ("correct", "1", "--signed-on", "2024-05-01",
                                                                              "--because", "It is so", "--dry-run")):
                with self.subTest(column=column, wrong=wrong, command=command):
                    result = self.exits(8, *command)
                    self.assertNotIn(MARK, result.out)
                    self.assertTrue(result.err[:-1].isprintable(), result.err)

    def test_rows_that_are_missing_are_damage_where_they_are_needed(self):
        self.done("verify", self.apply("Second Association"))
        run = self.events()[-1]["run"]
        self.done("backup", self.folder / "later.db")
        self.sound = (self.folder / "later.db").read_bytes()
        for statement, commands in (
                ("DELETE FROM commitment", [("correct", "1", "--received-on", "2024-05-07", "--because", "It is so")]),
                ("DELETE FROM partner_event", [("undo", run), ("approve", "2", "--no-commitment", "On paper", "--config",
                                                               self.file("c.toml", "[policy]\nfour_eyes = true\n"))]),
                ("DELETE FROM sealed", [("show", "1"), ("verify", "2"), ("update", "1", "--city", "Riga"),
                                        ("list", "--columns", "contact_name"), ("letter", "1", "--kind", "renewal", "--record")]),
                ("UPDATE partner SET status = 'gone' WHERE id = 2", [("due",), ("due", "--format", "json")]),
                ("UPDATE partner SET approved_on = '2024-02-30'", [("due",)])):
            with self.changing() as connection:
                connection.execute(statement)
            for command in commands:
                with self.subTest(statement=statement, command=command):
                    self.exits(8, *command)

    def test_numbers_beyond_bounds_are_damage_and_soon_found(self):
        last = self.sql("SELECT max(seq) FROM event")[0][0]
        for statement in ("UPDATE partner SET id = 9223372036854775807", "UPDATE partner SET id = 0",
                          "UPDATE partner SET id = -9223372036854775808", f"UPDATE partner SET id = {2**53}"):
            with self.changing() as connection:
                connection.execute(statement)
            for command in (("list",), ("check",), ("export", "--format", "csv"), ("export", "--format", "html"),
                            ("apply", *options(form("Another")))):
                with self.subTest(statement=statement, command=command):
                    self.exits(8, *command)
        for seq in (2**63 - 1, 2**53, -1, 50_000_000):
            with self.changing() as connection:
                connection.execute(f"UPDATE event SET seq = {seq} WHERE seq = {last}")
            with self.subTest(seq=seq):
                self.exits(8, "check")
                if seq >= 2**53:
                    self.exits(8, "update", "1", "--city", "Riga")
                    self.exits(8, "history", "--checkpoint")
                    self.exits(8, "history")

    def test_an_event_with_control_characters_is_not_printed(self):
        for wrong in ("\x1b", "\x9b", "\u202e", "\0"):
            with self.changing() as connection:
                connection.execute("UPDATE event SET body = replace(body, 'First Association', ?) WHERE seq = 2",
                                   [f"First{wrong}"])
            for command in (("history",), ("history", "1"), ("history", "--format", "jsonl")):
                with self.subTest(wrong=wrong, command=command):
                    result = self.exits(8, *command)
                    self.assertNotIn(wrong, result.out + result.err)

    def test_an_origin_of_another_form_is_damage(self):
        body, = self.sql("SELECT body FROM event WHERE seq = 1")[0]
        origin = json.loads(body)["origin"]
        for other in ("VICTIM\\n9\\nROOT", "anything goes", origin[:-1], origin + "0", origin.upper(), "a" * 100_000, ""):
            with self.changing() as connection:
                connection.execute("UPDATE event SET body = replace(body, ?, ?) WHERE seq = 1", [origin, other])
            for command in (("history", "--checkpoint"), ("history",), ("check",)):
                with self.subTest(origin=other[:40], command=command):
                    self.exits(8, *command)


if __name__ == "__main__":
    main()
