"""erase --person and --former-contacts, and what --contact leaves: covenant-erase(1)."""

import contextlib
import random
import re
import sqlite3
from pathlib import Path

from support import CovenantTest, form, main
from test_history import verify

VERSION_1 = Path(__file__).parents[1] / "migration" / "version-1.sql"
EVA = {"contact_name": "Eva Unmistakable", "contact_email": "unmistakable@example.org", "contact_phone": "+3225550199"}
PLACES = ("contact", "description", "practices", "source", "file-name", "signature", "evidence", "note")


class ErasureTest(CovenantTest):
    def places(self, *args):
        return self.done("erase", *args, "--dry-run", "--format", "json").json()

    def leftovers(self):
        """The files that have something of the person."""
        return sorted(path.name for path in self.folder.iterdir() if path.suffix != ".pdf"
                      for text in ("nmistakable", "3225550199")
                      if text.encode() in path.read_bytes() or text.encode("utf-16-le") in path.read_bytes())

    def is_sound(self):
        self.assertEqual(self.done("check", "--quiet").err, "")
        return verify(self.registry)


class Person(ErasureTest):
    """A person who is the contact of a listed partner, and named in whatever people wrote about it."""

    def setUp(self):
        super().setUp()
        self.partner = self.apply("First Association", **EVA, city="Riga", practices="Guide by Eva Unmistakable\nHeat map",
                                  description="Write to Eva Unmistakable, unmistakable@example.org", expertise="Audits")
        self.apply("Second Association", description="Nobody at all")
        self.done("verify", self.partner, "--source", "mail from unmistakable@example.org", "--source", "statutes")
        name = self.file("Eva Unmistakable.pdf", b"%PDF-1.7\nThe signed commitment.\n")
        self.done("approve", self.partner, "--commitment", name, "--signed-by", "EVA UNMISTAKABLE")
        self.done("note", self.partner, "Éva Unmistakable called")
        self.done("note", self.partner, "The unmistakableness of it")
        name.unlink()

    def test_a_dry_run_answers_a_request_for_access(self):
        for text in ("unmistakable@example.org", "eva unmistakable", "UNMISTAKABLE"):
            with self.subTest(text), self.writes_nothing():
                places = self.places("--person", text)
                self.assertEqual([place["place"] for place in places], list(PLACES))
        self.assertEqual(places[0], {"id": self.partner, "place": "contact", "event": 2, "current": True,
                                     "value": "Eva Unmistakable, unmistakable@example.org, +3225550199"})
        self.assertEqual([place["current"] for place in places], [True] * 7 + [False])
        lines = self.done("erase", "--person", "Eva Unmistakable", "--dry-run").out.splitlines()
        self.assertEqual(lines[2], f"{self.partner}\tpractices\t2\tyes\tGuide by Eva Unmistakable")

    def test_a_value_that_cannot_be_read_is_damage_and_not_passed_over(self):
        for field, value in (("contact", '{"email":5,"name":{}}'), ("texts", '{"description":5}'), ("contact", "")):
            with self.subTest(field=field, value=value):
                before = self.registry.read_bytes()
                self.sql("UPDATE sealed SET value = ? WHERE id = (SELECT min(id) FROM sealed WHERE field = ?)", value, field)
                self.fails(8, "erase", "--person", "nobody@example.org", "--dry-run")
                self.fails(8, "erase", "--person", "nobody@example.org")
                self.registry.write_bytes(before)

    def test_every_value_goes_and_no_byte_of_them_is_left(self):
        for text in ("unmistakable@example.org", "Eva Unmistakable"):
            with self.subTest(text):
                copy = self.file("copy.db", self.registry.read_bytes())
                erased = self.done("--registry", copy, "erase", "--person", text)
                self.assertEqual(erased.out, f"{self.partner}\tapproved\n")
                self.assertEqual(erased.err.splitlines()[-1], "Erased 7 values of 1 partner.")
                self.assertNotIn(b"Unmistakable", copy.read_bytes())
                self.assertNotIn(b"unmistakable@", copy.read_bytes())
                self.assertIn("The unmistakableness of it", self.done("--registry", copy, "show", self.partner).out)
                self.assertEqual(self.done("--registry", copy, "check").err, f"{copy} is sound.\n")
                verify(copy)
                copy.unlink()

    def test_the_fields_lose_it_and_keep_the_rest_which_is_noted(self):
        before = self.show(self.partner)
        notes = self.report("erase", "--person", "Eva Unmistakable")["notes"]
        self.assertEqual([(note["code"], note["column"]) for note in notes],
                         [("erased", "description"), ("erased", "practices"), ("erased", "contact"), ("remains", "evidence")])
        after = self.show(self.partner)
        self.assertEqual({name: after[name] for name in ("description", "contact_name", "contact_phone")},
                         dict.fromkeys(("description", "contact_name", "contact_phone")))
        self.assertEqual(after["practices"], [{"title": "Heat map", "url": None}])
        self.assertEqual(after["sources"], ["statutes"])
        self.assertEqual(after["commitments"][0]["signed_by"], None)
        self.assertEqual(after["commitments"][0]["document"], before["commitments"][0]["document"] | {"name": None})
        self.assertEqual([note["text"] for note in after["notes"]], [None, "The unmistakableness of it"])
        for name in ("name", "status", "city", "expertise", "approved_on", "findings"):
            self.assertEqual(after[name], before[name])
        self.assertEqual(after["contact_erased_on"], self.events()[-1]["at"][:10])

    def test_the_public_list_follows_and_says_that_the_erasure_changed_it(self):
        self.done("erase", "--person", "Eva Unmistakable", "--quiet")
        exported = self.done("export", "--format", "json").json()
        self.assertEqual(exported["sequence"], self.events()[-3]["seq"])
        self.assertEqual((exported["partners"][0]["description"] or None, exported["partners"][0]["practices"]),
                         (None, [{"title": "Heat map", "url": None}]))
        self.assertNotIn("nmistakable", self.done("export", "--format", "atom").out)

    def test_the_events_say_which_values_went_and_seal_the_others_again(self):
        self.done("erase", "--person", "Eva Unmistakable")
        first, second, third, fourth = self.is_sound()[-4:]
        self.assertEqual(first["erased"], [[2, "contact"], [6, "texts"]])
        self.assertEqual((second["of"], second["erased"], second["texts"], second["emptied"]),
                         (2, [[2, "texts"]], ["expertise", "practices"], ["description", "practices"]))
        self.assertEqual((third["of"], third["erased"], third["texts"]), (4, [[4, "texts"]], ["sources"]))
        self.assertEqual((fourth["of"], fourth["erased"], fourth["texts"]), (5, [[5, "texts"]], ["reading_notes"]))
        self.assertNotIn("emptied", third)

    def test_what_remained_of_an_event_can_be_erased_later(self):
        self.done("erase", "--person", "Eva Unmistakable")
        self.done("erase", "--person", "Audits")
        self.done("erase", "--person", "heat MAP", self.partner)
        self.assertEqual(self.show(self.partner)["practices"], [])
        self.assertEqual((self.is_sound()[-1]["erased"], self.leftovers()), ([[12, "texts"]], ["registry.db"]))
        self.done("erase", "--person", "unmistakableness")
        self.assertEqual(self.leftovers(), [])

    def test_to_erase_the_contact_names_what_remains(self):
        report = self.report("erase", self.partner, "--contact")
        self.assertEqual({note["code"] for note in report["notes"]}, {"remains"})
        self.assertEqual([note["column"] for note in report["notes"]],
                         ["description", "practices", "source", "file-name", "note", "evidence"])
        self.assertEqual({report["notes"][at]["value"] for at in (3, 5)}, {"Eva Unmistakable.pdf"})
        self.assertEqual([place["place"] for place in self.places("--person", "Unmistakable")],
                         ["description", "practices", "source", "file-name", "evidence", "note"])
        self.assertEqual(len(self.places("--person", "unmistakable@example.org")), 2)

    def test_a_document_that_came_with_what_was_erased_is_kept_and_named(self):
        added = self.file("passport.png", b"\x89PNG\r\n\x1a\n")
        self.done("evidence", self.partner, "--add", added, "--note", "Eva Unmistakable, her passport")
        places = self.places("--person", "Eva Unmistakable")
        self.assertEqual([place["value"] for place in places if place["place"] == "evidence"],
                         ["Eva Unmistakable.pdf", "passport.png"])
        values = len(places) - 2
        self.assertEqual(self.done("erase", "--person", "Eva Unmistakable", "--dry-run").err,
                         f"Would erase {values} values of 1 partner.\n")
        self.done("evidence", self.partner, "--erase", "2", "--because", "she asked")
        erased = self.done("erase", "--person", "Eva Unmistakable")
        self.assertIn(f"note: {self.partner}: document 1, 'Eva Unmistakable.pdf', is kept; use 'covenant evidence "
                      f"{self.partner}' to erase it too\n", erased.err)
        self.assertNotIn("document 2", erased.err)
        self.assertTrue(erased.err.endswith(f"Erased {values} values of 1 partner.\n"))

    def test_a_document_that_came_twice_is_named_once_where_it_is_in_force(self):
        name = self.file("Eva Unmistakable.pdf", b"%PDF-1.7\nThe signed commitment.\n")
        self.done("renew", self.partner, "--commitment", name)
        [document] = [place for place in self.places("--person", "Eva Unmistakable") if place["place"] == "evidence"]
        self.assertEqual((document["event"], document["current"]), (self.events()[-1]["seq"], True))

    def test_erasing_twice_changes_nothing(self):
        self.done("erase", "--person", "Eva Unmistakable")
        with self.writes_nothing():
            again = self.done("erase", "--person", "Eva Unmistakable")
        self.assertEqual((again.out, again.err), ("", "'Eva Unmistakable' has nothing to erase.\n"))
        self.assertEqual(self.places("--person", "Eva Unmistakable"), [])

    def test_a_person_at_two_partners_is_erased_where_it_is_said(self):
        self.done("update", "2", "--expertise", "Advice by Eva Unmistakable")
        with self.writes_nothing():
            refused = self.exits(3, "erase", "--person", "Eva Unmistakable")
        self.assertEqual(len(refused.out.splitlines()), 9)
        self.assertEqual(refused.err, "covenant: --person: 'Eva Unmistakable' occurs at 2 partners; name one, or add "
                                      "--everywhere\n")
        self.assertEqual(len(self.places("--person", "Eva Unmistakable")), 9)
        self.done("erase", "2", "--person", "Eva Unmistakable")
        self.assertIsNone(self.show("2")["expertise"])
        self.assertIsNotNone(self.show("1")["description"])
        self.done("update", "2", "--expertise", "More by Eva Unmistakable")
        self.assertEqual(self.done("erase", "--person", "Eva Unmistakable", "--everywhere").out,
                         "AP-0001\tapproved\nAP-0002\tapplied\n")
        self.is_sound()

    def test_former_values_go_and_the_present_ones_stay(self):
        self.done("update", self.partner, "--description", "Ask the desk", "--contact-name", "Bob Two", "--contact-email",
                  "bob@example.org", "--contact-phone", "", "--practices", "Heat map\nWind map")
        self.assertEqual([place["current"] for place in self.places("--person", "Eva Unmistakable")],
                         [False, False, False, True, True, True, True, False])
        before = self.show(self.partner)
        self.done("erase", "--person", "Eva Unmistakable")
        after = self.show(self.partner)
        for name in ("description", "practices", "contact_name", "contact_email", "contact_erased_on"):
            self.assertEqual(after[name], before[name])
        self.is_sound()

    def test_a_value_from_before_is_not_in_the_past_any_more(self):
        self.done("erase", "--person", "Eva Unmistakable")
        for args in (("list", "--as-of", "today", "--format", "json"), ("history", "--format", "jsonl"), ("history",)):
            self.assertNotIn("Unmistakable", self.done(*args).out)

    def test_words_are_whole_and_texts_long_enough(self):
        self.assertEqual(self.places("--person", "Unmistak"), [])
        self.assertEqual(self.places("--person", "other.unmistakable@example.org"), [])
        self.assertEqual(self.places("--person", "unmistakable@example.or"), [])
        with self.writes_nothing():
            self.assertIn("--person: 'Ev' is too short", self.fails(2, "erase", "--person", "Ev"))
            self.fails(4, "erase", "AP-0099", "--person", "Eva Unmistakable")
            self.fails(2, "erase", "--person", "Eva Unmistakable", "1", "--everywhere")
            self.fails(2, "erase", "1", "--contact", "--everywhere")
            self.fails(2, "erase", "--former-contacts")


