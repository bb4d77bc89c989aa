"""Nothing unfinished is left by a command that is interrupted, and the next one removes what a killed one left; files
that others save while a site is written stay. covenant(1), FILES WRITTEN."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import threading
import time
import unittest

from support import BINARY, CovenantTest, csv_text, form, main

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
SITE = ("export", "--format", "site", "--output", "site")
NOBODY = 65534
SEED = 20080129


class Interruption(CovenantTest):
    def setUp(self):
        super().setUp()
        self.listed(description="d" * 4000)

    def start(self, *args, **how):
        process = subprocess.Popen([BINARY, *args], env=self.env, cwd=self.folder, **how)
        self.addCleanup(process.wait)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                self.addCleanup(self.close, stream)
        return process

    @staticmethod
    def close(stream):
        with contextlib.suppress(BrokenPipeError):
            stream.close()

    def unfinished(self):
        return [name for name in os.listdir(self.folder) if ".covenant-" in name]

    def until(self, condition):
        end = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.002)

    def names(self):
        return {name for name in os.listdir(self.folder) if not name.startswith("registry.db-")}


class Files(Interruption):
    def rejecting(self, **how):
        """A batch that has read a bad row and waits for more."""
        process = self.start("apply", "--csv", "-", "--rejects", "rejects.csv", stdin=subprocess.PIPE,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how)
        process.stdin.write(csv_text([form(country="ZZ")] * 2000).encode())
        process.stdin.flush()
        return process

    def test_rejected_rows_leave_nothing(self):
        before = self.names()
        for number in ENDING:
            process = self.rejecting()
            process.send_signal(number)
            self.assertEqual(process.wait(30), -number)
            self.assertEqual(self.names(), before)

    def test_a_signal_that_is_ignored_stays_ignored(self):
        process = self.rejecting(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        process.send_signal(signal.SIGHUP)
        process.stdin.close()
        self.assertEqual(process.wait(30), 6)
        self.assertTrue((self.folder / "rejects.csv").exists())

    def backing_up(self):
        """A backup to a pipe that nobody reads: it is whole, and waits."""
        process = self.start("backup", "/dev/stdout", stdout=subprocess.PIPE)
        self.until(lambda: self.unfinished() and any((self.folder / name).iterdir() for name in self.unfinished()))
        return process

    def test_a_backup_leaves_nothing(self):
        before = self.names()
        for numbers in (*((number,) for number in ENDING), (signal.SIGINT, signal.SIGINT), (signal.SIGTERM, signal.SIGINT)):
            process = self.backing_up()
            self.assertEqual([oct((self.folder / name).stat().st_mode & 0o777) for name in self.unfinished()], ["0o700"])
            for number in numbers:
                process.send_signal(number)
            self.assertIn(-process.wait(30), numbers)
            self.assertEqual(self.names(), before)

    def test_nor_when_nobody_reads_any_more(self):
        before = self.names()
        process = self.backing_up()
        process.stdout.close()
        self.assertIn(process.wait(30), (9, -signal.SIGPIPE))
        self.assertEqual(self.names(), before)

    def test_what_a_killed_one_leaves_goes_with_the_next(self):
        before = self.names()
        process = self.backing_up()
        process.kill()
        process.wait()
        left = self.unfinished()
        self.assertEqual(len(left), 1)
        self.done("list")
        self.assertEqual(self.unfinished(), left, "who only reads removes nothing")
        running = self.backing_up()
        self.until(lambda: len(self.unfinished()) == 1 and self.unfinished() != left)
        self.done("backup", "/dev/null")
        self.assertEqual(len(self.unfinished()), 1, "that of the run which is still at work")
        running.terminate()
        running.wait()
        self.assertEqual(self.names(), before)


    def test_what_a_killed_run_left_beside_the_registry_goes_with_the_next_backup_or_init(self):
        for code, args in ((0, ("backup", "copy.db")), (5, ("init",))):
            left = self.folder / ".registry.db.covenant-0123456789abcdef"
            left.mkdir(mode=0o700)
            (left / "copy").write_bytes(self.registry.read_bytes())
            self.exits(code, *args)
            self.assertFalse(left.exists())


class Sites(Interruption):
    def content(self):
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.glob("site/**/*")
                if path.is_file()}

    def test_interrupted_at_any_moment_it_is_the_old_one_or_the_new_one(self):
        self.done(*SITE)
        old = self.content()
        shutil.copytree(self.folder / "site", self.folder / "before")
        self.done("update", "1", "--name", "Renamed Association")
        started = time.monotonic()
        self.done(*SITE)
        length = time.monotonic() - started
        new = self.content()
        chance = random.Random(SEED)
        for turn in range(30):
            shutil.rmtree(self.folder / "site")
            shutil.copytree(self.folder / "before", self.folder / "site")
            process = self.start(*SITE, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, length))
            process.send_signal(ENDING[turn % len(ENDING)])
            process.wait(30)
            self.assertIn(self.content(), (old, new), f"seed {SEED}, turn {turn}")
            self.assertEqual(self.unfinished(), [])

    def exporting(self, turns, *names):
        """Changes the list and exports it, some at once; returns the exit codes."""
        codes = []

        def export(name):
            for turn in range(turns):
                self.covenant("update", "1", "--city", f"City {name} {turn}", "--wait", "60")
                codes.append(self.covenant(*SITE, "--lang", "en", "--wait", "60").code)

        threads = [threading.Thread(target=export, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return codes

    def test_what_others_save_meanwhile_stays(self):
        self.done(*SITE, "--lang", "en")
        site, stop = self.folder / "site", threading.Event()
        created, last = set(), {}

        def create():
            number = 0
            while not stop.is_set():
                number += 1
                time.sleep(0.005)
                with contextlib.suppress(FileNotFoundError):  # the folder has just been exchanged
                    (site / f"new-{number}").write_text(str(number))
                    created.add(f"new-{number}")

        def save():
            number = 0
            while not stop.is_set():
                number += 1
                time.sleep(0.002)
                draft = self.folder / "draft"
                draft.write_text(str(number))
                with contextlib.suppress(FileNotFoundError):
                    os.rename(draft, site / "index.html")
                    last["index.html"] = str(number)

        savers = [threading.Thread(target=create), threading.Thread(target=save)]
        for saver in savers:
            saver.start()
        try:
            codes = self.exporting(12, "a", "b")
        finally:
            stop.set()
            for saver in savers:
                saver.join()
        self.assertEqual(set(codes), {0})
        self.assertTrue(created)
        self.assertEqual(created - set(os.listdir(site)), set())
        self.assertEqual((site / "index.html").read_text(), last["index.html"])
        self.assertEqual(self.unfinished(), [])

    @unittest.skipUnless(os.geteuid() == 0, "only what root writes may be led elsewhere")
    def test_the_owner_of_the_folder_leads_nothing_elsewhere(self):
        """Somebody exchanges whatever appears in their folder, as fast as they can, for a link to a folder of root's."""
        place, victim = self.folder / "place", self.folder / "victim"
        for path in (place, victim):
            path.mkdir()
        self.folder.chmod(0o711)
        (victim / "partner").mkdir()
        victim.chmod(0o700)
        os.chown(place, NOBODY, NOBODY)
        racer = self.start_racer(place, victim)
        for turn in range(40):
            self.covenant("export", "--format", "site", "--output", "place/site", "--lang", "en")
            self.covenant("export", "--format", "csv", "--output", "place/list.csv")
            self.covenant("backup", "place/copy.db")
        racer.terminate()
        racer.wait()
        self.assertEqual([path.name for path in victim.rglob("*")], ["partner"])
        status = victim.stat()
        self.assertEqual((status.st_uid, status.st_mode & 0o7777), (0, 0o700))
        self.assertEqual((victim / "partner").stat().st_uid, 0)

    def start_racer(self, place, victim):
        script = """
import os, sys
place, victim = sys.argv[1:]
os.chdir(place)
while True:
    for name in os.listdir("."):
        try:
            if name.startswith("moved"):
                os.unlink(name)
            elif not os.path.islink(name):
                os.rename(name, "moved" + os.urandom(4).hex())
                os.symlink(victim, name)
            else:
                os.unlink(name)
        except OSError:
            pass
"""
        return self.start_other(["python3", "-c", script, str(place), str(victim)], user=NOBODY, group=NOBODY,
                                extra_groups=[])

    def start_other(self, command, **how):
        process = subprocess.Popen(command, env=self.env, **how)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process


if __name__ == "__main__":
    main()
