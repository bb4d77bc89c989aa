"""Whatever is changed in a table behind the program's back, `check` finds it and says where. covenant-check(1).

Every table and every column of the schema is tried, in the rows of a registry with a full life.
"""

import contextlib
import re
import sqlite3

from support import day, form, main, options
from tamper import FREE_TABLES, TABLES, TamperTest, other


def where(table):
    return " AND ".join(f"{key} = :{key}" for key in TABLES[table][0])


def values_to_try(rows, column):
    """For the first row with a value there and the first without one: the row, and values that are not the same."""
    for is_empty in (False, True):
        row = next((row for row in rows if (row[column] is None) == is_empty), None)
        for value in other(row[column]) if row else ():
            # sort keys of an older release are no damage, so the rules may be named by any number
            if value != row[column] and not str(value).startswith("ICU 72.0"):
                yield row, value


class Columns(TamperTest):
    def test_a_sound_copy_passes(self):
        with self.tampering():
            pass
        self.done("check")

    def test_every_table_of_the_schema_is_tried_and_has_rows(self):
        with contextlib.closing(sqlite3.connect(self.sound)) as connection:
            names = {name for name, in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")}
        self.assertEqual(names, set(TABLES) | FREE_TABLES)
        for table in TABLES:
            self.assertTrue(self.rows(table), table)

    def change(self, table, column, row, value):
        """Whether the file lets anybody store that value there."""
        try:
            with self.tampering() as connection:
                connection.execute(f"UPDATE {table} SET {column} = :_new WHERE {where(table)}", row | {"_new": value})
        except sqlite3.IntegrityError:
            return False  # of another type, or empty where nothing may be
        return True

    def columns_are_found(self, table):
        key, check, place = TABLES[table]
        rows = self.rows(table)
        for column in self.columns(table):
            tried = 0
            for row, value in values_to_try(rows, column):
                with self.subTest(column=column, old=row[column], new=value):
                    if not self.change(table, column, row, value):
                        continue
                    tried += 1
                    faults = self.faults()
                    self.assertIn(check, faults)
                    if column not in key:
                        self.assertRegex(faults[check], "^" + re.escape(place.format(**row)))
                        self.assertIn(column if check == "tables" else "", faults[check])
            self.assertGreater(tried, 0, column)

    def deleted_rows_are_found(self, table):
        _, check, place = TABLES[table]
        for row in self.rows(table):
            with self.subTest(place.format(**row)):
                with self.tampering() as connection:
                    connection.execute(f"DELETE FROM {table} WHERE {where(table)}", row)
                faults = self.faults()
                self.assertIn(check, faults)
                if table == "event":
                    place = "event {seq} is missing"
                self.assertRegex(faults[check], "^" + re.escape(place.format(**row)))

    def test_a_sealed_contact_of_another_shape_is_damage_whoever_reads_it(self):
        seq = next(row["contact"] for row in self.rows("partner") if row["contact"])
        id = next(row["id"] for row in self.rows("partner") if row["contact"] == seq)
        for value in ('{"email":5,"name":{}}', '{"name":"A","email":"a@example.org"}', '["a@example.org"]', "{}", "x",
                      '{"email":"a@example.org","name":"A","more":1}', '{"email":"a@example.org","name":["A"]}'):
            with self.subTest(value=value):
                with self.tampering() as connection:
                    connection.execute("UPDATE sealed SET value = ? WHERE seq = ? AND field = 'contact'", (value, seq))
                self.assertIn(f"event {seq}: the sealed contact", self.faults()["sealed"])
                for command in ("show {}", "update {} --city Riga"):
                    self.exits(8, *command.format(id).split())

    def test_an_id_far_from_the_others_is_found_at_once(self):
        with self.tampering() as connection:
            connection.execute("UPDATE partner SET id = 9223372036854775807 WHERE id = 3")
        self.assertIn("tables", self.faults())

    def test_a_row_more_is_found(self):
        for table, (key, check, _) in TABLES.items():
            if table == "event":
                continue  # a history that goes on is none: see below
            row = self.rows(table)[-1]
            new = {"seq": 2, "id": 99, "partner": 5, "position": 9, "sha256": "ab" * 32, "name": "more",
                   "document": "ab" * 32, "criterion": "scope"}
            if table == "finding":
                new |= {"partner": 4}  # which applied again and was not verified
            if table == "partner_event":
                new |= {"seq": 4}
            if table == "sealed":
                new |= {"id": 4 * 2 + 1}  # who signed in event 2
            more = {column: row[column] for column in self.columns(table)} | {column: new[column] for column in key}
            if table == "partner":
                more |= {"reference": None}
            with self.subTest(table=table):
                with self.tampering() as connection:
                    connection.execute(f"INSERT INTO {table} ({', '.join(more)}) "
                                       f"VALUES ({', '.join(':' + column for column in more)})", more)
                self.assertIn(check, self.faults())


def test_of(method, table):
    return lambda self: getattr(self, method)(table)


for _table in TABLES:
    setattr(Columns, f"test_a_changed_column_of_{_table}_is_found", test_of("columns_are_found", _table))
    setattr(Columns, f"test_a_deleted_row_of_{_table}_is_found", test_of("deleted_rows_are_found", _table))


class Readers(TamperTest):
    def test_what_other_commands_make_of_a_damaged_row_is_no_fault_of_the_program(self):
        partner_of = {"partner": "id", "commitment": "partner", "sealed": "seq", "finding": "partner"}
        commands = (("list", "--format", "json"), ("export", "--format", "json"), ("history",), ("due",))
        for table, key in partner_of.items():
            rows = self.rows(table)
            for column in self.columns(table):
                for row, value in values_to_try(rows, column):
                    with contextlib.suppress(sqlite3.IntegrityError), self.tampering() as connection:
                        connection.execute(f"UPDATE {table} SET {column} = :_new WHERE {where(table)}", row | {"_new": value})
                    for command in (*commands, ("show", str(row[key])), ("evidence", str(row[key]))):
                        with self.subTest(table=table, column=column, new=value, command=command):
                            self.assertIn(self.covenant(*command).code, (0, 3, 4, 8, 10))


class Owners(TamperTest):
    """A row that belongs to another partner than its event. What reads it takes neither partner for whole."""

    # with a REF: what shows its rows, and what changes it
    ABOUT_ONE = (("show",), ("evidence",), ("evidence", "--list"), ("history",), ("history", "--prove"),
                 ("letter", "--kind", "renewal", "--record"), ("correct", "--ended-on", "2025-01-29", "--because", "x"),
                 ("update", "--city", "Gent"), ("evidence", "--add", "added.txt"))

    def lists_of(self, table, row):
        """The lists that read such a row."""
        if table == "former_name":
            return [("list", "--search", row["name"]), ("duplicates",)]
        is_public = table == "ending" and row["was"] == "approved" or table == "commitment" and not row["annulled_by"]
        return [("export", "--format", "atom")] if is_public and row.get("kind", "joining") == "joining" else []

    def given_away(self, table, row):
        """Gives the row to the next partner that can take it, and returns which."""
        count = len(self.rows("partner"))
        for step in range(1, count):
            other = (row["partner"] + step - 1) % count + 1
            with contextlib.suppress(sqlite3.IntegrityError), self.tampering() as connection:
                connection.execute(f"UPDATE {table} SET partner = :_other WHERE {where(table)}", row | {"_other": other})
                return other
        raise AssertionError(f"nobody can take {row}")

    def is_damage(self, *command):
        with self.subTest(command=command):
            self.assertEqual(self.covenant(*command).code, 8)

    def test_every_row_that_belongs_to_a_partner(self):
        self.file("added.txt", "added")
        actions = {seq: body for seq, body in self.sql("SELECT seq, body ->> '$.action' FROM event", registry=self.sound)}
        for table in (table for table in TABLES if "partner" in self.rows(table)[0]):
            rows = self.rows(table)
            for row in (rows[0], rows[-1]) if len(rows) > 1 else rows:
                # nothing but the list of events says that a note is about a partner
                owners = [] if actions.get(row.get("seq")) == "note" else [row["partner"]]
                owners.append(self.given_away(table, row))
                with self.subTest(table=table, row={name: row[name] for name in TABLES[table][0]}, owners=owners):
                    for owner in owners:
                        for command, *more in self.ABOUT_ONE:
                            self.is_damage(command, str(owner), *more)
                    for command in self.lists_of(table, row):
                        self.is_damage(*command)

    def test_a_former_partner_without_its_joining_or_its_ending(self):
        for table, row in (("commitment", 12), ("ending", 13)):
            with self.tampering() as connection:
                connection.execute(f"UPDATE {table} SET partner = 4 WHERE seq = ?", (row,))
            self.is_damage("export", "--format", "json")

    def test_a_listed_partner_without_a_finding_which_may_be_the_one_that_failed(self):
        for criterion in ("scope", "website"):
            with self.tampering() as connection:
                connection.execute("UPDATE finding SET partner = 8 WHERE partner = 2 AND criterion = ?", (criterion,))
            self.is_damage("due")

    def test_an_application_that_another_partner_was_given_and_a_list_of_the_past(self):
        lists = [("list", "--as-of", day) for day in ("2024-04-01", day(-2), day(0))]
        sound = {command: self.done(*command, "--registry", self.sound).out for command in lists}
        found = 0
        for row in self.rows("partner_event"):
            is_application = self.sql("SELECT body ->> '$.action' = 'apply' FROM event WHERE seq = ?", row["seq"],
                                      registry=self.sound) == [(1,)]
            if not is_application:
                continue
            for partner in (1, 2, 5, 8):
                with contextlib.suppress(sqlite3.IntegrityError), self.tampering() as connection:
                    connection.execute("UPDATE partner_event SET partner = ? WHERE seq = ?", (partner, row["seq"]))
                for command in lists:
                    result = self.covenant(*command)
                    with self.subTest(row=row, partner=partner, command=command):
                        self.assertTrue(result.code == 8 or result.out == sound[command], result)
                    found += result.code == 8
        self.assertGreater(found, 20)

    def test_a_new_name_that_was_a_former_one(self):
        [row] = self.rows("former_name")
        self.given_away("former_name", row)
        self.is_damage("apply", *options(form(row["name"])))


class Sorting(TamperTest):
    def test_keys_by_the_rules_of_another_icu_are_no_damage_and_are_made_anew_by_the_next_change(self):
        names = [name for name, in self.sql("SELECT name FROM partner ORDER BY sort_key", registry=self.sound)]
        self.assertGreater(len(names), 5)
        with self.tampering() as connection:
            connection.execute("UPDATE property SET value = 'ICU 1.8'")
            connection.execute("UPDATE partner SET sort_key = CAST(100 - id AS BLOB)")
        self.done("check")
        self.assertNotEqual(self.names(), names)
        self.done("update", "1", "--city", "Paris")
        self.assertEqual(self.names(), names)
        self.assertEqual(self.sql("SELECT value FROM property"), self.sql("SELECT value FROM property",
                                                                          registry=self.sound))
        self.done("check")


class Bytes(TamperTest):
    def test_texts_of_other_bytes_than_utf_8_are_found_and_told(self):
        for table, (key, check, _) in TABLES.items():
            for column in self.columns(table):
                if not isinstance(self.rows(table)[0][column], str):
                    continue
                for wrong in (b"\xf0\x9f\x98", b"a\xff\x1b" * 100):
                    with self.subTest(table=table, column=column, wrong=wrong):
                        with self.tampering() as connection:
                            row = self.rows(table)[0]
                            connection.execute(f"UPDATE {table} SET {column} = CAST(:_new AS TEXT) "
                                               f"WHERE {where(table)}", row | {"_new": wrong})
                        faults = self.faults()
                        self.assertIn(check, faults)
                        self.assertTrue("".join(faults.values()).isprintable())


class Report(TamperTest):
    def test_the_json_says_the_same_as_the_lines(self):
        for statement in ("UPDATE partner SET city = 'Ghent', acronym = CAST(x'c3' AS TEXT)", "DELETE FROM event WHERE seq = 4",
                          "UPDATE document SET content = x'00'", "DELETE FROM property", "SELECT 1"):
            with self.subTest(statement=statement):
                with self.tampering() as connection:
                    connection.execute(statement)
                text, report = (self.covenant("check", *more) for more in ((), ("--format", "json")))
                lines = [line.split("\t") for line in text.out.splitlines()]
                report = report.json()
                self.assertEqual(report["ok"], text.code == 0)
                self.assertEqual([(check["name"], check["ok"]) for check in report["checks"]],
                                 [(line[0], line[1] == "ok") for line in lines])
                for check, line in zip(report["checks"], lines):
                    more = f" (and {check['faults'] - 1} more)" if check["faults"] > 1 else ""
                    self.assertEqual([] if check["ok"] else [check["first"] + more], line[2:])


if __name__ == "__main__":
    main()
