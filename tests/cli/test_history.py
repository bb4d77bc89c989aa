"""The history: what the events say, and that a stranger can verify them from the file alone. covenant-registry(5).

`verify` is an independent verifier, written from the description of the bytes; it runs no line of the program.
"""

import contextlib
import hashlib
import hmac
import json
import os
import sqlite3

from support import CovenantTest, day, form, full_form, main, options

MEMBERS = {"v", "seq", "prev", "at", "actor", "actor_source", "uid", "run", "action"}


def canonical(value):
    """RFC 8785, as far as ASCII keys, strings, integers, arrays and objects go."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def verify(registry):
    """Checks every event of the file and returns them; the first that is not valid is an AssertionError."""
    with contextlib.closing(sqlite3.connect(registry)) as connection:
        rows = connection.execute("SELECT seq, body, leaf FROM event ORDER BY seq").fetchall()
        sealed = {(seq, field): (salt, value) for seq, field, salt, value in
                  connection.execute("SELECT seq, field, salt, value FROM sealed UNION ALL "
                                     "SELECT seq, 'texts', salt, value FROM sealed_texts")}
        remaining = dict(connection.execute("SELECT seq, of FROM sealed_texts WHERE of IS NOT NULL"))
    erased = {tuple(entry) for _, body, _ in rows for entry in json.loads(body).get("erased", [])}
    events, last_leaf, last_at, last_version = [], hashlib.sha256(b"").digest(), "", 1
    for number, (seq, body, leaf) in enumerate(rows, 1):
        event = json.loads(body)
        assert seq == event["seq"] == number, f"event {number} is out of its place"
        assert body == canonical(event), f"event {number} is not canonical"
        assert event["prev"] == last_leaf.hex(), f"event {number} does not follow the one before"
        assert leaf == hashlib.sha256(b"\0" + body.encode()).digest(), f"leaf {number} is not its event's"
        assert event["at"] >= last_at, f"event {number} is before its time"
        assert event["v"] in (last_version, 2), f"event {number} is of an older version"
        assert remaining.pop(number, None) == event.get("of"), f"event {number} says otherwise whose texts it sealed"
        for field, digest in event.get("sealed", {}).items():
            if (seq, field) in erased:
                assert (seq, field) not in sealed, f"what {number} sealed was erased and is there"
                continue
            salt, value = sealed.pop((seq, field))
            message = b"\0".join((b"covenant/sealed/1", field.encode(), value.encode()))
            assert len(salt) == 32 and hmac.digest(salt, message, "sha256").hex() == digest, f"seal {number} is broken"
            assert field == "signed_by" or value == canonical(json.loads(value)), f"{field} {number} is not canonical"
            if field == "texts":
                assert list(json.loads(value)) == event["texts"], f"the texts of {number} are not those that it names"
        events.append(event)
        last_leaf, last_at, last_version = leaf, event["at"], event["v"]
    assert not sealed and not remaining, "a sealed value has no event"
    return events


class Chain(CovenantTest):
    def setUp(self):
        super().setUp()
        self.done("apply", *options(full_form()))
        self.csv([form(f"{name} Association", description="\"\\ \n\u202fé😀/<>") for name in "ABCD"])
        self.done("apply", "--csv", "in.csv")
        self.done("update", "1", "--contact-role", "Director", "--city", "")
        self.done("verify", "--all", "--finding", "scope=pass", "--source", "Statutes\u202f§ 2")
        self.approve("1", "--signed-by", "Signing Desk", "--received-on", "2024-05-06")
        self.done("approve", "2", "--no-commitment", "On paper")
        self.done("revoke", "1", "--reason", "merged", "--successor", "2", "--note", "By \"law\"\nof 2024")
        self.done("withdraw", "3")
        self.done("apply", *options(form("B Association", city="Ghent")))

    def test_a_stranger_can_verify_it(self):
        events = verify(self.registry)
        self.assertEqual([event["action"] for event in events],
                         ["init", *["apply"] * 5, "update", *["verify"] * 5, "approve", "approve", "revoke", "withdraw",
                          "apply"])

    def test_the_verifier_sees_what_was_edited(self):
        self.sql("DROP TRIGGER event_is_never_changed")
        self.sql("UPDATE event SET body = replace(body, 'Ghent', 'Bruges')")
        with self.assertRaises(AssertionError):
            verify(self.registry)

    def test_the_verifier_sees_a_contact_that_was_edited(self):
        self.sql("UPDATE sealed SET value = replace(value, 'example.org', 'example.net')")
        with self.assertRaises(AssertionError):
            verify(self.registry)

    def test_the_file_itself_refuses_to_change_an_event(self):
        for statement in ("UPDATE event SET body = '{}'", "DELETE FROM event"):
            with self.assertRaises(sqlite3.DatabaseError):
                self.sql(statement)

    def test_the_lines_of_the_history_are_the_events_byte_for_byte(self):
        bodies = [body for [body] in self.sql("SELECT body FROM event ORDER BY seq")]
        self.assertEqual(self.history(), "".join(body + "\n" for body in bodies))

    def test_no_personal_data_stands_in_an_event(self):
        for personal in ("Contact Desk", "desk@example.org", "contact+covenant@example.org", "Secretariat", "Director",
                         "33155500100", "Signing Desk"):
            self.assertNotIn(personal, self.history())

    def test_every_event_says_who_when_and_in_which_run(self):
        runs = []
        for event in self.events():
            self.assertLessEqual(MEMBERS, set(event))
            self.assertEqual((event["v"], event["uid"], event["actor"]), (2, os.getuid(), "tester"))
            self.assertRegex(event["at"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z")
            runs.append(event["run"])
        self.assertEqual([runs.count(run) for run in dict.fromkeys(runs)], [1, 1, 4, 1, 5, 1, 1, 1, 1, 1])


class Events(CovenantTest):
    def last(self, *command):
        self.covenant(*command)
        return self.events()[-1]

    def test_an_application_says_what_it_set(self):
        event = self.last("apply", *options(form("A Association", city="Ghent", member_count="3")))
        new = event["new"]
        self.assertEqual((new["name"], new["city"], new["status"]), ("A Association", "Ghent", "applied"))
        self.assertNotIn("contact_email", new)
        self.assertIn("contact", event["sealed"])

    def test_moves_say_the_status_before_and_after(self):
        for status, command, old, new in (
            ("applied", ("verify",), "applied", "eligible"), ("eligible", ("withdraw",), "eligible", "withdrawn"),
            ("eligible", ("approve", "--no-commitment", "On paper"), "eligible", "approved"),
            ("approved", ("revoke", "--reason", "ceased"), "approved", "revoked"),
        ):
            partner = self.partner_that_is(status, f"{new} {command[0]} Association")
            event = self.last(command[0], partner, *command[1:])
            self.assertEqual((event["action"], event["old"]["status"], event["new"]["status"]), (command[0], old, new))


class Command(CovenantTest):
    def test_it_tells_of_one_partner(self):
        first, second = self.apply("A Association", reference="F-1"), self.apply("B Association")
        self.done("verify", first, second)
        lines = self.done("history", "F-1", "--format", "jsonl").out.splitlines()
        self.assertEqual([(json.loads(line)["seq"], json.loads(line)["action"]) for line in lines],
                         [(2, "apply"), (4, "verify")])

    def test_the_table_has_a_line_an_event(self):
        partner = self.apply()
        self.done("verify", partner)
        out = self.done("history", "--format", "table").out
        self.assertEqual(self.done("history").out, out)
        for action in ("init", "apply", "verify"):
            self.assertRegex(out, rf"(?m)^.*\b{action}\b.*$")
        self.assertIn("tester", out)
        self.assertIn(partner, out)

    def test_since_a_date(self):
        self.apply()
        self.assertEqual(self.done("history", "--since", day(-2), "--format", "jsonl").out, self.history())
        self.assertEqual(self.done("history", "--since", day(2), "--format", "jsonl").out, "")

    def test_wrong_arguments_are_told(self):
        self.fails(4, "history", "AP-0099")
        for args in (("--since", "soon"), ("--format", "csv"), ("1", "2")):
            with self.subTest(args=args):
                self.fails(2, "history", *args)


if __name__ == "__main__":
    main()
