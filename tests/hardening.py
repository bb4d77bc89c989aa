"""The released program has the protections that it was built with, as readelf shows them: usage: PROGRAM LIBRARY."""

import subprocess
import sys
import unittest

PROGRAM, LIBRARY = sys.argv[1:3]
del sys.argv[1:]


def readelf(*args):
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    return subprocess.run(["readelf", "--wide", *args], capture_output=True, text=True, check=True, env=environment).stdout


class Hardening(unittest.TestCase):
    def test_the_program_can_be_loaded_at_any_address(self):
        self.assertRegex(readelf("--file-header", PROGRAM), r"Type: +DYN \(Position-Independent Executable file\)")

    def test_all_addresses_are_resolved_and_then_protected_at_the_start(self):
        self.assertRegex(readelf("--dynamic", PROGRAM), r"\(FLAGS_1\) +Flags: NOW PIE\b")
        self.assertRegex(readelf("--program-headers", PROGRAM), r"(?m)^ +GNU_RELRO ")

    def test_the_stack_is_not_executable(self):
        self.assertRegex(readelf("--program-headers", PROGRAM), r"(?m)^ +GNU_STACK( +0x\w+){5} RW  ")

    def test_overwritten_stacks_and_overlong_copies_are_noticed(self):
        symbols = readelf("--symbols", LIBRARY)
        self.assertIn("__stack_chk_fail", symbols)
        self.assertRegex(symbols, r"__mem(cpy|move)_chk")

    def test_indexes_of_containers_are_checked(self):
        self.assertIn("__glibcxx_assert_fail", readelf("--symbols", LIBRARY))

    def test_every_object_of_ours_takes_part_in_control_flow_protection(self):
        """The program does not say so itself: the static libraries that it links were built without."""
        notes = readelf("--notes", LIBRARY)
        self.assertEqual(notes.count("File: "), notes.count("x86 feature: IBT, SHSTK"))
        self.assertGreater(notes.count("File: "), 0)


if __name__ == "__main__":
    unittest.main()
