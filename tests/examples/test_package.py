"""The Debian package of this build: what it has, and that it works where it is unpacked.

The build is named by the environment variable COVENANT_BUILD.
"""

import gzip
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

BUILD = Path(os.environ["COVENANT_BUILD"])


def run(*args, **how):
    return subprocess.run(list(map(str, args)), capture_output=True, text=True, check=False, **how)


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        made = run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", folder.name)
        assert made.returncode == 0, made.stdout + made.stderr
        [cls.package] = Path(folder.name).glob("covenant_*.deb")
        cls.tree = Path(folder.name) / "tree"
        subprocess.run(["dpkg-deb", "--extract", cls.package, cls.tree], check=True)

    def test_everything_is_where_debian_has_it(self):
        for name in ("bin/covenant", "share/bash-completion/completions/covenant",
                     "share/zsh/vendor-completions/_covenant", "share/fish/vendor_completions.d/covenant.fish",
                     "share/man/man1/covenant.1.gz", "share/man/man7/covenant-tutorial.7.gz",
                     "share/doc/covenant/copyright", "share/doc/covenant/changelog.gz",
                     "share/doc/covenant/examples/covenant.cron", "share/doc/covenant/examples/applications.csv",
                     "share/covenant/nightly.sh", "lib/systemd/system/covenant.service",
                     "lib/systemd/system/covenant.timer", "lib/sysusers.d/covenant.conf"):
            self.assertTrue((self.tree / "usr" / name).is_file(), name)
        self.assertEqual([path.name for path in self.tree.iterdir()], ["usr"])
        pages = sorted(path.name for path in (self.tree / "usr/share/man").rglob("*.gz"))
        self.assertEqual(pages, sorted(page + ".gz" for page in os.environ["COVENANT_PAGES"].split(":")))

    def test_units_and_crontab_name_what_is_in_it(self):
        for name in ("lib/systemd/system/covenant.service", "share/doc/covenant/examples/covenant.cron"):
            text = (self.tree / "usr" / name).read_text("utf-8")
            self.assertNotIn("/usr/local", text)
            for path in re.findall(r"/usr/(\S*covenant\S*)", text):
                self.assertTrue((self.tree / "usr" / path).is_file(), path)

    def test_the_changelog_is_that_of_the_program(self):
        with gzip.open(self.tree / "usr/share/doc/covenant/changelog.gz", "rt", encoding="utf-8") as text:
            self.assertEqual(text.readline(), "# Changes\n")

    def test_it_names_what_it_depends_on(self):
        depends = run("dpkg-deb", "--field", self.package, "Depends").stdout
        for package in ("libc6", "libcurl4", "fonts-noto-core"):
            self.assertIn(package, depends)

    def test_the_program_works_where_it_is_unpacked(self):
        program = self.tree / "usr/bin/covenant"
        env = {"PATH": "/usr/bin:/bin", "COVENANT_REGISTRY": str(self.tree.parent / "registry.db"), "HOME": "/nowhere"}
        application = ("--name", "Local Association", "--category", "industrial", "--level", "european", "--country", "BE",
                       "--membership-based", "yes", "--website", "http://127.0.0.1:1/", "--contact-name", "Desk",
                       "--contact-email", "desk@example.org")
        for args in (("init",), ("apply", "--csv", self.tree / "usr/share/doc/covenant/examples/applications.csv"),
                     ("apply", *application), ("verify", "26"), ("approve", "26", "--no-commitment", "On paper"),
                     ("check",)):
            self.assertEqual(run(program, *args, env=env).returncode, 0, args)
        checked = run(program, "links", env=env)  # its module is found
        self.assertEqual((checked.returncode, checked.stderr), (10, "Checked 1 link: 1 broken.\n"))

    @unittest.skipUnless(os.geteuid() == 0, "only root installs packages")
    def test_it_is_installed_into_a_bare_tree_and_leaves_what_the_office_keeps(self):
        root = self.tree.parent / "root"
        (root / "var/lib/dpkg/info").mkdir(parents=True)
        (root / "var/lib/dpkg/updates").mkdir()
        (root / "var/lib/dpkg/status").touch()
        (root / "etc").mkdir()
        (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
        (root / "etc/group").write_text("root:x:0:\n")

        def dpkg(*args):
            done = run("dpkg", f"--root={root}", "--log=/dev/null", "--force-script-chrootless", "--force-depends", *args)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

        def has_user():
            return "covenant:" in (root / "etc/passwd").read_text()

        dpkg("--install", self.package)
        self.assertTrue(has_user())
        enabled = root / "etc/systemd/system/timers.target.wants/covenant.timer"
        enabled.parent.mkdir(parents=True)
        enabled.symlink_to("/usr/lib/systemd/system/covenant.timer")
        registry = root / "var/lib/covenant/registry.db"
        registry.parent.mkdir()
        self.assertEqual(run(root / "usr/bin/covenant", "--registry", registry, "init").returncode, 0)
        dpkg("--purge", "covenant")
        self.assertTrue(has_user())  # whose the registry is
        left = [path for path in root.rglob("*") if not path.is_dir() and "dpkg" not in path.parts]
        self.assertEqual({path.relative_to(root).parts[0] for path in left if path != registry}, {"etc"})
        self.assertFalse([path for path in left if "systemd" in path.parts])
        registry.unlink()
        registry.parent.rmdir()
        dpkg("--install", self.package)
        dpkg("--purge", "covenant")
        self.assertFalse(has_user())

    def test_lintian_has_nothing_to_say(self):
        checked = run("lintian", "--fail-on", "error,warning", self.package)
        self.assertEqual((checked.returncode, checked.stdout), (0, ""), checked.stderr)


if __name__ == "__main__":
    unittest.main()
