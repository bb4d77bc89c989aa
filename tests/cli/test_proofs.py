"""Checkpoints, signatures and proofs, compared with verifiers that run no line of the program.

covenant-registry(5), LEAVES AND TREE.
"""

import base64
import hashlib
import json
import subprocess

from life import live
from support import CovenantTest, main
from tamper import unguarded
from test_history import verify


def leaf(body):
    return hashlib.sha256(b"\0" + body.encode()).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves):
    """The Merkle tree hash of RFC 9162 section 2.1.1, as it is defined there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(root(leaves[:split]), root(leaves[split:]))


def includes(leaf_hash, index, size, path, expected):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    last, result = size - 1, leaf_hash
    for step in path:
        if last == 0:
            return False
        if index % 2 or index == last:
            result = node(step, result)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            result = node(result, step)
        index, last = index >> 1, last >> 1
    return last == 0 and result == expected


def extends(first, second, first_root, second_root, path):
    """RFC 9162 section 2.1.4.2."""
    if first == second:
        return path == [] and first_root == second_root
    if not path:
        return False
    if first & (first - 1) == 0:
        path = [first_root, *path]
    index, last = first - 1, second - 1
    while index % 2:
        index, last = index >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if index % 2 or index == last:
            old, new = node(step, old), node(step, new)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            new = node(new, step)
        index, last = index >> 1, last >> 1
    return last == 0 and (old, new) == (first_root, second_root)


class ProofTest(CovenantTest):
    """A test with a registry of a full life, which is made once a run."""

    made = []

    def setUp(self):
        super().setUp()
        if not self.made:
            ids = live(self)
            self.done("backup", "made.db")
            self.made += [ids, (self.folder / "made.db").read_bytes()]
        self.ids = self.made[0]
        self.registry.write_bytes(self.made[1])
        self.bodies = self.history().split("\n")[:-1]
        self.leaves = [leaf(body) for body in self.bodies]
        self.origin = json.loads(self.bodies[0])["origin"]
        self.key, self.public = self.make_key("key")

    def make_key(self, name, kind="ed25519"):
        private, public = self.folder / f"{name}.pem", self.folder / f"{name}-public.pem"
        self.openssl("genpkey", "-algorithm", kind, "-out", private)
        self.openssl("pkey", "-in", private, "-pubout", "-out", public)
        return private, public

    def openssl(self, *args):
        return subprocess.run(["openssl", *args], cwd=self.folder, check=True, capture_output=True).stdout

    def public_bytes(self, public):
        return self.openssl("pkey", "-pubin", "-in", public, "-pubout", "-outform", "DER")[-32:]

    def checkpoint(self, *more):
        return self.done("history", "--checkpoint", *more).out

    def against(self, note, *more, name="note"):
        """What `check --against` says of a note: nothing when it is accepted."""
        path = self.file(name, note)
        result = self.covenant("check", "--against", path, *more)
        line = result.out.splitlines()[-1].split("\t")
        self.assertEqual(line[0], "checkpoint")
        self.assertEqual("damaged" in result.err, "failed" in result.out.rpartition("checkpoint\t")[0])
        self.assertEqual(result.code, 0 if line[1] == "ok" else 8)
        return line[2] if line[1] == "failed" else ""


class Key(ProofTest):
    def test_one_that_others_can_read_is_refused(self):
        for mode in (0o640, 0o604, 0o620, 0o602):
            self.key.chmod(mode)
            with self.subTest(mode=oct(mode)):
                self.assertIn("key.pem: a private key that others can read; run 'chmod 600' on it",
                              self.fails(9, "history", "--checkpoint", "--key", self.key))
        for mode in (0o600, 0o400):
            self.key.chmod(mode)
            self.checkpoint("--key", self.key)

    def test_one_that_comes_through_a_pipe_is_taken(self):
        signed = self.done("history", "--checkpoint", "--key", "/dev/stdin", stdin=self.key.read_bytes()).out
        self.assertEqual(signed, self.checkpoint("--key", self.key))


class Checkpoint(ProofTest):
    def test_it_is_origin_size_and_root(self):
        self.assertEqual(self.checkpoint(), f"{self.origin}\n{len(self.leaves)}\n"
                         f"{base64.b64encode(root(self.leaves)).decode()}\n")

    def test_every_history_of_before_is_extended(self):
        for size in range(len(self.leaves) + 1):
            with self.subTest(size=size):
                note = f"{self.origin}\n{size}\n{base64.b64encode(root(self.leaves[:size])).decode()}\n"
                self.assertEqual(self.against(note), "")

    def test_each_way_to_be_wrong_has_its_own_answer(self):
        note = self.checkpoint()
        origin, size, hash_ = note.splitlines()
        other_root = base64.b64encode(root(self.leaves[:-1])).decode()
        for wrong, answer in (
            (f"{origin}x\n{size}\n{hash_}\n", f"the checkpoint is of {origin}x, this is {origin}"),
            (f"covenant-registry/00\n{size}\n{hash_}\n", "the checkpoint is of covenant-registry/00, this is"),
            (f"{origin}\n{int(size) + 1}\n{hash_}\n",
             f"the history has {size} events, the checkpoint {int(size) + 1}: the end is missing"),
            (f"{origin}\n18446744073709551615\n{hash_}\n", "the end is missing"),
            (f"{origin}\n{size}\n{other_root}\n", f"the first {size} events are not those of the checkpoint"),
            (f"{origin}\n{int(size) - 1}\n{hash_}\n", f"the first {int(size) - 1} events are not those of"),
            (f"{origin}\n0\n{hash_}\n", "the first 0 events are not those of"),
        ) + tuple((text, "the checkpoint is not one") for text in (
            "", "\n", origin, f"{origin}\n", f"{origin}\n{size}\n", f"\n{size}\n{hash_}\n", f"{origin}\n\n{hash_}\n",
            f"{origin}\n-1\n{hash_}\n", f"{origin}\n+{size}\n{hash_}\n", f"{origin}\n0{size}\n{hash_}\n",
            f"{origin}\n{size} \n{hash_}\n", f"{origin}\n0x10\n{hash_}\n", f"{origin}\n18446744073709551616\n{hash_}\n",
            f"{origin}\n{size}\n{hash_[:-1]}\n", f"{origin}\n{size}\n{hash_[:-4]}\n", f"{origin}\n{size}\n{hash_}AAAA\n",
            f"{origin}\n{size}\n!{hash_[1:]}\n", f"{origin}\r\n{size}\r\n{hash_}\r\n", f"{size}\n{origin}\n{hash_}\n",
            "\0" * 500, "x" * 100_000)):
            with self.subTest(wrong=wrong[:200]):
                said = self.against(wrong)
                self.assertIn(answer, said)

    def test_nobody_vouches_for_a_history_that_is_not_valid(self):
        with unguarded(self.registry) as connection:
            connection.execute("UPDATE event SET leaf = zeroblob(32) WHERE seq = 3")
        for command in (("--checkpoint",), ("--checkpoint", "--key", self.key), ("1", "--prove")):
            with self.subTest(command=command):
                error = self.fails(8, "history", *command)
                self.assertIn("event 3: its leaf is not the hash of its body; run 'covenant check'", error)

    def test_the_json_says_the_same(self):
        for note, ok in ((self.checkpoint(), True), ("x", False)):
            result = self.exits(0 if ok else 8, "check", "--against", self.file("note", note), "--format", "json").json()
            check = result["checks"][-1]
            self.assertEqual((result["ok"], check["name"], check["ok"], check["faults"]),
                             (ok, "checkpoint", ok, 0 if ok else 1))
            self.assertEqual(check["first"], None if ok else self.against(note))

    def test_a_last_line_without_its_end_is_forgiven(self):
        self.assertEqual(self.against(self.checkpoint().rstrip("\n")), "")

    def test_what_cannot_be_read_is_told_before_anything_is_checked(self):
        note = self.file("note", self.checkpoint())
        for code, args in ((9, ("--against", "missing")), (9, ("--against", ".")),
                           (9, ("--against", note, "--public-key", "missing")),
                           (6, ("--against", note, "--public-key", note)),
                           (6, ("--against", note, "--public-key", self.make_key("rsa", "rsa")[1])),
                           (6, ("--against", note, "--public-key", self.key)), (2, ("--public-key", self.public))):
            with self.subTest(args=args):
                self.fails(code, "check", *args)

    def test_a_registry_without_its_beginning_is_still_held_against_it(self):
        note = self.checkpoint()
        for statement in ("DELETE FROM event", "DELETE FROM event WHERE seq = 1", "DELETE FROM event WHERE seq = 5"):
            with self.subTest(statement=statement):
                with unguarded(self.registry) as connection:
                    connection.execute(statement)
                self.assertNotEqual(self.against(note), "")


class Signed(ProofTest):
    def signed(self):
        return self.checkpoint("--key", self.key)

    def test_openssl_and_a_reader_of_signed_notes_accept_it(self):
        note = self.signed()
        text, _, signatures = note.partition("\n\n")
        self.assertEqual(text + "\n", self.checkpoint())
        dash, name, encoded = signatures.removesuffix("\n").split(" ")
        self.assertEqual((dash, name), ("—", self.origin))
        blob, public = base64.b64decode(encoded, validate=True), self.public_bytes(self.public)
        self.assertEqual(blob[:4], hashlib.sha256(self.origin.encode() + b"\n\x01" + public).digest()[:4])
        self.assertEqual(len(blob), 4 + 64)
        self.file("text", text + "\n")
        self.file("signature", blob[4:])
        self.openssl("pkeyutl", "-verify", "-pubin", "-inkey", self.public, "-rawin", "-in", "text", "-sigfile",
                     "signature")
        self.file("text", text + "x\n")
        with self.assertRaises(subprocess.CalledProcessError):
            self.openssl("pkeyutl", "-verify", "-pubin", "-inkey", self.public, "-rawin", "-in", "text", "-sigfile",
                         "signature")

    def test_the_program_accepts_it_and_what_openssl_signs(self):
        self.assertEqual(self.against(self.signed(), "--public-key", self.public), "")
        self.assertEqual(self.against(self.signed()), "")
        text = self.checkpoint()
        self.file("text", text)
        self.openssl("pkeyutl", "-sign", "-inkey", self.key, "-rawin", "-in", "text", "-out", "signature")
        blob = hashlib.sha256(self.origin.encode() + b"\n\x01" + self.public_bytes(self.public)).digest()[:4]
        encoded = base64.b64encode(blob + (self.folder / "signature").read_bytes()).decode()
        self.assertEqual(self.against(f"{text}\n— {self.origin} {encoded}\n", "--public-key", self.public), "")

    def test_signatures_of_others_beside_it_do_no_harm(self):
        text, _, signature = self.signed().partition("\n\n")
        stranger = self.checkpoint("--key", self.make_key("stranger")[0]).partition("\n\n")[2]
        witness = "— witness.example.org/w1 " + base64.b64encode(b"x" * 68).decode() + "\n"
        for lines in (stranger + signature, signature + witness, witness + stranger + signature):
            self.assertEqual(self.against(f"{text}\n\n{lines}", "--public-key", self.public), "")
        self.assertIn("not signed by that key", self.against(f"{text}\n\n{stranger}{witness}", "--public-key", self.public))

    def test_it_stays_good_while_the_history_goes_on(self):
        note = self.signed()
        self.done("withdraw", self.ids["applied"])
        self.assertEqual(self.against(note, "--public-key", self.public), "")

    def test_a_signature_that_does_not_hold_is_told(self):
        note = self.signed()
        text, _, signature = note.partition("\n\n")
        dash, name, encoded = signature.removesuffix("\n").split(" ")
        blob = base64.b64decode(encoded)

        def line(changed, by=name):
            return f"{text}\n\n{dash} {by} {base64.b64encode(changed).decode()}\n"

        smaller = note.replace(f"\n{len(self.leaves)}\n", f"\n{len(self.leaves) - 1}\n")
        self.assertNotEqual(smaller, note)
        for wrong in (text + "\n", text + "\n\n", smaller, line(blob[:-1]), line(blob + b"\0"), line(blob[:4]), line(b""),
                      line(blob[:-1] + bytes([blob[-1] ^ 1])), line(bytes([blob[0] ^ 1]) + blob[1:]),
                      line(blob, "covenant-registry/00"), note.replace("—", "-"), note.replace("\n\n", "\n"),
                      f"{text}\n\n{dash} {name} {encoded[:-1]}\n", f"{text}\n\n{dash} {name}\n",
                      note + line(blob[:-1] + bytes([blob[-1] ^ 1])).rpartition("\n\n")[2], note + "\n", note + "x\n",
                      note.replace("\n\n", "\n\n\n"), note.removesuffix("\n"), note + f"{dash} {name} \n"):
            with self.subTest(wrong=wrong):
                self.assertEqual(self.against(wrong, "--public-key", self.public),
                                 "the checkpoint is not signed by that key")
        self.assertEqual(self.against(note + f"{dash} somebody {encoded}\n", "--public-key", self.public), "")
        self.assertEqual(self.against(note, "--public-key", self.make_key("stranger")[1]),
                         "the checkpoint is not signed by that key")

    def test_a_good_signature_does_not_help_a_wrong_history(self):
        note = self.signed()
        self.done("init", "--registry", "other.db")
        self.assertIn("this is covenant-registry/",
                      self.against(note, "--public-key", self.public, "--registry", "other.db"))

    def test_what_is_no_private_key_is_refused(self):
        locked = self.folder / "locked.pem"
        self.openssl("pkey", "-in", self.key, "-aes256", "-passout", "pass:secret", "-out", locked)
        for code, key in ((6, self.public), (6, self.make_key("rsa", "rsa")[0]), (6, locked), (9, "missing.pem"),
                          (6, self.file("empty.pem", ""))):
            with self.subTest(key=key):
                self.fails(code, "history", "--checkpoint", "--key", key)
        self.fails(2, "history", "--key", self.key)
        self.fails(2, "history", "--extends", "1", "--key", self.key)


class Inclusion(ProofTest):
    def parts(self, proof):
        head, _, checkpoint = proof.partition("\n\n")
        kind, extra, index, *path = head.split("\n")
        self.assertEqual((kind, extra[:6], index[:6]), ("c2sp.org/tlog-proof@v1", "extra ", "index "))
        body = base64.b64decode(extra[6:], validate=True).decode()
        return body, int(index[6:]), [base64.b64decode(step, validate=True) for step in path], checkpoint

    def is_valid(self, proof):
        body, index, path, checkpoint = self.parts(proof)
        _, size, hash_ = checkpoint.splitlines()[:3]
        return includes(leaf(body), index, int(size), path, base64.b64decode(hash_))

    def test_every_approval_is_shown_to_stand_in_the_history(self):
        approved = 0
        for name, partner in self.ids.items():
            if not any(json.loads(body)["action"] == "approve" and json.loads(body)["partner"] == int(partner[3:])
                       for body in self.bodies):
                self.assertIn("never approved", self.fails(3, "history", partner, "--prove"))
                continue
            approved += 1
            proof = self.done("history", partner, "--prove").out
            body, index, _, checkpoint = self.parts(proof)
            event = json.loads(body)
            self.assertEqual((event["action"], event["partner"]), ("approve", int(partner[3:])), name)
            self.assertEqual((body, checkpoint), (self.bodies[index], self.checkpoint()))
            self.assertTrue(self.is_valid(proof))
        self.assertGreater(approved, 3)

    def test_a_changed_proof_does_not_hold(self):
        proof = self.done("history", self.ids["full"], "--prove").out
        lines = proof.split("\n")
        body = base64.b64encode(base64.b64decode(lines[1][6:]).replace(b"2024-05-06", b"2024-05-07")).decode()
        for changed in (proof.replace(lines[1], "extra " + body), proof.replace(lines[2], "index 1"),
                        proof.replace(lines[3] + "\n", ""), proof.replace(lines[3], lines[4]),
                        proof.replace(f"\n{len(self.leaves)}\n", f"\n{len(self.leaves) + 30}\n")):
            self.assertNotEqual(changed, proof)
            self.assertFalse(self.is_valid(changed))

    def test_it_can_be_signed(self):
        proof = self.done("history", self.ids["heir"], "--prove", "--key", self.key).out
        self.assertEqual(self.against(self.parts(proof)[3], "--public-key", self.public), "")
        self.assertTrue(self.is_valid(proof))

    def test_it_is_about_the_last_approval(self):
        partner = self.ids["merged"]
        self.done("apply", "--name", "Merged Association", "--category", "other", "--expertise", "Audits", "--level",
                  "european", "--country", "BE", "--contact-name", "Desk", "--contact-email", "desk@example.org",
                  "--website", "https://merged.example.org/", "--member-count", "3", "--reference", "F-2", "--applied-on",
                  "2025-01-31")
        self.done("verify", partner)
        self.approve(partner, "--received-on", "2025-02-01")
        body = self.parts(self.done("history", partner, "--prove").out)[0]
        self.assertEqual(json.loads(body)["new"]["approved_on"], "2025-02-01")

    def test_wrong_arguments_are_told(self):
        for code, args in ((2, ("--prove",)), (4, ("AP-0099", "--prove")), (2, ("1", "--checkpoint")),
                           (2, ("1", "--prove", "--checkpoint")), (2, ("1", "--extends", "1"))):
            with self.subTest(args=args):
                self.fails(code, "history", *args)


class Extension(ProofTest):
    def test_each_history_is_shown_to_be_extended_by_each_later_one(self):
        size = len(self.leaves)
        for first in range(1, size + 1):
            with self.subTest(first=first):
                sizes, *path = self.done("history", "--extends", str(first)).out.splitlines()
                self.assertEqual(sizes, f"{first} {size}")
                path = [base64.b64decode(step, validate=True) for step in path]
                self.assertTrue(extends(first, size, root(self.leaves[:first]), root(self.leaves), path))
                self.assertFalse(extends(first, size, root(self.leaves[:first][::-1] + [b""]), root(self.leaves), path))

    def test_wrong_sizes_are_told(self):
        for size in ("0", str(len(self.leaves) + 1), "-1", "x", "", "1.5"):
            with self.subTest(size=size):
                self.fails(2, "history", "--extends", size)

    def test_the_file_holds_for_a_verifier_of_its_own(self):
        self.assertEqual(len(verify(self.registry)), len(self.leaves))


if __name__ == "__main__":
    main()
