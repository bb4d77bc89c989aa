"""What is written to files: links, devices, rights, registries in the way. covenant(1), FILES WRITTEN."""

import fcntl
import os
import resource
import shutil
import stat
import subprocess
import threading
import unittest

from support import BINARY, COMMITMENT, CovenantTest, csv_text, form, main

NOBODY = 65534
ROOT = os.geteuid() == 0
CSV = ("export", "--format", "csv", "--output")
SITE = ("export", "--format", "site", "--lang", "en", "--output")
PERSONAL = (("evidence", "1", "--output"), ("apply", "--csv", "in.csv", "--rejects"), ("backup",))
FILES = (CSV, ("export", "--format", "html", "--output"), ("export", "1", "--format", "certificate", "--output"), *PERSONAL)


class FilesWritten(CovenantTest):
    def setUp(self):
        super().setUp()
        self.listed()
        self.csv([form("Association in a file", country="ZZ")])

    def run_with(self, *args, **how):
        return subprocess.run([BINARY, *map(str, args)], env=self.env, cwd=self.folder, capture_output=True, check=False,
                              timeout=60, **how)

    def writes(self, *args, **how):
        result = self.run_with(*args, **how)
        self.assertEqual(result.returncode, 6 if args[0] == "apply" else 0, result.stderr)
        return result

    def mode(self, name):
        return stat.S_IMODE((self.folder / name).lstat().st_mode)

    def names(self):
        return {name for name in os.listdir(self.folder) if not name.startswith("registry.db")}


class Links(FilesWritten):
    def test_a_link_in_the_last_place_is_refused_and_named(self):
        victim = self.file("victim.txt", "theirs")
        for writer in (*FILES, SITE):
            for target in ("victim.txt", "nowhere"):
                with self.subTest(writer=writer, target=target):
                    link = self.folder / "link"
                    link.symlink_to(target)
                    self.assertIn(f"link to {target}", self.fails(9, *writer, "link"))
                    self.assertEqual(os.readlink(link), target)
                    link.unlink()
        self.assertEqual(victim.read_text(), "theirs")
        self.assertFalse((self.folder / "nowhere").exists())

    def test_a_site_is_not_written_through_a_link(self):
        (self.folder / "real").mkdir()
        (self.folder / "site").symlink_to("real")
        for name in ("site", "site/", "./site//"):
            self.assertIn("link to real", self.fails(9, *SITE, name))
        self.assertEqual(os.listdir(self.folder / "real"), [])

    def test_a_link_in_a_site_is_not_followed(self):
        victim = self.folder / "victim"
        for name in ("partner", "partners.csv"):
            self.done(*SITE, "site")
            place = self.folder / "site" / name
            shutil.rmtree(place, ignore_errors=True)
            place.unlink(missing_ok=True)
            victim.mkdir(exist_ok=True)
            place.symlink_to("../victim")
            self.assertIn("link to ../victim", self.fails(9, *SITE, "site", "--full"))
            self.assertEqual(os.listdir(victim), [])
            place.unlink()

    def test_the_way_to_the_file_may_have_links(self):
        (self.folder / "real").mkdir()
        (self.folder / "way").symlink_to("real")
        for writer in FILES:
            self.writes(*writer, "way/file")
            self.assertTrue((self.folder / "real/file").is_file())
            (self.folder / "real/file").unlink()
        self.done(*SITE, "way/site")
        self.assertTrue((self.folder / "real/site/partners.csv").exists())

    def test_another_name_of_the_same_file_keeps_what_it_had(self):
        old = self.file("old.csv", "old")
        os.link(old, self.folder / "list.csv")
        self.done(*CSV, "list.csv")
        self.assertEqual(old.read_text(), "old")
        self.assertIn("Listed", (self.folder / "list.csv").read_text())

    def test_what_is_no_file_is_refused_with_its_name(self):
        (self.folder / "folder").mkdir()
        for writer in FILES:
            for name in ("folder", "folder/", ".", "missing/file", "in.csv/file"):
                with self.subTest(writer=writer, name=name):
                    self.assertIn(name, self.fails(9, *writer, name))
        for name in ("in.csv", "missing/site", "/"):
            self.assertIn(name, self.fails(9, *SITE, name))
        self.assertEqual(self.names(), {"folder", "in.csv", "commitment.pdf"})

    def test_a_folder_of_others_in_the_place_of_a_file_of_a_site_is_named(self):
        (self.folder / "site/partners.json").mkdir(parents=True)
        self.file("site/partners.json/theirs", "theirs")
        self.assertIn("site/partners.json", self.fails(9, *SITE, "site"))
        self.assertEqual((self.folder / "site/partners.json/theirs").read_text(), "theirs")


