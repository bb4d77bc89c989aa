"""What goes to a terminal: colour, clipping, and never a control character of the data. covenant(1), DIAGNOSTICS."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

from support import BINARY, CovenantTest, main, width

COLOUR = re.compile("\x1b\\[[0-9;]*m")


class Terminal(CovenantTest):
    def on_terminal(self, *args, columns=80, **env):
        """What the command writes to a terminal of that many columns."""
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen([BINARY, *args], stdin=follower, stdout=follower, stderr=follower, cwd=self.folder,
                                   env=self.env | {"TERM": "xterm-256color"} | env)
        os.close(follower)
        written = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            written += part
        os.close(leader)
        process.wait(timeout=60)
        return written.decode().replace("\r\n", "\n")

    def test_a_table_has_colour_unless_it_is_not_wanted(self):
        self.apply()
        self.assertRegex(self.on_terminal("list"), COLOUR)
        for args, env in (((), {"NO_COLOR": "1"}), (("--no-color",), {})):
            with self.subTest(args=args, env=env):
                self.assertNotIn("\x1b", self.on_terminal("list", *args, **env))

    def test_an_empty_no_color_wants_colour(self):
        self.apply()
        self.assertRegex(self.on_terminal("list", NO_COLOR=""), COLOUR)

    def test_what_machines_read_has_no_colour(self):
        self.apply()
        for format in ("csv", "tsv", "json", "jsonl"):
            self.assertNotIn("\x1b", self.on_terminal("list", "--format", format))

    def test_the_history_is_wrapped_and_whole(self):
        partner = self.apply("Energy Network", description="Words of a description, " * 20 + "the end", website="")
        self.exits(3, "verify", partner)
        for columns in (68, 80, 132):
            lines = COLOUR.sub("", self.on_terminal("history", columns=columns)).splitlines()
            self.assertLessEqual(max(map(width, lines)), columns)
            heads = [line.split() for line in lines if not line.startswith("       ")]
            self.assertEqual(heads[0], ["seq", "at", "(UTC)", "actor", "action", "partner"])
            self.assertEqual(heads[-1][3:], ["tester", "verify", partner, "Energy", "Network"])
            text = " ".join(line.strip() for line in lines)
            self.assertIn("Words of a description, " * 20 + "the end;", text)
            self.assertTrue(text.endswith("status: applied → ineligible; website: fail"), text[-80:])

    def test_an_empty_history_says_so(self):
        self.assertEqual(self.on_terminal("history", "--actor", "nobody"), "No events match.\n")
        self.assertEqual(self.on_terminal("history", "--runs", "--actor", "nobody"), "No events match.\n")

    def test_a_table_is_clipped_to_the_terminal(self):
        self.apply("Long " * 50 + "Association", website="")
        self.apply("エネルギー協会" * 20, website="")
        self.apply("e\u0301a\u0323" * 60, website="")
        for columns in (40, 61, 80, 132):
            lines = COLOUR.sub("", self.on_terminal("list", columns=columns)).splitlines()
            self.assertEqual(len(lines), 4)
            self.assertLessEqual(max(map(width, lines)), columns)
            self.assertIn("…", lines[1])

    def test_errors_have_no_control_character(self):
        for args in (("show", "a\x1b[31mb"), ("list", "--status", "\x9b31m\u202e")):
            self.assertNotRegex(self.on_terminal(*args, NO_COLOR="1"), "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")

    def test_stored_control_characters_are_not_sent(self):
        partner = self.apply()
        self.sql("UPDATE partner SET name = ?, city = ?", "a\x1b[31m\x07b", "\x9b\u202e")
        for command in (("list", "--columns", "name,city"), ("show", partner)):
            self.assertNotRegex(self.on_terminal(*command, NO_COLOR="1"), "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")

    def test_nothing_prompts(self):
        self.apply()
        for args in (("verify", "--all"), ("withdraw", "1")):
            self.assertRegex(self.on_terminal(*args, NO_COLOR="1"), r"AP-0001")


if __name__ == "__main__":
    main()
