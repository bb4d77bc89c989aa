"""A verifier written from covenant-registry(5) alone agrees with the program, and finds what was tampered with."""

import base64
import contextlib
import hashlib
import hmac
import json
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

import office

KEPT = Path(__file__).parent.parent / "migration" / "version-1.sql"
EVERY_EVENT = {"v", "seq", "prev", "at", "actor", "actor_source", "uid", "run", "action"}
SOME_EVENTS = {"partner", "new", "old", "sealed", "findings", "commitment", "erased", "origin"}
OF_VERSION = {1: {"sources"}, 2: {"texts", "of", "emptied", "document", "removed", "clock", "policies", "policy", "ending",
                                  "undoes"}}


class Damage(Exception):
    pass


def demand(is_so, what):
    if not is_so:
        raise Damage(what)


def canonical(value):
    """RFC 8785 for objects with ASCII names, arrays, strings and integers."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def verify(path):
    """Checks bodies, chain, leaves and sealed values; returns the events."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as registry:
        return verify_rows(registry)


def sealed_values(registry):
    """Salt, value and, of texts, the event that set them, by event and field."""
    return {(seq, field): (salt, value, of)
            for seq, field, salt, value, of in registry.execute("SELECT seq, field, salt, value, of FROM sealed")}


def verify_rows(registry):
    erased = {tuple(name) for (body,) in registry.execute("SELECT body FROM event")
              for name in json.loads(body).get("erased", [])}
    values = sealed_values(registry)
    before, at, version, events = hashlib.sha256(b"").digest(), "", 1, []
    for number, (seq, body, leaf) in enumerate(registry.execute("SELECT seq, body, leaf FROM event ORDER BY seq"), 1):
        event = json.loads(body)
        demand(seq == number == event["seq"], f"event {number}: wrong number")
        demand(event["v"] in {version, 2}, f"event {number}: wrong version")
        version = event["v"]
        demand(canonical(event) == body, f"event {number}: not canonical")
        members = EVERY_EVENT | SOME_EVENTS | OF_VERSION[version]
        demand(EVERY_EVENT <= set(event) <= members, f"event {number}: wrong members")
        demand((event["action"] == "init") == (number == 1) == ("origin" in event), f"event {number}: wrong action")
        demand(event["prev"] == before.hex() and event["at"] >= at, f"event {number}: does not follow")
        before, at = hashlib.sha256(b"\0" + body.encode()).digest(), event["at"]
        demand(leaf == before, f"event {number}: wrong leaf")
        for field, digest in event.get("sealed", {}).items():
            row = values.pop((seq, field), None)
            demand((row is None) == ((seq, field) in erased), f"event {number}: sealed value and erasure differ")
            if row is None:
                continue
            salt, value, of = row
            message = b"\0".join((b"covenant/sealed/1", field.encode(), value.encode()))
            demand(hmac.digest(salt, message, "sha256").hex() == digest, f"event {number}: wrong sealed value")
            demand(of == event.get("of"), f"event {number}: texts of another event")
            if field == "texts":
                demand(canonical(json.loads(value)) == value, f"event {number}: texts not canonical")
                demand(list(json.loads(value)) == event["texts"], f"event {number}: wrong texts")
        events.append(event)
    demand(not values, "there are sealed values of no event")
    return events


def texts_of(path):
    """The texts that each event set, or those that remain of them."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as registry:
        return {of or seq: json.loads(value) for seq, of, value in
                registry.execute("SELECT seq, of, value FROM sealed WHERE field = 'texts'")}


def leaf_of(event):
    return hashlib.sha256(b"\0" + canonical(event).encode()).digest()


def root_of(leaves):
    """The root of RFC 9162 section 2.1.1."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


def root_by_path(index, size, leaf, path):
    """The root that an inclusion path leads to: RFC 9162 section 2.1.3.2."""
    last, node = size - 1, leaf
    for step in path:
        if index & 1 or index == last:
            node = hashlib.sha256(b"\1" + step + node).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + step).digest()
        index, last = index >> 1, last >> 1
    demand(last == 0, "the path is too short")
    return node


