"""The disk fails under the program: it says so with exit 9 or does not need what failed, and nothing is lost."""

import errno
import os
import shutil
import subprocess
import unittest

from scenes import SCENES, SceneTest
from support import BINARY

MOST_FAULTS_A_COMMAND = 12
LAST_STEPS = 20
FAULTS = {"disk full": f"ever:{errno.ENOSPC}", "input/output error": f"once:{errno.EIO}"}


class Faults(SceneTest):
    def fail_everywhere(self, scene):
        steps = self.count_steps(scene)
        after = self.state()
        self.restart(scene)
        before = self.state()
        refused = 0
        for fault, order in FAULTS.items():
            for place in range(1, steps + 1, max(1, steps // MOST_FAULTS_A_COMMAND)):
                self.restart(scene)
                result = self.faulty(scene, order, place)
                where = f"{scene}: {fault} at {place} of {steps}: {result.err}"
                state = self.state()
                self.assertIn(state, (before, after), where)
                if result.code == 9:
                    refused += 1
                    self.assertRegex(result.err, "(?m)^covenant: .+$", where)
                else:
                    self.assertIn(result.code, (0, 6) if scene == "apply, amend and reject" else (0,), where)
                    self.assertEqual(state, after, where)
                if state != after:
                    self.repeat(scene, after)
        self.assertGreater(refused, 0, f"{scene}: no fault was reported")


class Making(SceneTest):
    def test_a_registry_that_was_made_has_its_first_event_whatever_failed(self):
        steps = self.count_steps("init")
        for order in (f"once:{errno.EIO}", f"ever:{errno.EIO}"):
            for place in range(max(1, steps - LAST_STEPS), steps + 1):
                self.restart("init")
                result = self.faulty("init", order, place)
                if self.registry.exists():
                    self.assertEqual(self.contents(self.registry), ("", [("init", None)]), f"{order} at {place}")
                else:
                    self.assertEqual(result.code, 9, f"{order} at {place}")


def add(scene):
    name = "test_" + "".join(c if c.isalnum() else "_" for c in scene)
    setattr(Faults, name, lambda self: self.fail_everywhere(scene))


for known in SCENES:
    add(known)


class Places(SceneTest):
    """Files and folders that cannot be used."""

    def refused(self, *args, code=9, **how):
        result = self.exits(code, *args, **how)
        self.assertRegex(result.err, "(?m)^covenant: .+$")

    def test_a_folder_that_is_gone(self):
        self.restart("places")
        gone = self.folder / "gone"
        gone.mkdir()
        shutil.rmtree(gone)
        for args in (("init", "--registry", gone / "new.db"), ("backup", gone / "copy.db"),
                     ("export", "--format", "csv", "--output", gone / "partners.csv"),
                     ("apply", "--csv", "new.csv", "--rejects", gone / "rejects.csv")):
            self.refused(*args)
        self.done("check")

    def test_standard_output_that_takes_nothing(self):
        self.restart("places")
        with open("/dev/full", "wb") as full:
            for args in (("list",), ("export", "--format", "csv"), ("history",), ("show", "AP-0001")):
                self.refused(*args, stdout=full)
        closed = subprocess.run(["/bin/sh", "-c", '"$0" list >&-', BINARY], env=self.env, cwd=self.folder,
                                stderr=subprocess.PIPE, check=False)
        self.assertEqual(closed.returncode, 9, closed.stderr)

    @unittest.skipUnless(os.geteuid() == 0, "only root can become somebody who may not write")
    def test_a_registry_or_a_folder_that_may_not_be_written(self):
        self.restart("places")
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", BINARY]
        before = self.contents(self.registry)
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        for args in (SCENES["apply"], SCENES["export csv"], SCENES["backup"]):
            ran = subprocess.run([*nobody, *args], env=self.env, cwd=self.folder, capture_output=True, check=False)
            self.assertEqual(ran.returncode, 9, ran.stderr)
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        self.assertEqual(self.contents(self.registry), before)


if __name__ == "__main__":
    unittest.main()
