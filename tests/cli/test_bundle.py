"""export --format bundle and init --from: all of a registry, out and back. covenant-bundle(5)."""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
from pathlib import Path

from life import live
from support import CovenantTest, form, main, options

VERSION_1 = Path(__file__).parent.parent / "migration" / "version-1.sql"
MANIFEST = "SHA256SUMS"


def dump(registry):
    """All rows of all tables, with the statements that made them."""
    with contextlib.closing(sqlite3.connect(registry)) as connection:
        return sorted(connection.iterdump())  # the indexes are made in another order


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class BundleTest(CovenantTest):
    def setUp(self):
        super().setUp()
        self.restored = self.folder / "restored.db"
        self.bundle = self.folder / "bundle"

    def export(self, name="bundle", **how):
        return self.done("export", "--format", "bundle", "--output", name, **how)

    def restore(self, name="bundle", **how):
        return self.done("init", "--from", name, "--registry", self.restored, **how)

    def refuses(self, why="", code=6):
        """The bundle is refused with one line, and nothing is left."""
        before = set(os.listdir(self.folder))
        message = self.fails(code, "init", "--from", "bundle", "--registry", self.restored)
        self.assertIn(why, message)
        self.assertEqual(set(os.listdir(self.folder)), before)
        return message

    def sign(self):
        """Makes the manifest again, as somebody does who changes a bundle knowingly."""
        lines = (self.bundle / MANIFEST).read_text(encoding="utf-8").splitlines()
        names = [line[66:] for line in lines if (self.bundle / line[66:]).exists()]
        self.manifest(names)

    def manifest(self, names):
        lines = [f"{hashlib.sha256((self.bundle / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
        (self.bundle / MANIFEST).write_text("".join(lines), encoding="utf-8")

    def change(self, name, old, new):
        path = self.bundle / name
        content = path.read_bytes()
        self.assertIn(old, content)
        path.write_bytes(content.replace(old, new))


class RoundTrip(BundleTest):
    def assert_equal_registry(self):
        self.assertEqual(dump(self.restored), dump(self.registry))
        for command in (("history", "--checkpoint"), ("history", "--format", "jsonl"), ("export", "--format", "json"),
                        ("list", "--format", "json", "--columns", "all")):
            self.assertEqual(self.done(*command, "--registry", self.restored).out, self.done(*command).out)
        self.done("check", "--registry", self.restored)

    def test_a_full_life_comes_back_equal(self):
        live(self)
        self.export()
        result = self.restore()
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, r"\ARestored the registry \S+ from bundle \(\d+ events, \d+ partners\)\.\n\Z")
        self.assert_equal_registry()
        self.assertEqual(self.restored.stat().st_mode & 0o777, 0o600)

    def test_an_empty_registry_comes_back_too(self):
        self.export()
        self.assertIn("(1 event, 0 partners)", self.restore().err)
        self.assert_equal_registry()

    def test_the_restored_registry_can_be_worked_with(self):
        live(self)
        self.export()
        self.restore()
        self.env["COVENANT_REGISTRY"] = str(self.restored)
        self.listed("Another Association")
        self.done("check")

    def test_the_same_registry_makes_the_same_bytes(self):
        live(self)
        self.export()
        self.export("again")
        self.restore()
        self.export("of the restored", env={"COVENANT_REGISTRY": str(self.restored)})
        for name in ("again", "of the restored"):
            self.assertEqual(tree(self.folder / name), tree(self.bundle))

    def test_a_bundle_is_brought_up_to_date(self):
        partner = self.listed()
        self.assertRegex(self.export().err, r"\AWrote \S+: (\d+) files, \1 changed\.\n\Z")
        self.assertIn(" is up to date: ", self.export().err)
        self.done("erase", partner, "--contact")
        self.export()
        self.restore()
        self.assert_equal_registry()

    def test_a_registry_of_version_1_is_exported_as_the_present_one(self):
        self.registry.unlink()
        with contextlib.closing(sqlite3.connect(self.registry)) as connection:
            connection.executescript(VERSION_1.read_text(encoding="utf-8"))
        before = self.registry.read_bytes()
        self.export()
        self.assertEqual(self.registry.read_bytes(), before)
        self.restore()
        self.assertEqual(self.done("history", "--checkpoint", "--registry", self.restored).out,
                         self.done("history", "--checkpoint").out)
        self.done("check", "--registry", self.restored)
        self.done("note", "1", "Migrated")
        self.done("note", "1", "Migrated", "--registry", self.restored)
        with contextlib.closing(sqlite3.connect(self.registry)) as old, \
                contextlib.closing(sqlite3.connect(self.restored)) as new:
            for table in ("partner", "commitment", "finding", "document", "partner_event"):
                rows = [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
                        for connection in (old, new)]
                self.assertEqual(*rows)

    def test_what_was_erased_is_nowhere_in_it(self):
        ids = live(self)
        self.export()
        for content in tree(self.bundle).values():
            self.assertNotIn(b"nmistakable", content)
        self.restore()
        self.assertIsNone(self.done("show", ids["erased"], "--format", "json", "--registry", self.restored)
                          .json()["contact_name"])

    def test_names_in_every_script_and_every_escape_come_back(self):
        self.apply("Ένωση “Σύνδεσμος” \\ \"x\"", description="tab\u00a0nbsp\nline two; \u2603 \U0001f600")
        self.export()
        self.restore()
        self.assert_equal_registry()