def roots_by_path(old_size, new_size, old_root, path):
    """The two roots that a consistency path leads to: RFC 9162 section 2.1.4.2."""
    steps = ([old_root] if old_size & (old_size - 1) == 0 else []) + path
    index, last = old_size - 1, new_size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if index & 1 or index == last:
            old = hashlib.sha256(b"\1" + step + old).digest()
            new = hashlib.sha256(b"\1" + step + new).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            new = hashlib.sha256(b"\1" + new + step).digest()
        index, last = index >> 1, last >> 1
    demand(last == 0, "the path is too short")
    return old, new


def replay(events, texts):
    """What the members `new` and `old` and the texts say of each partner, taken together."""
    partners = {}
    for event in events[1:]:
        if event["action"] == "policy":
            continue
        fields = partners.setdefault(event["partner"], {})
        old, new = event.get("old", {}), event.get("new", {})
        for name in set(old) | set(new):
            demand(fields.get(name) == old.get(name), f"event {event['seq']}: {name} was not {old.get(name)}")
            fields.pop(name, None)
        fields |= new
        if "of" not in event:
            for name in event.get("texts", []):
                fields.pop(name, None)
            fields |= {name: text for name, text in texts.get(event["seq"], {}).items() if text}
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
        office.covenant(self.folder, "correct", "AP-0007", "--end-reason", "inactive", "--ended-on", "2025-10-03", "--received-on",
                        "2025-09-30", "--because", "Misread")
        office.covenant(self.folder, "undo", "--last")
        office.covenant(self.folder, "policy", "four-eyes", "on")
        office.covenant(self.folder, "policy", "four-eyes", "off")
        events = verify(self.registry)
        printed = office.covenant(self.folder, "history", "--format", "jsonl")
        self.assertEqual([canonical(event) for event in events], printed.splitlines())
        self.assertEqual({"init", "apply", "verify", "approve", "revoke", "withdraw", "update",
                          "correct", "undo", "policy"},
                         {event["action"] for event in events})
        self.assertNotIn("Contact 25", printed)

    def test_the_events_tell_where_every_partner_stands(self):
        office.make_office(self.folder)
        office.covenant(self.folder, "update", "AP-0003", "--description", "", "--expertise", "Audits\nof buildings")
        office.covenant(self.folder, "correct", "AP-0007", "--end-note", "It had joined", "--ended-on", "2025-10-03", "--because",
                        "Misread")
        partners = replay(verify(self.registry), texts_of(self.registry))
        listed = json.loads(office.covenant(self.folder, "list", "--format", "json"))
        self.assertEqual(26, len(listed))
        self.assertGreater(len([partner for partner in listed if partner["description"]]), 3)
        for partner in listed:
            other = partners[int(partner["id"].removeprefix("AP-"))]
            for name in ("name", "status", "country", "categories", "verified_on", "approved_on", "ended_on",
                         "description", "expertise"):
                self.assertEqual(partner[name], other.get(name), (partner["id"], name))

    def test_an_undo_names_the_events_of_one_run_and_leads_back_to_what_was_before_them(self):
        office.make_office(self.folder)
        office.covenant(self.folder, "apply", "--csv", "applications.csv", "--update")
        before = json.loads(office.covenant(self.folder, "list", "--format", "json"))
        office.covenant(self.folder, "renew", "AP-0001", "AP-0002", "--note", "By e-mail")
        office.covenant(self.folder, "undo", "--last")
        events = verify(self.registry)
        runs = {event["seq"]: event["run"] for event in events}
        undone = [event for event in events if event["action"] == "undo"]
        self.assertEqual(2, len(undone))
        for event in undone:
            self.assertEqual({event["undoes"]["run"]}, {runs[seq] for seq in event["undoes"]["events"]})
        partners = replay(events, texts_of(self.registry))
        for partner in before:
            for name in ("status", "renewed_on", "approved_on", "description"):
                self.assertEqual(partner[name], partners[int(partner["id"].removeprefix("AP-"))].get(name), partner["id"])

    def test_a_registry_of_version_1_is_verified_and_so_is_what_it_became(self):
        with contextlib.closing(sqlite3.connect(self.registry)) as registry:
            registry.executescript(KEPT.read_text(encoding="utf-8"))
        office.covenant(self.folder, "update", "AP-0001", "--description", "Mended")
        events = verify(self.registry)
        self.assertEqual([1] * (len(events) - 1) + [2], [event["v"] for event in events])
        self.assertEqual("Mended", replay(events, texts_of(self.registry))[1]["description"])

    def test_a_signatory_goes_and_the_other_texts_of_the_approval_stay(self):
        office.make_office(self.folder)
        office.covenant(self.folder, "approve", "AP-0025", "--commitment", "commitment.pdf", "--signed-by", "Contact 25")
        approval = verify(self.registry)[-1]["seq"]
        self.assertEqual({"file_name": "commitment.pdf", "reading_notes": ["it is not signed"], "signed_by": "Contact 25"},
                         texts_of(self.registry)[approval])
        office.covenant(self.folder, "erase", "AP-0025", "--contact")
        erasure = verify(self.registry)[-1]
        self.assertEqual((approval, ["file_name"]), (erasure["of"], erasure["texts"]))
        self.assertEqual({"file_name": "commitment.pdf"}, texts_of(self.registry)[approval])

    def test_a_person_goes_from_the_texts_and_the_history_holds(self):
        office.make_office(self.folder)
        office.covenant(self.folder, "update", "AP-0003", "--description", "Ask Eva Roth", "--expertise", "Audits",
                        "--practices", "Guide by Eva Roth\nHeat map")
        update = verify(self.registry)[-1]["seq"]
        office.covenant(self.folder, "erase", "--person", "Eva Roth")
        erasure = verify(self.registry)[-1]
        self.assertEqual(([[update, "texts"]], update, ["description", "practices"], ["expertise", "practices"]),
                         (erasure["erased"], erasure["of"], erasure["emptied"], erasure["texts"]))
        fields = replay(verify(self.registry), texts_of(self.registry))[3]
        self.assertEqual((None, "Audits", ["Heat map"]),
                         (fields.get("description"), fields["expertise"], fields["practices"]))
        for path in self.folder.glob("registry.db*"):
            self.assertNotIn(b"Eva Roth", path.read_bytes())

    def test_the_events_tell_which_policies_are_in_force(self):
        office.make_registry(self.folder)
        for name, value in (("four-eyes", "on"), ("commitment", "signed"), ("four-eyes", "off"), ("commitment", "trusted")):
            office.covenant(self.folder, "policy", name, value)
        policies = {"commitment": "any", "four-eyes": "off"}
        for event in verify(self.registry)[1:]:
            demand(event["policy"]["old"] == policies[event["policy"]["name"]], "another value before")
            policies[event["policy"]["name"]] = event["policy"].get("new", event["policy"]["old"])
        self.assertEqual({"commitment": "trusted", "four-eyes": "on"}, policies)
        printed = office.covenant(self.folder, "policy")
        self.assertEqual(policies, dict(line.split("\t")[:2] for line in printed.splitlines()))

    def test_every_digest_is_that_of_a_row_of_one_table(self):
        office.make_office(self.folder)
        office.covenant(self.folder, "approve", "AP-0025", "--commitment", "commitment.pdf", "--signed-by", "Contact 25")
        office.covenant(self.folder, "erase", "AP-0025", "--contact")
        with contextlib.closing(sqlite3.connect(self.registry)) as registry:
            rows = registry.execute("SELECT seq, field, salt, value FROM sealed").fetchall()
            events = [json.loads(body) for body, in registry.execute("SELECT body FROM event")]
            digests = {(event["seq"], field): digest for event in events for field, digest in event.get("sealed", {}).items()}
            for (seq, field), digest in digests.items():
                for salt, value in registry.execute("SELECT salt, value FROM sealed WHERE seq = ? AND field = ?", (seq, field)):
                    message = b"covenant/sealed/1" + b"\0" + field.encode() + b"\0" + value.encode()
                    self.assertEqual(digest, hmac.new(salt, message, hashlib.sha256).hexdigest(), (seq, field))
        erased = {tuple(name) for event in events for name in event.get("erased", [])}
        self.assertEqual({"contact", "texts"}, {field for _, field in erased})
        self.assertEqual(digests.keys() - erased, {(seq, field) for seq, field, _, _ in rows})
        self.assertEqual(len(rows), len({(seq, field) for seq, field, _, _ in rows}))

    def test_an_erased_contact_is_gone_and_the_history_holds(self):
        office.make_office(self.folder)
        office.covenant(self.folder, "erase", "AP-0003", "--contact")
        self.assertEqual("erase", verify(self.registry)[-1]["action"])
        for path in self.folder.glob("registry.db*"):
            self.assertNotIn(b"contact-03@example.org", path.read_bytes())

    def test_a_checkpoint_has_the_root_and_its_signature_holds(self):
        office.make_office(self.folder)
        openssl = ["openssl", "genpkey", "-algorithm", "ed25519", "-out", "key.pem"]
        subprocess.run(openssl, cwd=self.folder, check=True)
        events = verify(self.registry)
        note = office.covenant(self.folder, "history", "--checkpoint", "--key", "key.pem")
        text, _, signature = note.partition("\n\n")
        origin, size, root = text.split("\n")
        self.assertEqual((events[0]["origin"], str(len(events))), (origin, size))
        self.assertEqual(root_of([leaf_of(event) for event in events]), base64.b64decode(root))

        der = subprocess.run(["openssl", "pkey", "-in", "key.pem", "-pubout", "-outform", "DER"], cwd=self.folder,
                             check=True, capture_output=True).stdout
        public = der[-32:]
        dash, name, encoded = signature.rstrip("\n").split(" ")
        self.assertEqual(("\u2014", origin), (dash, name))
        signed = base64.b64decode(encoded)
        self.assertEqual(hashlib.sha256(origin.encode() + b"\n\1" + public).digest()[:4], signed[:4])
        (self.folder / "text").write_text(text + "\n", encoding="utf-8")
        (self.folder / "signature").write_bytes(signed[4:])
        subprocess.run(["openssl", "pkeyutl", "-verify", "-inkey", "key.pem", "-rawin", "-in", "text", "-sigfile",
                        "signature"], cwd=self.folder, check=True, capture_output=True)

    def test_every_proof_of_an_approval_leads_to_the_published_root(self):
        office.make_office(self.folder)
        approved = json.loads(office.covenant(self.folder, "list", "--status", "approved", "--format", "json"))
        root = base64.b64decode(office.covenant(self.folder, "history", "--checkpoint").splitlines()[2])
        size = len(verify(self.registry))
        self.assertTrue(approved)
        for partner in approved:
            proof = office.covenant(self.folder, "history", partner["id"], "--prove")
            head, _, checkpoint = proof.partition("\n\n")
            kind, extra, index, *path = head.split("\n")
            self.assertEqual("c2sp.org/tlog-proof@v1", kind)
            self.assertEqual(root, base64.b64decode(checkpoint.splitlines()[2]))
            event = json.loads(base64.b64decode(extra.removeprefix("extra ")))
            self.assertEqual(("approve", f"AP-{event['partner']:04}"), (event["action"], partner["id"]))
            number = int(index.removeprefix("index "))
            self.assertEqual(event["seq"] - 1, number)
            self.assertEqual(root, root_by_path(number, size, leaf_of(event), [base64.b64decode(line) for line in path]))

    def test_every_older_history_is_shown_to_be_extended(self):
        office.make_office(self.folder)
        leaves = [leaf_of(event) for event in verify(self.registry)]
        for size in range(1, len(leaves)):
            sizes, *path = office.covenant(self.folder, "history", "--extends", str(size)).splitlines()
            self.assertEqual(f"{size} {len(leaves)}", sizes)
            old = root_of(leaves[:size])
            self.assertEqual((old, root_of(leaves)),
                             roots_by_path(size, len(leaves), old, [base64.b64decode(line) for line in path]))

    def test_tampering_shows(self):
        office.make_office(self.folder)
        last_texts = "id = (SELECT max(id) FROM sealed WHERE field = 'texts')"
        tampered = {
            "a changed body": "UPDATE event SET body = replace(body, 'office', 'nobody') WHERE seq = 5",
            "a removed event": "DELETE FROM event WHERE seq = 5",
            "a changed leaf": "UPDATE event SET leaf = zeroblob(32) WHERE seq = 5",
            "a changed contact": "UPDATE sealed SET value = replace(value, 'Contact', 'Kontakt') "
                                 "WHERE seq = 5 AND field = 'contact'",
            "a changed text": f"UPDATE sealed SET value = replace(value, '}}', ' }}') WHERE {last_texts}",
            "a text more": f"INSERT INTO sealed (id, salt, value) SELECT 4 * 1 + 2, salt, value FROM sealed WHERE {last_texts}",
            "texts of another event": f"UPDATE sealed SET of = 5 WHERE {last_texts}",
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