class Others(ErasureTest):
    """The contacts of one partner after each other: who else is hers, and who is not."""

    def setUp(self):
        super().setUp()
        self.partner = self.apply(**EVA)

    def replace(self, name, email):
        self.done("update", self.partner, "--contact-name", name, "--contact-email", email, "--contact-phone", "")

    def test_only_hers_go(self):
        self.replace("Bob Two", "bob@example.org")
        self.replace("Eva Unmistakable", "eva@example.org")
        self.replace("Cem Three", "cem@example.org")
        self.assertEqual([place["event"] for place in self.places("--person", "unmistakable@example.org")], [2, 4])
        self.done("erase", "--person", "unmistakable@example.org")
        self.assertEqual(self.show(self.partner)["contact_name"], "Cem Three")
        self.assertEqual(len(self.places("--person", "bob@example.org")), 1)
        self.is_sound()

    def test_an_address_that_others_share_is_not_hers_alone(self):
        self.replace("Bob Two", "unmistakable@example.org")
        self.done("update", self.partner, "--description", "Write to unmistakable@example.org")
        self.assertEqual([place["place"] for place in self.places("--person", "Eva Unmistakable")], ["contact"])
        self.assertEqual([place["place"] for place in self.places("--person", "unmistakable@example.org")],
                         ["contact", "contact", "description"])

    def test_former_contacts_go_and_nobody_else(self):
        with self.writes_nothing():
            nothing = self.done("erase", self.partner, "--former-contacts")
        self.assertEqual((nothing.out, nothing.err), ("", f"{self.partner} has no former contact to erase.\n"))
        self.replace("Bob Two", "bob@example.org")
        self.done("note", self.partner, "Eva Unmistakable left")
        notes = self.report("erase", self.partner, "--former-contacts")["notes"]
        self.assertEqual([(note["code"], note["column"]) for note in notes], [("remains", "note")])
        shown = self.show(self.partner)
        self.assertEqual((shown["contact_name"], shown["contact_erased_on"]), ("Bob Two", None))
        self.assertEqual(self.is_sound()[-1]["erased"], [[2, "contact"]])

    def test_the_letters_to_a_former_contact_forget_whom_they_went_to(self):
        self.done("letter", self.partner, "--kind", "circular", "--record")
        self.replace("Bob Two", "bob@example.org")
        self.done("letter", self.partner, "--kind", "circular", "--record")
        notes = self.report("erase", self.partner, "--former-contacts")["notes"]
        self.assertEqual(notes, [])
        self.is_sound()
        self.assertNotIn(b"unmistakable@example.org", self.registry.read_bytes())
        self.assertEqual(self.places("--person", "unmistakable@example.org"), [])
        self.assertEqual([place["place"] for place in self.places("--person", "bob@example.org")], ["contact", "mail"])

    def test_a_telephone_remains_however_it_is_written(self):
        self.done("note", self.partner, "Call +32 (2) 555-01.99 today")
        self.done("note", self.partner, "Not +32 2 555 01 990")
        self.assertEqual([note["value"] for note in self.report("erase", self.partner, "--contact")["notes"]],
                         ["Call +32 (2) 555-01.99 today"])

    def test_whoever_lost_the_contact_may_name_another(self):
        self.done("withdraw", self.partner)
        self.done("erase", "--person", "Eva Unmistakable")
        self.csv([form(applied_on=self.show(self.partner)["contact_erased_on"])])
        self.done("apply", "--csv", "in.csv")
        self.assertIsNone(self.show(self.partner)["contact_name"])
        self.done("update", self.partner, "--contact-name", "Bob Two", "--contact-email", "bob@example.org")
        self.assertIsNone(self.show(self.partner)["contact_erased_on"])
        self.is_sound()


