"""What is in force, and what says so. covenant-config(1)."""

import os
import pwd
import re

from support import CovenantTest, main

SETTINGS = """registry = "office.db"
[office]
timezone = "Europe/Brussels"
[site]
languages = ["en", "lv"]
home = "https://example.org/{lang}/"
[site.name]
lv = "Vietne"
"""


class Config(CovenantTest):
    with_registry = False

    def rows(self, *args, **how):
        """Name, value and origin of each setting."""
        lines = self.done("config", *args, **how).out.splitlines()
        return {row[0]: tuple(row[1:]) for row in (re.split("  +", line) for line in lines)}

    def test_every_setting_is_listed_with_its_origin(self):
        self.file("c.toml", SETTINGS)
        bare = {"COVENANT_REGISTRY": None, "COVENANT_ACTOR": None}
        rows = self.rows("--config", "c.toml", env=bare)
        self.assertEqual(list(rows)[:3], ["registry", "settings", "actor"])
        expected = {
            "registry": ("office.db", "settings, line 1"),
            "settings": ("c.toml", "--config"),
            "actor": (pwd.getpwuid(os.getuid()).pw_name, "login name"),
            "office.timezone": ("Europe/Brussels", "settings, line 3"),
            "policy.four_eyes": ("false", "default"),
            "policy.commitment": ("any", "default"),
            "due.renewal": ("730", "default"),
            "site.languages": ("en, lv", "settings, line 5"),
            "site.home": ("https://example.org/{lang}/", "settings, line 6"),
            "site.name.lv": ("Vietne", "settings, line 8"),
        }
        self.assertEqual(rows | expected, rows)
        self.assertNotIn("site.join", rows)

    def test_options_and_environment_are_origins(self):
        (self.folder / ".config/covenant").mkdir(parents=True)
        self.file(".config/covenant/config.toml", 'actor = "office"\n')
        for row, origin, args, env in (
            ("registry", "--registry", ("--registry", "x.db"), {}),
            ("registry", "$COVENANT_REGISTRY", (), {}),
            ("registry", "default place", (), {"COVENANT_REGISTRY": None}),
            ("actor", "--as", ("--as", "Ann"), {}),
            ("actor", "$COVENANT_ACTOR", (), {}),
            ("actor", "settings, line 1", (), {"COVENANT_ACTOR": None}),
            ("settings", "default place", (), {}),
            ("settings", "$COVENANT_CONFIG", (), {"COVENANT_CONFIG": ".config/covenant/config.toml"}),
        ):
            with self.subTest(row=row, origin=origin):
                self.assertEqual(self.rows(*args, env=env)[row][1], origin)
        if os.getuid() == 0:
            self.assertEqual(self.rows(env={"COVENANT_ACTOR": None, "SUDO_USER": "ann", "HOME": "/nowhere"})["actor"],
                             ("ann", "$SUDO_USER"))

    def test_one_setting_is_its_value_alone(self):
        self.file("c.toml", SETTINGS)
        for key, value in (("site.home", "https://example.org/{lang}/\n"), ("due.practices", "365\n"),
                           ("settings", "c.toml\n"), ("site.name.lv", "Vietne\n")):
            self.assertEqual(self.done("config", key, "--config", "c.toml").out, value)

    def test_one_that_is_not_set_prints_nothing(self):
        result = self.done("config", "site.home")
        self.assertEqual((result.out, result.err), ("", "site.home is not set.\n"))
        self.assertEqual(self.done("config", "settings").out, "")
        self.assertIn(f"no file; write {self.folder}/.config/covenant/config.toml\n", self.done("config").out)

    def test_a_table_is_shown_whole(self):
        self.assertEqual([line.split() for line in self.done("config", "due").out.splitlines()],
                         [[f"due.{name}", days, "default"] for name, days in
                          (("commitment", "30"), ("renewal", "730"), ("practices", "365"), ("retention", "730"))])

    def test_an_unknown_one_is_refused_with_the_nearest(self):
        self.assertEqual(self.fails(2, "config", "site.hone"),
                         "covenant: KEY: 'site.hone' is not a setting; did you mean 'site.home'?\n")


if __name__ == "__main__":
    main()
