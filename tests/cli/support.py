"""What every command-line test uses: a fresh folder, a scrubbed environment, the binary, and partners in it.

The binary is named by the environment variable COVENANT.
"""

import contextlib
import datetime
import json
import os
import re
import sqlite3
import subprocess
import tempfile
import unicodedata
import unittest
from dataclasses import dataclass
from pathlib import Path

from signed_pdf import document

BINARY = os.environ["COVENANT"]
KEPT_ENVIRONMENT = {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}

STATUSES = ("applied", "eligible", "ineligible", "approved", "revoked", "withdrawn")
CATEGORIES = ("financial", "industrial", "civil-society", "other")
FIELDS = (
    "reference", "name", "acronym", "categories", "level", "membership_based", "member_count", "country", "city",
    "website", "description", "expertise", "practices", "language", "contact_name", "contact_role", "contact_email",
    "contact_phone", "applied_on",
)
REQUIRED = ("name", "categories", "level", "country", "contact_name", "contact_email")
COMMITMENT = document(b"The signed commitment.")
SCAN = b"\x89PNG\r\n\x1a\nThe signed commitment."  # which no process of its own has to read


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out)


def today():
    return datetime.datetime.now(datetime.timezone.utc).date()


def day(offset):
    """The date that many days from today, as text; keep clear of 0 and 1, since midnight may pass."""
    return (today() + datetime.timedelta(days=offset)).isoformat()


