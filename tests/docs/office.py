"""A folder in which an office has worked: the files of examples/ and a registry with partners of every status.

The binary is named by the environment variable COVENANT.
"""

import os
import shutil
import subprocess
from pathlib import Path

BINARY = Path(os.environ["COVENANT"]).resolve()
ROOT = Path(__file__).resolve().parents[2]
KEPT_ENVIRONMENT = {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}


def environment(folder):
    """What commands see: the binary first on the path, a registry and no settings, everything else scrubbed."""
    return KEPT_ENVIRONMENT | {
        "PATH": f"{BINARY.parent}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "COLUMNS": "100",
        "COVENANT_REGISTRY": "registry.db", "COVENANT_ACTOR": "office",
    }


def covenant(folder, *arguments, allowed=(0,)):
    """Runs one command in the folder and returns its standard output."""
    done = subprocess.run([BINARY, *arguments], cwd=folder, env=environment(folder), capture_output=True, text=True)
    assert done.returncode in allowed, f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def copy_examples(folder):
    """The files of examples/, in the folder itself and, for paths within them, under examples/."""
    shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
    (folder / "examples").symlink_to(".")


def make_registry(folder):
    """An empty registry."""
    copy_examples(folder)
    covenant(folder, "init")


def make_office(folder):
    """Partners of every status: AP-0012 is ineligible, AP-0023 and AP-0025 are eligible, AP-0007 is revoked, AP-0006
    is withdrawn, AP-0026 is applied, the others up to AP-0024 are approved."""
    make_registry(folder)
    covenant(folder, "apply", "--csv", "applications.csv")
    covenant(folder, "verify", "--all", allowed=(3,))
    covenant(folder, "approve", "--csv", "commitments.csv")
    covenant(folder, "revoke", "AP-0007", "--reason", "entered-in-error", "--on", "2025-10-01")
    covenant(folder, "withdraw", "AP-0006", "--on", "2025-10-02")
    covenant(folder, "apply", "--form", "application.toml")
    commitment = (folder / "commitment.pdf").read_bytes()
    (folder / "signed.pdf").write_bytes(commitment + b"% of AP-0025 alone\n")
