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
                  connection.execute("SELECT seq, field, salt, value FROM sealed")}
        remaining = dict(connection.execute("SELECT seq, of FROM sealed WHERE of IS NOT NULL"))
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
        of = None if (number, "texts") in erased else event.get("of")
        assert remaining.pop(number, None) == of, f"event {number} says otherwise whose texts it sealed"
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
    def test_it_lists_those_of_one_partner(self):
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
        heading, *lines = out.splitlines()
        self.assertEqual(heading.split(), ["seq", "at", "(UTC)", "actor", "action", "partner", "change"])
        self.assertEqual([line.split()[4] for line in lines], ["init", "apply", "verify"])
        self.assertIn("tester", out)
        self.assertIn(f"{partner}  Example Association", out)
        self.assertNotIn(partner, self.done("history", partner).out)

    def test_values_are_whole(self):
        text = "A long text. " * 30 + "Its end."
        partner = self.apply(description=text, practices="Map <https://example.org/map>\nTool", member_count="12",
                             reference="COM/2026-17")
        self.done("update", partner, "--description", "Another\ntext", "--name", "B Association", "--practices", "")
        applied, updated = self.done("history", partner).out.splitlines()[1:]
        for part in (f"description: {text};", "practices: Map <https://example.org/map>, Tool;", "status: applied",
                     "member_count: 12", "reference: COM/2026-17", "contact added"):
            self.assertIn(part, applied)
        self.assertIn("name: Example Association → B Association; description: Another text; practices: nothing", updated)
        self.done("update", partner, "--member-count", "", "--contact-name", "Another Desk")
        self.assertRegex(self.done("history", partner).out, "member_count: 12 → nothing; contact changed\n\\Z")

    def test_findings_sources_and_evidence_are_shown(self):
        partner = self.apply(level="national", website="")
        self.exits(3, "verify", partner)
        self.done("verify", partner, "--finding", "scope=pass", "--finding", "website=pass", "--source", "Statutes, § 2",
                  "--source", "A call")
        self.approve(partner, "--received-on", "today", "--signed-by", "Signing Desk", "--signed-on", "yesterday")
        refused, verified, approved = self.done("history", partner).out.splitlines()[2:]
        self.assertTrue(refused.endswith("  status: applied → ineligible; scope: fail; website: fail"), refused)
        self.assertTrue(verified.endswith(
            "  status: ineligible → eligible; scope: pass (found by a person); website: pass (found by a person); "
            "all criteria pass; source: Statutes, § 2; source: A call"), verified)
        digest = hashlib.sha256(self.commitment().read_bytes()).hexdigest()
        self.assertRegex(approved, r"status: eligible → approved; .*commitment: received on \S+, signed on \S+, signed by "
                         rf"Signing Desk; document: commitment\.pdf, application/pdf, \d+ bytes, SHA-256 {digest}")

    def test_reasons_and_notes_are_shown(self):
        partner, other = self.partner_that_is("eligible"), self.listed()
        self.done("approve", partner, "--no-commitment", "On paper,\nin 2012")
        self.done("renew", partner, "--note", "By telephone")
        self.done("revoke", partner, "--reason", "merged", "--successor", other, "--note", "A law")
        out = self.done("history", partner).out
        for part in ("no document: On paper, in 2012", "note: By telephone", "end_reason: merged; ",
                     f"end_note: A law; successor: {other}"):
            self.assertIn(part, out)

    def test_what_was_erased_is_shown_as_erased(self):
        partner = self.listed()
        self.done("update", partner, "--contact-name", "Another Desk")
        self.done("erase", partner, "--contact")
        out = self.done("history", partner).out
        self.assertIn("erased: contact of event 2, contact of event 5\n", out)
        self.done("erase", partner, "--person", "commitment")
        self.assertIn("file_name: erased", self.done("history", partner).out)


