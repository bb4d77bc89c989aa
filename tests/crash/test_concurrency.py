"""Ten processes apply, verify, approve, list and export at once: nothing is lost, and who does not want to wait learns
that the registry is busy."""

import subprocess
import threading
import unittest

from support import COMMITMENT, CovenantTest, form, options

TURNS = 12


class Concurrency(CovenantTest):
    def setUp(self):
        super().setUp()
        (self.folder / "commitment.pdf").write_bytes(COMMITMENT)
        self.results = []

    def at_once(self, *workers):
        threads = [threading.Thread(target=self.work, args=(worker,)) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, worker):
        for turn in range(TURNS):
            self.results.append((worker.__name__, worker(turn)))

    def codes(self, name):
        return [result.code for worker, result in self.results if worker == name]

    def test_nothing_is_lost(self):
        def applying(who):
            def apply(turn):
                return self.covenant("apply", *options(form(f"Partner {who} {turn}")), "--wait", "60")
            return apply

        def verify(turn):
            return self.covenant("verify", "--all", "--wait", "60")

        def approve(turn):
            eligible = self.covenant("list", "--status", "eligible", "--columns", "id", "--no-header", "--format", "csv",
                                     "--limit", "3").out.split()
            for partner in eligible[:-1]:
                self.covenant("approve", partner, "--commitment", "commitment.pdf", "--wait", "60")
            return self.covenant("list", "--count")

        def read(turn):
            return self.covenant("list", "--format", "json")

        def export(turn):
            return self.covenant("export", "--format", "html", "--output", "partners.html", "--allow-empty")

        self.at_once(applying("a"), applying("b"), applying("c"), applying("d"), verify, approve, read, read, export, export)
        self.assertEqual({result.code for _, result in self.results}, {0},
                         [result.err for _, result in self.results if result.code != 0][:3])
        self.assertEqual(self.done("list", "--count").out.strip(), str(4 * TURNS))
        self.done("check")

    def test_who_does_not_wait_is_told_so(self):
        def apply(turn):
            return self.covenant("apply", *options(form(f"{threading.get_ident()} {turn}")), "--wait", "0")

        self.at_once(*[apply] * 10)
        codes = self.codes("apply")
        self.assertLessEqual(set(codes), {0, 7})
        for _, result in self.results:
            self.assertEqual("busy" in result.err, result.code == 7, result.err)
        self.assertEqual(self.done("list", "--count").out.strip(), str(codes.count(0)))
        self.done("check")

    def test_readers_that_do_not_wait_never_fail(self):
        def apply(turn):
            return self.covenant("apply", *options(form(f"{threading.get_ident()} {turn}")), "--wait", "0")

        def read(turn):
            command = (("list",), ("history",), ("export", "--format", "csv"))[turn % 3]
            return self.covenant(*command, "--wait", "0")

        self.at_once(apply, apply, *[read] * 8)
        self.assertEqual(set(self.codes("read")), {0})

    def test_a_reader_is_not_in_the_way_of_a_writer_nor_a_writer_of_a_reader(self):
        self.done("apply", *options(form("First")))
        writer = subprocess.Popen(["sqlite3", self.registry], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.env)
        self.addCleanup(writer.wait)
        self.addCleanup(writer.stdout.close)
        self.addCleanup(writer.stdin.close)
        writer.stdin.write(b"BEGIN IMMEDIATE; SELECT 'holds';\n")
        writer.stdin.flush()
        self.assertEqual(writer.stdout.readline(), b"holds\n")
        self.assertEqual(self.done("list", "--count", "--wait", "0").out, "1\n")
        self.done("export", "--format", "csv", "--wait", "0")
        self.exits(7, "apply", *options(form("Second")), "--wait", "0")
        writer.stdin.write(b"ROLLBACK; BEGIN; SELECT 'reads' FROM partner;\n")
        writer.stdin.flush()
        self.assertEqual(writer.stdout.readline(), b"reads\n")
        self.done("apply", *options(form("Second")), "--wait", "0")


if __name__ == "__main__":
    unittest.main()
