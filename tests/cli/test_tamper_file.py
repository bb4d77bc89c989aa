"""Damage to the file itself: its indexes, single bits, its end. covenant-check(1)."""

import contextlib
import random
import re
import sqlite3

from support import main
from tamper import TamperTest


class File(TamperTest):
    def test_what_the_planner_keeps_is_no_damage(self):
        self.registry.write_bytes(self.sound.read_bytes())
        self.sql("ANALYZE")
        self.done("check")

    def test_rows_that_are_out_of_order_do_not_make_it_endless(self):
        """Looking for the next row then finds one before it."""
        self.registry.write_bytes(self.sound.read_bytes())
        root, size = self.sql("SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema "
                              "WHERE name = 'partner'")[0]
        sound = self.sound.read_bytes()
        page = (root - 1) * size
        self.assertEqual(sound[page], 13, "a leaf of a table")
        count = int.from_bytes(sound[page + 3:page + 5], "big")
        places = [sound[page + 8 + 2 * i:page + 10 + 2 * i] for i in range(count)]
        for turn in range(1, count):
            with self.subTest(turn=turn):
                turned = b"".join(places[turn:] + places[:turn])
                self.registry.write_bytes(sound[:page + 8] + turned + sound[page + 8 + 2 * count:])
                self.exits(8, "check")
                self.assertIn(self.covenant("verify", "--all", "--dry-run").code, (0, 3, 8))

    def lead_back(self, table, levels=5):
        """The table's root has all its children in one page, and so has that one: its rows appear once for each of
        hundreds of ways, and that over several levels."""
        root, size = self.sql("SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema "
                              f"WHERE name = '{table}'", registry=self.sound)[0]
        file = bytearray(self.sound.read_bytes())
        file += file[(root - 1) * size:root * size]
        count = (size - 12) // 8
        for level in range(levels):
            child = (len(file) // size).to_bytes(4, "big")
            start = size - 5 * count
            places = b"".join((start + 5 * i).to_bytes(2, "big") for i in range(count))
            head = b"\x05\0\0" + count.to_bytes(2, "big") + start.to_bytes(2, "big") + b"\0" + child + places
            page = head.ljust(start, b"\0") + (child + b"\1") * count
            if level < levels - 1:
                file += page
            else:
                file[(root - 1) * size:root * size] = page
        file[28:32] = (len(file) // size).to_bytes(4, "big")
        self.registry.write_bytes(file)

    def test_pages_that_lead_back_to_each_other_do_not_make_it_endless(self):
        commands = (("list",), ("list", "--search", "e"), ("list", "--count"), ("show", "AP-0001"), ("due",),
                    ("history",), ("history", "AP-0001"), ("history", "--checkpoint"), ("export", "--format", "json"),
                    ("verify", "--all", "--dry-run"), ("backup", "copy.db"))
        refused = 0
        for table in ("partner", "event", "partner_event", "sealed", "commitment", "finding"):
            with self.subTest(table=table):
                self.lead_back(table)
                self.exits(8, "check")
                for command in commands:
                    result = self.covenant(*command)
                    self.assertIn(result.code, (0, 4, 8, 10), f"{command}: {result.err}")
                    refused += result.code == 8
        self.assertGreater(refused, 10)

    @contextlib.contextmanager
    def hidden(self, index):
        """The file while SQLite does not know of the index, and so leaves it as it is."""
        with contextlib.closing(sqlite3.connect(self.registry)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            row = connection.execute("SELECT * FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
            connection.execute("DELETE FROM sqlite_schema WHERE name = ?", (index,))
            connection.commit()
        with contextlib.closing(sqlite3.connect(self.registry)) as connection:
            yield connection
            connection.commit()
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row)
            connection.commit()

    def test_an_index_that_disagrees_with_its_table_is_found(self):
        indexes = self.sql("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
                           registry=self.sound)
        self.assertGreater(len(indexes), 6)
        for index, table in indexes:
            with self.subTest(index=index):
                rows = self.rows(table)
                with self.tampering() as connection:
                    connection.execute(f"DELETE FROM {table}")
                with self.hidden(index) as connection:  # the table is as it was, the index is empty
                    connection.executemany(
                        f"INSERT INTO {table} VALUES ({', '.join(':' + column for column in self.columns(table))})", rows)
                faults = self.faults()
                self.assertIn(index, faults["integrity"])

    def test_a_single_entry_that_is_not_that_of_its_row_is_found(self):
        changes = {
            "partner_by_reference": "UPDATE partner SET reference = 'CoM-0' WHERE id = 1",
            "partner_by_name_key": "UPDATE partner SET name_key = name_key + 1 WHERE id = 2",
            "partner_by_host_key": "UPDATE partner SET host_key = NULL WHERE id = 1",
            "partner_by_acronym_key": "UPDATE partner SET acronym_key = 7 WHERE id = 3",
            "partner_by_country": "UPDATE partner SET country = 'XK' WHERE id = 2",
            "partner_by_sort_key": "UPDATE partner SET sort_key = CAST(sort_key || x'00' AS BLOB) WHERE id = 1",
            "partner_by_change": "UPDATE partner SET changed = changed - 1 WHERE changed IS NOT NULL",
            "commitment_by_partner": "UPDATE commitment SET partner = partner + 1",
            "commitment_by_day": "UPDATE commitment SET received_on = '2020-02-29'",
            "ending_by_day": "UPDATE ending SET ended_on = '2020-02-29'",
            "ending_by_partner": "UPDATE ending SET partner = partner + 1",
        }
        for index, change in changes.items():
            with self.subTest(index=index):
                with self.tampering():
                    pass
                with self.hidden(index) as connection:
                    triggers = connection.execute(
                        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
                    for name, _ in triggers:
                        connection.execute(f"DROP TRIGGER {name}")
                    self.assertGreater(connection.execute(change).rowcount, 0)
                    for _, sql in triggers:
                        connection.execute(sql)
                self.assertIn(index, self.faults()["integrity"])

    def content(self):
        """All that any SQLite program reads in the file; nothing when it cannot."""
        try:
            with contextlib.closing(sqlite3.connect(self.registry)) as connection:
                connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
                return re.sub(r"--.*", "", "\n".join(connection.iterdump()))  # a comment may say what it likes
        except sqlite3.DatabaseError:
            return None

    def test_flipped_bits_are_found_or_change_nothing(self):
        sound = self.sound.read_bytes()
        self.registry.write_bytes(sound)
        content = self.content()
        used = [place for place, byte in enumerate(sound) if byte]  # empty space says nothing
        places = list(range(100)) + random.Random(7).sample(used, 250)
        found = 0
        for place in places:
            with self.subTest(place=place):
                damaged = bytearray(sound)
                damaged[place] ^= 1 << place % 8
                self.registry.write_bytes(damaged)
                for journal in self.folder.glob("tampered.db-*"):
                    journal.unlink()
                result = self.covenant("check")
                self.assertIn(result.code, (0, 8), result.err)
                if result.code == 0:
                    self.assertEqual(self.content(), content)
                found += result.code == 8
        self.assertGreater(found, 200)

    def test_a_file_cut_short_is_found(self):
        sound = self.sound.read_bytes()
        for size in (0, 1, 99, 100, 4096, len(sound) // 2, len(sound) - 16384, len(sound) - 1):
            with self.subTest(size=size):
                self.registry.write_bytes(sound[:size])
                self.exits(8, "check")


if __name__ == "__main__":
    main()
