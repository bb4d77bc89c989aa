"""check: the file, the history and the rules, each on a line. covenant-check(1)."""

from support import CovenantTest, main

CHECKS = ("integrity", "foreign-keys", "history", "sealed", "tables", "rules", "evidence")

# what somebody did behind the program's back, and which check finds it
DAMAGE = {
    "UPDATE partner SET city = 'Ghent' WHERE id = 1": "tables",
    "DELETE FROM finding WHERE partner = 1 AND criterion = 'scope'": "tables",
    "UPDATE sealed SET value = replace(value, 'desk@', 'desc@') WHERE seq = 2": "sealed",
    "DELETE FROM sealed WHERE seq = 2": "sealed",
    "UPDATE document SET content = CAST(replace(content, 'signed', 'forged') AS BLOB)": "evidence",
    "UPDATE partner SET country = 'ZZ' WHERE id = 1": "rules",
    "UPDATE partner SET successor = 99 WHERE id = 1": "foreign-keys",
    "UPDATE event SET body = replace(body, '\"BE\"', '\"LV\"')": "history",
    "DELETE FROM event WHERE seq = 3": "history",
}


class Check(CovenantTest):
    def setUp(self):
        super().setUp()
        self.listed()
        self.partner_that_is("withdrawn")

    def test_a_sound_registry_passes_every_check(self):
        lines = self.done("check").out.splitlines()
        self.assertEqual([tuple(line.split("\t")) for line in lines], [(name, "ok") for name in CHECKS])

    def test_the_json_has_the_same_checks(self):
        result = self.done("check", "--format", "json").json()
        self.assertEqual((result["ok"], [check["name"] for check in result["checks"]]), (True, list(CHECKS)))

    def test_every_damage_is_found(self):
        sound = self.registry.read_bytes()
        triggers = self.sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        for number, (statement, check) in enumerate(DAMAGE.items()):
            with self.subTest(statement=statement):
                self.env["COVENANT_REGISTRY"] = str(self.file(f"{number}.db", sound))
                self.registry = self.folder / f"{number}.db"
                for script in (*(f"DROP TRIGGER {name}" for name, _ in triggers), statement,
                               *(sql for _, sql in triggers)):
                    self.sql(script)
                result = self.exits(8, "check")
                self.assertRegex(result.out, rf"(?m)^{check}\tfailed\t.+$")
                self.assertFalse(self.exits(8, "check", "--format", "json").json()["ok"])


class Checkpoint(CovenantTest):
    def checkpoint(self):
        return self.file("checkpoint", self.done("history", "--checkpoint").out)

    def test_it_is_origin_size_and_root(self):
        self.apply()
        origin, size, root = self.done("history", "--checkpoint").out.splitlines()
        self.assertEqual((origin, size), (self.events()[0]["origin"], "2"))
        self.assertRegex(root, r"\A[A-Za-z0-9+/]{43}=\Z")

    def test_a_history_that_goes_on_extends_it(self):
        self.apply()
        checkpoint = self.checkpoint()
        self.apply("Another Association")
        self.done("check", "--against", checkpoint)

    def test_another_or_a_shorter_history_does_not(self):
        before = self.registry.read_bytes()
        self.apply()
        checkpoint = self.checkpoint()
        other = self.file("other.db", before)
        self.exits(8, "check", "--against", checkpoint, "--registry", other)
        self.done("init", "--registry", "another.db")
        self.exits(8, "check", "--against", checkpoint, "--registry", "another.db")


if __name__ == "__main__":
    main()
