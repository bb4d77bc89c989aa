"""What commands need of memory does not grow with a document: covenant-approve(1)."""

import os
import subprocess
import sys
import unittest
import zlib
from pathlib import Path

from support import BINARY, SCAN, CovenantTest, main

MIB = 1024 * 1024
SIZE = 25 * MIB
MOST = 40 * MIB  # of a build without optimisation
# A process begins with the peak of the one that started it, and so it is started by a small one.
RUN = """
import os, sys
nothing = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=nothing), 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""


@unittest.skipIf(b"__asan_init" in Path(BINARY).read_bytes(), "a sanitizer needs memory of its own")
class Documents(CovenantTest):
    def peak(self, *args, code=0):
        """Runs a command that ends with that code, and returns the peak of resident memory in bytes that it, or what it
        started, had."""
        command = [BINARY, *map(os.fspath, args)]
        ran = subprocess.run([sys.executable, "-ISc", RUN, *command], env=self.env, cwd=self.folder, check=True,
                             stdout=subprocess.PIPE)
        ended, kibibytes = map(int, ran.stdout.split())
        self.assertEqual(ended, code, args)
        return kibibytes * 1024

    def test_none_is_ever_in_memory_as_a_whole(self):
        document = self.file("large.png", SCAN[:8] + os.urandom(SIZE - 8))  # of a kind that no process reads
        self.file("more.pdf", b"%PDF-1.7\n" + os.urandom(SIZE - 9))
        partner = self.apply()
        self.done("verify", partner)
        for command in (
            ("approve", partner, "--commitment", "large.png"),
            ("evidence", partner),
            ("evidence", partner, "--output", "copy.pdf"),
            ("evidence", partner, "--output", "-"),
            ("check",),
            ("backup", "copy.db"),
            ("list", "--as-of", self.events()[-1]["at"][:10]),
            ("list", "--as-recorded", self.events()[-1]["at"][:10]),
            ("show", partner),
            ("export", "--format", "json"),
            ("export", "--format", "site", "--output", "site"),
            ("export", "--format", "bundle", "--output", "bundle"),
            ("init", "--from", "bundle", "--registry", "restored.db"),
            ("erase", partner, "--contact"),
            ("evidence", partner, "--add", "more.pdf"),
            ("evidence", partner, "--number", "2", "--output", "more-copy.pdf"),
            ("evidence", partner, "--erase", "2", "--because", "Not needed"),
        ):
            with self.subTest(command=command):
                self.assertLessEqual(self.peak(*command), MOST)
        self.assertEqual((self.folder / "copy.pdf").read_bytes(), document.read_bytes())

    def test_a_bomb_takes_no_more_than_the_process_that_reads_may(self):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
        packed = b"\x78\xda" + block * 4000 + packer.flush()
        pdf = (b"%%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 2 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
               % len(packed) + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n")
        self.assertLessEqual(self.peak("inspect", self.file("bomb.pdf", pdf), code=6), 1 << 30)


if __name__ == "__main__":
    main()
