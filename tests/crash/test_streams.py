"""Standard streams that are full, closed or no file: exit 9, and no file takes what was meant for them."""

import subprocess
import unittest

from scenes import SCENES, SceneTest
from support import BINARY

NO_OUTPUT = (">/dev/full", ">&-")
READING = (("list",), ("show", "AP-0001"), ("history", "--format", "jsonl"), ("check",), ("export", "--format", "csv"),
           ("export", "--format", "html"), ("help",), ("--version",))


class Streams(SceneTest):
    def run_with(self, redirection, *args):
        return subprocess.run(["/bin/sh", "-c", f'exec "$@" {redirection}', "sh", BINARY, *map(str, args)], env=self.env,
                              cwd=self.folder, stderr=subprocess.PIPE, text=True, check=False)

    def test_what_did_not_arrive_is_no_success(self):
        self.restart("streams")
        for redirection in NO_OUTPUT:
            for args in READING:
                with self.subTest(redirection=redirection, args=args):
                    result = self.run_with(redirection, *args)
                    self.assertEqual(result.returncode, 9, result.stderr)
                    self.assertRegex(result.stderr, r"(?m)^covenant: [^\n]*standard output[^\n]*\n\Z")

    def test_a_change_that_could_not_be_told_stands(self):
        for scene, args in SCENES.items():
            self.restart(scene)
            self.covenant(*args)
            after = self.state()
            for redirection in (*NO_OUTPUT, "<&- >&- 2>&-"):
                with self.subTest(scene=scene, redirection=redirection):
                    self.restart(scene)
                    self.run_with(redirection, *args)
                    self.assertEqual(self.state(), after)

    def test_standard_input_that_cannot_be_read_is_told(self):
        self.restart("streams")
        before = self.contents(self.registry)
        for redirection in ("<&-", "</"):
            with self.subTest(redirection=redirection):
                result = self.run_with(redirection + " >/dev/null", "apply", "--csv", "-")
                self.assertEqual(result.returncode, 9, result.stderr)
                self.assertRegex(result.stderr, r"\Acovenant: -: cannot read[^\n]*\n\Z")
        self.assertEqual(self.contents(self.registry), before)


if __name__ == "__main__":
    unittest.main()
