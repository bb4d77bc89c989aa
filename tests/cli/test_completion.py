"""Completion in bash, zsh and fish themselves, at a terminal. covenant-completion(1)."""

import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import termios
import time
import unittest

from support import BINARY, CovenantTest, form, main, options

PATIENCE = 30  # seconds
END = "END\r?\n"
CONTROL_A, CONTROL_E = "\x01", "\x05"
STARTS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "covenant.bash", ". ./covenant.bash"),
    # In a folder where zsh looks for it.
    "zsh": (["zsh", "-f", "-i"], "functions/_covenant",
            "fpath=($PWD/functions $fpath); autoload -U compinit; compinit -u -d $PWD/dump"),
    "fish": (["fish", "-i"], ".local/share/fish/vendor_completions.d/covenant.fish", "true"),
}


class Terminal:
    """A shell at a terminal."""

    def __init__(self, shell, folder, env):
        argv, _, setup = STARTS[shell]
        self.seen = ""
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(argv[0], argv, env)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
        self.run(f" {setup}")

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)

    def read_until(self, mark):
        end = time.monotonic() + PATIENCE
        while not re.search(mark, self.seen):
            ready, _, _ = select.select([self.file], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"no {mark!r} in {self.seen[-2000:]!r}")
            self.seen += os.read(self.file, 65536).decode("utf-8", "replace")

    def settle(self):
        """Until the shell has been quiet for a while."""
        while select.select([self.file], [], [], 0.7)[0]:
            self.seen += os.read(self.file, 65536).decode("utf-8", "replace")

    def run(self, line):
        self.seen = ""
        os.write(self.file, f"{line}; printf 'E%s\\n' ND\r".encode())
        self.read_until(END)

    def complete(self, line):
        """Types the line and the tabulator, and returns the words that the line then has."""
        self.seen = ""
        os.write(self.file, f"{line}\t".encode())
        os.write(self.file, f"{CONTROL_A}printf '<%s>\\n' {CONTROL_E} ; printf 'E%s\\n' ND\r".encode())
        self.read_until(END)
        return re.findall(r"[\r\n]<(.*?)>\r?\n", self.seen.replace("\n", "\n\n"))

    def proposals(self, line, last):
        """What the shell shows at the second tabulator, up to that text."""
        self.settle()
        self.seen = ""
        os.write(self.file, f"{line}\t\t\t".encode())
        self.read_until(last)
        return re.sub("\x1b(\\[[0-9;]*[A-Za-z]|\\(B)", "", self.seen)


class Shells(CovenantTest):
    def setUp(self):
        super().setUp()
        for name in ("Bioenergy Europe", "Amt für \"Wärme\" & Co"):
            self.done("apply", *options(form(name, acronym=name[:2])))
        self.done("update", "AP-0001", "--practice", "Guide & more <https://example.org/>")
        self.run_id = json.loads(self.done("history", "--runs", "--format", "jsonl").out.splitlines()[-1])["run"]
        self.file("a letter.pdf", "x")
        (self.folder / "site").mkdir()

    def shell(self, name):
        script = self.folder / STARTS[name][1]
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(self.done("completion", name).out, encoding="utf-8")
        terminal = Terminal(name, self.folder, self.env | {
            "PATH": f"{os.path.dirname(BINARY)}:/usr/bin:/bin", "HOME": str(self.folder), "TERM": "xterm",
            "LC_ALL": "C.UTF-8", "COVENANT_REGISTRY": str(self.registry)})
        self.addCleanup(terminal.close)
        return terminal

    def check_shell(self, name):
        terminal = self.shell(name)
        for line, words in (
            ("covenant verif", ["verify"]),
            ("covenant list --stat", ["list", "--status"]),
            ("covenant list --status appl", ["list", "--status", "applied"]),
            ("covenant list --status=appl", ["list", "--status=applied"]),
            ("covenant list --status applied,eligi", ["list", "--status", "applied,eligible"]),
            ("covenant verify AP-0001 --finding scope=p", ["verify", "AP-0001", "--finding", "scope=pass"]),
            ("covenant verify AP-0001 --finding=scope=p", ["verify", "AP-0001", "--finding=scope=pass"]),
            ("covenant policy four-eyes of", ["policy", "four-eyes", "off"]),
            ("covenant show Bioe", ["show", "Bioenergy Europe"]),
            ('covenant show "Bioenergy E', ["show", "Bioenergy Europe"]),
            ("covenant show Bioenergy\\ E", ["show", "Bioenergy Europe"]),
            ("covenant show 'Bioenergy E", ["show", "Bioenergy Europe"]),
            ("covenant export --format si", ["export", "--format", "site"]),
            ("covenant show Amt", ["show", "Amt für \"Wärme\" & Co"]),
            ("covenant show AP-0001 AP-0002 B", ["show", "AP-0001", "AP-0002", "Bi"]),
            ("covenant approve 1 --commitment a", ["approve", "1", "--commitment", "a letter.pdf"]),
            ("covenant approve 1 --commitment=a", ["approve", "1", "--commitment=a letter.pdf"]),
            ("covenant --quiet renew 1 --on tod", ["--quiet", "renew", "1", "--on", "today"]),
            ("covenant completion zs", ["completion", "zsh"]),
            ("covenant list --country FR,DE", ["list", "--country", "FR,DE"]),
            ("covenant apply --categories 'financial;ind", ["apply", "--categories", "financial;industrial"]),
            ("covenant apply --encoding koi8-u", ["apply", "--encoding", "koi8-u"]),
            (f"covenant undo {self.run_id[:10]}", ["undo", self.run_id]),
            ("covenant history --actor test", ["history", "--actor", "tester"]),
            ("covenant update AP-0001 --remove-practice Guide", ["update", "AP-0001", "--remove-practice", "Guide & more"]),
        ):
            with self.subTest(shell=name, line=line):
                self.assertEqual(["covenant", *words], terminal.complete(line))
        shown = terminal.proposals("covenant show A", "AP-0002")
        self.assertIn("AP-0001", shown)
        self.assertIn("AP-0002", shown)

    def test_bash(self):
        self.check_shell("bash")

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not there")
    def test_zsh(self):
        self.check_shell("zsh")

    @unittest.skipUnless(shutil.which("fish"), "fish is not there")
    def test_fish(self):
        self.check_shell("fish")


