"""The program is killed before each call by which it changes a file, and at random moments: each command's work is
there whole or not at all, `check` finds nothing, and the command can be given again."""

import random
import signal
import subprocess
import time
import unittest

from scenes import EXTENT, FAULTS, SCENES, SceneTest
from support import BINARY, csv_text, form

MOST_KILLS_A_COMMAND = 30
RANDOM_KILLS = 60
RANDOM_KILLS_A_COMMAND = 8
SEED = 20080129


class Moments:
    """Random moments of a command that takes so many seconds, or fewer: when it ends before it is killed, the next
    moments are earlier. How many kills are in time is for the machine to say, and nothing fails by it."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.chance = random.Random(SEED)

    def kill(self, test, *args):
        """Runs the command and kills it at such a moment; whether it was in time."""
        process = subprocess.Popen([BINARY, *args], env=test.env, cwd=test.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(self.chance.uniform(0, self.seconds))
        process.kill()
        in_time = process.wait() == -signal.SIGKILL
        if not in_time:
            self.seconds *= 0.9
        return in_time


class Kill(SceneTest):
    kills = 0

    @classmethod
    def tearDownClass(cls):
        print(f"{cls.kills} kills survived")
        super().tearDownClass()

    def kill_everywhere(self, scene):
        steps = self.count_steps(scene)
        after = self.state()
        self.restart(scene)
        before = self.state()
        self.assertNotEqual(before, after, "the command does nothing")
        every = 1 if EXTENT == "whole" else max(1, steps // MOST_KILLS_A_COMMAND)
        places = sorted(set(range(1, steps + 1, every)) | set(range(max(1, steps - 5), steps + 1)))
        seen = []
        for place in places:
            self.restart(scene)
            self.assertEqual(self.faulty(scene, "kill", place).code, -signal.SIGKILL, f"{scene} at {place}")
            Kill.kills += 1
            state = self.state()
            self.assertIn(state, (before, after), f"{scene} at {place} of {steps}")
            seen.append(state == after)
            if state != after:
                self.repeat(scene, after)
        self.assertEqual(seen, sorted(seen), f"{scene}: done, then not done")
        self.assertFalse(seen[0], f"{scene}: done before anything was written")

    def test_random_moments(self):
        """Kills by the clock, in a batch long enough to be hit anywhere."""
        rows = [form(f"Newcomer {number}", description="d" * 300) for number in range(3000)]
        (self.base / "large.csv").write_text(csv_text(rows), encoding="utf-8")
        self.restart("batch")
        before = self.contents(self.registry)
        started = time.monotonic()
        self.done("apply", "--csv", "large.csv")
        length = time.monotonic() - started
        after = self.contents(self.registry)
        moments = Moments(length)
        for _ in range(RANDOM_KILLS):
            self.restart("batch")
            Kill.kills += moments.kill(self, "apply", "--csv", "large.csv")
            self.assertIn(self.contents(self.registry), (before, after))


    def test_where_every_file_has_a_name(self):
        """Some file systems have no files without one."""
        self.env["FAULT_NAMED"] = "1"
        for scene in ("export csv", "export html", "apply, amend and reject"):
            self.kill_everywhere(scene)


class Created(SceneTest):
    def test_no_command_puts_anything_outside_the_folder(self):
        """What SQLite keeps for a moment would contain personal data, and nobody would overwrite it."""
        log = self.base.with_suffix(".created")
        rows = [form(f"Newcomer {number}", description="d" * 3000) for number in range(2000)]
        (self.base / "many.csv").write_text(csv_text(rows), encoding="utf-8")
        self.restart("batch")
        self.done("apply", "--csv", "many.csv", env={"LD_PRELOAD": FAULTS, "FAULT_CREATED": str(log)})
        for args in (SCENES["erase"], ("list", "--as-of", "2026-01-01"), ("list", "--sort", "contact_email"),
                     SCENES["backup"], ("check",)):
            self.covenant(*args, env={"LD_PRELOAD": FAULTS, "FAULT_CREATED": str(log)})
        created = log.read_text(encoding="utf-8").splitlines()
        log.unlink()
        self.assertGreater(len(created), 3)
        outside = {path for path in created if path.startswith("/") and not path.startswith(str(self.folder))}
        self.assertEqual(outside - {"/dev/null"}, set())


class AtRandom(SceneTest):
    def test_every_command_survives_kills_at_random_moments(self):
        """From before it begins to after it has ended; the moments follow from how long the command itself takes."""
        for scene, args in SCENES.items():
            self.restart(scene)
            before = self.state()
            started = time.monotonic()
            self.covenant(*args)
            length = time.monotonic() - started
            after = self.state()
            moments = Moments(length)
            for _ in range(RANDOM_KILLS_A_COMMAND):
                self.restart(scene)
                Kill.kills += moments.kill(self, *args)
                state = self.state()
                self.assertIn(state, (before, after), f"{scene}, seed {SEED}")
                if state != after:
                    self.repeat(scene, after)


def add(scene):
    name = "test_" + "".join(c if c.isalnum() else "_" for c in scene)
    setattr(Kill, name, lambda self: self.kill_everywhere(scene))


for known in SCENES:
    add(known)

if __name__ == "__main__":
    unittest.main()