def form(name="Example Association", **fields):
    """The fields of an application that passes every criterion and is like no other of another name."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or f"x{name.encode().hex():.40}"
    return {
        "name": name, "categories": "industrial", "level": "european", "country": "BE", "membership_based": "yes",
        "website": f"https://{slug}.example.org/", "contact_name": "Contact Desk",
        "contact_email": "desk@example.org",
    } | fields


def full_form(**fields):
    """An application with every field, none of them at its default."""
    return form(
        "Fédération d’Énergie", reference="COM/2026-17", acronym="FÉÉ", categories="civil-society;other",
        level="international", membership_based="yes", member_count="1250", country="FR", city="Lyon",
        website="https://federation.example.org/fr?page=1#top", description="Line one,\n\"line\" two; <b>three</b>",
        expertise="Audits of buildings", language="fr", contact_name="Contact Desk", contact_role="Secretariat",
        contact_email="contact+covenant@example.org", contact_phone="+33 1 (55) 50-01.00", applied_on="2024-02-29",
        practices="Heat map <https://federation.example.org/heat>\nEvening school",
    ) | fields


def options(fields):
    """The options of `apply` and `update` for these fields."""
    given = []
    for field, value in fields.items():
        if field == "categories":
            given += [text for code in value.split(";") for text in ("--category", code)]
        elif field == "practices":
            given += [text for line in value.split("\n") for text in ("--practice", line)]
        else:
            given.append(f"--{field.replace('_', '-')}={value}")
    return given


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"' if re.search('[",;\t\r\n]', cell) or cell != cell.strip() else cell


def csv_text(rows, columns=None, delimiter=",", end="\n"):
    """A CSV of dictionaries; the columns are those of the first row unless given."""
    columns = list(columns or rows[0])
    lines = [columns] + [[row.get(column, "") for column in columns] for row in rows]
    return "".join(delimiter.join(map(quoted, line)) + end for line in lines)


def in_json(fields):
    """The members that `list --format json` has for these fields of a form."""
    members = dict.fromkeys(FIELDS) | {"language": "en"} | {name: value or None for name, value in fields.items()}
    members["categories"] = fields["categories"].split(";")
    practices = (re.fullmatch(r"(.*?)(?: <(.*)>)?", line) for line in (fields.get("practices") or "").splitlines())
    members["practices"] = [{"title": practice[1], "url": practice[2]} for practice in practices]
    if members["member_count"]:
        members["member_count"] = int(members["member_count"])
    return members


class CovenantTest(unittest.TestCase):
    """A test with a folder of its own and, unless the class says otherwise, an empty registry in it."""

    maxDiff = None
    with_registry = True

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.registry = self.folder / "registry.db"
        self.env = KEPT_ENVIRONMENT | {
            "PATH": "/usr/bin:/bin", "HOME": folder.name, "LC_ALL": "C",
            "COVENANT_REGISTRY": str(self.registry), "COVENANT_ACTOR": "tester",
        }
        if self.with_registry:
            self.done("init")

    def covenant(self, *args, stdin=b"", env=None, stdout=subprocess.PIPE):
        """Runs the binary in the test's folder; `env` is added to the environment, a value None is taken away."""
        given = {name: value for name, value in (self.env | (env or {})).items() if value is not None}
        stdin = stdin.encode() if isinstance(stdin, str) else stdin
        ran = subprocess.run([BINARY, *map(os.fsencode, map(os.fspath, args))], input=stdin, env=given,
                             cwd=self.folder, stdout=stdout, stderr=subprocess.PIPE, timeout=120, check=False)
        return Result(ran.returncode, (ran.stdout or b"").decode("utf-8", "surrogateescape"),
                      ran.stderr.decode("utf-8", "surrogateescape"))

    def exits(self, code, *args, **how):
        result = self.covenant(*args, **how)
        self.assertEqual(result.code, code, f"{args}\n{result.out}{result.err}")
        return result

    def done(self, *args, **how):
        return self.exits(0, *args, **how)

    def fails(self, code, *args, **how):
        """Expects that exit code, nothing on standard output and one error line; returns the line."""
        result = self.exits(code, *args, **how)
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, r"\Acovenant: [^\n]+\n\Z")
        return result.err

    def refuses_settings(self, *args, **how):
        """Expects exit 2 and one error line about the settings, below it perhaps the line in question with a caret;
        returns the error line."""
        result = self.exits(2, *args, **how)
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, r"\Acovenant: [^\n]+\n(?:  [^\n]*\n  +\^\n)?\Z")
        return result.err.partition("\n")[0] + "\n"

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)
        return path

    def csv(self, rows, name="in.csv", **how):
        return self.file(name, csv_text(rows, **how))

    def apply(self, name="Example Association", **fields):
        """Files an application like no other and returns the partner's id."""
        return self.done("apply", *options(form(name, **fields))).out.split("\t")[0]

    def commitment(self):
        return self.file("commitment.pdf", COMMITMENT)

    def approve(self, partner, *more):
        self.done("approve", partner, "--commitment", self.commitment(), *more)

    def listed(self, name="Listed Association", received_on="2024-05-06", **fields):
        """Files, verifies and approves; returns the id."""
        partner = self.apply(name, **({"applied_on": received_on} | fields))
        self.done("verify", partner)
        self.approve(partner, "--received-on", received_on)
        return partner

    def partner_that_is(self, status, name=None):
        """A partner brought to that status by the commands; returns the id."""
        name = name or f"{status.title()} Association"
        if status == "ineligible":
            partner = self.apply(name, level="national")
            self.exits(3, "verify", partner)
        elif status in ("approved", "revoked"):
            partner = self.listed(name)
        else:
            partner = self.apply(name)
        if status == "eligible":
            self.done("verify", partner)
        if status == "revoked":
            self.done("revoke", partner, "--reason", "inactive")
        if status == "withdrawn":
            self.done("withdraw", partner)
        self.assertEqual(self.status(partner), status)
        return partner

    def show(self, partner):
        return self.done("show", partner, "--format", "json").json()

    def status(self, partner):
        return self.show(partner)["status"]

    def partners(self, *filters):
        return self.done("list", "--format", "json", *filters).json()

    def names(self, *filters):
        return [partner["name"] for partner in self.partners(*filters)]

    def history(self):
        return self.done("history", "--format", "jsonl").out

    def events(self):
        return [json.loads(line) for line in self.history().split("\n")[:-1]]

    def sql(self, statement, *values, registry=None):
        """Reads or changes the registry, or another, behind the program's back."""
        with contextlib.closing(sqlite3.connect(registry or self.registry)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    @contextlib.contextmanager
    def writes_nothing(self):
        def content():
            return self.sql("SELECT seq, body FROM event"), self.sql("SELECT * FROM partner")

        before = content()
        yield
        self.assertEqual(content(), before)

    @contextlib.contextmanager
    def dated_today(self, dates):
        """Runs the block, then expects `dates()` to be today's, whatever midnight did."""
        before = today().isoformat()
        yield
        for date in dates():
            self.assertIn(date, {before, today().isoformat()})

    def report(self, *args, code=0, **how):
        """Runs with `--format json` and returns the report, whose members must be those of the manual, in their order."""
        report = self.exits(code, *args, "--format", "json", **how).json()
        self.assertEqual(list(report), ["read", "applied", "updated", "unchanged", "rejected", "blank", "errors", "notes",
                                        "partners"])
        self.assertEqual(report["read"], sum(report[part] for part in ("applied", "updated", "unchanged", "rejected")))
        for diagnostic in report["errors"] + report["notes"]:
            self.assertEqual(list(diagnostic), ["line", "column", "code", "value", "message"])
        for partner in report["partners"]:
            self.assertEqual([name for name in partner if name != "failed"], ["id", "status", "was"])
        return report


def width(text):
    """Columns of a terminal, as far as the texts of these tests go."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def reader_of(program):
    """The process that the program started to read a document, once it is more than a copy of the program: stopped
    before, it would stop the program as well. Nothing when the program has ended."""
    while program.poll() is None:
        children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text(encoding="ascii").split()
        with contextlib.suppress(OSError):
            if children and b"__read" in Path(f"/proc/{children[0]}/cmdline").read_bytes():
                return int(children[0])
    return None


def counts(report):
    """The numbers of a report that are not 0."""
    return {name: number for name, number in report.items() if isinstance(number, int) and number}


def main():
    unittest.main(verbosity=2)
