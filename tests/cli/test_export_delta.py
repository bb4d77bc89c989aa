"""export --format delta, and the sequence of the JSON that it goes from. covenant-export(1)."""

import json
import os

from support import CovenantTest, day, form, main, options

EMPTY = {"joined": [], "changed": [], "ended": [], "removed": []}


def applied(then, delta):
    """The list of then with the delta applied, by what the manual says."""
    gone = {entry["id"] for name in ("joined", "changed", "ended") for entry in delta[name]} | set(delta["removed"])

    def merged(entries, more):
        return sorted([entry for entry in entries if entry["id"] not in gone] + more, key=lambda entry: entry["id"])

    partners = merged(then["partners"], delta["joined"] + delta["changed"])
    return then | {"modified": delta["modified"], "sequence": delta["to"], "count": len(partners),
                   "partners": partners, "former": merged(then["former"], delta["ended"])}


class ExportDelta(CovenantTest):
    def json(self, *more):
        return self.done("export", "--format", "json", *more).json()

    def delta(self, since, *more):
        return self.done("export", "--format", "delta", "--since", str(since), *more).json()

    def last_event(self):
        return int(self.done("history", "--checkpoint").out.splitlines()[1])

    def assert_leads_on(self, then, *more):
        """The delta since a list leads to the present one; returns its ids by array."""
        delta = self.delta(then["sequence"], *more)
        self.assertEqual((delta["from"], delta["to"]), (then["sequence"], self.json(*more)["sequence"]))
        self.assertEqual(applied(then, delta), self.json(*more))
        return {name: [entry if name == "removed" else entry["id"] for entry in delta[name]] for name in EMPTY}

    def test_the_members_are_those_of_the_manual(self):
        self.listed()
        delta = self.delta(0)
        self.assertEqual(list(delta), ["format", "from", "to", "modified", *EMPTY])
        self.assertEqual((delta["format"], delta["from"], delta["to"]), (1, 0, self.last_event()))
        self.assertEqual(delta["joined"], self.json()["partners"])

    def test_the_sequence_is_the_last_event_that_changed_what_is_shown(self):
        self.assertEqual((self.json()["sequence"], self.json()["modified"]), (0, None))
        partner = self.apply()
        self.done("verify", partner)
        self.assertEqual(self.json()["sequence"], 0)
        self.approve(partner)
        self.assertEqual((self.json()["sequence"], self.last_event()), (4, 4))
        for unseen in (("note", partner, "A remark"), ("update", partner, "--contact-name", "Another Desk"),
                       ("update", partner, "--reference", "F-1"), ("verify", partner), ("renew", partner),
                       ("erase", partner, "--contact")):
            self.done(*unseen)
            self.assertEqual(self.json()["sequence"], 4, unseen)
        self.done("update", partner, "--city", "Riga")
        self.assertEqual(self.json()["sequence"], self.last_event())
        self.done("withdraw", partner)
        self.assertEqual(self.json()["sequence"], self.last_event())
        self.done("update", partner, "--city", "Tartu")
        self.assertEqual(self.json()["sequence"], self.last_event() - 1)
        self.done("update", partner, "--name", "Renamed since it left")
        self.assertEqual(self.json()["sequence"], self.last_event())

    def test_each_array_has_what_happened(self):
        stays, changes, leaves, errs, returns = (
            self.listed(f"{name} Association") for name in ("Staying", "Changing", "Leaving", "Erring", "Returning"))
        self.done("withdraw", returns)
        then = self.json()
        joins = self.listed("Joining Association")
        self.done("update", changes, "--city", "Riga")
        self.done("withdraw", leaves)
        self.done("revoke", errs, "--reason", "entered-in-error")
        self.done("apply", *options(form("Returning Association")))
        self.assertEqual(self.assert_leads_on(then), {"joined": [joins], "changed": [changes], "ended": [leaves],
                                                      "removed": [errs, returns]})
        self.done("verify", returns)
        self.approve(returns)
        self.assertEqual(self.assert_leads_on(then)["joined"], [returns, joins])
        self.assertEqual(stays, then["partners"][0]["id"])

    def test_a_former_partner_has_another_successor_once_that_one_merges(self):
        first, second, third = (self.listed(f"{name} Association") for name in ("First", "Second", "Third"))
        self.done("revoke", first, "--reason", "merged", "--successor", second)
        then = self.json()
        self.done("revoke", second, "--reason", "merged", "--successor", third)
        self.assertEqual(self.assert_leads_on(then)["ended"], [first, second])
        self.assertEqual([entry["successor"] for entry in self.json()["former"]], [third, third])
        then = self.json()
        self.done("withdraw", third)
        self.assertEqual(self.assert_leads_on(then)["ended"], [first, second, third])

    def test_what_was_undone_is_no_change(self):
        partner = self.listed(city="Riga")
        then = self.json()
        self.done("update", partner, "--city", "Ghent")
        self.done("undo", "--last")
        self.assertEqual(self.assert_leads_on(then), EMPTY)

    def test_a_text_that_was_erased_since_is_a_change(self):
        partner = self.listed(description="Ask Eva Roth")
        then = self.json()
        self.done("erase", "--person", "Eva Roth")
        self.assertEqual(self.assert_leads_on(then), EMPTY | {"changed": [partner]})

    def test_nothing_happened_is_a_delta_too(self):
        self.listed()
        then = self.json()
        self.done("note", "1", "Nothing to see")
        self.assertEqual({name: self.delta(then["sequence"])[name] for name in EMPTY}, EMPTY)
        delta = self.delta(self.last_event())
        self.assertEqual((delta["from"], delta["to"]), (self.last_event(), then["sequence"]))

    def test_a_list_of_a_country_has_a_delta_of_its_own(self):
        self.listed("A Association", country="BE")
        moves = self.listed("B Association", country="BE")
        then = self.json("--country", "BE")
        self.done("update", moves, "--country", "LV")
        self.listed("C Association", country="EE")
        self.assertEqual(self.assert_leads_on(then, "--country", "BE"), EMPTY | {"removed": [moves]})

    def test_a_day_is_the_last_event_recorded_by_its_end(self):
        self.listed()
        self.assertEqual(self.delta("yesterday")["from"], 0)
        self.assertEqual(self.delta(day(-2))["from"], 0)
        self.assertEqual(self.delta(day(0))["from"], self.last_event())
        self.assertEqual(self.delta("today")["from"], self.last_event())

    def test_what_is_yet_to_come_is_refused(self):
        self.listed()
        last = self.last_event()
        self.assertEqual(
            self.fails(6, "export", "--format", "delta", "--since", str(last + 1)),
            f"covenant: --since: '{last + 1}' is beyond the last event, which is {last}; name the sequence of a list "
            "of this registry, or a day\n")
        self.fails(6, "export", "--format", "delta", "--since", day(2))
        self.fails(6, "export", "--format", "delta", "--since", "9" * 18)

    def test_it_needs_to_be_said_since_when(self):
        self.assertEqual(self.fails(2, "export", "--format", "delta"),
                         "covenant: export: --format delta needs an earlier list; add --since N|DATE\n")
        for wrong in ("-1", "1.5", "", "lately", "9" * 30):
            self.fails(2, "export", "--format", "delta", f"--since={wrong}")
        self.fails(2, "export", "--format", "json", "--since", "1")
        self.fails(2, "export", "--format", "delta", "--since", "0", "--as-of", "today")

    def test_it_can_be_written_to_a_file_and_says_how_much_is_in_it(self):
        self.listed()
        written = self.done("export", "--format", "delta", "--since", "0", "--output", "delta.json")
        self.assertEqual(written.err, "Wrote delta.json (1 entry).\n")
        self.assertEqual(json.loads((self.folder / "delta.json").read_bytes())["joined"], self.json()["partners"])
        self.assertEqual(os.stat(self.folder / "delta.json").st_mode & 0o777, 0o666 & ~self.umask())
        self.done("export", "--format", "delta", "--since", "today", "--output", "delta.json")

    @staticmethod
    def umask():
        mask = os.umask(0)
        os.umask(mask)
        return mask


if __name__ == "__main__":
    main()