class Files(BundleTest):
    def test_they_are_those_of_the_manual_and_for_the_owner_alone(self):
        live(self)
        self.export()
        found = tree(self.bundle)
        with contextlib.closing(sqlite3.connect(self.registry)) as connection:
            tables = [name for name, in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
            documents = [name for name, in connection.execute("SELECT sha256 FROM document ORDER BY sha256")]
            columns = [name for name, in connection.execute("SELECT name FROM pragma_table_info('document')")]
        self.assertEqual(columns, ["sha256", "size", "content"], "a document's row is more than its file")
        names = ["bundle.json", "checkpoint", *(f"{table}.jsonl" for table in tables if table != "document"),
                 *(f"documents/{name}" for name in documents)]
        self.assertGreater(len(documents), 0)
        self.assertEqual([line[66:] for line in found[MANIFEST].decode().splitlines()], names)
        self.assertEqual(set(found), {MANIFEST, *names})
        for path in (self.bundle, *self.bundle.rglob("*")):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o700 if path.is_dir() else 0o600, path)
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", MANIFEST], cwd=self.bundle, check=True)

    def test_rows_are_json_lines_with_every_column(self):
        live(self)
        self.export()
        with contextlib.closing(sqlite3.connect(self.registry)) as connection:
            connection.row_factory = sqlite3.Row
            for path in self.bundle.glob("*.jsonl"):
                rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
                stored = [{name: value.hex() if isinstance(value, bytes) else value for name, value in dict(row).items()}
                          for row in connection.execute(f"SELECT * FROM {path.stem}")]
                self.assertEqual(sorted(map(repr, (sorted(row.items()) for row in rows))),
                                 sorted(map(repr, (sorted(row.items()) for row in stored))), path.name)

    def test_the_checkpoint_is_one_that_check_takes(self):
        self.listed()
        self.export()
        self.done("note", "1", "Later")
        self.done("check", "--against", self.bundle / "checkpoint")
        self.assertEqual(json.loads((self.bundle / "bundle.json").read_bytes()), {"format": 1, "schema": 2})

    def test_modes_that_were_opened_are_closed_again(self):
        self.listed()
        self.export()
        self.bundle.chmod(0o755)
        (self.bundle / "sealed.jsonl").chmod(0o644)
        self.export()
        self.done("note", "1", "Something changes")
        self.export()
        self.assertEqual(stat.S_IMODE(self.bundle.stat().st_mode), 0o700)
        self.assertEqual(stat.S_IMODE((self.bundle / "sealed.jsonl").stat().st_mode), 0o600)

    def test_a_folder_with_anything_else_is_left_alone(self):
        self.listed()
        self.bundle.mkdir()
        self.export()
        for name, content in (("notes.txt", "mine"), ("documents/mine.txt", "mine"), ("event.jsonl.bak", "")):
            path = self.bundle / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
            before = tree(self.bundle)
            self.assertIn(name, self.fails(5, "export", "--format", "bundle", "--output", "bundle"))
            self.assertEqual(tree(self.bundle), before)
            path.unlink()
        (self.bundle / "checkpoint").unlink()
        self.fails(5, "export", "--format", "bundle", "--output", "bundle")

    def test_the_bundle_of_another_registry_is_left_alone(self):
        self.export()
        before = tree(self.bundle)
        self.done("init", "--registry", "other.db")
        self.assertIn("another registry",
                      self.fails(5, "export", "--format", "bundle", "--output", "bundle", "--registry", "other.db"))
        self.assertEqual(tree(self.bundle), before)

    def test_it_needs_a_folder(self):
        for more in ((), ("--output", "-")):
            self.assertEqual(self.fails(2, "export", "--format", "bundle", *more),
                             "covenant: export: --format bundle needs a folder; add --output DIR\n")
        self.file("file", "")
        self.fails(9, "export", "--format", "bundle", "--output", "file")
        self.fails(9, "export", "--format", "bundle", "--output", "no/folder")
        self.fails(2, "export", "--format", "bundle", "--output", "b", "--country", "BE")
        self.fails(2, "export", "--format", "bundle", "--output", "b", "--as-of", "today")

    def test_a_damaged_registry_makes_no_bundle(self):
        self.listed()
        with contextlib.closing(sqlite3.connect(self.registry)) as connection, connection:
            connection.execute("UPDATE partner SET city = 'Elsewhere'")
        self.assertIn("tables", self.fails(8, "export", "--format", "bundle", "--output", "bundle"))
        self.assertFalse(self.bundle.exists())


