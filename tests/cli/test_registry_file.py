"""Which files are a registry, and who may use it at once. covenant-registry(5)."""

import contextlib
import hashlib
import os
import sqlite3
import subprocess

from support import BINARY, CovenantTest, form, main, options

READING = (("list",), ("show", "1"), ("history",), ("evidence", "1"), ("export", "--format", "csv"))
WRITING = (("apply", *options(form("New Association"))), ("update", "1", "--city", "Ghent"), ("verify", "--all"),
           ("withdraw", "1"))


class RegistryFile(CovenantTest):
    def assert_every_command_leaves_it(self, code):
        digest = hashlib.sha256(self.registry.read_bytes()).digest()
        for command in READING + WRITING:
            with self.subTest(command=command):
                self.fails(code, *command)
                self.assertEqual(hashlib.sha256(self.registry.read_bytes()).digest(), digest)

    def test_a_newer_registry_is_refused_untouched(self):
        self.apply()
        self.sql("PRAGMA user_version = 99")
        self.assert_every_command_leaves_it(8)

    def test_a_database_of_another_program_is_refused_untouched(self):
        self.registry.unlink()
        self.sql("CREATE TABLE recipe (name TEXT)")
        self.assert_every_command_leaves_it(8)

    def test_a_database_with_another_application_id_is_refused_untouched(self):
        self.sql("PRAGMA application_id = 7")
        self.assert_every_command_leaves_it(8)

    def test_what_is_no_database_is_refused_untouched(self):
        for content in (b"", b"name,country\nExample,BE\n" * 100, b"SQLite format 3\0" + b"\xff" * 4096):
            self.registry.write_bytes(content)
            self.assert_every_command_leaves_it(8)

    def test_a_missing_registry_is_told_with_the_way_out(self):
        for command in READING + WRITING:
            with self.subTest(command=command):
                error = self.fails(4, *command, "--registry", "missing.db")
                self.assertIn("missing.db", error)
                self.assertIn("init", error)
                self.assertFalse((self.folder / "missing.db").exists())


    def test_a_pipe_is_no_registry_and_nobody_waits_for_it(self):
        self.registry.unlink()
        os.mkfifo(self.registry)
        for command in READING + WRITING:
            with self.subTest(command=command):
                self.fails(8, *command)


class Busy(CovenantTest):
    @contextlib.contextmanager
    def somebody_writes(self):
        with contextlib.closing(sqlite3.connect(self.registry, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield

    def test_a_writer_that_may_not_wait_is_told_so(self):
        self.apply()
        with self.writes_nothing(), self.somebody_writes():
            for command in WRITING:
                with self.subTest(command=command):
                    self.fails(7, *command, "--wait", "0")

    def test_readers_are_not_blocked(self):
        partner = self.listed()
        with self.somebody_writes():
            for command in (("list",), ("show", partner), ("history",), ("export", "--format", "csv")):
                self.done(*command, "--wait", "0")

    def test_settings_without_a_name_are_refused(self):
        self.assertEqual(self.fails(2, "list", "--config", ""), "covenant: --config: '' is empty; name a file\n")

    def test_a_registry_without_a_name_is_refused(self):
        self.assertEqual(self.fails(2, "list", "--registry", ""), "covenant: --registry: '' is empty; name a file\n")

    def test_a_file_without_a_name_is_refused(self):
        self.apply()
        for args in (("apply", "--csv"), ("apply", "--form"), ("approve", "1", "--commitment"), ("evidence", "1", "--add"),
                     ("apply", "--csv", "in.csv", "--rejects"), ("export", "--format", "csv", "--output"), ("init", "--from"),
                     ("export", "--format", "html", "--messages")):
            with self.subTest(args=args):
                kind = "folder" if "--from" in args else "file"
                self.assertEqual(self.fails(2, *args, ""), f"covenant: {args[-1]}: '' is empty; name a {kind}\n")
        for command in ("backup", "inspect"):
            self.assertEqual(self.fails(2, command, ""), "covenant: FILE: '' is empty; name a file\n")

    def test_a_wait_is_a_number_of_seconds(self):
        for wait in ("soon", "-1", ""):
            self.fails(2, "list", "--wait", wait)


class ReadOnlyFileSystem(CovenantTest):
    """Mounting takes root."""

    def setUp(self):
        super().setUp()
        self.apply()
        (self.folder / "disk").mkdir()
        self.registry.rename(self.folder / "disk" / "registry.db")

    def run_there(self, *command):
        script = 'mount --bind disk disk && mount -o remount,bind,ro disk || exit 99; "$0" --registry disk/registry.db "$@"'
        ran = subprocess.run(["unshare", "-m", "sh", "-c", script, BINARY, *command], cwd=self.folder, env=self.env,
                             capture_output=True, text=True, check=False)
        if ran.returncode == 99 or "unshare:" in ran.stderr:
            self.skipTest("nothing can be mounted here")
        return ran

    def test_it_is_read_and_not_written(self):
        for command in (("list",), ("show", "1"), ("check",)):
            self.assertEqual(self.run_there(*command).returncode, 0)
        ran = self.run_there("verify", "1")
        self.assertEqual((ran.returncode, ran.stderr),
                         (9, "covenant: disk/registry.db: cannot write: Read-only file system\n"))

    def test_a_log_that_cannot_be_read_there_has_a_way_out(self):
        with contextlib.closing(sqlite3.connect(self.folder / "disk" / "registry.db")) as connection:
            connection.execute("UPDATE partner SET name_key = name_key + 1")
            connection.commit()
            for suffix in ("", "-wal"):
                (self.folder / f"copy.db{suffix}").write_bytes((self.folder / f"disk/registry.db{suffix}").read_bytes())
        for suffix in ("", "-wal"):
            (self.folder / f"copy.db{suffix}").rename(self.folder / f"disk/registry.db{suffix}")
        ran = self.run_there("list")
        self.assertEqual(ran.returncode, 9)
        self.assertIn("copy it and disk/registry.db-wal to another folder, and name the copy", ran.stderr)


if __name__ == "__main__":
    main()
