"""backup: a copy that can replace the registry, whatever happens meanwhile; restoring is copying. covenant-backup(1)."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import threading

from life import live
from support import BINARY, CovenantTest, form, main, options
from test_history import verify


class BackupTest(CovenantTest):
    def content(self, registry):
        """All rows of all tables of a registry."""
        with contextlib.closing(sqlite3.connect(registry)) as connection:
            return list(connection.iterdump())

    def back_up(self, name="copy.db"):
        self.done("backup", name)
        return self.folder / name

    def files(self):
        """What is in the folder, the journal aside that reading a registry leaves beside it."""
        return {path.name for path in self.folder.iterdir()} - {"registry.db-wal", "registry.db-shm"}


class Copy(BackupTest):
    def test_a_hyphen_is_not_the_name_of_a_file(self):
        self.assertEqual(self.fails(2, "backup", "-"),
                         "covenant: backup: '-' is no file; write /dev/stdout, or ./- for a file of that name\n")
        self.assertFalse((self.folder / "-").exists())
        self.done("backup", "./-")

    def test_it_has_all_that_the_registry_has(self):
        live(self)
        self.assertEqual(self.content(self.back_up()), self.content(self.registry))

    def test_it_has_what_stands_in_the_journal_only(self):
        with contextlib.closing(sqlite3.connect(self.registry)) as other:
            other.execute("PRAGMA wal_autocheckpoint = 0")
            other.execute("SELECT count(*) FROM event").fetchall()  # keeps the journal from being folded in
            partner = self.apply()
            self.assertGreater((self.folder / "registry.db-wal").stat().st_size, 0)
            copy = self.back_up()
        self.assertEqual([partner["id"] for partner in self.partners("--registry", copy)], [partner])

    def test_it_is_one_plain_file_of_the_owner(self):
        self.apply()
        before = self.files()
        copy = self.back_up()
        self.assertEqual(self.files() - before, {"copy.db"})
        self.assertEqual(copy.stat().st_mode & 0o777, 0o600)
        self.done("check", "--registry", copy)
        self.assertEqual(self.files() - before, {"copy.db"})

    def test_a_reader_without_the_right_to_write_can_use_it(self):
        self.listed()
        copy = self.back_up()
        copy.chmod(0o400)
        self.folder.chmod(0o500)
        self.addCleanup(self.folder.chmod, 0o700)
        self.assertEqual(self.done("export", "--format", "csv", "--registry", copy).out,
                         self.done("export", "--format", "csv").out)

    def test_the_same_registry_gives_the_same_checkpoint(self):
        live(self)
        copy = self.back_up()
        self.assertEqual(self.done("history", "--checkpoint", "--registry", copy).out,
                         self.done("history", "--checkpoint").out)

    def test_a_damaged_registry_is_not_kept_in_the_place_of_a_sound_copy(self):
        live(self)
        copy = self.back_up()
        sound = copy.read_bytes()
        damaged = bytearray(self.registry.read_bytes())
        damaged[3 * 16384 + 8:4 * 16384] = bytes(16384 - 8)
        self.registry.write_bytes(damaged)
        self.fails(8, "backup", copy)
        self.assertEqual(copy.read_bytes(), sound)
        self.assertEqual({name for name in self.files() if name.startswith("copy")}, {"copy.db"})

    def test_what_is_no_registry_is_not_copied(self):
        self.fails(4, "backup", "copy.db", "--registry", "missing.db")
        self.file("text.db", "Not a registry\n" * 20)
        self.fails(8, "backup", "copy.db", "--registry", "text.db")
        self.assertNotIn("copy.db", self.files())


class Target(BackupTest):
    def test_an_older_copy_is_replaced_whole(self):
        partner = self.apply()
        copy = self.back_up()
        copy.chmod(0o644)
        other = self.apply("Another Association")
        self.back_up()
        self.assertEqual(self.content(copy), self.content(self.registry))
        self.assertEqual(copy.stat().st_mode & 0o777, 0o600)
        self.assertEqual({each["id"] for each in self.partners("--registry", "copy.db")}, {partner, other})

    def test_a_registry_that_went_on_is_not_taken_for_an_older_copy(self):
        self.apply()
        self.done("backup", "copy.db")
        self.done("note", "1", "It went on", "--registry", "copy.db")
        before = (self.folder / "copy.db").read_bytes()
        self.assertIn("not an older backup of this registry", self.fails(5, "backup", "copy.db"))
        self.assertEqual((self.folder / "copy.db").read_bytes(), before)

    def test_who_reads_the_older_copy_reads_on(self):
        self.apply()
        copy = self.back_up()
        with contextlib.closing(sqlite3.connect(copy)) as reader:
            before = reader.execute("SELECT count(*) FROM event").fetchone()
            self.apply("Another Association")
            self.back_up()
            self.assertEqual(reader.execute("SELECT count(*) FROM event").fetchone(), before)
        self.assertEqual(len(self.partners("--registry", copy)), 2)

    def test_the_journal_of_the_older_copy_does_not_reach_into_the_new_one(self):
        """Somebody worked on the older copy and was killed: its journal is still there."""
        self.apply()
        copy = self.back_up()
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as killed:
            killed.execute("PRAGMA journal_mode = WAL")
            killed.execute("PRAGMA wal_autocheckpoint = 0")
            killed.execute("UPDATE partner SET city = 'Elsewhere'")
            journal = (self.folder / "copy.db-wal").read_bytes()
        self.assertTrue(journal)
        self.file("copy.db-wal", journal)
        self.apply("Another Association")
        self.back_up()
        self.done("check", "--registry", copy)
        self.assertEqual([partner["city"] for partner in self.partners("--registry", copy)], [None, None])

    def test_an_older_copy_that_another_process_works_on_is_left_to_it(self):
        partner = self.apply()
        copy = self.back_up()
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as other:
            other.execute("PRAGMA journal_mode = WAL")
            other.execute("UPDATE partner SET city = 'Elsewhere'")
            self.assertIn("in use", self.fails(7, "backup", copy))
            self.assertEqual(other.execute("SELECT city FROM partner").fetchall(), [("Elsewhere",)])
        self.back_up()
        self.assertEqual([(each["id"], each["city"]) for each in self.partners("--registry", copy)], [(partner, None)])

    def test_the_registry_itself_is_refused_by_any_name(self):
        self.apply()
        (self.folder / "link.db").symlink_to(self.registry)
        before = self.content(self.registry)
        for name in ("registry.db", "./registry.db", "link.db", f"../{self.folder.name}/registry.db"):
            with self.subTest(name=name):
                self.assertIn("the registry itself", self.fails(5, "backup", name))
        self.assertEqual(self.content(self.registry), before)

    def test_what_cannot_be_written_leaves_nothing(self):
        self.apply()
        (self.folder / "folder.db").mkdir()
        before = self.files()
        for name in ("folder.db", "missing/copy.db", "registry.db/copy.db"):
            with self.subTest(name=name):
                self.fails(9, "backup", name)
        self.assertEqual(self.files(), before)


class Restore(BackupTest):
    def test_copying_it_back_restores_and_the_work_goes_on(self):
        ids = live(self)
        copy, checkpoint = self.back_up(), self.file("checkpoint", self.done("history", "--checkpoint").out)
        content = self.content(self.registry)
        self.registry.write_bytes(b"gone")
        self.exits(8, "list")
        shutil.copy(copy, self.registry)
        self.assertEqual(self.content(self.registry), content)
        self.done("check", "--against", checkpoint)
        self.done("verify", ids["applied"])
        self.approve(ids["applied"])
        self.apply("Association After The Fire")
        self.done("check", "--against", checkpoint)
        self.assertEqual(len(verify(self.registry)), int(checkpoint.read_text().splitlines()[1]) + 3)

    def test_a_copy_can_be_worked_on_in_place(self):
        self.apply()
        copy = self.back_up()
        self.done("apply", *options(form("Another Association")), "--registry", copy)
        self.done("check", "--registry", copy)
        self.assertEqual((len(self.partners("--registry", copy)), len(self.partners())), (2, 1))

    def test_a_new_registry_is_not_made_beside_the_journal_of_another(self):
        """Else that journal, of a registry that was removed, would be played into the new one."""
        for journal in ("-wal", "-journal"):
            with self.subTest(journal=journal):
                name = f"after{journal}.db"
                left = self.file(name + journal, b"left over")
                self.assertIn(left.name, self.fails(5, "init", "--registry", name))
                self.assertEqual(left.read_bytes(), b"left over")
                self.assertNotIn(name, self.files())


    def test_an_empty_journal_that_a_reader_left_is_in_nobodys_way(self):
        self.done("list")
        self.registry.unlink()
        self.file("registry.db-wal", b"")
        self.done("init")
        self.done("check")


class Meanwhile(BackupTest):
    def test_others_write_and_every_copy_is_whole(self):
        rows = 40
        self.csv([form(f"Association {number}") for number in range(rows)])
        self.done("apply", "--csv", "in.csv")
        stop, failed = threading.Event(), []

        def write():
            number = 0
            while not stop.is_set():
                number += 1
                run = subprocess.run([BINARY, "apply", *options(form(f"Late Association {number}"))], env=self.env,
                                     cwd=self.folder, capture_output=True, check=False)
                if run.returncode != 0:
                    failed.append(run.stderr)

        writer = threading.Thread(target=write)
        writer.start()
        sizes = []
        try:
            for number in range(12):
                copy = self.back_up(f"copy-{number}.db")
                self.done("check", "--registry", copy)
                sizes.append(len(verify(copy)))
        finally:
            stop.set()
            writer.join()
        self.assertEqual(failed, [])
        self.assertEqual(sizes, sorted(sizes))
        self.assertGreater(sizes[-1], sizes[0])  # it was written to meanwhile
        self.assertEqual(len({event["run"] for event in verify(copy)}) + rows - 1, sizes[-1])


if __name__ == "__main__":
    main()
