"""Every changing command, the registry that it works on, and how to see what it has done."""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from authority import Authority
from support import COMMITMENT, SCAN, CovenantTest, csv_text, form, options

FAULTS = os.environ["FAULTS"]
EXTENT = os.environ.get("CRASH")  # at how many places a command is tried: "whole" for every one
COMMITMENT_FILE = "commitment.pdf"
SCAN_FILE = "scan.png"
ROWS = 40

# Command: its arguments. All work on the same registry but `init`.
SCENES = {
    "init": ("init",),
    "init from a bundle": ("init", "--from", "bundle"),
    "apply": ("apply", *options(form("Newcomer"))),
    "apply a form": ("apply", "--form", "form.toml"),
    "apply a spreadsheet": ("apply", "--csv", "new.csv"),
    "apply, amend and reject": ("apply", "--csv", "mixed.csv", "--update", "--rejects", "rejects.csv"),
    "update": ("update", "AP-0001", "--name", "Renamed", "--contact-email", "other@example.org"),
    "update by a form": ("update", "AP-0002", "--form", "form.toml"),
    "update by a spreadsheet": ("update", "--csv", "amended.csv"),
    "policy": ("policy", "four-eyes", "on"),
    "verify": ("verify", "AP-0001", "--source", "its statutes"),
    "verify all": ("verify", "--all"),
    "verify a spreadsheet": ("verify", "--csv", "findings.csv"),
    "approve": ("approve", "AP-0011", "--commitment", COMMITMENT_FILE, "--signed-by", "Contact Desk"),
    "approve a signed file": ("approve", "AP-0014", "--commitment", "statement.p7s", "--signed-file", "statement.txt"),
    "approve a spreadsheet": ("approve", "--csv", "approvals.csv"),
    "renew": ("renew", "AP-0016", "--commitment", SCAN_FILE, "--note", "By e-mail"),
    "correct": ("correct", "AP-0016", "--received-on", "today", "--commitment", "right.png", "--because", "Wrong file"),
    "undo": ("undo", "--last"),
    "letter": ("letter", "AP-0016", "--kind", "renewal", "--output", "letter.eml", "--config", "office.toml"),
    "record a letter": ("letter", "AP-0011", "--kind", "statement", "--record"),
    "note": ("note", "AP-0016", "New secretary general"),
    "renew by a spreadsheet": ("renew", "--csv", "renewals.csv"),
    "add a document": ("evidence", "AP-0016", "--add", "new.csv", "--note", "Once more"),
    "erase a document": ("evidence", "AP-0018", "--erase", "2", "--because", "Not needed"),
    "revoke": ("revoke", "AP-0016", "--reason", "merged", "--successor", "AP-0017"),
    "revoke by a spreadsheet": ("revoke", "--csv", "endings.csv"),
    "withdraw": ("withdraw", "AP-0016"),
    "withdraw by a spreadsheet": ("withdraw", "--csv", "leavings.csv"),
    "erase": ("erase", "AP-0012", "--contact"),
    "erase a person": ("erase", "--person", "Contact Desk", "--everywhere"),
    "backup": ("backup", "copy.db"),
    "backup over another": ("backup", "old.db"),
    "export html": ("export", "--format", "html", "--output", "partners.html"),
    "export csv": ("export", "--format", "csv", "--output", "partners.csv"),
    "export a bundle": ("export", "--format", "bundle", "--output", "bundle"),
    "export a site": ("export", "--format", "site", "--output", "site", "--lang", "en", "--lang", "lv"),
}


def some(places, most, chance):
    """So many of a range of places, or as many as is asked for; in order."""
    most = len(places) if EXTENT == "whole" else int(EXTENT or most)
    return sorted(chance.sample(places, min(most, len(places))))