class Filters(CovenantTest):
    def setUp(self):
        super().setUp()
        self.first = self.apply("A Association")
        self.csv([form(f"{name} Association") for name in "BCD"])
        self.done("apply", "--csv", "in.csv", "--as", "anna")
        self.done("verify", "--all", "--as", "anna")
        self.done("note", self.first, "A note")

    def seqs(self, *args):
        return [json.loads(line)["seq"] for line in self.done("history", "--format", "jsonl", *args).out.splitlines()]

    def test_each_filter_passes_what_it_names(self):
        run = self.events()[2]["run"]
        for args, seqs in (((), list(range(1, 11))), (("--actor", "anna"), list(range(3, 10))), (("--actor", "ann"), []),
                           (("--action", "verify"), [6, 7, 8, 9]), (("--action", "init"), [1]),
                           (("--action", "policy"), []), (("--run", run), [3, 4, 5]), (("--run", "0" * 16), []),
                           (("--limit", "2"), [9, 10]), (("--limit", "0"), []), (("--limit", "99"), list(range(1, 11))),
                           (("--action", "apply", "--limit", "2"), [4, 5]), ((self.first,), [2, 6, 10]),
                           ((self.first, "--limit", "1"), [10]), ((self.first, "--actor", "anna"), [6])):
            with self.subTest(args=args):
                self.assertEqual(self.seqs(*args), seqs)

    def test_the_table_is_filtered_likewise(self):
        lines = self.done("history", "--action", "apply", "--limit", "2").out.splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["seq", "4", "5"])

    def test_days_are_those_of_utc(self):
        for args, all_of_them in ((("--since", day(-2)), True), (("--since", day(2)), False), (("--until", day(2)), True),
                                  (("--until", day(-2)), False), (("--since", day(-2), "--until", day(2)), True)):
            with self.subTest(args=args):
                self.assertEqual(self.seqs(*args), list(range(1, 11)) if all_of_them else [])
        [[trigger]] = self.sql("SELECT sql FROM sqlite_master WHERE name = 'event_is_never_changed'")
        self.sql("DROP TRIGGER event_is_never_changed")
        self.sql("UPDATE event SET body = json_set(body, '$.at', '2020-01-0' || ((seq + 3) / 4) || 'T23:59:59.999Z')")
        self.sql(trigger)
        self.assertEqual(self.seqs("--since", "2020-01-02"), [5, 6, 7, 8, 9, 10])
        self.assertEqual(self.seqs("--until", "2020-01-02"), [1, 2, 3, 4, 5, 6, 7, 8])
        self.assertEqual(self.seqs("--until", "2020-01-02", "--limit", "1"), [8])

    def test_nothing_is_a_table_without_lines(self):
        self.assertEqual(self.done("history", "--actor", "nobody").out.split(),
                         ["seq", "at", "(UTC)", "actor", "action", "partner", "change"])


class Runs(CovenantTest):
    def setUp(self):
        super().setUp()
        self.first = self.apply("A Association")
        self.csv([form(f"{name} Association", city="Riga") for name in "ABC"])
        self.done("apply", "--csv", "in.csv", "--update", "--as", "anna")
        self.done("verify", "--all")
        self.done("policy", "four-eyes", "on")

    def runs(self, *args):
        return [json.loads(line) for line in self.done("history", "--runs", "--format", "jsonl", *args).out.splitlines()]

    def summary(self, *args):
        return [(run["command"], run["events"], run["partners"]) for run in self.runs(*args)]

    def test_a_run_is_one_line(self):
        events = self.events()
        runs = self.runs()
        self.assertEqual([run["run"] for run in runs], list(dict.fromkeys(event["run"] for event in events)))
        self.assertEqual(list(runs[0]), ["run", "at", "actor", "command", "events", "partners"])
        self.assertEqual((runs[2]["at"], runs[2]["actor"]), (events[2]["at"], "anna"))
        self.assertEqual(self.summary(), [("init", 1, 0), ("apply", 1, 1), ("apply", 3, 3), ("verify", 3, 3), ("policy", 1, 0)])

    def test_the_table_for_people(self):
        heading, *lines = self.done("history", "--runs").out.splitlines()
        self.assertEqual(heading, "run               at (UTC)          actor   command  events  partners")
        self.assertRegex(lines[2], r"\A[0-9a-f]{16}  \d{4}-\d\d-\d\d \d\d:\d\d  anna    apply         3         3\Z")

    def test_a_filter_passes_whole_runs(self):
        for args, summary in (((self.first,), [("apply", 1, 1), ("apply", 3, 3), ("verify", 3, 3)]),
                              (("--action", "update"), [("apply", 3, 3)]), (("--actor", "anna"), [("apply", 3, 3)]),
                              (("--limit", "2"), [("verify", 3, 3), ("policy", 1, 0)]), (("--limit", "0"), []),
                              (("--until", day(-2)), [])):
            with self.subTest(args=args):
                self.assertEqual(self.summary(*args), summary)


class Wrong(CovenantTest):
    def test_wrong_arguments_are_refused(self):
        self.fails(4, "history", "AP-0099")
        for args in (("--since", "soon"), ("--until", "soon"), ("--format", "csv"), ("1", "2"), ("--limit", "-1"),
                     ("--action", "applied"), ("--run", "6fb4"), ("--run", "6FB403CBE64603A3"),
                     ("--checkpoint", "--runs"), ("--extends", "1", "--limit", "1")):
            with self.subTest(args=args):
                self.fails(2, "history", *args)


if __name__ == "__main__":
    main()
