"""examples/ as a server runs them: the units, and the crontab by a real cron in a tree of its own."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "docs"))
import office  # noqa: E402

EXAMPLES = office.ROOT / "examples"
USER = 4711
MAIL = """#!/bin/sh
cat >"/var/lib/mail.$$"
"""
# Its own mounts: cron finds the tree's folders where it looks for the machine's.
RUN_CRON = """
mount --make-rprivate /
mount -t tmpfs none /run
for folder in etc srv usr/local usr/sbin var/lib var/spool/cron; do mount --bind "$1/$folder" "/$folder"; done
exec /usr/sbin/cron -f
"""


class Units(unittest.TestCase):
    def analyze(self, *args):
        done = subprocess.run(["systemd-analyze", *args], capture_output=True, text=True)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done

    def test_systemd_has_nothing_to_say_about_them(self):
        done = self.analyze("verify", EXAMPLES / "covenant.service", EXAMPLES / "covenant.timer")
        self.assertEqual(("", ""), (done.stdout, done.stderr))

    def test_the_service_may_do_little(self):
        report = self.analyze("security", "--offline=true", EXAMPLES / "covenant.service").stdout
        exposure = float(re.search(r"Overall exposure level for covenant.service: ([0-9.]+)", report).group(1))
        self.assertLessEqual(exposure, 2.0)


@unittest.skipUnless(os.geteuid() == 0, "only root may mount, and run cron for other users")
class Cron(unittest.TestCase):
    def setUp(self):
        self.tree = Path(tempfile.mkdtemp())
        self.tree.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.tree)
        for folder in ("srv/covenant", "usr/local/bin", "usr/local/share/covenant", "usr/sbin", "var/lib/covenant",
                       "var/spool/cron/crontabs"):
            (self.tree / folder).mkdir(parents=True)
        shutil.copytree("/etc", self.tree / "etc", symlinks=True)
        shutil.rmtree(self.tree / "etc/cron.d", ignore_errors=True)
        (self.tree / "etc/cron.d").mkdir()
        (self.tree / "etc/crontab").write_text("")
        with open(self.tree / "etc/passwd", "a", encoding="utf-8") as file:
            file.write(f"covenant:*:{USER}:{USER}::/var/lib/covenant:/usr/sbin/nologin\n")
        with open(self.tree / "etc/group", "a", encoding="utf-8") as file:
            file.write(f"covenant:*:{USER}:\n")
        (self.tree / "etc/covenant").mkdir()
        shutil.copy(EXAMPLES / "covenant.toml", self.tree / "etc/covenant/config.toml")
        shutil.copy("/usr/sbin/cron", self.tree / "usr/sbin")
        self.script("usr/sbin/sendmail", MAIL)
        shutil.copy(office.BINARY, self.tree / "usr/local/bin")
        shutil.copy(EXAMPLES / "nightly.sh", self.tree / "usr/local/share/covenant")
        office.make_office(self.tree / "var/lib/covenant")
        for folder in ("srv/covenant", "var/lib"):
            subprocess.run(["chown", "-R", f"{USER}:{USER}", self.tree / folder], check=True)

    def script(self, name, text):
        (self.tree / name).write_text(text)
        (self.tree / name).chmod(0o755)

    def crontab(self, command):
        """The line of that command, as it is but for the time: every minute."""
        lines = (EXAMPLES / "covenant.cron").read_text(encoding="utf-8").splitlines()
        kept = [re.sub(r"^(\S+ +){5}", "* * * * * ", line) for line in lines if command in line]
        self.assertEqual(1, len(kept))
        path = self.tree / "etc/cron.d/covenant"
        path.write_text("\n".join(line for line in lines if line.startswith("MAILTO")) + f"\n{kept[0]}\n")

    def mails(self):
        return [path.read_text(encoding="utf-8") for path in (self.tree / "var/lib").glob("mail.*")]

    def wait_for(self, what, happened):
        for _ in range(180):
            if happened():
                return
            time.sleep(1)
        self.fail(f"{what} did not come; mails: {self.mails()}")

    def test_a_good_night_is_silent_and_a_bad_one_is_one_mail(self):
        self.crontab("nightly.sh")
        cron = subprocess.Popen(["unshare", "--mount", "--fork", "--kill-child", "sh", "-eu", "-c", RUN_CRON, "cron",
                                 self.tree], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(cron.wait)
        self.addCleanup(cron.kill)
        state, site = self.tree / "var/lib/covenant", self.tree / "srv/covenant/partners"
        self.wait_for("the website", lambda: (site / "partners.lv.html").exists())
        self.assertEqual([], self.mails())
        self.assertTrue((state / "checkpoint").exists())
        self.assertEqual(1, len(list((state / "backups").iterdir())))
        before = (site / "partners.lv.html").read_bytes()

        (state / "registry.db").write_bytes(b"nothing")
        self.wait_for("a mail", self.mails)
        mail = self.mails()[0]
        self.assertIn("To: root", mail)
        self.assertIn("registry.db: not a covenant registry", mail)
        self.assertEqual(before, (site / "partners.lv.html").read_bytes())


if __name__ == "__main__":
    unittest.main()
