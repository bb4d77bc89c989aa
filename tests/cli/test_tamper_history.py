"""Whatever is changed in the history, `check` finds it: by the chain, by the tables, or against a checkpoint.

covenant-check(1).
"""

import hashlib
import json

from support import main
from tamper import TamperTest
from test_history import canonical


def chained(bodies):
    """The rows of the history that these events make: numbered, chained, with valid leaves."""
    leaf, rows = hashlib.sha256(b"").digest(), []
    for seq, event in enumerate(bodies, 1):
        body = canonical(event | {"seq": seq, "prev": leaf.hex()})
        leaf = hashlib.sha256(b"\0" + body.encode()).digest()
        rows.append((seq, body, leaf))
    return rows


class History(TamperTest):
    def setUp(self):
        super().setUp()
        self.bodies = [json.loads(row["body"]) for row in self.rows("event")]
        self.checkpoint = self.file(
            "checkpoint", self.done("history", "--checkpoint", "--registry", self.sound).out)

    def rewrite(self, connection, bodies):
        connection.execute("DELETE FROM event")
        connection.executemany("INSERT INTO event VALUES (?, ?, ?)", chained(bodies))

    def edited(self, seq, **members):
        """The events with those members of one of them changed; None takes a member away."""
        bodies = list(self.bodies)
        event = bodies[seq - 1] | members
        bodies[seq - 1] = {name: value for name, value in event.items() if value is not None}
        return bodies

    def last(self, action):
        return max(event["seq"] for event in self.bodies if event["action"] == action)

    def test_a_chain_made_anew_without_a_change_is_the_same(self):
        with self.tampering() as connection:
            self.rewrite(connection, self.bodies)
        self.done("check", "--against", self.checkpoint)

    def test_two_events_in_the_wrong_order_are_found(self):
        for first in (3, len(self.bodies) - 1):
            with self.subTest(first=first):
                with self.tampering() as connection:
                    connection.execute("UPDATE event SET seq = -1 WHERE seq = ?", (first,))
                    connection.execute("UPDATE event SET seq = ? WHERE seq = ?", (first, first + 1))
                    connection.execute("UPDATE event SET seq = ? WHERE seq = -1", (first + 1,))
                self.assertRegex(self.faults()["history"], rf"^event {first}: its body says that it is event {first + 1}")

    def test_an_event_put_in_between_is_found(self):
        with self.tampering() as connection:
            connection.execute("UPDATE event SET seq = -seq - 1 WHERE seq >= 5")
            connection.execute("UPDATE event SET seq = -seq WHERE seq < 0")
            connection.execute("INSERT INTO event SELECT 5, body, leaf FROM event WHERE seq = 4")
        self.assertRegex(self.faults()["history"], "^event 5: ")

    def test_an_event_at_the_end_that_follows_nothing_is_found(self):
        end = len(self.bodies) + 1
        with self.tampering() as connection:
            connection.execute("INSERT INTO event SELECT seq + 1, body, leaf FROM event ORDER BY seq DESC LIMIT 1")
        self.assertRegex(self.faults()["history"], f"^event {end}: its body says that it is event {end - 1}")

    def test_an_event_changed_with_its_own_leaf_is_found_at_the_next(self):
        changed = canonical(self.bodies[3] | {"actor": "nobody"})
        with self.tampering() as connection:
            connection.execute("UPDATE event SET body = ?, leaf = ? WHERE seq = 4",
                               (changed, hashlib.sha256(b"\0" + changed.encode()).digest()))
        self.assertRegex(self.faults()["history"], "^event 5: does not follow event 4")

    def test_a_history_that_does_not_run_forward_is_found(self):
        with self.tampering() as connection:
            self.rewrite(connection, self.edited(6, at="2001-01-01T00:00:00.000Z"))
        self.assertRegex(self.faults()["history"], "^event 6: is dated before event 5")

    def test_the_missing_tail_is_found_by_what_the_tables_know(self):
        end = len(self.bodies)
        with self.tampering() as connection:
            connection.execute("DELETE FROM event WHERE seq > ?", (end - 2,))
        self.assertRegex(self.faults()["history"], f"^event {end - 1} is missing")

    def test_a_body_that_is_no_event_is_found(self):
        verify, approve, erase = self.last("verify"), self.last("approve"), self.last("erase")
        policy = self.last("policy")
        findings = self.bodies[verify - 1]["findings"]
        for seq, members in (
            (3, {"v": 1}), (3, {"v": 3}), (3, {"v": None}), (3, {"uid": "0"}), (3, {"uid": None}), (3, {"actor": ""}),
            (3, {"actor": None}), (3, {"actor": 5}), (3, {"actor": "line\nfeed"}), (3, {"actor_source": "hearsay"}),
            (3, {"run": "abc"}), (3, {"at": "2026-01-01"}), (3, {"at": None}), (3, {"action": "forget"}),
            (3, {"action": None}), (3, {"partner": None}), (3, {"partner": -1}),
            (3, {"partner": "1"}), (3, {"more": "x"}), (3, {"origin": "covenant-registry/00"}), (3, {"new": {}}),
            (3, {"new": {"contact_email": "desk@example.org"}}), (3, {"new": {"colour": "red"}}),
            (3, {"new": {"city": 5}}), (3, {"sealed": {"contact": "x"}}), (3, {"sealed": {"salary": "00" * 32}}),
            (3, {"erased": [[2, "contact"]]}), (1, {"origin": None}), (1, {"partner": 1}), (1, {"action": "apply"}),
            (verify, {"findings": None}), (verify, {"findings": {}}), (verify, {"sources": []}),
            (verify, {"texts": []}), (approve, {"texts": None}), (verify, {"texts": ["signed_by"]}),
            (verify, {"texts": ["sources", "colour"]}), (3, {"texts": ["description"]}), (3, {"of": 2}),
            (3, {"new": {"description": "A text"}}),
            (verify, {"findings": findings | {"scope": {"by": "chance", "result": "pass"}}}),
            (verify, {"findings": findings | {"beauty": {"by": "rule", "result": "pass"}}}),
            (approve, {"commitment": None}), (approve, {"commitment": {"received_on": "2024-04-01"}}),
            (approve, {"texts": ["exception"]}), (approve, {"texts": ["signed_by"]}),
            (approve, {"policies": {}}), (approve, {"policies": {"commitment": "any", "four-eyes": "maybe"}}),
            (verify, {"policies": {"commitment": "any", "four-eyes": "off"}}), (policy, {"policy": None}),
            (policy, {"partner": 1}), (policy, {"policy": {"name": "commitment", "old": "signed"}}),
            (policy, {"policy": {"name": "beauty", "old": "on", "proposed": "off"}}),
            (erase, {"erased": None}), (erase, {"erased": []}), (erase, {"erased": [[1]]}),
            (erase, {"of": None}), (erase, {"of": "1"}), (erase, {"texts": None, "sealed": None}),
        ):
            with self.subTest(seq=seq, members=members):
                with self.tampering() as connection:
                    self.rewrite(connection, self.edited(seq, **members))
                self.assertRegex(self.faults()["history"], rf"^event {seq}: ")

    def test_a_body_of_other_bytes_with_the_same_meaning_is_found(self):
        body = self.rows("event")[2]["body"]
        for other_body in (body + " ", body.replace(",", ", ", 1), body.replace('"v":2', '"v":2.0'),
                           body.replace('"v":2', '"v":2,"v":2'), body.replace("e", "\\u0065", 1), "", "null", "[]",
                           "{", "[" * 5000, body.replace("{", "{" * 3000)):
            with self.subTest(body=other_body[:80]):
                self.assertNotEqual(other_body, body)
                with self.tampering() as connection:
                    connection.execute("UPDATE event SET body = ?, leaf = ? WHERE seq = 3",
                                       (other_body, hashlib.sha256(b"\0" + other_body.encode()).digest()))
                self.assertRegex(self.faults()["history"], "^event 3: ")

    def test_a_chain_made_anew_after_a_change_contradicts_the_tables_and_the_checkpoint(self):
        """Each breaks a rule of the scheme, or says what the tables do not; the chain itself is valid."""
        verify, approve, revoke = self.last("verify"), self.last("approve"), self.last("revoke")
        policy = self.last("policy")
        confirmed = {"name": "four-eyes", "new": "off", "old": "on"}
        first = self.bodies[verify - 1]
        failed = first["findings"] | {"scope": {"by": "rule", "result": "fail"}}
        for bodies, fault in (
            (self.edited(2, new=self.bodies[1]["new"] | {"level": "european"}), r"AP-0001: level "),
            (self.edited(2, new=self.bodies[1]["new"] | {"status": "approved"}), r"event 2 leads AP-0001 "),
            (self.edited(2, new=self.bodies[1]["new"] | {"country": "ZZ"}), r"'ZZ'"),
            (self.edited(2, partner=7), r"event 2 has not the next id"),
            (self.edited(3, old={"city": "Paris"}), r"event 3 says that city was something else"),
            (self.edited(3, new=self.bodies[2]["new"] | {"status": "eligible"},
                         old=self.bodies[2]["old"] | {"status": "applied"}), r"event 3 leads AP-0001 "),
            (self.edited(verify, findings=failed), rf"event {verify} has findings that do not lead to eligible"),
            (self.edited(approve, action="verify", commitment=None, policies=None, texts=["sources"],
                         findings=first["findings"]), rf"event {approve} "),
            (self.edited(policy, policy=confirmed, actor="ann", uid=0),
             rf"event {policy} weakens four-eyes without a second actor"),
            (self.edited(policy, policy=confirmed, actor="Ben", uid=0),
             r"table policy, name 'commitment': proposed is 'any', the history says empty"),
            (self.edited(policy - 2, policy=confirmed),
             rf"event {policy - 2} weakens four-eyes without a second actor"),
            (self.edited(policy, policy={"name": "commitment", "new": "any", "old": "any"}),
             rf"event {policy} says that commitment was something else"),
            (self.edited(policy, policy={"name": "commitment", "old": "signed", "proposed": "signed"}),
             rf"event {policy} proposes a value of commitment that is not weaker"),
            (self.edited(approve, commitment=self.bodies[approve - 1]["commitment"] | {"received_on": "2024-04-02"}),
             rf"event {approve} has another day of joining"),
            (self.edited(revoke, new=self.bodies[revoke - 1]["new"] | {"ended_on": "2023-01-31"}),
             r"(AP-0003:|event \d+ says that) ended_on "),
            (self.edited(revoke, actor="nobody"), None),
            (self.edited(revoke, at=self.bodies[revoke]["at"], uid=77), None),
        ):
            with self.subTest(fault=fault):
                with self.tampering() as connection:
                    self.rewrite(connection, bodies)
                result = self.exits(8, "check", "--against", self.checkpoint)
                self.assertRegex(result.out, r"(?m)^history\tok$")
                self.assertRegex(result.out, r"(?m)^checkpoint\tfailed\tthe first \d+ events are not those of the ")
                if fault:
                    self.assertRegex(result.out, rf"(?m)^tables\tfailed\t.*{fault}")
                else:
                    self.assertRegex(self.done("check").out, r"(?m)^tables\tok$")

    def test_a_partner_that_others_name_and_that_never_was_is_found(self):
        revoke = self.last("revoke")
        successor = type(self.bodies[revoke - 1]["new"]["successor"])(99)
        with self.tampering() as connection:
            self.rewrite(connection, self.edited(revoke, new=self.bodies[revoke - 1]["new"] | {"successor": successor}))
            connection.execute("UPDATE partner SET successor = 99 WHERE id = 3")
        faults = self.faults()
        self.assertEqual(set(faults), {"foreign-keys"})
        self.assertRegex(faults["foreign-keys"], "^table partner, row 3: names a row of partner that is not there$")
        with self.tampering() as connection:
            connection.execute("INSERT INTO link (partner, field, url, checked_on) "
                               "VALUES (99, 'website', 'https://example.org/', '2024-01-01')")
        self.assertEqual(self.faults(), {"foreign-keys": "table link, row ?: names a row of partner that is not there"})

    def test_a_row_that_breaks_the_scheme_is_found_by_the_rules(self):
        for change, fault in (
            ("country = 'ZZ' WHERE id = 1", "AP-0001: .*ZZ"),
            ("status = 'approved' WHERE id = 8", "AP-0008 is approved but has no day of joining"),
            ("status = 'eligible', verified_on = '2024-01-01' WHERE id = 8", "AP-0008: its findings do not fit"),
            ("ended_on = '2024-01-31' WHERE id = 3", "AP-0003: it ended on 2024-01-31, before its joining"),
            ("end_reason = 'inactive' WHERE id = 3", "AP-0003 is revoked but its successor does not fit"),
            ("end_reason = NULL WHERE id = 3", "AP-0003 is revoked but its reason"),
            ("applied_on = '2999-01-01' WHERE id = 8", "AP-0008: applied_on 2999-01-01 is after the last event"),
            ("partner_since = '2999-01-01' WHERE id = 1", "AP-0001: partner_since 2999-01-01 is after"),
            ("website = 'javascript:alert(1)' WHERE id = 1", "AP-0001: .*javascript"),
            ("contact = NULL WHERE id = 2", "AP-0002 is approved but its contact person is neither there nor erased"),
            ("practices = 'Tool <javascript:x>' WHERE id = 1", "AP-0001: .*javascript"),
            ("language = 'klingon' WHERE id = 1", "AP-0001: .*klingon"),
        ):
            with self.subTest(change=change):
                with self.tampering() as connection:
                    connection.execute("UPDATE partner SET " + change)
                self.assertRegex(self.faults()["rules"], fault)


if __name__ == "__main__":
    main()