class Streams(FilesWritten):
    def setUp(self):
        super().setUp()
        self.content = self.done("export", "--format", "csv").out.encode()

    def test_standard_output_by_its_name(self):
        for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
            self.assertEqual(self.writes(*CSV, name).stdout, self.content)
            with open(self.folder / "out", "wb") as out:
                subprocess.run([BINARY, *CSV, name], env=self.env, stdout=out, stderr=subprocess.DEVNULL, check=True)
            self.assertEqual((self.folder / "out").read_bytes(), self.content)
        self.assertEqual(self.writes("evidence", "1", "--output", "/dev/stdout").stdout, COMMITMENT)

    def test_an_open_descriptor_by_its_number(self):
        reader, writer = os.pipe()
        with open(reader, "rb") as taken:
            self.writes(*CSV, f"/dev/fd/{writer}", pass_fds=(writer,))
            os.close(writer)
            self.assertEqual(taken.read(), self.content)

    def test_descriptors_of_the_program_itself_are_not_written_to(self):
        before = self.registry.read_bytes()
        for writer in (CSV, *PERSONAL):
            for number in range(3, 12):
                self.assertIn(self.covenant(*writer, f"/dev/fd/{number}").code, (2, 5, 9))
        self.assertEqual(self.registry.read_bytes(), before)
        self.done("check")

    def test_a_pipe_is_written_to_and_stays(self):
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        for writer in FILES:
            with self.subTest(writer=writer):
                got = []
                reader = threading.Thread(target=lambda: got.append(fifo.read_bytes()))
                reader.start()
                self.writes(*writer, "fifo")
                reader.join()
                self.assertTrue(got[0])
                self.assertTrue(stat.S_ISFIFO(fifo.stat().st_mode))

    def test_devices_are_written_to(self):
        for writer in FILES:
            self.writes(*writer, "/dev/null")
            self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
            self.assertIn("/dev/full", self.exits(9, *writer, "/dev/full").err)

    def test_a_backup_through_a_pipe_is_a_registry(self):
        self.file("copy.db", self.writes("backup", "/dev/stdout").stdout)
        self.done("check", "--registry", "copy.db")
        self.assertEqual(len(self.done("list", "--format", "json", "--registry", "copy.db").json()), 1)
        self.assertEqual([name for name in os.listdir(self.folder) if "covenant" in name], [])


class Rights(FilesWritten):
    def with_umask(self, mask, *args):
        return self.writes(*args, preexec_fn=lambda: os.umask(mask))

    def test_new_exports_have_what_the_umask_leaves(self):
        for mask in (0o000, 0o022, 0o077):
            self.with_umask(mask, *CSV, "list.csv")
            self.assertEqual(self.mode("list.csv"), 0o666 & ~mask)
            (self.folder / "list.csv").unlink()
            self.with_umask(mask, *SITE, "site")
            self.assertEqual(self.mode("site"), 0o777 & ~mask)
            self.assertEqual(self.mode("site/partner"), 0o777 & ~mask)
            self.assertEqual(self.mode("site/partners.csv"), 0o666 & ~mask)
            shutil.rmtree(self.folder / "site")

    def test_what_is_personal_is_the_owners_alone(self):
        for writer in PERSONAL:
            for mask in (0o000, 0o022, 0o077):
                self.with_umask(mask, *writer, "file")
                self.assertEqual(self.mode("file"), 0o600)
                (self.folder / "file").chmod(0o644)
                self.with_umask(mask, *writer, "file")
                self.assertEqual(self.mode("file"), 0o600)
                (self.folder / "file").unlink()

    def test_permissions_stay_but_those_that_set_an_id(self):
        for mode in (0o640, 0o604, 0o4755, 0o2755, 0o6777):
            self.file("list.csv", "old").chmod(mode)
            self.done(*CSV, "list.csv")
            self.assertEqual(self.mode("list.csv"), mode & 0o777)
            self.done(*SITE, "site")
            (self.folder / "site/partners.csv").write_text("old")
            (self.folder / "site/partners.csv").chmod(mode)
            self.done(*SITE, "site", "--full")
            self.assertEqual(self.mode("site/partners.csv"), mode & 0o777)

    @unittest.skipUnless(ROOT, "only root may give a file to somebody else")
    def test_the_owner_stays(self):
        self.done(*SITE, "site")
        for name in ("list.csv", "evidence.pdf", "rejects.csv", "site/partners.csv"):
            self.file(name, "old").chmod(0o640)
        for name in ("list.csv", "evidence.pdf", "rejects.csv", "site/partners.csv", "site", "site/partner"):
            os.chown(self.folder / name, NOBODY, NOBODY - 1)
        self.done(*CSV, "list.csv")
        self.done("evidence", "1", "--output", "evidence.pdf")
        self.writes("apply", "--csv", "in.csv", "--rejects", "rejects.csv")
        self.done(*SITE, "site", "--full")
        for name in ("list.csv", "evidence.pdf", "rejects.csv", "site/partners.csv", "site", "site/partner"):
            status = (self.folder / name).stat()
            self.assertEqual((status.st_uid, status.st_gid), (NOBODY, NOBODY - 1), name)

    @unittest.skipUnless(ROOT, "only root may give a file to somebody else")
    def test_personal_data_go_to_no_file_that_another_user_planted(self):
        shared = self.folder / "shared"
        shared.mkdir()
        shared.chmod(0o1777)
        planted = self.file("shared/file", "")
        os.mkfifo(shared / "fifo")
        for path in (planted, shared / "fifo"):
            os.chown(path, NOBODY, NOBODY)
        for writer in PERSONAL[:2]:
            for name in ("shared/file", "shared/fifo"):
                self.assertIn("another user", self.fails(9, *writer, name))
        self.assertEqual(planted.read_text(), "")