class Version1(ErasureTest):
    """What an event of version 1 has in the clear cannot go; the fields that have it now are emptied."""

    with_registry = False

    def setUp(self):
        super().setUp()
        with contextlib.closing(sqlite3.connect(self.registry)) as registry:
            registry.executescript(VERSION_1.read_text(encoding="utf-8"))

    def test_a_text_in_the_clear_remains(self):
        with self.writes_nothing():
            self.assertEqual(self.places("--person", "Heat map", "2"),
                             [{"id": "AP-0002", "place": "practices", "event": 9, "current": True,
                               "value": "Heat map <https://heir.example.org/map>"}])
        events = len(self.events())
        result = self.exits(3, "erase", "--person", "Heat map", "2")
        self.assertEqual(result.out, "AP-0002\tapproved\n")
        self.assertEqual(result.err.splitlines(), [
            "covenant: note: AP-0002: practices: erased, and empty now",
            "covenant: note: AP-0002: practices of event 9, of version 1, cannot be erased: "
            "'Heat map <https://heir.example.org/map>'",
            "'Heat map' has nothing to erase.",
            "covenant: 1 value in events of version 1 cannot be erased"])
        self.assertEqual(self.show("2")["practices"], [])
        self.assertEqual([event["action"] for event in self.is_sound()[events:]], ["update"])
        self.assertFalse(self.places("--person", "Heat map", "2")[0]["current"])

    def test_a_signatory_and_a_contact_of_version_1_are_sealed_and_go(self):
        self.done("erase", "1", "--contact")
        self.assertEqual([place["place"] for place in self.places("--person", "contact+covenant@example.org", "1")], [])
        self.is_sound()


