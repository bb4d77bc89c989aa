"""The disk fails under the program, or memory does: it says so with exit 9 or 1, or does not need what failed, and
nothing is lost, half done or left behind."""

import errno
import os
import random
import shutil
import subprocess
import unittest

from scenes import SCENES, SceneTest, some
from support import BINARY

LAST_STEPS = 20
SEED = 20080129
# The kind of calls that fail: in which ways, at how many places of a command, and the exit code.
KINDS = {
    "changes": ((f"ever:{errno.ENOSPC}", f"once:{errno.EIO}", f"once:{errno.ENOSPC}", f"ever:{errno.EIO}"), 5, 9),
    "opens": ((f"once:{errno.EIO}", f"ever:{errno.EIO}"), 5, 9),
    "reads": ((f"once:{errno.EIO}", f"ever:{errno.EIO}"), 5, 9),
    "memory": ((f"once:{errno.ENOMEM}", f"ever:{errno.ENOMEM}"), 10, 1),
}


class Faults(SceneTest):
    injected = dict.fromkeys(KINDS, 0)
    refused = dict.fromkeys(KINDS, 0)

    @classmethod
    def tearDownClass(cls):
        for kind, count in cls.injected.items():
            print(f"{kind}: {count} faults, {cls.refused[kind]} of them reported")
        super().tearDownClass()

    def fail_everywhere(self, scene, kind):
        steps = self.count_steps(scene, kind)
        after = self.state()
        self.restart(scene)
        before = self.state()
        orders, most, code = KINDS[kind]
        chance = random.Random(f"{SEED} {scene} {kind}")
        for order in orders:
            for place in some(range(1, steps + 1), most, chance):
                with self.subTest(kind=kind, order=order, place=place, steps=steps):
                    self.fail_at(scene, kind, order, place, code, before, after)

    def fail_at(self, scene, kind, order, place, code, before, after):
        self.restart(scene)
        result = self.faulty(scene, order, place, FAULT_OF=kind, FAULT_LOG=str(self.base.with_suffix(".steps")))
        leftovers = self.leftovers()
        self.assertGreaterEqual(result.code, 0, f"killed by a signal: {result.err}")
        failed = self.steps()[1]
        state = self.state()
        self.assertTrue(state in (before, after), f"done in part: {result.err}")
        Faults.injected[kind] += 1
        # In a spreadsheet a file that cannot be read is a fault of its row.
        if result.code == code or (result.code == 6 and "cannot read" in result.err):
            Faults.refused[kind] += 1
            self.assertRegex(result.err, r"(?m)^covenant: .+$")
        else:
            self.assertIn(result.code, self.good_codes(scene), result.err)
            self.assertTrue(state == after, f"not done, and exit {result.code}: {result.err}")
        # What cannot be removed stays, and so does what may be of others.
        if order.startswith("once") and failed != "unlinkat" and "carried over" not in result.err:
            self.assertEqual(leftovers, [], failed)
        if state != after:
            self.repeat(scene, after)


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


def add(scene, kind):
    name = f"test_{kind}_" + "".join(c if c.isalnum() else "_" for c in scene)
    setattr(Faults, name, lambda self: self.fail_everywhere(scene, kind))


for known_scene in SCENES:
    for known_kind in KINDS:
        add(known_scene, known_kind)


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
