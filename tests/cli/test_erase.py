"""erase: a contact's personal data goes, and that it went stays. covenant-erase(1)."""

import contextlib
import random
import re
import signal
import sqlite3
import subprocess
import threading
import time

from support import BINARY, CovenantTest, day, form, main, options
from test_history import verify

PERSONAL = {"contact_name": "Unmistakable Desk", "contact_role": "Unmistakable role",
            "contact_email": "unmistakable@example.org", "contact_phone": "+37167000099"}


class Erase(CovenantTest):
    def test_the_contact_goes_and_all_else_stays(self):
        partner = self.apply(**PERSONAL)
        before = self.show(partner)
        with self.dated_today(lambda: [self.show(partner)["contact_erased_on"]]):
            self.assertEqual(self.done("erase", partner, "--contact").out, f"{partner}\tapplied\n")
        self.assertEqual(self.show(partner), before | dict.fromkeys(PERSONAL) | {
            "contact_since": None, "contact_erased_on": self.show(partner)["contact_erased_on"]})

    def test_not_a_byte_of_it_is_left_in_the_files(self):
        partner = self.apply(**PERSONAL)
        self.done("update", partner, "--contact-role", "Unmistakable new role")
        self.done("erase", partner, "--contact")
        for path in self.folder.iterdir():
            for personal in (b"nmistakable", b"67000099"):
                self.assertNotIn(personal, path.read_bytes(), path)

    def test_the_history_holds_and_says_what_went(self):
        partner = self.apply(**PERSONAL)
        self.done("update", partner, "--contact-role", "Director")
        self.done("erase", partner, "--contact")
        event = verify(self.registry)[-1]
        self.assertEqual((event["action"], event["erased"]), ("erase", [[2, "contact"], [3, "contact"]]))
        self.done("check")

    def test_others_keep_theirs(self):
        self.apply("A Association", **PERSONAL)
        self.apply("B Association")
        self.done("erase", "2", "--contact")
        self.assertEqual({name: self.show("1")[name] for name in PERSONAL}, PERSONAL)

    def test_without_a_contact_nobody_is_eligible_or_approved(self):
        applied, eligible = self.apply(), self.partner_that_is("eligible")
        for partner in (applied, eligible):
            self.done("erase", partner, "--contact")
        self.assertIn("contact", self.exits(3, "verify", applied).err)
        with self.writes_nothing():
            self.assertIn("contact", self.fails(3, "approve", eligible, "--commitment", self.commitment()))

    def test_a_new_contact_may_be_given(self):
        partner = self.apply()
        self.done("erase", partner, "--contact")
        self.done("update", partner, "--contact-name", "New Desk", "--contact-email", "new@example.org")
        self.assertEqual(self.show(partner)["contact_email"], "new@example.org")

    def test_once_erased_there_is_nothing_to_do(self):
        partner = self.apply()
        self.done("erase", partner, "--contact")
        with self.writes_nothing():
            self.done("erase", partner, "--contact")

    def test_a_dry_run_erases_nothing(self):
        partner = self.apply(**PERSONAL)
        with self.writes_nothing():
            self.assertEqual(self.done("erase", partner, "--contact", "--dry-run").out, f"{partner}\tapplied\n")

    def test_wrong_arguments_are_told(self):
        self.apply()
        for code, args in ((2, ("1",)), (2, ("--contact",)), (4, ("AP-0099", "--contact"))):
            with self.subTest(args=args), self.writes_nothing():
                self.fails(code, "erase", *args)


class Waiting(CovenantTest):
    def test_it_waits_for_others_that_are_emptying_the_journal(self):
        """Each changing command empties it when it ends, and SQLite lets nobody wait for that."""
        count = 24
        self.csv([form(f"Association {number}") for number in range(count)])
        self.done("apply", "--csv", "in.csv")
        stop, results = threading.Event(), []

        def write(who):
            turn = 0
            while not stop.is_set():
                turn += 1
                self.covenant("update", "1", "--city", f"City {who} {turn}", "--wait", "60")

        def erase(numbers):
            results.extend(self.covenant("erase", str(number), "--contact", "--wait", "60") for number in numbers)

        writers = [threading.Thread(target=write, args=(who,)) for who in range(3)]
        erasers = [threading.Thread(target=erase, args=(range(first, count + 1, 2),)) for first in (1, 2)]
        for thread in (*writers, *erasers):
            thread.start()
        for thread in erasers:
            thread.join()
        stop.set()
        for thread in writers:
            thread.join()
        self.assertEqual([result.err for result in results if result.code != 0], [])
        self.assertEqual(len(results), count)