class Bytes(ErasureTest):
    def test_of_many_none_is_left_though_rows_moved_from_page_to_page(self):
        count, erased = 90, 30
        chance = random.Random(7)

        def fill(number, salt):
            return f"by unmistakable-{number:03}x " + chr(0x103A0 + salt) * ((200 + number * 37 % 1300) // 2)

        self.csv([form(f"Association {number:03}", description=fill(number, 0), applied_on="2024-01-01")
                  for number in range(count)])
        self.done("apply", "--csv", "in.csv", "--quiet")
        self.csv([{"partner": str(number + 1), "source": fill(number, 1)} for number in range(count)])
        self.done("verify", "--csv", "in.csv", "--quiet")
        self.csv([{"partner": str(number + 1), "no_commitment": fill(number, 2)} for number in range(count)])
        self.done("approve", "--csv", "in.csv", "--quiet")
        self.csv([{"id": str(number + 1), "description": fill(number, 3) * 2} for number in range(0, count, 2)])
        self.done("update", "--csv", "in.csv", "--quiet")
        for number in chance.sample(range(count), erased):
            self.done("erase", "--person", f"unmistakable-{number:03}x")
            content = b"".join(path.read_bytes() for path in self.folder.glob("registry.db*"))
            self.assertFalse(f"unmistakable-{number:03}".encode() in content, number)
        self.assertEqual(len(set(re.findall(rb"unmistakable-\d{3}", content))), count - erased)
        self.is_sound()


if __name__ == "__main__":
    main()
