"""A registry made or changed by a stranger: refused by every command, untouched, and nothing of it is printed."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import unittest

from support import BINARY, CovenantTest, form, main, options

ENDLESS = "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)"
PUBLIC = ("SELECT printf('AP-%04d', id) AS id, {name} AS name, acronym, categories, level, country, city, website, "
          "member_count, description, expertise, practices, language, partner_since FROM partner {where}")


def public_view(name="name", where="WHERE status = 'approved'"):
    return f"DROP VIEW public_partner; CREATE VIEW public_partner AS {PUBLIC.format(name=name, where=where)};"


def replaced(table, by):
    """The table is another thing of that name."""
    return f"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE tbl_name = '{table}'; " \
           f"PRAGMA writable_schema = RESET; {by}"


def rewritten(name, old, new):
    """The stored text of the schema is another: it still begins as it was, and SQLite reads it."""
    return "PRAGMA writable_schema = ON; " \
           f"UPDATE sqlite_schema SET sql = replace(sql, '{old}', {new}) WHERE name = '{name}'; " \
           "PRAGMA writable_schema = RESET;"



SCHEMAS = {
    "a view that shows contacts": public_view("(SELECT group_concat(value) FROM sealed)"),
    "a view that shows everybody": public_view(where=""),
    "a view that never ends": public_view(ENDLESS),
    "a view with a condition hidden in a quote": rewritten(
        "public_partner", "approved", "'approved--'' OR 1 OR ''' || char(10)"),
    "a view with its end behind a zero byte": rewritten(
        "public_partner", "FROM partner", "'FROM partner --' || char(0) || char(10)"),
    "a view more": "CREATE VIEW secrets AS SELECT * FROM sealed;",
    "a view less": "DROP VIEW public_partner;",
    "a trigger that deletes": "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM sealed; END;",
    "a trigger that never ends": f"CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT {ENDLESS}; END;",
    "a trigger less": "DROP TRIGGER event_is_never_changed;",
    "a trigger of another text": "DROP TRIGGER event_is_never_changed; CREATE TRIGGER event_is_never_changed "
                                 "BEFORE UPDATE ON event BEGIN SELECT 1; END;",
    "a trigger of our name on another table": "DROP TRIGGER event_is_never_deleted; CREATE TRIGGER "
                                              "event_is_never_deleted BEFORE DELETE ON sealed BEGIN SELECT 1; END;",
    "partners as a view that never ends": replaced(
        "partner", f"CREATE VIEW partner AS SELECT {ENDLESS} AS id, 'x' AS name;"),
    "events as a view": replaced("event", "CREATE VIEW event AS SELECT 1 AS seq, '{}' AS body, x'' AS leaf;"),
    "no event table": replaced("event", ""),
    "partners in a table of words": replaced("partner", "CREATE VIRTUAL TABLE partner USING fts5(id, name);"),
    "partners in a table of places": replaced("partner", "CREATE VIRTUAL TABLE partner USING rtree(id, a, b);"),
    "a virtual table more": "CREATE VIRTUAL TABLE words USING fts5(text);",
    "a generated column": f"ALTER TABLE partner ADD COLUMN more INTEGER AS ({'1 + ' * 10}1) VIRTUAL;",
    "a column more": "ALTER TABLE sealed ADD COLUMN more TEXT;",
    "a column less": "DROP INDEX partner_by_acronym_key; ALTER TABLE partner DROP COLUMN acronym_key;",
    "a table that is not strict": rewritten("finding", "STRICT, ", "''"),
    "a table without its check": rewritten("finding", "CHECK (by_person IN (0, 1))", "''"),
    "a word of another letter case": rewritten("event", "NOT NULL", "'not null'"),
    "a table more": "CREATE TABLE more (x);",
    "5,000 tables more": "".join(f"CREATE TABLE more_{i} (x);" for i in range(5000)),
    "a table of SQLite's own": "CREATE TABLE more (x INTEGER PRIMARY KEY AUTOINCREMENT); DROP TABLE more;",
    "an index more": "CREATE INDEX more ON partner (name);",
    "an index less": "DROP INDEX partner_by_country;",
    "an index that is not unique": "DROP INDEX partner_by_reference; CREATE INDEX partner_by_reference "
                                   "ON partner (reference) WHERE reference IS NOT NULL;",
    "an index of another order": "DROP INDEX partner_by_country; CREATE INDEX partner_by_country "
                                 "ON partner (country DESC);",
    "two tables on one page": "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM "
                              "sqlite_schema WHERE name = 'sealed') WHERE name = 'finding';",
    "a text that is no statement": "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'x' "
                                   "WHERE name = 'partner';",
    "a name that is not printable": 'CREATE TABLE "\x1b]0;x\x07\u202e" (x);',
    "statistics of another form": "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('view', "
                                  "'sqlite_stat1', 'sqlite_stat1', 0, 'CREATE VIEW sqlite_stat1 AS SELECT 1');",
}

HARMLESS = {
    "statistics": "ANALYZE;",
    "a file made compact": "VACUUM;",
    "an index made again": "REINDEX;",
    "comments and blanks": rewritten("event", "seq  INTEGER", "'seq' || char(10) || '-- a comment' || char(10) || "
                                                              "char(9) || 'INTEGER'"),
}
PAGE = 16384
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
FEW = (("list",), ("check",), ("update", "1", "--city", "Ghent"), ("export", "--format", "csv"))


class HostileRegistry(CovenantTest):
    def setUp(self):
        super().setUp()
        self.listed("First Association")
        self.apply("Second Association")
        self.file("in.csv", "partner\nAP-0001\n")
        self.checkpoint = self.file("checkpoint", self.done("history", "--checkpoint").out)
        self.done("backup", self.folder / "sound.db")
        self.sound = (self.folder / "sound.db").read_bytes()
        self.document = self.commitment()

    def commands(self):
        """All commands that open a registry, in most of their ways."""
        document = ("--commitment", self.document)
        yield from (("list",), ("list", "--format", "csv"), ("list", "--format", "json"), ("list", "--search", "a"),
                    ("list", "--as-of", "today"), ("list", "--sort", "id", "--limit", "1"), ("show", "1"),
                    ("show", "1", "--format", "json"), ("history",), ("history", "1"), ("history", "--checkpoint"),
                    ("history", "--format", "jsonl"), ("due",), ("evidence", "1"), ("check",),
                    ("check", "--format", "json"), ("check", "--against", self.checkpoint),
                    ("backup", self.folder / "copy.db"), ("apply", *options(form("New Association"))),
                    ("update", "1", "--city", "Ghent"), ("verify", "--all"), ("verify", "2", "--dry-run"),
                    ("approve", "2", *document), ("revoke", "1", "--reason", "inactive"), ("withdraw", "1"),
                    ("erase", "1", "--contact"), ("export", "--format", "site", "--output", self.folder / "site"))
        for output in ("csv", "html", "json", "atom"):
            yield "export", "--format", output

    def change(self, script):
        self.registry.write_bytes(self.sound)
        with contextlib.closing(sqlite3.connect(self.registry, isolation_level=None)) as connection:
            connection.executescript(script)

    def beside(self):
        return {path.name: path.read_bytes() for path in self.folder.glob(self.registry.name + "*")
                if not path.name.endswith("-shm")}

    def refused_everywhere(self, code=8, commands=None):
        before = self.beside()
        errors = set()
        for command in commands or self.commands():
            with self.subTest(command=command):
                error = self.fails(code, *command)
                self.assertTrue(error[:-1].isprintable(), error)
                errors.add(error)
                self.assertEqual(self.beside(), before)
                self.assertFalse((self.folder / "copy.db").exists())
                self.assertFalse((self.folder / "site").exists())
        return errors


class Schemas(HostileRegistry):
    def test_a_schema_that_is_not_ours_is_refused(self):
        for what, script in SCHEMAS.items():
            with self.subTest(what):
                try:
                    self.change(script)
                except sqlite3.DatabaseError as error:
                    self.assertIn("malformed", str(error))
                self.assertNotEqual(self.registry.read_bytes(), self.sound)
                self.refused_everywhere(commands=FEW)

    def test_it_is_refused_by_every_command(self):
        self.change(public_view(ENDLESS))
        self.refused_everywhere()

    def test_the_error_names_the_file_and_what_is_not_ours(self):
        for script, words in ((public_view(where=""), "the view 'public_partner' differs"),
                              ("CREATE TABLE more (x);", "the table 'more' is foreign"),
                              ("DROP INDEX partner_by_country;", "the index 'partner_by_country' is missing")):
            self.change(script)
            error, = self.refused_everywhere(commands=[("list",)])
            self.assertIn(f"{self.registry}: not a covenant registry: {words}", error)

    def test_what_says_the_same_is_taken(self):
        for what, script in HARMLESS.items():
            with self.subTest(what):
                self.change(script)
                self.done("check")
                self.done("update", "1", "--city", "Ghent")
                self.done("export", "--format", "csv")


class Journals(HostileRegistry):
    def test_a_newer_version_in_the_log_is_refused_and_the_log_stays(self):
        self.registry.write_bytes(self.sound)
        self.done("update", "1", "--city", "Ghent")
        with contextlib.closing(sqlite3.connect(self.registry, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("PRAGMA user_version = 99")
            kept = self.beside()
            self.assertGreater(len(kept[self.registry.name + "-wal"]), 0)
        for name, content in kept.items():  # as a power cut would leave them
            (self.folder / name).write_bytes(content)
        for error in self.refused_everywhere():
            self.assertIn("version 99", error)

    def test_the_log_of_another_file_is_not_played_into_a_backup(self):
        self.registry.write_bytes(self.sound)
        self.done("update", "1", "--city", "Ghent")
        with contextlib.closing(sqlite3.connect(self.registry, isolation_level=None)) as connection:
            connection.execute("CREATE TABLE more (x)")
            log = self.beside()[self.registry.name + "-wal"]
        self.registry.write_bytes(self.sound)
        (self.folder / (self.registry.name + "-wal")).write_bytes(log)
        for error in self.refused_everywhere():
            self.assertIn("move it away", error)

    def journal(self, pages, page_size, page_count):
        """A rollback journal, as SQLite's file format has it, of these pages by number."""
        nonce = 7
        header = JOURNAL_MAGIC + b"".join(n.to_bytes(4, "big") for n in (len(pages), nonce, page_count, 512, page_size))
        records = (number.to_bytes(4, "big") + page +
                   (nonce + sum(page[at] for at in range(page_size - 200, 0, -200))).to_bytes(4, "big")
                   for number, page in pages.items())
        return header.ljust(512, b"\0") + b"".join(records)

    def test_a_journal_of_another_database_is_not_played_into_a_registry(self):
        count = len(self.sound) // PAGE
        page = {n: self.sound[(n - 1) * PAGE:n * PAGE] for n in range(1, count + 1)}
        older = page[1][:1000] + b"x" + page[1][1001:]
        journals = (
            self.journal({1: b"x" * 4096}, 4096, 3), self.journal({2: b"x" * PAGE}, PAGE, count),
            self.journal({1: older}, PAGE, count), self.journal({1: page[1], 2: page[2]}, PAGE, count),
            self.journal({}, PAGE, 1), self.journal({1: page[1]}, PAGE, count - 1), b"not a journal",
            self.journal({1: older}, PAGE, count)[:20])
        for journal in journals:
            for log_is_on in (False, True):
                with self.subTest(size=len(journal), log_is_on=log_is_on):
                    self.registry.write_bytes(self.sound)
                    if log_is_on:
                        self.done("update", "1", "--city", "Ghent")
                    path = self.folder / (self.registry.name + "-journal")
                    path.write_bytes(journal)
                    for error in self.refused_everywhere(commands=[("list",), ("verify", "2"), ("check",)]):
                        self.assertIn("move it away", error)
                    path.unlink()
                    self.done("check")

    def test_the_journal_that_a_crash_leaves_of_the_first_change_to_a_backup_is_played(self):
        count = len(self.sound) // PAGE
        for is_switched in (False, True):
            page = bytearray(self.sound[:PAGE])
            if is_switched:
                page[18:20] = b"\2\2"
                page[27] += 1
            self.registry.write_bytes(bytes(page) + self.sound[PAGE:])
            path = self.folder / (self.registry.name + "-journal")
            path.write_bytes(self.journal({1: self.sound[:PAGE]}, PAGE, count))
            self.done("update", "1", "--city", "Ghent", "--dry-run")
            self.assertFalse(path.exists())
            self.done("check")

    def test_a_journal_that_is_over_is_no_matter(self):
        self.registry.write_bytes(self.sound)
        for journal in (b"", b"\0" * 512):
            (self.folder / (self.registry.name + "-journal")).write_bytes(journal)
            self.done("list")
            self.done("update", "1", "--city", "Ghent", "--dry-run")


