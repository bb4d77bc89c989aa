"""Where the registry, the settings and the actor come from, and which goes before which.

covenant.toml(5); covenant(1), ENVIRONMENT.
"""

import os
import pwd

from support import CovenantTest, form, main, options


class Sources(CovenantTest):
    with_registry = False

    def settings(self, name="config.toml", **keys):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f'{key} = "{value}"\n' for key, value in keys.items()), "utf-8")
        return path

    def bare(self, **env):
        """The environment without what the tests set by default."""
        return {"COVENANT_REGISTRY": None, "COVENANT_ACTOR": None} | env

    def test_the_registry_is_option_then_environment_then_settings_then_home(self):
        path = {name: str(self.folder / f"{name}.db") for name in ("option", "environment", "settings")}
        self.settings(registry=path["settings"])
        env = self.bare(COVENANT_REGISTRY=path["environment"])
        for file, args, given in (
            (path["option"], ("--registry", path["option"], "--config", "config.toml"), env),
            (path["environment"], ("--config", "config.toml"), env),
            (path["settings"], ("--config", "config.toml"), self.bare()),
            (str(self.folder / "data/covenant/registry.db"), (), self.bare(XDG_DATA_HOME=str(self.folder / "data"))),
            (str(self.folder / ".local/share/covenant/registry.db"), (), self.bare()),
        ):
            with self.subTest(file=file):
                self.assertFalse(os.path.exists(file))
                self.done("init", *args, env=given)
                self.assertTrue(os.path.isfile(file))

    def test_the_settings_are_option_then_environment_then_home(self):
        sources = ("option", "environment", "xdg", "home")
        places = dict(zip(sources, ("a.toml", "b.toml", "xdg/covenant/config.toml", ".config/covenant/config.toml")))
        files = {source: str(self.settings(place, actor=source)) for source, place in places.items()}
        self.done("init")
        xdg = {"COVENANT_ACTOR": None, "XDG_CONFIG_HOME": str(self.folder / "xdg")}
        for expected, args, env in (
            ("option", ("--config", files["option"]), xdg | {"COVENANT_CONFIG": files["environment"]}),
            ("environment", (), xdg | {"COVENANT_CONFIG": files["environment"]}),
            ("xdg", (), xdg),
            ("home", (), {"COVENANT_ACTOR": None}),
        ):
            self.assertEqual(self.actor(*args, env=env), (expected, "settings"))

    def actor(self, *args, env):
        """The actor of one more event, and where the name came from."""
        number = len(self.events())
        self.done("apply", *options(form(f"Association {number}")), *args, env=env)
        return self.events()[-1]["actor"], self.events()[-1]["actor_source"]

    def test_the_actor_is_option_then_environment_then_settings_then_login(self):
        self.done("init")
        self.settings(actor="from settings")
        settings, login = ("--config", "config.toml"), pwd.getpwuid(os.getuid()).pw_name
        env = {"COVENANT_ACTOR": "from environment", "SUDO_USER": "sudoer"}
        for expected, args, given in (
            (("from option", "option"), (*settings, "--as", "from option"), env),
            (("from environment", "environment"), settings, env),
            (("from settings", "settings"), settings, env | {"COVENANT_ACTOR": None}),
            (("sudoer", "sudo") if os.getuid() == 0 else (login, "login"), (), env | {"COVENANT_ACTOR": None}),
            ((login, "login"), (), {"COVENANT_ACTOR": None}),
        ):
            with self.subTest(expected=expected):
                self.assertEqual(self.actor(*args, env=given), expected)

    def test_links_and_names_of_the_site_are_checked(self):
        for place, lines in (
            ("2:8", '[site]\nhome = "https://example.org/{language}"'),
            ("2:8", '[site]\nhome = "{lang}"'),
            ("2:1", '[site.name]\nxx = "Name"'),
            ("2:6", '[site.name]\nlv = ""'),
            ("2:6", "[site.name]\nlv = 1"),
            ("2:1", '[site]\nhone = "https://example.org/"'),
        ):
            with self.subTest(lines=lines):
                config = self.file("c.toml", lines)
                self.assertIn(f"c.toml:{place}: ", self.refuses_settings("--config", config, "list"))
        self.assertIn("did you mean 'site.home'?", self.refuses_settings("--config", "c.toml", "list"))
        self.assertNotIn("unknown", self.done("init", "--config", self.file("c.toml", "[site.name]\n")).err)

    def test_an_actor_is_a_line_of_text(self):
        self.done("init")
        for actor in ("", "  ", "a\nb", "a\x1bb"):
            with self.subTest(actor=actor), self.writes_nothing():
                self.fails(2, "apply", *options(form()), "--as", actor)
        for actor in ("", "  "):
            with self.subTest(actor=actor), self.writes_nothing():
                self.settings(actor=actor)
                self.refuses_settings("apply", *options(form()), "--config", "config.toml", env={"COVENANT_ACTOR": None})

    def test_these_options_stand_before_or_after_the_command(self):
        for number, args in enumerate((("--registry", "a.db", "init"), ("init", "--registry", "b.db"),
                                       ("--as", "x", "--quiet", "init", "--registry=c.db"))):
            self.done(*args)
            self.assertTrue((self.folder / ("a.db", "b.db", "c.db")[number]).is_file())