class Interrupted(CovenantTest):
    """An erasure that is killed when it is done, but before the journal is folded in: the file still has the values."""

    def setUp(self):
        super().setUp()
        self.partner = self.apply(**PERSONAL)
        self.apply("Other Association")
        reader = sqlite3.connect(f"file:{self.registry}?mode=ro", uri=True, isolation_level=None)
        self.addCleanup(reader.close)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchall()
        erasing = subprocess.Popen([BINARY, "erase", self.partner, "--contact", "--wait", "600"], env=self.env,
                                   stdout=subprocess.DEVNULL)
        while self.show(self.partner)["contact_email"]:
            time.sleep(0.01)
        erasing.kill()
        self.assertEqual(erasing.wait(), -signal.SIGKILL)
        self.reader = reader

    def is_left(self):
        return b"nmistakable" in self.registry.read_bytes()

    def test_check_notes_it(self):
        result = self.done("check")
        self.assertTrue(self.is_left())
        self.assertEqual(result.out.splitlines()[-1],
                         "erasure\tnote\tinterrupted: the files still have erased values; any changing command removes them")
        self.assertEqual(result.err, f"{self.registry} is sound, with 1 note.\n")
        checks = {check["name"]: check for check in self.done("check", "--format", "json").json()["checks"]}
        self.assertTrue(checks["erasure"]["ok"])
        self.assertEqual(checks["erasure"]["notes"], 1)
        self.assertIn("interrupted", checks["erasure"]["first_note"])

    def test_the_next_change_finishes_it_once_nobody_reads_what_was_before(self):
        self.done("update", "2", "--city", "Ghent", "--wait", "0")
        self.assertTrue(self.is_left())
        self.assertIn("erasure", self.done("check").out)
        self.reader.close()
        self.done("update", "2", "--city", "Bruges", "--wait", "0")
        self.assertFalse(self.is_left())
        self.assertNotIn("erasure", self.done("check").out)

    def test_to_erase_again_finishes_it(self):
        self.assertIn("the erasure is done, but", self.exits(7, "erase", self.partner, "--contact", "--wait", "0").err)
        self.reader.close()
        self.done("erase", self.partner, "--contact", "--wait", "0")
        self.assertFalse(self.is_left())
        self.assertNotIn("erasure", self.done("check").out)

    def test_a_backup_has_nothing_to_finish(self):
        self.done("backup", "copy.db")
        self.assertNotIn(b"nmistakable", (self.folder / "copy.db").read_bytes())
        self.assertNotIn("erasure", self.done("--registry", "copy.db", "check").out)


