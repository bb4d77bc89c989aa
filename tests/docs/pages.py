"""Manual pages as text: sections, and the commands of their EXAMPLES."""

import os
import re
from dataclasses import dataclass

from office import ROOT

MAN = ROOT / "man"
PAGES = os.environ["COVENANT_PAGES"].split(":")
ESCAPES = {r"\e": "\\", r"\&": "", r"\-": "-", r"\(aq": "'", r"\(dq": '"', r"\(ga": "`", r"\(ha": "^", r"\(ti": "~"}


def plain(line):
    """A line of a literal display as it is shown."""
    return re.sub(r"\\(?:\(..|.)", lambda match: ESCAPES[match.group()], line)


def roff(line):
    """The line of a literal display that is shown as this text."""
    for escape in (r"\e", r"\(aq", r"\(ga", r"\(ha", r"\(ti"):
        line = line.replace(ESCAPES[escape], escape)
    return r"\&" + line if line.startswith(".") else line


def section(text, title):
    """The source of a section, without its heading."""
    found = re.search(rf"^\.Sh {re.escape(title)}\n(.*?)(?=^\.Sh |\Z)", text, re.M | re.S)
    return found.group(1) if found else ""


@dataclass
class Step:
    """A command of an example, and what it prints on a terminal."""

    command: str
    output: list


def blocks(text):
    """The literal displays of EXAMPLES, each a list of lines."""
    found = re.findall(r"^\.Bd -literal[^\n]*\n(.*?)^\.Ed$", section(text, "EXAMPLES"), re.M | re.S)
    return [[plain(line) for line in block.splitlines()] for block in found]


def is_complete(command):
    """Whether a shell would run the lines rather than ask for more."""
    heredoc = re.search(r"<< '(\w+)'", command)
    if heredoc:
        return command.endswith("\n" + heredoc.group(1))
    return not command.endswith("\\") and command.count("'") % 2 == 0 and command.count('"') % 2 == 0


def steps(block):
    """The commands of a block, which begin with '$ ', and the output between them."""
    found = []
    for line in block:
        if found and not is_complete(found[-1].command):
            found[-1].command += "\n" + line
        elif line.startswith("$ "):
            found.append(Step(line[2:], []))
        else:
            found[-1].output.append(line)
    return found
