#!/usr/bin/env python3
"""Measures the program against its peers and prints a table of ratios: bench.py [ROWS …] [--runs N] [--only JOB]

ROWS are 1000 and 100000 unless given; a million takes about an hour. Needs the built program (COVENANT, or the release
build), the sqlite3 shell, and for one peer sqlite-utils. Each job runs alternately with its peers; a figure is the
median over the runs of the CPU seconds, user and system, of the whole process; peak memory is the largest seen. The
files are in a folder that is removed at the end.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parents[1] / "build" / "release"
COVENANT = os.environ.get("COVENANT", str(BUILD / "cli" / "covenant"))
BARE_INSERT = os.environ.get("BARE_INSERT", str(BUILD / "tests" / "bench" / "bare_insert"))
MOST_FOR_A_SITE = 1000
PUBLIC = ("id, name, acronym, categories, level, country, city, website, member_count, description, expertise, practices, "
          "language, partner_since")
PEER_TABLE = """CREATE TABLE partner (reference TEXT, name TEXT, acronym TEXT, categories TEXT, level TEXT,
membership_based TEXT, member_count TEXT, country TEXT, city TEXT, website TEXT, description TEXT, expertise TEXT,
practices TEXT, language TEXT, contact_name TEXT, contact_role TEXT, contact_email TEXT, contact_phone TEXT,
applied_on TEXT); CREATE UNIQUE INDEX by_name ON partner (name); CREATE UNIQUE INDEX by_website ON partner (website);"""


def run(*command, folder):
    """CPU seconds and peak MiB of one process; its output is thrown away."""
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    error = process.stderr.read()
    process.stderr.close()
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command}: {error.decode()}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


class Bench:
    def __init__(self, folder, rows, runs, only):
        self.folder, self.rows, self.runs, self.only = folder, rows, runs, only

    def do(self, *command):
        subprocess.run(command, cwd=self.folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def ours(self, *args):
        return COVENANT, "--registry", "registry.db", *args

    def fresh(self, name):
        for path in self.folder.glob(name + "*"):
            path.unlink()

    def compare(self, job, ours, peers):
        """Each is a function that makes ready and returns the command; prints a line a peer."""
        if self.only and self.only not in job:
            return
        figures = {None: [], **{name: [] for name in peers}}
        peak = 0
        for _ in range(self.runs):
            for name, make in ((None, ours), *peers.items()):
                cpu, memory = run(*make(), folder=self.folder)
                figures[name].append(cpu)
                peak = max(peak, memory) if name is None else peak
        own = statistics.median(figures[None])
        for name in peers:
            peer = statistics.median(figures[name])
            print(f"{self.rows:>8}  {job:<22} {own:>9.3f}  {name:<34} {peer:>9.3f}  {own / peer:>6.2f}  {peak:>6.1f}",
                  flush=True)

    def imports(self):
        def ours():
            self.fresh("import.db")
            self.do(COVENANT, "--registry", "import.db", "init")
            return COVENANT, "--registry", "import.db", "apply", "--csv", "applications.csv"

        def shell():
            self.fresh("peer.db")
            self.do("sqlite3", "peer.db", PEER_TABLE)
            return "sqlite3", "-csv", "peer.db", ".import --skip 1 applications.csv partner"

        def bare():
            self.fresh("bare.db")
            return BARE_INSERT, "applications.csv", "bare.db"

        def utils():
            self.fresh("utils.db")
            return "sqlite-utils", "insert", "utils.db", "partner", "applications.csv", "--csv"

        def script():
            self.fresh("script.db")
            return sys.executable, str(HERE / "import_script.py"), "applications.csv", "script.db"

        peers = {"sqlite3 .import, two unique indexes": shell, "bare inserts, no index, no rule": bare,
                 "Python script, same rules, hashes": script}
        if shutil.which("sqlite-utils") and self.rows <= 100_000:
            peers["sqlite-utils insert"] = utils
        self.compare("apply --csv", ours, peers)
        self.compare("check", lambda: (COVENANT, "--registry", "import.db", "check"), {"apply --csv of the same": ours})

    def prepare(self):
        """A registry of approved partners, and a peer of the same data with the right indexes."""
        self.fresh("registry.db")
        self.do(*self.ours("init"))
        self.do(*self.ours("apply", "--csv", "applications.csv"))
        self.do(*self.ours("verify", "--all"))
        with open(self.folder / "approvals.csv", "w", encoding="utf-8") as file:
            file.write("partner,no_commitment,received_on\n")
            for number in range(1, self.rows + 1):
                file.write(f"AP-{number:04},joined on paper,20{12 + number % 12}-{1 + number % 9:02}-{1 + number % 28:02}\n")
        self.do(*self.ours("approve", "--csv", "approvals.csv"))
        self.fresh("peer.db")
        self.do("sqlite3", "peer.db", f"""ATTACH 'registry.db' AS r; CREATE TABLE partner AS SELECT {PUBLIC}, status, sort_key
            FROM r.partner; CREATE UNIQUE INDEX by_id ON partner (id); CREATE INDEX by_country ON partner (country);
            CREATE UNIQUE INDEX by_sort_key ON partner (sort_key, id);""")

    def reads(self):
        def shell(mode, sql):
            return {f"sqlite3 {mode}": lambda: ("sqlite3", mode, "peer.db", sql)}

        self.compare("export csv", lambda: self.ours("export", "--format", "csv"),
                     shell("-csv", f"SELECT {PUBLIC} FROM partner ORDER BY id"))
        self.compare("export json", lambda: self.ours("export", "--format", "json"),
                     shell("-json", f"SELECT {PUBLIC} FROM partner ORDER BY id"))
        self.compare("export html --fragment", lambda: self.ours("export", "--format", "html", "--fragment"),
                     shell("-html", f"SELECT {PUBLIC} FROM partner ORDER BY sort_key"))
        self.compare("list --country LV", lambda: self.ours("list", "--country", "LV", "--format", "csv"),
                     shell("-csv", "SELECT id, name, categories, country, status FROM partner WHERE country = 'LV' "
                                   "ORDER BY sort_key"))
        self.compare("show REF", lambda: self.ours("show", f"AP-{self.rows // 2:04}"),
                     shell("-line", f"SELECT * FROM partner WHERE id = {self.rows // 2}"))
        word = f"{self.rows // 2:x}"
        either = " OR ".join(f"{text} LIKE '%{word}%'" for text in
                             ("name", "acronym", "city", "website", "description", "expertise", "practices"))
        self.compare("list --search TEXT", lambda: self.ours("list", "--search", word, "--format", "csv"),
                     shell("-csv", "SELECT id, name, categories, country, status FROM partner "
                                   f"WHERE {either} ORDER BY sort_key"))
        self.compare("list --as-of DAY", lambda: self.ours("list", "--as-of", "2020-06-30", "--format", "csv"),
                     {"list of the same": lambda: self.ours("list", "--status", "approved", "--format", "csv")})
        self.compare("history of all", lambda: self.ours("history", "--format", "jsonl"),
                     shell("-csv", "ATTACH 'registry.db' AS r; SELECT seq, body FROM r.event ORDER BY seq"))
        self.compare("list --limit 1", lambda: self.ours("list", "--limit", "1"),
                     shell("-csv", "SELECT id, name, categories, country, status FROM partner LIMIT 1"))
        self.compare("export atom", lambda: self.ours("export", "--format", "atom"),
                     shell("-csv", "SELECT id, name, partner_since FROM partner WHERE partner_since >= '2023-01-01'"))

    def sites(self):
        """The whole website in every language: again without a change, and after a change of one partner."""
        number = iter(range(10**9))

        def site(folder):
            return self.ours("export", "--format", "site", "--output", folder)

        def first():
            shutil.rmtree(self.folder / "first", ignore_errors=True)
            return site("first")

        def changed():
            self.do(*self.ours("update", "AP-0002", "--city", f"City {next(number)}"))
            return site("site")

        self.do(*site("site"))
        self.compare("site, nothing changed", lambda: site("site"), {"first run of the same site": first})
        self.compare("site, one changed", changed, {"first run of the same site": first})

    def writes(self):
        number = iter(range(10**9))

        def apply():
            name = f"Single application {self.rows} {next(number)}"
            return self.ours("apply", "--name", name, "--category", "industrial", "--level", "european", "--country", "BE",
                             "--contact-name", "Contact Desk", "--contact-email", "desk@example.org")

        def insert():
            return ("sqlite3", "peer.db", "PRAGMA synchronous = FULL; INSERT INTO partner (id, name, country) VALUES "
                    f"({10**9 + next(number)}, 'Single application', 'BE')")

        self.compare("apply of one", apply, {"sqlite3 INSERT": insert})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=[1000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", metavar="JOB", help="only jobs with that in their name")
    options = parser.parse_args()
    os.environ["COVENANT_ACTOR"] = "bench"
    print(f"{'rows':>8}  {'job':<22} {'CPU s':>9}  {'peer':<34} {'CPU s':>9}  {'ratio':>6}  {'MiB':>6}", flush=True)
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with open(folder / "applications.csv", "wb") as file:
                subprocess.run([sys.executable, HERE / "generate.py", str(rows)], stdout=file, check=True)
            bench = Bench(folder, rows, options.runs, options.only)
            bench.imports()
            bench.prepare()
            bench.reads()
            bench.writes()
            if rows <= MOST_FOR_A_SITE:
                bench.sites()


if __name__ == "__main__":
    main()
