"""What a power cut leaves of a folder, from the journal of changes that faults.c writes.

What was written to a file since it was last synced survives at random, whole or in part. Names are made, changed and
removed in one order, of which the end is lost, but not what came before the last sync of the folder in which it was.
"""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512


@dataclass(eq=False)
class File:
    synced: bytearray = field(default_factory=bytearray)
    pending: list = field(default_factory=list)  # (offset, bytes), or (size, None) of a new size
    mode: int = 0o600

    def sync(self):
        for change in self.pending:
            apply(self.synced, *change)
        self.pending.clear()


@dataclass(eq=False)
class Folder:
    entries: dict = field(default_factory=dict)
    mode: int = 0o700


def apply(content, place, written):
    if written is None:
        del content[place:]
        place, written = place, b""
    content.extend(bytes(max(0, place - len(content))))
    content[place:place + len(written)] = written


def read_journal(path):
    """The changes: letter, two numbers and the bytes."""
    data = path.read_bytes()
    changes = []
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        letter, number, second, size = data[at:end].split()
        changes.append((letter.decode(), int(number), int(second), data[end + 1:end + 1 + int(size)]))
        at = end + 1 + int(size)
    return changes


class Disk:
    """A folder and what changes it: `folder` is as it was before them, `seen_as` the path it had meanwhile."""

    def __init__(self, folder, seen_as):
        self.seen_as = os.path.realpath(seen_as)
        self.base = self.load(Path(folder))
        self.live = self.copy(self.base)
        self.inodes = {}
        self.names = []  # what happened to names: a function of the root, and the folders that it changes
        self.durable = 0  # how many of them no power cut can undo

    def load(self, path):
        loaded = Folder(mode=path.stat().st_mode & 0o777)
        for entry in sorted(path.iterdir()):
            if entry.is_symlink():
                loaded.entries[entry.name] = os.readlink(entry)
            elif entry.is_dir():
                loaded.entries[entry.name] = self.load(entry)
            else:
                loaded.entries[entry.name] = File(bytearray(entry.read_bytes()), [], entry.stat().st_mode & 0o777)
        return loaded

    def copy(self, folder):
        return Folder({name: self.copy(node) if isinstance(node, Folder) else node
                       for name, node in folder.entries.items()}, folder.mode)

    def parts(self, path):
        path = os.path.normpath(path.decode())
        if path == self.seen_as:
            return []
        return path[len(self.seen_as) + 1:].split("/") if path.startswith(self.seen_as + "/") else None

    @staticmethod
    def find(root, parts):
        node = root
        for part in parts:
            node = node.entries.get(part) if isinstance(node, Folder) else None
        return node

    def change_names(self, change, *paths):
        """Remembers what happens to names, unless it is outside the folder."""
        places = [self.parts(path) for path in paths]
        if not all(places):
            return

        def on(root):
            change(*((self.find(root, parts[:-1]).entries, parts[-1]) for parts in places))

        self.names.append((on, [self.find(self.live, parts[:-1]) for parts in places]))
        on(self.live)

    def put(self, node, path):
        self.change_names(lambda place: place[0].__setitem__(place[1], node), path)

    def make_folder(self, mode, path):
        """Another folder in each tree, since its entries differ."""
        self.change_names(lambda place: place[0].__setitem__(place[1], Folder(mode=mode)), path)

    def run(self, changes):
        for letter, number, second, payload in changes:
            node = self.inodes.get(number)
            if letter == "C":
                self.inodes[number] = node = File()
                if payload:
                    self.put(node, payload)
            elif letter == "O":
                parts = self.parts(payload)
                found = self.find(self.live, parts) if parts is not None else None
                if found is not None:
                    self.inodes[number] = found
            elif letter == "L" and node is not None:
                self.put(node, payload)
            elif letter == "M":
                self.make_folder(number, payload)
            elif letter == "Y":
                leads_to, path = payload.split(b"\0")
                self.put(leads_to.decode(), path)
            elif letter == "U":
                self.change_names(lambda place: place[0].pop(place[1]), payload)
            elif letter == "R":
                self.change_names(lambda old, new: new[0].__setitem__(new[1], old[0].pop(old[1])), *payload.split(b"\0"))
            elif letter == "X":
                self.change_names(self.exchange, *payload.split(b"\0"))
            elif letter == "A":
                self.durable = len(self.names)
                self.sync_all(self.live)
            elif isinstance(node, Folder) and letter == "S":
                of_it = [i for i, (_, folders) in enumerate(self.names) if any(folder is node for folder in folders)]
                self.durable = max([self.durable] + [i + 1 for i in of_it])
            elif isinstance(node, File):
                if letter == "S":
                    node.sync()
                elif letter == "W":
                    node.pending.append((second, payload))
                elif letter == "T":
                    node.pending.append((second, None))

    @staticmethod
    def exchange(one, other):
        one[0][one[1]], other[0][other[1]] = other[0][other[1]], one[0][one[1]]

    def sync_all(self, folder):
        for node in folder.entries.values():
            if isinstance(node, Folder):
                self.sync_all(node)
            elif isinstance(node, File):
                node.sync()

    def cut(self, target, chance):
        """Makes the folder `target` what a power cut leaves."""
        root = self.copy(self.base)
        for on, _ in self.names[:chance.randint(self.durable, len(self.names))]:
            on(root)
        shutil.rmtree(target, ignore_errors=True)
        self.write(root, Path(target), chance.choice((0, 0.5, 1)), chance, {})

    def write(self, folder, path, likely, chance, written):
        path.mkdir()
        path.chmod(folder.mode)
        for name, node in folder.entries.items():
            place = path / name
            if isinstance(node, Folder):
                self.write(node, place, likely, chance, written)
            elif isinstance(node, str):
                place.symlink_to(node)
            elif name.endswith("-shm"):
                continue  # is made again
            elif node in written:
                os.link(written[node], place)
            else:
                place.write_bytes(self.survivor(node, likely, chance))
                place.chmod(node.mode)
                written[node] = place

    @staticmethod
    def survivor(file, likely, chance):
        content = bytearray(file.synced)
        for place, bytes_written in file.pending:
            if chance.random() >= likely:
                continue
            if bytes_written is not None and likely < 1 and chance.random() < 0.3:
                bytes_written = bytes_written[:chance.randrange(len(bytes_written) + 1) // SECTOR * SECTOR]
            apply(content, place, bytes_written)
        return content
