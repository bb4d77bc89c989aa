"""What the tests share that change a registry behind the program's back."""

import contextlib
import sqlite3

from life import live
from support import CovenantTest

# What follows from nothing in the registry: a table outside the history.
FREE_TABLES = {"link"}
# each table's primary key, the check that finds a change in it, and where that check says the change is
TABLES = {
    "event": (["seq"], "history", "event {seq}: "),
    "sealed": (["id"], "sealed", "event {seq}: the sealed {field} "),
    "partner": (["id"], "tables", "AP-{id:04}: "),
    "former_name": (["seq"], "tables", "table former_name, seq {seq}: "),
    "partner_event": (["partner", "seq"], "tables", "table partner_event, partner {partner}, seq {seq}: "),
    "finding": (["partner", "criterion"], "tables", "table finding, partner {partner}, criterion '{criterion}': "),
    "finding_source": (["partner", "position"], "tables",
                       "table finding_source, partner {partner}, position {position}: "),
    "commitment": (["seq"], "tables", "table commitment, seq {seq}: "),
    "evidence": (["seq"], "tables", "table evidence, seq {seq}: "),
    "erased_document": (["partner", "document"], "tables", "table erased_document, partner {partner}, document '"),
    "ending": (["seq"], "tables", "table ending, seq {seq}: "),
    "policy": (["name"], "tables", "table policy, name '{name}': "),
    "document": (["sha256"], "evidence", "document {sha256}: "),
    "property": (["name"], "tables", "table property, name '{name}': "),
}


def other(value):
    """Values of the same type that are not this one: a small change, and what a careless comparison overlooks."""
    if isinstance(value, int):
        return [value + 1000, None]
    if isinstance(value, bytes):
        return [bytes([value[0] ^ 1]) + value[1:], value + b"\0", b"", None]
    if isinstance(value, str):
        near = value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
        return [near, value + "\0x", "", None]
    return ["x", 7, b"x"]


@contextlib.contextmanager
def unguarded(path):
    """A registry open with nothing in the way: no triggers, checks, foreign keys, and any type in any column."""
    @contextlib.contextmanager
    def opened():
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            yield connection

    with opened() as connection:
        kept = connection.execute("SELECT rowid, type, name, tbl_name, rootpage, sql FROM sqlite_schema").fetchall()
        connection.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")
        connection.execute("UPDATE sqlite_schema SET sql = replace(replace(sql, ') STRICT, ', ') '), ') STRICT', ')')")
    with opened() as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection
    with opened() as connection:
        connection.execute("DELETE FROM sqlite_schema")
        connection.executemany("INSERT INTO sqlite_schema (rowid, type, name, tbl_name, rootpage, sql) "
                               "VALUES (?, ?, ?, ?, ?, ?)", kept)


class TamperTest(CovenantTest):
    """A test with a sound registry of a full life, which is made once a run, and a place for the one tampered with."""

    made = []

    def setUp(self):
        super().setUp()
        self.sound = self.folder / "sound.db"
        if not self.made:
            live(self)
            for policy in (("four-eyes", "on"), ("four-eyes", "off"), ("commitment", "signed"), ("commitment", "any")):
                self.done("policy", *policy, "--as", "Ann")  # the weaker ones are only proposed
            self.done("backup", self.sound)
            self.made.append(self.sound.read_bytes())
        self.sound.write_bytes(self.made[0])
        self.registry = self.folder / "tampered.db"
        self.env["COVENANT_REGISTRY"] = str(self.registry)

    @contextlib.contextmanager
    def tampering(self):
        """A fresh copy of the registry, open with nothing in the way: no triggers, checks or foreign keys."""
        self.registry.write_bytes(self.sound.read_bytes())
        with contextlib.closing(sqlite3.connect(self.registry, isolation_level=None)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
            for _, sql in triggers:
                connection.execute(sql)

    def faults(self):
        """The checks that fail, and the first fault of each."""
        lines = [line.split("\t") for line in self.exits(8, "check").out.splitlines()]
        return {line[0]: line[2] for line in lines if line[1] == "failed"}

    def columns(self, table):
        """The columns of a table that can be written."""
        with contextlib.closing(sqlite3.connect(self.sound)) as connection:
            return [name for name, in connection.execute("SELECT name FROM pragma_table_info(?)", [table])]

    def rows(self, table):
        """All rows of a table, as dictionaries, in the order of its key."""
        with contextlib.closing(sqlite3.connect(self.sound)) as connection:
            connection.row_factory = sqlite3.Row
            order = ", ".join(TABLES[table][0])
            return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY {order}")]