class Request(CovenantTest):
    """What the shells ask the program."""

    def proposed(self, *words):
        out = self.done("__complete", *words).out
        return [line.split("\t")[0] for line in out.splitlines()]

    def test_what_was_given_is_not_proposed_again_unless_it_may_be(self):
        given = self.proposed("list", "--count", "--status", "applied", "--")
        self.assertNotIn("--count", given)
        self.assertIn("--status", given)

    def test_only_arguments_follow_two_hyphens(self):
        self.assertEqual([], self.proposed("show", "--", "--fo"))

    def test_the_registry_is_the_one_that_the_line_names(self):
        self.done("init", "--registry", "other.db")
        self.done("apply", *options(form("Elsewhere")), "--registry", "other.db")
        self.assertEqual([], self.proposed("show", "AP"))
        self.assertEqual(["AP-0001"], self.proposed("show", "--registry", "other.db", "AP"))
        self.assertEqual(["AP-0001"], self.proposed("--registry=other.db", "show", "AP"))

    def test_without_a_registry_nothing_is_proposed_and_nothing_said(self):
        for name in ("missing.db", __file__):
            result = self.done("__complete", "show", "--registry", name, "A")
            self.assertEqual(("", ""), (result.out, result.err))

    def test_the_ids_of_all_are_proposed_to_an_empty_word(self):
        self.done("apply", *options(form("One")))
        self.assertEqual(["AP-0001"], self.proposed("show", ""))
        self.assertEqual(["AP-0001"], self.proposed("show", "ap-"))
        self.assertEqual(["AP-0001"], self.proposed("revoke", "--successor", ""))

    def test_every_value_of_a_list_is_proposed(self):
        self.done("apply", *options(form("One", practices="Guide <https://example.org/>\nSchool")))
        self.done("evidence", "AP-0001", "--add", self.file("statutes.pdf", "%PDF-1.4"))
        for words, values in (
            (("list", "--country", "LU"), ["LU"]),
            (("apply", "--country", "ES"), ["ES"]),
            (("list", "--country", "FR,LU"), ["FR,LU"]),
            (("apply", "--categories", "financial;o"), ["financial;other"]),
            (("update", "--language", "l"), ["lt", "lv"]),
            (("apply", "--delimiter", ""), ["comma", "semicolon", "tab"]),
            (("verify", "--encoding", "koi"), ["koi8-r", "koi8-u"]),
            (("correct", "AP-0001", "--end-reason", "mer"), ["merged"]),
            (("list", "--columns", "+cit"), ["+city"]),
            (("list", "--columns", "al"), ["all"]),
            (("list", "--columns", "id,cit"), ["id,city"]),
            (("report", "--year", "201"), [str(year) for year in range(2019, 2009, -1)]),
            (("export", "--since", "y"), ["yesterday"]),
            (("export", "--messages", ""), [":files"]),
            (("evidence", "AP-0001", "--number", ""), ["1"]),
            (("evidence", "AP-0001", "--erase", ""), ["1"]),
            (("update", "AP-0001", "--remove-practice", ""), ["Guide", "School"]),
            (("history", "--actor", ""), ["tester"]),
            (("--as", ""), ["tester"]),
            (("help", "exit"), ["exit-codes"]),
        ):
            with self.subTest(words=words):
                self.assertEqual(values, self.proposed(*words))
        self.assertIn("LV\tLatvia\n", self.done("__complete", "list", "--country", "").out)

    def test_the_last_runs_come_first_and_that_which_made_the_registry_is_none(self):
        for name in ("One", "Two"):
            self.done("apply", *options(form(name, website="")))
        lines = self.done("history", "--runs", "--format", "jsonl").out.splitlines()
        runs = [json.loads(line)["run"] for line in lines]
        self.assertEqual([runs[2], runs[1]], self.proposed("undo", ""))
        self.assertEqual([runs[1]], self.proposed("history", "--run", runs[1][:9]))
        self.assertRegex(self.done("__complete", "undo", "").out, rf"\A{runs[2]}\tapply by tester on 20\d\d-\d\d-\d\d\n")

    def test_the_scripts_are_accepted_by_their_shells(self):
        for shell in STARTS:
            if shutil.which(shell):
                script = self.done("completion", shell).out
                checked = subprocess.run([shell, "-n"], input=script.encode(), capture_output=True, check=False)
                self.assertEqual((checked.returncode, checked.stderr), (0, b""), shell)


if __name__ == "__main__":
    main()
