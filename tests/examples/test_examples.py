"""Everything in examples/ works as it is, except quick-start, which builds what the tests use."""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "docs"))
import office  # noqa: E402

EXAMPLES = office.ROOT / "examples"


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Examples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_script(self, *command, environment):
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)

    def test_the_applications_are_filed_and_one_is_not_eligible(self):
        office.make_registry(self.folder)
        filed = office.covenant(self.folder, "apply", "--csv", "applications.csv").splitlines()
        self.assertEqual(len(rows(EXAMPLES / "applications.csv")), len(filed))
        office.covenant(self.folder, "verify", "--all", allowed=(3,))
        self.assertEqual("1\n", office.covenant(self.folder, "list", "--status", "ineligible", "--count"))

    def test_the_applications_hold_no_contact_of_a_real_person(self):
        for row in rows(EXAMPLES / "applications.csv"):
            self.assertRegex(row["contact_name"], r"^Contact \d\d$")
            self.assertRegex(row["contact_email"], r"@example\.org$")

    def test_the_form_is_filed_with_every_field(self):
        office.make_registry(self.folder)
        office.covenant(self.folder, "apply", "--form", "application.toml")
        partner = json.loads(office.covenant(self.folder, "show", "1", "--format", "json"))
        form = (EXAMPLES / "application.toml").read_text(encoding="utf-8")
        keys = re.findall(r"^(\w+) =", form, re.M)
        self.assertEqual([], [key for key in keys if partner[key] in (None, [])])

    def test_the_settings_are_read_and_shown_on_the_page(self):
        office.make_office(self.folder)
        page = office.covenant(self.folder, "--config", "covenant.toml", "export", "--format", "html")
        self.assertIn("https://www.example.org/en/legal", page)

    def test_nightly_publishes_in_silence_and_speaks_when_it_fails(self):
        office.make_office(self.folder)
        state = self.folder / "state"
        environment = office.environment(self.folder) | {"COVENANT_STATE": str(state), "COVENANT_BACKUPS": "3"}
        site = self.folder / "site"

        def published():
            return {str(path.relative_to(site)): (path.stat().st_ino, path.read_bytes())
                    for path in site.rglob("*") if path.is_file()}

        done = self.run_script(EXAMPLES / "nightly.sh", site, "en", "lv", environment=environment)
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, done.stderr))
        first = published()
        self.assertLessEqual({"partners.en.html", "partners.lv.html", "partners.csv", "partners.json"}, set(first))
        self.assertNotIn("partners.fr.html", first)

        done = self.run_script(EXAMPLES / "nightly.sh", site, "en", "lv", environment=environment)
        self.assertEqual(first, published())

        checkpoint = (state / "checkpoint").read_bytes()
        today = next((state / "backups").iterdir())
        for day in range(1, 6):
            shutil.copy(today, state / f"backups/registry-2026-01-0{day}.db")
        office.covenant(self.folder, "note", "AP-0001", "A new secretary general")
        done = self.run_script(EXAMPLES / "nightly.sh", site, "en", "lv", environment=environment)
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, done.stderr))
        self.assertNotEqual(checkpoint, (state / "checkpoint").read_bytes())
        kept = [f"registry-2026-01-0{day}.db" for day in (4, 5)] + [today.name]
        self.assertEqual(kept, sorted(path.name for path in (state / "backups").iterdir()))
        office.covenant(self.folder, "check", "--registry", str(today), "--against", str(state / "checkpoint"))

        # A history that does not extend the one of the night before: a restored backup that lacks the last event.
        checkpoint = (state / "checkpoint").read_bytes()
        environment["COVENANT_REGISTRY"] = str(state / "backups/registry-2026-01-05.db")
        done = self.run_script(EXAMPLES / "nightly.sh", site, "en", "lv", environment=environment)
        self.assertEqual((8, ""), (done.returncode, done.stdout))
        self.assertIn("checkpoint", done.stderr)
        self.assertEqual(checkpoint, (state / "checkpoint").read_bytes())
        self.assertEqual(kept, sorted(path.name for path in (state / "backups").iterdir()))

        environment["COVENANT_REGISTRY"] = "missing.db"
        done = self.run_script(EXAMPLES / "nightly.sh", site, "en", environment=environment)
        self.assertEqual(4, done.returncode)
        self.assertIn("missing.db", done.stderr)
        self.assertEqual(first, published())

    def test_the_main_job_ends_with_a_published_list(self):
        environment = office.environment(self.folder)
        for name in ("COVENANT_REGISTRY", "COVENANT_ACTOR"):
            del environment[name]
        published = self.folder / "new" / "office"
        done = self.run_script(EXAMPLES / "main-job", published, environment=environment)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        listed = rows(published / "partners.csv")
        self.assertEqual(len(rows(EXAMPLES / "commitments.csv")) - 1, len(listed))
        for language in ("en", "lv"):
            page = (published / f"partners.{language}.html").read_text(encoding="utf-8")
            self.assertEqual([], [row["id"] for row in listed if f'id="{row["id"]}"' not in page])
            self.assertNotIn("AP-0007", page)
        self.assertIn(str(published), done.stdout)

        readme = (office.ROOT / "README.md").read_text(encoding="utf-8")
        shown = re.search(r"```console\n(.*?)```", readme, re.S).group(1).replace("build/quick-start", str(published))
        printed = (done.stdout + done.stderr).splitlines()
        for line in shown.replace('"', "").splitlines():
            self.assertIn(line, printed)


if __name__ == "__main__":
    unittest.main()
