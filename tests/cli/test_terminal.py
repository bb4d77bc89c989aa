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
    def on_terminal(self, *args, columns=80, rows=24, **env):
        """What the command writes to a terminal of that size; a pager would wait for keys."""
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        process = subprocess.Popen([BINARY, *args], stdin=follower, stdout=follower, stderr=follower, cwd=self.folder,
                                   env=self.env | {"TERM": "xterm-256color", "PAGER": "cat"} | env)
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
        for args, env in (((), {"NO_COLOR": "1"}), (("--no-color",), {}), ((), {"TERM": "dumb"}), ((), {"CLICOLOR": "0"}),
                          (("--no-color",), {"CLICOLOR_FORCE": "1"})):
            with self.subTest(args=args, env=env):
                self.assertNotIn("\x1b", self.on_terminal("list", *args, **env))
                self.assertNotIn("\x1b", self.on_terminal("list", "--zebra", *args, **env))

    def test_colour_can_be_had_without_a_terminal(self):
        self.apply()
        self.assertRegex(self.done("list", env={"CLICOLOR_FORCE": "1"}).out, COLOUR)
        for env in ({"CLICOLOR_FORCE": "0"}, {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, {}):
            self.assertNotIn("\x1b", self.done("list", env=env).out)

    def test_what_begins_an_error_is_red(self):
        self.assertEqual(self.on_terminal("list", "--status", "x")[:15], "\x1b[31mcovenant:\x1b[0m"[:15])
        self.assertIn("\x1b[31mcovenant:\x1b[0m no partner", self.on_terminal("show", "7"))

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

    def test_categories_are_cut_before_names_and_then_columns_go(self):
        self.apply("European Federation of Ethical and Alternative Banks and Financiers", website="",
                   categories="financial;other", expertise="Loans")
        for columns, expected in (
            (80, ["id       name                                       categories  country  status",
                  "AP-0001  European Federation of Ethical and Alter…  financial…  BE       applied"]),
            (52, ["id       name                    categories  countr…",
                  "AP-0001  European Federation o…  financial…  BE"]),
            (30, ["id       name…",
                  "AP-0001  European Federation …"]),
        ):
            with self.subTest(columns=columns):
                self.assertEqual(self.on_terminal("list", columns=columns, NO_COLOR="1").splitlines(), expected)

    def test_a_card_is_as_wide_as_the_terminal(self):
        partner = self.apply(description="A federation of " + "very " * 40 + "small places", city="Bonn",
                             website="https://example.org/" + "a" * 90)
        for columns in (40, 80, 132):
            lines = self.on_terminal("show", partner, columns=columns, NO_COLOR="1").splitlines()
            self.assertEqual([line for line in lines if width(line) > columns and "/aaa" not in line and "covenant" not in line],
                             [])
            self.assertIn("https://example.org/" + "a" * 90, "".join(lines))
            at = next(i for i, line in enumerate(lines) if line.startswith("  description   A federation of very"))
            self.assertTrue(lines[at + 1].startswith(" " * 16 + "very"))
        self.assertRegex(self.on_terminal("show", partner), "\x1b\\[33mapplied\x1b\\[0m")

    def test_the_status_of_a_card_is_wrapped(self):
        other = self.listed("European Mortgage Federation and Covered Bond Council of all the Banks of Europe")
        partner = self.listed("Other")
        self.done("revoke", partner, "--reason", "merged", "--successor", other, "--on", "2025-01-02")
        self.assertEqual(self.on_terminal("show", partner, NO_COLOR="1").splitlines()[1:4], [
            "         revoked on 2025-01-02: merged into AP-0001 (European Mortgage",
            "         Federation and Covered Bond Council of all the Banks of Europe)", ""])
        self.assertIn("         \x1b[2mrevoked\x1b[0m on 2025-01-02: merged", self.on_terminal("show", partner))

    def test_a_list_without_partners_says_so(self):
        self.assertEqual(self.on_terminal("list"), "No partners match.\n")
        self.assertEqual(self.on_terminal("list", "--quiet"), "")
        self.assertEqual(self.done("list").out, "id  name  categories  country  status\n")
        for number in range(3):
            self.apply(f"Association {number}")
        self.assertEqual(self.on_terminal("list", "--limit", "2", "--ids"), "AP-0001\nAP-0002\n")
        self.assertTrue(self.on_terminal("list", "--limit", "2").endswith("\n2 of 3 partners.\n"))
        self.assertNotIn("of 3", self.on_terminal("list", "--limit", "3"))

    def test_a_check_has_columns(self):
        self.apply()
        text = self.on_terminal("check")
        self.assertTrue(text.startswith("integrity     \x1b[32mok\x1b[0m\nforeign-keys  \x1b[32mok\x1b[0m\n"), text)
        self.sql("UPDATE partner SET name = ?", "word " * 20 + "end")
        lines = self.on_terminal("check", NO_COLOR="1").splitlines()
        self.assertLessEqual(max(map(len, lines[:-1])), 80)
        at = next(i for i, line in enumerate(lines) if line.startswith("tables        failed  AP-0001: name is 'word "))
        self.assertTrue(lines[at + 1].startswith(" " * 22 + "word"), lines)

    def test_documents_and_policies_have_columns(self):
        partner = self.listed()
        self.assertEqual(self.on_terminal("evidence", partner, "--list", NO_COLOR="1").splitlines()[0].split()[:6],
                         ["no", "use", "received", "name", "type", "size"])
        self.assertRegex(self.on_terminal("evidence", partner, NO_COLOR="1"), r"\Areceived_on    2024-05-06\nname           ")
        self.assertEqual(self.on_terminal("policy", NO_COLOR="1").splitlines(),
                         ["policy      in force  registry  settings", "four-eyes   off       off       -",
                          "commitment  any       any       -"])
        for args in (("evidence", partner), ("evidence", partner, "--list"), ("evidence", partner, "--verify"), ("policy",), ("check",)):
            self.assertNotIn("\t", self.on_terminal(*args))
            self.assertIn("\t", self.done(*args).out)

    def test_settings_fit_a_narrow_terminal(self):
        self.file("c.toml", "[office]\nname = '" + "word " * 12 + "end'\n")
        lines = self.on_terminal("config", "office", "--config", "c.toml", columns=40, NO_COLOR="1").splitlines()
        at = lines.index("office.name")
        self.assertEqual(lines[at + 1:at + 4], ["  " + " ".join(["word"] * 7), "  " + " ".join(["word"] * 5 + ["end"]),
                                                "  (settings, line 2)"])
        self.assertLessEqual(max(map(len, lines)), 40)

    def test_what_is_longer_than_the_terminal_goes_through_the_pager(self):
        for number in range(5):
            self.apply(f"Association {number}")
        pager = {"PAGER": "sed 's/^/page: /'; echo \"LESS=$LESS\"", "NO_COLOR": "1"}
        for rows, paged in ((4, True), (6, True), (7, False), (24, False)):
            with self.subTest(rows=rows):
                text = self.on_terminal("list", rows=rows, **pager)
                self.assertEqual(text.startswith("page: id"), paged)
                self.assertEqual("LESS=FRX" in text, paged)
                self.assertEqual(len(text.splitlines()), 7 if paged else 6)
        self.assertIn("LESS=S", self.on_terminal("list", rows=4, LESS="S", **pager))
        for args, env in ((("--no-pager",), pager), ((), pager | {"TERM": "dumb"}), ((), {"PAGER": "no-such-pager"})):
            self.assertTrue(self.on_terminal("list", *args, rows=4, **({"NO_COLOR": "1"} | env)).startswith("id "))

    def test_the_summary_follows_the_page(self):
        for number in range(5):
            self.apply(f"Association {number}", applied_on="2020-01-01")
        text = self.on_terminal("due", rows=4, PAGER="sleep 0.2; sed 's/^/page: /'", NO_COLOR="1")
        self.assertTrue(text.endswith("page:          covenant verify AP-0005\n5 due.\n"), text)

    def test_a_pager_may_be_left_early(self):
        for number in range(3):
            self.apply(f"Association {number}", description="word " * 700)
        self.assertEqual(self.on_terminal("history", rows=4, PAGER="head -c 1 > /dev/null"), "")

    def test_help_is_as_wide_as_the_terminal(self):
        for columns in (50, 80, 120):
            for args in (("help",), ("apply", "-h"), ("help", "criteria"), ("help", "lifecycle")):
                lines = self.on_terminal(*args, columns=columns).splitlines()
                self.assertLessEqual(max(len(line) for line in lines if not line.startswith("Example:")), columns)
        self.assertLess(len(self.on_terminal("help", "criteria", columns=120)),
                        len(self.on_terminal("help", "criteria", columns=60)))

    def test_what_a_change_prints_has_columns(self):
        self.apply()
        self.assertEqual(self.on_terminal("verify", "1", "--dry-run").splitlines()[0], "AP-0001  \x1b[36meligible\x1b[0m")
        self.assertEqual(self.on_terminal("verify", "1", NO_COLOR="1").splitlines()[0], "AP-0001  eligible")
        self.assertEqual(self.done("verify", "1").out, "AP-0001\teligible\n")

    def test_a_text_without_blanks_is_broken(self):
        self.apply(description="地方自治体の国際連合、" * 20)
        for command in ("show", "history"):
            lines = self.on_terminal(command, "1", NO_COLOR="1").splitlines()
            self.assertLessEqual(max(map(width, lines)), 80)
            self.assertGreater(sum("地方" in line for line in lines), 4)

    def test_what_would_be_undone_is_wrapped(self):
        self.apply(description="word " * 40)
        self.done("update", "1", "--description", "short")
        lines = self.on_terminal("undo", "--last", "--dry-run", columns=50, NO_COLOR="1").splitlines()
        self.assertTrue(lines[1].startswith("AP-0001: description: word"), lines)
        self.assertTrue(lines[2].startswith("         word word"), lines)
        self.assertLessEqual(max(map(len, lines[:-1])), 50)

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