class Names(CovenantTest):
    def test_names_that_mean_something_to_sqlite_are_names(self):
        for name in ("file:x.db", "file:x.db?mode=memory", ":memory:", "file::memory:?cache=shared", "a?b#c%41.db"):
            with self.subTest(name):
                self.done("init", "--registry", name)
                self.assertTrue((self.folder / name).is_file())
                self.done("apply", *options(form()), "--registry", name)
                self.assertIn("AP-0001", self.done("list", "--registry", name).out)
                self.done("backup", name + ".copy", "--registry", name)
                self.assertTrue((self.folder / (name + ".copy")).is_file())
        self.assertFalse((self.folder / "x.db").exists())

    def test_a_registry_with_a_second_name_is_read_with_a_note_and_not_written(self):
        self.apply()
        second = self.folder / "second.db"
        os.link(self.registry, second)
        for name in (self.registry, second):
            result = self.done("list", "--registry", name)
            self.assertIn("AP-0001", result.out)
            self.assertRegex(result.err, r"\Acovenant: note: [^\n]*hard link[^\n]*\n\Z")
            self.assertEqual(self.done("list", "--quiet", "--registry", name).err, "")
            self.assertIn("hard link", self.fails(9, "update", "1", "--city", "Ghent", "--registry", name))
        second.unlink()
        self.assertNotIn("note", self.done("update", "1", "--city", "Ghent").err)

    def test_a_symbolic_link_is_no_second_name(self):
        link = self.folder / "link.db"
        link.symlink_to(self.registry)
        self.assertNotIn("note", self.done("apply", *options(form()), "--registry", link).err)
        self.assertIn("AP-0001", self.done("list").out)


@unittest.skipUnless(os.getuid() == 0 and shutil.which("setpriv"), "only root can be somebody else")
class WhereNobodyWrites(CovenantTest):
    def as_nobody(self, *command):
        binary = shutil.copy(BINARY, self.folder / "covenant")
        return subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", binary, *command],
                              env=self.env, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120)

    def setUp(self):
        super().setUp()
        self.apply()
        self.folder.chmod(0o555)
        self.registry.chmod(0o444)
        self.before = self.registry.read_bytes()

    def test_a_registry_in_a_folder_that_may_not_be_written_is_read(self):
        for command in (("list",), ("show", "1"), ("check",), ("export", "--format", "csv"), ("history",)):
            ran = self.as_nobody(*command)
            self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("AP-0001", self.as_nobody("list").stdout)
        self.assertEqual(self.as_nobody("apply", *options(form("Other"))).returncode, 9)
        self.assertEqual(self.registry.read_bytes(), self.before)

    def test_a_foreign_one_is_refused_there_too(self):
        self.sql("CREATE TABLE more (x)")
        for path in self.folder.glob("registry.db-*"):
            path.unlink()
        self.assertEqual(self.as_nobody("list").returncode, 8)


if __name__ == "__main__":
    main()
