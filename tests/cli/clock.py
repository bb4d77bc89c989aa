"""Runs the program at another time, by Debian's faketime."""

import glob
import re
import subprocess

from support import BINARY, CovenantTest


def preloaded():
    """The libraries to load before all others; the sanitizers' own, where there is one, comes first."""
    linked = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=True).stdout
    [faketime] = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    return ":".join([*re.findall(r"=> (\S*libasan\S*)", linked), faketime])


class ClockTest(CovenantTest):
    with_registry = False

    def setUp(self):
        super().setUp()
        self.preloaded = preloaded()

    def at(self, moment, *command, code=0):
        """Runs a command at that moment (UTC, to the second)."""
        env = {"LD_PRELOAD": self.preloaded, "FAKETIME": moment, "TZ": "UTC", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        return self.exits(code, *command, env=env)