class Bytes(CovenantTest):
    """No byte is left anywhere, and what was promised to outsiders before is still true."""

    def setUp(self):
        super().setUp()
        self.partner = self.apply(**PERSONAL)
        self.done("update", self.partner, "--contact-role", "Unmistakable second role", "--contact-phone", "+37167000199")
        self.done("update", self.partner, "--contact-name", "Unmistakable Second", "--contact-email",
                  "unmistakable-2@example.org")
        self.done("verify", self.partner)
        self.approve(self.partner, "--signed-by", "Unmistakable Signer")
        self.checkpoint = self.file("checkpoint", self.done("history", "--checkpoint").out)
        self.proof = self.done("history", self.partner, "--prove").out

    def leftovers(self):
        """The files that contain something of the contact."""
        return {path.name for path in self.folder.iterdir() for personal in (b"nmistakable", b"67000099", b"67000199")
                if personal in path.read_bytes() or personal.decode().encode("utf-16-le") in path.read_bytes()}

    def test_all_versions_and_the_signer_go_from_every_file(self):
        self.assertEqual(self.leftovers(), {"registry.db"})
        self.done("erase", self.partner, "--contact")
        self.assertEqual(self.leftovers(), set())
        self.done("backup", "copy.db")
        self.assertEqual(self.leftovers(), set())
        self.assertNotIn("nmistakable", self.done("show", self.partner).out + self.history())

    def test_while_others_hold_the_file_open(self):
        with contextlib.closing(sqlite3.connect(self.registry)) as other:
            other.execute("SELECT count(*) FROM sealed").fetchall()
            self.done("erase", self.partner, "--contact")
            self.assertIn("registry.db-wal", {path.name for path in self.folder.iterdir()})
            self.assertEqual(self.leftovers(), set())

    def test_a_reader_in_the_way_is_told_and_erasing_again_finishes(self):
        with contextlib.closing(sqlite3.connect(self.registry, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sealed").fetchall()
            result = self.exits(7, "erase", self.partner, "--contact", "--wait", "0")
            self.assertIn("the erasure is done, but", result.err)
            self.assertNotEqual(self.leftovers(), set())
            reader.execute("COMMIT")
            before = self.history()
            self.done("erase", self.partner, "--contact")
            self.assertEqual(self.leftovers(), set())
            self.assertEqual(self.history(), before)
        self.done("check")

    def test_after_a_kill_before_the_journal_was_emptied_the_next_command_finishes(self):
        with contextlib.closing(sqlite3.connect(self.registry)) as killed:
            killed.execute("PRAGMA wal_autocheckpoint = 0")
            self.exits(0, "erase", self.partner, "--contact")
        self.done("check")
        self.assertEqual(self.leftovers(), set())

    def test_what_was_published_before_still_holds(self):
        self.done("erase", self.partner, "--contact")
        self.done("check", "--against", self.checkpoint)
        self.assertIn(self.proof.split("\n")[1], self.done("history", self.partner, "--prove").out)
        verify(self.registry)

    def test_a_listed_partner_stays_listed_without_a_contact(self):
        public = self.done("export", "--format", "csv").out
        self.done("erase", self.partner, "--contact")
        self.assertEqual(self.status(self.partner), "approved")
        self.assertEqual(self.done("export", "--format", "csv").out, public)

    def test_show_list_and_history_tell_that_and_when(self):
        self.done("erase", self.partner, "--contact")
        on = self.show(self.partner)["contact_erased_on"]
        self.assertEqual(on, self.events()[-1]["at"][:10])
        self.assertRegex(self.done("show", self.partner).out, rf"(?m)^ +contact +erased on {on}$")
        [listed] = self.partners("--columns", "id,contact_name,contact_email,contact_erased_on")
        self.assertEqual(listed, {"id": self.partner, "contact_name": None, "contact_email": None,
                                  "contact_erased_on": on})
        self.assertRegex(self.done("history", self.partner).out, rf"(?m)^.*{on}.* erase .*erased.*$")

    def test_a_list_has_the_day_on_which_the_present_contact_was_recorded(self):
        def since():
            [listed] = self.partners("--columns", "contact_since")
            self.assertEqual(self.show(self.partner)["contact_since"], listed["contact_since"])
            return [listed["contact_since"]]
        with self.dated_today(since):
            self.done("update", self.partner, "--contact-name", "Unmistakable Third", "--contact-email", "third@example.org")
        self.assertIn(f"contact_since\n{since()[0]}", self.done("list", "--columns", "contact_since", "--format", "tsv").out)
        self.done("erase", self.partner, "--contact")
        self.assertEqual(since(), [None])

    def test_neither_the_past_nor_a_search_brings_it_back(self):
        self.done("erase", self.partner, "--contact")
        for args in (("--as-of", "today"), ("--search", "nmistakable")):
            self.assertNotIn("nmistakable", self.done("list", "--format", "json", *args).out)

    def test_a_new_contact_after_it_can_be_erased_too(self):
        self.done("erase", self.partner, "--contact")
        self.done("update", self.partner, "--contact-name", "Unmistakable Third", "--contact-email", "third@example.org")
        self.assertIsNone(self.show(self.partner)["contact_erased_on"])
        self.done("check")
        self.done("erase", self.partner, "--contact")
        self.assertEqual(self.leftovers(), set())
        self.done("check")

    def test_an_ended_partner_is_erased_and_may_apply_again(self):
        self.done("withdraw", self.partner)
        self.done("erase", self.partner, "--contact")
        self.done("apply", *options(form()))
        self.assertEqual(self.status(self.partner), "applied")
        self.assertIsNone(self.show(self.partner)["contact_erased_on"])
        self.assertEqual(self.leftovers(), set())
        self.done("check")


class Crowd(CovenantTest):
    def test_of_many_erased_none_is_left_though_rows_moved_from_page_to_page(self):
        count, erased = 110, 65
        fill = [chr(0x103A0) * ((200 + number * 37 % 1300) // 9) for number in range(count)]  # four bytes each
        self.csv([form(f"Association {number:03}", contact_name=f"unmistakable-{number:03}-" + fill[number],
                       contact_role=f"unmistakable-{number:03}-" + fill[number]) for number in range(count)])
        self.done("apply", "--csv", "in.csv", "--quiet")
        for number in random.Random(5).sample(range(count), erased):
            self.done("erase", str(number + 1), "--contact")
            content = b"".join(path.read_bytes() for path in self.folder.glob("registry.db*"))
            self.assertFalse(f"unmistakable-{number:03}".encode() in content, number)
        self.assertEqual(len(set(re.findall(rb"unmistakable-\d{3}", content))), count - erased)
        self.done("check")


if __name__ == "__main__":
    main()
