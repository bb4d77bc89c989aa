"""init: the file that it creates. covenant-init(1)."""

import contextlib
import sqlite3

from support import CovenantTest, main


class Init(CovenantTest):
    with_registry = False

    def pragma(self, name):
        with contextlib.closing(sqlite3.connect(self.registry)) as connection:
            return connection.execute(f"PRAGMA {name}").fetchone()[0]

    def test_only_the_owner_may_read_the_registry(self):
        self.done("init")
        self.assertEqual(self.registry.stat().st_mode & 0o777, 0o600)

    def test_the_registry_says_what_file_it_is(self):
        self.done("init")
        self.assertEqual(self.pragma("application_id"), 0x436F764D)
        self.assertEqual(self.pragma("user_version"), 2)
        self.assertEqual(self.pragma("integrity_check"), "ok")

    def test_people_are_told_on_standard_error_alone(self):
        result = self.done("init")
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, r"\A[^\n]+\n\Z")

    def test_quiet_says_nothing(self):
        result = self.done("init", "--quiet")
        self.assertEqual((result.out, result.err), ("", ""))

    def test_the_first_event_names_the_registry(self):
        self.done("init")
        [event] = self.events()
        self.assertEqual((event["seq"], event["action"]), (1, "init"))
        self.assertRegex(event["origin"], r"[0-9a-f]{8,}$")

    def test_no_two_registries_have_the_same_origin(self):
        origins = set()
        for name in ("a.db", "b.db"):
            self.env["COVENANT_REGISTRY"] = str(self.folder / name)
            self.done("init")
            origins.add(self.events()[0]["origin"])
        self.assertEqual(len(origins), 2)

    def test_an_existing_registry_is_not_touched(self):
        self.done("init")
        before = self.registry.read_bytes()
        self.assertIn(str(self.registry), self.fails(5, "init"))
        self.assertEqual(self.registry.read_bytes(), before)

    def test_any_other_existing_file_is_not_touched(self):
        for content in (b"", b"a shopping list\n"):
            self.registry.write_bytes(content)
            self.fails(5, "init")
            self.assertEqual(self.registry.read_bytes(), content)

    def test_a_dry_run_creates_nothing(self):
        self.done("init", "--dry-run")
        self.assertFalse(self.registry.exists())

    def test_the_registry_has_a_home_of_its_own(self):
        for env, place in (
            ({}, ".local/share/covenant/registry.db"),
            ({"XDG_DATA_HOME": str(self.folder / "data")}, "data/covenant/registry.db"),
        ):
            self.done("init", env={"COVENANT_REGISTRY": None} | env)
            self.assertTrue((self.folder / place).is_file(), place)

    def test_a_folder_that_nobody_may_create_is_a_file_error(self):
        self.file("file", "")
        self.fails(9, "init", "--registry", self.folder / "file" / "registry.db")


if __name__ == "__main__":
    main()