class Settings(CovenantTest):
    def refused(self, content):
        self.file("config.toml", content)
        return self.refuses_settings("list", "--config", "config.toml")

    def test_an_unknown_key_or_a_wrong_type_is_told_at_its_place(self):
        for content, line, column in (
            ("colour = \"red\"\n", 1, 1),
            ("# remark\nactor = \"x\"\n  regstry = \"x\"\n", 3, 3),
            ("[policy]\nfour_eye = true\n", 2, 1),
            ("actor = 7\n", 1, None),
            ("registry = [\"a\"]\n", 1, None),
            ("[policy]\nfour_eyes = \"yes\"\n", 2, None),
            ("policy = true\n", 1, None),
            ("[policy]\ncommitment = true\n", 2, None),
            ("[policy]\ncommitment = \"Signed\"\n", 2, None),
        ):
            with self.subTest(content=content):
                place = rf"config\.toml:{line}:{column or '[0-9]+'}: "
                self.assertRegex(self.refused(content), place)

    def test_what_is_not_toml_is_told_at_its_line(self):
        for content, line in (("actor = \n", 1), ("actor = \"x\"\n[policy\n", 2),
                              ("actor = \"x\"\nactor = \"y\"\n", 2)):
            with self.subTest(content=content):
                self.assertRegex(self.refused(content), rf"config\.toml:{line}:.*[^.]\n\Z")

    def test_an_unknown_table_without_keys_is_refused_as_well(self):
        self.assertIn("config.toml:1:", self.refused("[polici]\n"))
        self.assertIn("unknown table '[polici]'; did you mean '[policy]'?\n", self.refused("[polici]\n"))
        self.assertIn("unknown table '[zebra]'; see covenant.toml(5)\n", self.refused("[zebra]\n"))
        self.file("config.toml", "[policy]\n[site]\n")
        self.done("list", "--config", "config.toml")

    def test_what_is_wrong_is_said_plainly(self):
        for content, words in (("actor = \"a\n", "config.toml:1:9: '\"a' is not closed; add '\"'"),
                               ("actor =\n", "'actor' has no value; write \"\" or remove the line"),
                               ("[site\n", "'[site' is not closed; add ']'"),
                               ("actor = \"\"\n", "config.toml:1:9: actor: '' is empty; write a name"),
                               ("actor = 7\n", "config.toml:1:9: actor: 7 must be a text in quotes"),
                               ("[due]\nrenewal = \"x\"\n", "due.renewal: 'x' must be a number of days"),
                               ("[site]\nlanguages = [\"lv\", 7]\n", "config.toml:2:20: site.languages: "),
                               ("[policy]\nfour_eyes = 1\n",
                                "config.toml:2:13: policy.four_eyes: 1 must be true or false")):
            with self.subTest(content=content):
                self.assertIn(words, self.refused(content))

    def test_the_line_in_question_is_shown_with_a_caret_below_the_place(self):
        for content, below in (
            ('actor = ""\n', '  actor = ""\n          ^\n'),
            ("[policy]\r\n\tfour_eyes\t= 1\r\n", "   four_eyes = 1\n               ^\n"),
            ('[site]\nname = "Ō語 \x01"\n', '  name = "Ō語 \\x01"\n         ^\n'),
            ('actor = "' + "é" * 90, '  actor = "' + "é" * 66 + "…\n          ^\n"),
            ("a" * 100 + " = 1\n", "  " + "a" * 75 + "…\n  ^\n"),
            ('site.languages = ["en", ' + '"lv", ' * 12 + '"xx", 3]\n',
             '  …v", "lv", "lv", "lv", "lv", "lv", "xx", 3]\n' + " " * 43 + "^\n"),
        ):
            with self.subTest(content=content):
                self.file("config.toml", content)
                self.assertEqual(self.exits(2, "list", "--config", "config.toml").err.split("\n", 1)[1], below)

    def test_a_path_is_relative_to_the_settings_or_to_the_home_folder(self):
        (self.folder / "etc").mkdir()
        for written, path in (("a.db", "etc/a.db"), ("../b.db", "b.db"), ("~/c.db", "c.db"), ("~d.db", "etc/~d.db"),
                              (f"{self.folder}/e.db", "e.db")):
            with self.subTest(written=written):
                self.file("etc/config.toml", f'registry = "{written}"\n')
                self.done("init", "--config", "etc/config.toml", env={"COVENANT_REGISTRY": None})
                self.assertTrue((self.folder / path).is_file())
        self.file("config.toml", 'registry = "f.db"\n')
        self.done("init", "--config", "config.toml", env={"COVENANT_REGISTRY": None})
        self.assertTrue((self.folder / "f.db").is_file())
        self.file("config.toml", 'registry = "~/g.db"\n')
        self.assertIn("HOME", self.refuses_settings("list", "--config", "config.toml", env={"HOME": None}))

    def test_named_settings_must_be_there(self):
        self.assertIn("missing.toml", self.fails(9, "list", "--config", "missing.toml"))
        self.assertIn("missing.toml", self.fails(9, "list", env={"COVENANT_CONFIG": "missing.toml"}))

    def test_no_settings_are_needed(self):
        self.done("list", env={"XDG_CONFIG_HOME": str(self.folder / "nowhere")})

    def test_empty_settings_are_settings(self):
        self.file("config.toml", "")
        self.done("list", "--config", "config.toml")


if __name__ == "__main__":
    main()
