"""A verifier written from covenant-registry(5) alone agrees with the program, and finds what was tampered with."""

import contextlib
import hashlib
import hmac
import json
import sqlite3
import tempfile
import unittest
from pathlib import Path

import office

EVERY_EVENT = {"v", "seq", "prev", "at", "actor", "actor_source", "uid", "run", "action"}
SOME_EVENTS = {"partner", "new", "old", "sealed", "findings", "sources", "commitment", "origin"}


class Damage(Exception):
    pass


def demand(holds, what):
    if not holds:
        raise Damage(what)


def canonical(value):
    """RFC 8785 for objects with ASCII names, arrays, strings and integers."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def verify(path):
    """Checks bodies, chain, leaves and sealed values; gives the events."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as registry:
        return verify_rows(registry)


def verify_rows(registry):
    before, at, events = hashlib.sha256(b"").digest(), "", []
    for number, (seq, body, leaf) in enumerate(registry.execute("SELECT seq, body, leaf FROM event ORDER BY seq"), 1):
        event = json.loads(body)
        demand(seq == number == event["seq"] and event["v"] == 1, f"event {number}: wrong number")
        demand(canonical(event) == body, f"event {number}: not canonical")
        demand(EVERY_EVENT <= set(event) <= EVERY_EVENT | SOME_EVENTS, f"event {number}: wrong members")
        demand((event["action"] == "init") == (number == 1) == ("origin" in event), f"event {number}: wrong action")
        demand(event["prev"] == before.hex() and event["at"] >= at, f"event {number}: does not follow")
        before, at = hashlib.sha256(b"\0" + body.encode()).digest(), event["at"]
        demand(leaf == before, f"event {number}: wrong leaf")
        for field, digest in event.get("sealed", {}).items():
            salt, value = registry.execute("SELECT salt, value FROM sealed WHERE seq = ? AND field = ?",
                                           (seq, field)).fetchone()
            message = b"\0".join((b"covenant/sealed/1", field.encode(), value.encode()))
            demand(hmac.digest(salt, message, "sha256").hex() == digest, f"event {number}: wrong sealed value")
        events.append(event)
    return events


def replay(events):
    """What the members `new` and `old` say of each partner, taken together."""
    partners = {}
    for event in events[1:]:
        fields = partners.setdefault(event["partner"], {})
        old, new = event.get("old", {}), event.get("new", {})
        for name in set(old) | set(new):
            demand(fields.get(name) == old.get(name), f"event {event['seq']}: {name} was not {old.get(name)}")
            fields.pop(name, None)
        fields |= new
    return partners


class Stranger(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.registry = self.folder / "registry.db"

    def test_the_history_of_an_office_holds(self):
        office.make_office(self.folder)
        office.covenant(self.folder, "approve", "AP-0025", "--commitment", "commitment.pdf", "--signed-by", "Contact 25")
        office.covenant(self.folder, "update", "AP-0003", "--contact-phone", "", "--practice", "A \"tool\"\t")
        office.covenant(self.folder, "verify", "AP-0012", "--finding", "website=pass", "--source", "telephone")
        events = verify(self.registry)
        printed = office.covenant(self.folder, "history", "--format", "jsonl")
        self.assertEqual([canonical(event) for event in events], printed.splitlines())
        self.assertEqual({"init", "apply", "verify", "approve", "revoke", "withdraw", "update"},
                         {event["action"] for event in events})
        self.assertNotIn("Contact 25", printed)

    def test_the_events_tell_where_every_partner_stands(self):
        office.make_office(self.folder)
        partners = replay(verify(self.registry))
        listed = json.loads(office.covenant(self.folder, "list", "--format", "json"))
        self.assertEqual(26, len(listed))
        for partner in listed:
            told = partners[int(partner["id"].removeprefix("AP-"))]
            for name in ("name", "status", "country", "categories", "verified_on", "approved_on", "ended_on"):
                self.assertEqual(partner[name], told.get(name), (partner["id"], name))

    def test_tampering_shows(self):
        office.make_office(self.folder)
        tampered = {
            "a changed body": "UPDATE event SET body = replace(body, 'office', 'nobody') WHERE seq = 5",
            "a removed event": "DELETE FROM event WHERE seq = 5",
            "a changed leaf": "UPDATE event SET leaf = zeroblob(32) WHERE seq = 5",
            "a changed contact": "UPDATE sealed SET value = replace(value, 'Contact', 'Kontakt') WHERE seq = 5",
        }
        for what, sql in tampered.items():
            with self.subTest(what):
                copy = self.folder / f"{what}.db"
                copy.write_bytes(self.registry.read_bytes())
                with contextlib.closing(sqlite3.connect(copy)) as connection:
                    connection.execute("DROP TRIGGER event_is_never_changed")
                    connection.execute("DROP TRIGGER event_is_never_deleted")
                    self.assertEqual(1, connection.execute(sql).rowcount)
                    connection.commit()
                with self.assertRaises(Damage):
                    verify(copy)


if __name__ == "__main__":
    unittest.main()