class Refused(BundleTest):
    def setUp(self):
        super().setUp()
        self.partner = self.listed(description="What it is")
        self.done("renew", self.partner, "--commitment", self.file("other.pdf", b"%PDF-1.7\nAnother.\n"))
        self.export()

    def test_a_changed_byte_in_any_file(self):
        for name, content in tree(self.bundle).items():
            path = self.bundle / name
            place = len(content) // 2
            for changed in {content[:place] + bytes([content[place] ^ 1]) + content[place + 1:] if content else b"\n",
                            content + b"\n", content[:-1] or b"x"}:
                path.write_bytes(changed)
                self.refuses("bundle/")
            path.write_bytes(content)
        self.restore()

    def test_a_missing_file(self):
        for name, content in tree(self.bundle).items():
            (self.bundle / name).unlink()
            self.assertIn(name, self.refuses("missing"))
            (self.bundle / name).write_bytes(content)
        shutil.move(self.bundle / "documents", self.folder / "moved")
        self.refuses("missing")
        shutil.move(self.folder / "moved", self.bundle / "documents")
        self.restore()

    def test_a_file_more(self):
        for name in ("more.jsonl", "README", ".hidden", "documents/README", f"documents/{'0' * 64}", "folder/file"):
            path = self.bundle / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("x", encoding="utf-8")
            self.refuses("is no file of the bundle")
            path.unlink()
        shutil.rmtree(self.bundle / "folder")
        self.restore()

    def test_a_document_that_belongs_to_nobody_even_if_the_manifest_has_it(self):
        content = b"%PDF-1.7\nForeign.\n"
        name = f"documents/{hashlib.sha256(content).hexdigest()}"
        (self.bundle / name).write_bytes(content)
        names = [line[66:] for line in (self.bundle / MANIFEST).read_text(encoding="utf-8").splitlines()]
        files = [name for name in names if "/" not in name]
        self.manifest(files + sorted([*names[len(files):], name]))
        self.refuses("belongs to no partner")

    def test_what_the_manifest_vouches_for_and_the_history_does_not(self):
        for name, old, new in (
            ("partner.jsonl", b"What it is", b"What it was"),
            ("partner.jsonl", b'"status":"approved"', b'"status":"eligible"'),
            ("event.jsonl", b"tester", b"tested"),
            ("sealed.jsonl", b"desk@example.org", b"disk@example.org"),
            ("sealed.jsonl", b"What it is", b"What it was"),
            ("sealed.jsonl", b'"field":"contact"', b'"field":"texts"'),
            ("commitment.jsonl", b'"kind":"renewal"', b'"kind":"joining"'),
            ("finding.jsonl", b'"pass"', b'"fail"'),
            ("checkpoint", b"\n5\n", b"\n4\n"),
        ):
            content = tree(self.bundle)
            self.change(name, old, new)
            self.sign()
            self.refuses()
            for path, before in content.items():
                (self.bundle / path).write_bytes(before)
        self.restore()

    def test_rows_that_are_missing_come_twice_or_in_no_form(self):
        lines = (self.bundle / "event.jsonl").read_bytes().splitlines(keepends=True)
        for content in (b"".join(lines[:-1]), b"".join(lines + lines[-1:]), b"", b"[]\n", b"{}\n", b"\n",
                        b'{"seq":1}\n', lines[0][:-2] + b',"more":1}\n', lines[0].replace(b'"seq":1', b'"seq":"1"'),
                        lines[0].replace(b'"seq":1', b'"seq":1.0'), lines[0].replace(b'"seq":1', b'"seq":99999999999999999999'),
                        lines[0].replace(b'"seq":1', b'"seq":null'), b"\xff\xfe\n", b"\0" * 100 + b"\n", b"{" * 100000 + b"\n",
                        b"\0" * 20_000_000, lines[0].rstrip(b"\n")):
            (self.bundle / "event.jsonl").write_bytes(content)
            self.sign()
            self.refuses()

    def test_a_message_says_where(self):
        lines = (self.bundle / "event.jsonl").read_bytes().splitlines(keepends=True)
        (self.bundle / "event.jsonl").write_bytes(lines[0] + b"{\n")
        self.assertEqual(self.refuses(),
                         "covenant: bundle/event.jsonl:2: is not a row of the table event\n")

    def test_links_and_other_kinds_of_files(self):
        for name in ("event.jsonl", MANIFEST, "documents"):
            path = self.bundle / name
            shutil.move(path, self.folder / "elsewhere")
            path.symlink_to(self.folder / "elsewhere")
            self.refuses()
            path.unlink()
            os.mkfifo(path)
            self.refuses()
            path.unlink()
            shutil.move(self.folder / "elsewhere", path)
        self.restore()

    def test_paths_that_lead_out(self):
        outside = self.file("secret", "secret")
        manifest = (self.bundle / MANIFEST).read_text(encoding="utf-8")
        digest = hashlib.sha256(outside.read_bytes()).hexdigest()
        for name in ("../secret", str(outside), "documents/../../secret", "documents/../event.jsonl"):
            (self.bundle / MANIFEST).write_text(manifest + f"{digest}  {name}\n", encoding="utf-8")
            self.refuses(f"{MANIFEST}:")
            (self.bundle / MANIFEST).write_text(f"{digest}  {name}\n" + manifest, encoding="utf-8")
            self.refuses()

    def test_claims_that_are_too_large(self):
        huge = self.bundle / "partner.jsonl"
        with huge.open("wb") as file:
            file.truncate(1 << 40)  # a hole
        self.refuses("is too long")
        huge.write_bytes(b"")
        [document, *_] = (self.bundle / "documents").iterdir()
        with document.open("wb") as file:
            file.truncate(26 * 1024 * 1024)
        self.refuses()

    def test_a_later_or_unknown_kind_of_bundle(self):
        self.change("bundle.json", b'"format":1', b'"format":2')
        self.sign()
        self.refuses("is not what this version of the program writes")

    def test_what_is_no_bundle(self):
        shutil.rmtree(self.bundle)
        self.fails(9, "init", "--from", "bundle", "--registry", self.restored)
        self.bundle.mkdir()
        self.refuses("missing")
        shutil.rmtree(self.bundle)
        self.file("bundle", "not a folder")
        self.fails(9, "init", "--from", "bundle", "--registry", self.restored)
        self.fails(2, "init", "--from", "", "--registry", self.restored)

    def test_a_registry_that_exists_is_left_alone(self):
        before = self.registry.read_bytes()
        self.assertIn("already exists", self.fails(5, "init", "--from", "bundle"))
        self.assertEqual(self.registry.read_bytes(), before)

    def test_a_dry_run_reads_all_and_leaves_nothing(self):
        result = self.done("init", "--from", "bundle", "--registry", self.restored, "--dry-run")
        self.assertRegex(result.err, r"\AWould restore the registry ")
        self.assertFalse(self.restored.exists())
        self.change("event.jsonl", b"tester", b"tested")
        self.fails(6, "init", "--from", "bundle", "--registry", self.restored, "--dry-run")


if __name__ == "__main__":
    main()