class SceneTest(CovenantTest):
    """A registry with partners of every kind, copied for each run; `before` and `after` show what a command did."""

    with_registry = False
    base = None
    known = {}  # contents, by the bytes of the files

    @classmethod
    def setUpClass(cls):
        cls.base = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.base)

    def setUp(self):
        super().setUp()
        if not (self.base / "registry.db").exists():
            self.prepare()

    def prepare(self):
        """AP-0001 to 0010 applied, to 0015 eligible, to 0020 approved; published; two backups."""
        rows = [form(f"Partner {number}") for number in range(20)]
        (self.folder / "first.csv").write_text(csv_text(rows[10:]), encoding="utf-8")
        (self.folder / "later.csv").write_text(csv_text(rows[:10]), encoding="utf-8")
        new = [form(f"Newcomer {number}", description="d" * 500) for number in range(ROWS)]
        (self.folder / "new.csv").write_text(csv_text(new), encoding="utf-8")
        mixed = new[:5] + [rows[2] | {"city": "Brussels"}, rows[3] | {"country": "ZZ"}]
        columns = list(new[0]) + ["city"]
        (self.folder / "mixed.csv").write_text(csv_text(mixed, columns), encoding="utf-8")
        (self.folder / "approvals.csv").write_text(csv_text(
            [{"partner": f"AP-{number:04}", "commitment": SCAN_FILE} for number in range(11, 14)]), encoding="utf-8")
        for name, row in (("findings.csv", {"source": "its statutes"}), ("renewals.csv", {"note": "By e-mail"}),
                          ("endings.csv", {"reason": "inactive"}), ("leavings.csv", {"note": "By letter"})):
            (self.folder / name).write_text(csv_text(
                [{"partner": f"AP-{number:04}"} | row for number in range(16, 19)]), encoding="utf-8")
        amended = [{"id": f"AP-{number:04}", "city": "Brussels"} for number in range(1, 9)]
        (self.folder / "amended.csv").write_text(csv_text(amended), encoding="utf-8")
        (self.folder / COMMITMENT_FILE).write_bytes(COMMITMENT)
        (self.folder / SCAN_FILE).write_bytes(SCAN)
        (self.folder / "right.png").write_bytes(SCAN + b"right")
        statement = b"We join.\n"
        (self.folder / "statement.txt").write_bytes(statement)
        with tempfile.TemporaryDirectory() as folder:
            authority = Authority(folder)
            (self.folder / "statement.p7s").write_bytes(authority.sign(statement, authority.person()))
        lines = [f'{name} = "{value}"\n' for name, value in form("Newcomer by form").items()]
        (self.folder / "form.toml").write_text("".join(lines), encoding="utf-8")
        (self.folder / "office.toml").write_text('office = {email = "office@example.org"}\n', encoding="utf-8")
        self.done("init")
        self.done("apply", "--csv", "later.csv")
        self.done("apply", "--csv", "first.csv")
        for number in range(11, 21):
            self.done("verify", f"AP-{number:04}")
        for number in range(16, 20):
            self.done("approve", f"AP-{number:04}", "--commitment", SCAN_FILE)
        self.done("evidence", "AP-0018", "--add", "right.png")
        self.done("backup", "old.db")
        for name, format in (("partners.html", "html"), ("partners.csv", "csv"), ("site", "site")):
            self.done("export", "--format", format, "--output", name, *(("--lang", "en") if format == "site" else ()))
        self.done("export", "--format", "bundle", "--output", "bundle")
        self.done("approve", "AP-0020", "--commitment", SCAN_FILE)
        self.keep(self.folder, self.base)

    @staticmethod
    def keep(source, target):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, symlinks=True)

    def restart(self, scene):
        """The folder as it was before the command."""
        self.keep(self.base, self.folder)
        if scene.startswith("init"):
            for path in self.folder.glob("registry.db*"):
                path.unlink()

    def faulty(self, scene, fault=None, at=0, **env):
        given = {"LD_PRELOAD": FAULTS, "FAULT_AT": str(at)} | ({"FAULT": fault} if fault else {}) | env
        return self.covenant(*SCENES[scene], env=given)

    def count_steps(self, scene, kind="changes"):
        """How many calls of that kind the command makes; leaves the folder as the command leaves it."""
        self.restart(scene)
        result = self.faulty(scene, FAULT_LOG=str(self.base.with_suffix(".steps")), FAULT_OF=kind)
        self.assertIn(result.code, self.good_codes(scene), result.err)
        return self.steps()[0]

    def steps(self):
        """How many calls were counted, and which of them failed first."""
        path = self.base.with_suffix(".steps")
        count, failed = path.read_text(encoding="utf-8").split()
        path.unlink()
        return int(count), failed

    @staticmethod
    def good_codes(scene):
        return (0, 6) if scene == "apply, amend and reject" else (0,)

    def contents(self, registry):
        """What a registry says, but for times, salts and the ids of runs."""
        if not registry.exists():
            return None
        beside = [registry.with_name(registry.name + suffix) for suffix in ("-wal", "-journal")]
        parts = [path.read_bytes() if path.exists() else b"" for path in (registry, *beside)]
        key = hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest()
        if key not in self.known:
            self.known[key] = self.read_contents(registry)
        return self.known[key]

    def read_contents(self, registry):
        where = ("--registry", registry)
        listed = self.done("list", "--format", "jsonl", *where).out
        actions = [(event["action"], event.get("partner")) for event in self.events(where)]
        self.done("check", *where)
        return listed, actions

    def events(self, where):
        return [json.loads(line) for line in self.done("history", "--format", "jsonl", *where).out.splitlines()]

    def state(self):
        """Everything that the commands above change, without what an interrupted one may leave beside it."""
        files = {name: (self.folder / name).read_bytes() for name in ("partners.html", "partners.csv")
                 if (self.folder / name).exists()}
        site = {str(path.relative_to(self.folder)): path.read_bytes() for path in
                sorted([*self.folder.glob("site/**/*"), *self.folder.glob("bundle/**/*")]) if path.is_file()}
        return (self.contents(self.registry), self.contents(self.folder / "old.db"),
                self.contents(self.folder / "copy.db"), files, site)

    def repeat(self, scene, after):
        """A command that did nothing can be given again, and the end is the same."""
        result = self.covenant(*SCENES[scene])
        self.assertIn(result.code, self.good_codes(scene), f"{scene}: {result.err}")
        self.assertTrue(self.state() == after, f"{scene}: given again, it does something else")
        self.assertEqual(self.leftovers(), [], scene)

    def leftovers(self):
        return [name for name in os.listdir(self.folder) if ".covenant-" in name]