class Registries(FilesWritten):
    def setUp(self):
        super().setUp()
        self.done("init", "--registry", "other.db")

    def test_no_registry_is_replaced(self):
        before = (self.folder / "other.db").read_bytes()
        for writer in FILES:
            self.assertIn("other.db", self.fails(5, *writer, "other.db"))
        self.assertEqual((self.folder / "other.db").read_bytes(), before)

    def test_nor_is_the_journal_of_one(self):
        for writer in FILES[:-1]:
            for suffix in ("-wal", "-shm", "-journal"):
                self.fails(5, *writer, "other.db" + suffix)

    def test_a_backup_replaces_only_a_backup_of_the_same_registry(self):
        damaged = bytearray(self.registry.read_bytes())
        damaged[2000:] = bytes(len(damaged) - 2000)
        for content in (b"notes\n", b"", bytes(damaged)):
            self.file("file", content)
            self.assertIn("not an older backup of this registry", self.fails(5, "backup", "file"))
            self.assertEqual((self.folder / "file").read_bytes(), content)
        self.done("backup", "copy.db")
        self.apply("Another Association")
        self.done("backup", "copy.db")
        self.assertEqual(self.done("list", "--count", "--registry", "copy.db").out, "2\n")
        self.assertIn("not an older backup", self.fails(5, "backup", "copy.db", "--registry", "other.db"))


class Limits(FilesWritten):
    def test_a_limit_on_the_size_of_files_is_an_error(self):
        def limited(bytes_, *args):
            limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))
            return self.run_with(*args, preexec_fn=limit)

        for writer in FILES[:3] + (("backup",), SITE):
            result = limited(10, *writer, "file")
            self.assertEqual(result.returncode, 9, (writer, result))
            self.assertEqual(self.names(), {"in.csv", "commitment.pdf"})
        index = 32768  # of the journal, which a reader writes beside the registry
        self.assertIn(b"covenant: copy.db: cannot write: ", limited(index, "backup", "copy.db").stderr)
        self.assertEqual(limited(4096, "update", "1", "--city", "Riga").returncode, 9)
        self.assertEqual(limited(4096, "init", "--registry", "new.db").returncode, 9)
        self.assertIsNone(self.show("1")["city"])
        self.done("check")

    def test_reading_the_past_writes_nothing(self):
        """A registry of the past is made again; where it does not fit into a small cache, it may not go to the disk."""
        self.csv([form(f"Association {number}", description="d" * 2000) for number in range(1500)], "many.csv")
        self.done("apply", "--csv", "many.csv")
        self.done("backup", "copy.db")
        none = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        result = self.run_with("--registry", "copy.db", "list", "--as-of", "2026-01-01", "--count", preexec_fn=none)
        self.assertEqual(result.returncode, 0, result.stderr)
        result = self.run_with("--registry", "copy.db", "list", "--columns", "description,contact_email", "--sort",
                               "contact_email", "--format", "csv", preexec_fn=none)
        self.assertEqual(result.returncode, 0, result.stderr)


class Turns(FilesWritten):
    def test_exports_of_one_site_take_turns(self):
        self.done(*SITE, "site")
        for path in (self.folder / "site", self.folder):
            folder = os.open(path, os.O_RDONLY)
            fcntl.flock(folder, fcntl.LOCK_EX)
            if path == self.folder:
                shutil.rmtree(self.folder / "site")
            self.assertIn("--wait", self.fails(7, *SITE, "site", "--wait", "0"))
            threading.Timer(0.3, os.close, [folder]).start()
            self.done(*SITE, "site", "--wait", "30")

    def test_who_waited_finds_the_site_of_the_run_before(self):
        runs = [subprocess.Popen([BINARY, *SITE, "site", "--wait", "60"], env=self.env, cwd=self.folder,
                                 stderr=subprocess.PIPE) for _ in range(8)]
        said = [run.communicate(timeout=60)[1].decode() for run in runs]
        self.assertEqual([run.returncode for run in runs], [0] * 8, said)
        self.assertEqual(len([text for text in said if " is up to date: " not in text]), 1)
        self.assertEqual([name for name in os.listdir(self.folder) if "covenant" in name], [])


if __name__ == "__main__":
    main()
