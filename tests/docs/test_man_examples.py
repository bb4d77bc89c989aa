"""Every EXAMPLES block of a manual page does what it shows."""

import datetime
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import office
import pages

MARK = "---- step ----"
# The day that the pages use for today.
DAY_OF_THE_PAGES = "2026-11-23"


def today():
    return datetime.datetime.now(datetime.timezone.utc).date().isoformat()


STARTED_ON = today()  # midnight may pass
# What is in the folder before the first command; other pages begin in an office at work.
BEGINNINGS = {
    "covenant.1": office.copy_examples,
    "covenant-init.1": office.copy_examples,
    "covenant-apply.1": office.make_registry,
    "covenant-tutorial.7": office.copy_examples,
}
# Pages whose blocks are one story, in one folder.
STORIES = {"covenant-tutorial.7"}


def run_steps(steps, folder):
    """Runs the commands in one shell and returns what each printed, standard error after standard output or as it came."""
    script = "".join(f"{step.command}\nlast=$?\necho '{MARK}'\n(exit $last)\n" for step in steps)
    done = subprocess.run(["bash"], input=script, cwd=folder, env=office.environment(folder), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    shown = done.stdout.replace("\r\n", "\n")
    for day in (STARTED_ON, today()):
        shown = shown.replace(day, DAY_OF_THE_PAGES)
    return [part.splitlines() for part in shown.split(MARK + "\n")[: len(steps)]]


def rewrite(page, accepted):
    """Puts what was printed into the page."""
    path = pages.MAN / page
    before, heading, rest = path.read_text(encoding="utf-8").partition(".Sh EXAMPLES\n")
    for block, steps in accepted:
        lines = [line for step in steps for line in ("$ " + step.command).split("\n") + step.output]
        old = "".join(pages.roff(line) + "\n" for line in block)
        assert old in rest, f"{page}: an example is not written as this test would write it:\n{old}"
        rest = rest.replace(old, "".join(pages.roff(line) + "\n" for line in lines), 1)
    path.write_text(before + heading + rest, encoding="utf-8")


class ManExamples(unittest.TestCase):
    maxDiff = None

    def check(self, page):
        blocks = [block for block in pages.blocks((pages.MAN / page).read_text(encoding="utf-8"))
                  if block[0].startswith("$ ")]
        self.assertTrue(blocks, f"{page} has no examples")
        accepted = []
        stories = [blocks] if page in STORIES else [[block] for block in blocks]
        for story in stories:
            all_steps = [pages.steps(block) for block in story]
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                BEGINNINGS.get(page, office.make_office)(folder)
                outputs = iter(run_steps([step for steps in all_steps for step in steps], folder))
            self.compare(page, zip(story, all_steps), outputs, accepted)
        if accepted:
            rewrite(page, accepted)

    def compare(self, page, blocks, outputs, accepted):
        """Compares what was printed with the blocks, or keeps it for the page."""
        for block, steps in blocks:
            printed = [next(outputs) for _ in steps]
            if os.environ.get("ACCEPT"):
                for step, output in zip(steps, printed, strict=True):
                    step.output = output
                accepted.append((block, steps))
                continue
            for step, output in zip(steps, printed, strict=True):
                self.assertEqual(step.output, output, f"{page}: $ {step.command}")

    def test_settings_that_are_shown_are_read(self):
        block, = pages.blocks((pages.MAN / "covenant.toml.5").read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            office.make_registry(folder)
            (folder / "shown.toml").write_text("\n".join(block), encoding="utf-8")
            self.assertEqual("0\n", office.covenant(folder, "--config", "shown.toml", "list", "--count"))


def add_test(page):
    setattr(ManExamples, f"test_{page}", lambda self: self.check(page))


for each in pages.PAGES:
    if each != "covenant.toml.5":
        add_test(each)

if __name__ == "__main__":
    unittest.main()
