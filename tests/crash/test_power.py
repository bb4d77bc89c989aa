"""The power is cut after any change of a file, and what was not synced is lost at random: each command's work is there
whole or not at all, and once it has exited 0 it is there."""

import random
import unittest

from power import Disk, read_journal
from scenes import SCENES, SceneTest, some

CUTS_A_COMMAND = 10
CUTS_AFTER_THE_END = 3
SEED = 20080129


class Power(SceneTest):
    cuts = 0
    repeats = 0

    @classmethod
    def tearDownClass(cls):
        print(f"{cls.cuts} power cuts survived; after {cls.repeats} the command was given again")
        super().tearDownClass()

    def cut_everywhere(self, scene):
        self.restart(scene)
        start = self.base.with_suffix(".start")
        self.keep(self.folder, start)
        before = self.state()
        self.restart(scene)
        journal = self.base.with_suffix(".journal")
        journal.unlink(missing_ok=True)
        self.faulty(scene, FAULT_JOURNAL=str(journal))
        changes = read_journal(journal)
        after = self.state()
        self.assertNotEqual(before, after, "the command does nothing")
        chance = random.Random(SEED)
        moments = some(range(1, len(changes)), CUTS_A_COMMAND, chance)
        for moment in (*moments, *[len(changes)] * CUTS_AFTER_THE_END):
            disk = Disk(start, self.folder)
            disk.run(changes[:moment])
            disk.cut(self.folder, chance)
            state = self.state()
            where = f"{scene}: cut after {moment} of {len(changes)}, seed {SEED}"
            self.assertTrue(state == after or (state == before and moment < len(changes)), where)
            Power.cuts += 1
            if state != after:
                Power.repeats += 1
                self.repeat(scene, after)


def add(scene):
    name = "test_" + "".join(c if c.isalnum() else "_" for c in scene)
    setattr(Power, name, lambda self: self.cut_everywhere(scene))


for known in SCENES:
    add(known)

if __name__ == "__main__":
    unittest.main()
