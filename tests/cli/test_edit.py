"""edit: a partner's form in an editor. covenant-edit(1)."""

import os
import re
import signal
import subprocess
import time

from support import BINARY, CovenantTest, main


class Edit(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.apply(city="Brussels", acronym="OLD", expertise="Heat\nand \\ \"power\"")
        (self.folder / "tmp").mkdir()

    def edit(self, editor, code=0, **env):
        return self.exits(code, "edit", self.partner, env={"EDITOR": editor, "TMPDIR": str(self.folder / "tmp")} | env)

    def kept(self):
        return sorted((self.folder / "tmp").rglob("*.toml"))

    def test_what_was_saved_is_stored(self):
        result = self.edit("sed -i s/Brussels/Riga/")
        self.assertEqual((result.out, result.err), (f"{self.partner}\tapplied\n", f"Updated {self.partner}.\n"))
        partner = self.show(self.partner)
        self.assertEqual((partner["city"], partner["expertise"]), ("Riga", "Heat\nand \\ \"power\""))
        self.assertEqual(self.events()[-1]["new"], {"city": "Riga"})
        self.assertEqual(list((self.folder / "tmp").iterdir()), [])

    def test_a_line_that_is_gone_or_a_comment_empties_its_field(self):
        self.edit("sed -i -e /^acronym/d -e s/^city/#city/")
        partner = self.show(self.partner)
        self.assertEqual((partner["acronym"], partner["city"]), (None, None))

    def test_an_empty_field_is_a_comment_to_be_filled_in(self):
        self.edit("sed -i 's|^# member_count = .*|member_count = 7|'")
        self.assertEqual(self.show(self.partner)["member_count"], 7)

    def test_unchanged_or_empty_does_nothing(self):
        for editor in ("true", "touch", "truncate -s 0", "sed -i 's/.*//'"):
            result = self.edit(editor)
            self.assertEqual((result.out, result.err), ("", "Nothing was changed.\n"), editor)
        self.assertEqual(len(self.events()), 2)

    def test_visual_comes_first(self):
        self.edit("false", VISUAL="sed -i s/Brussels/Riga/")
        self.assertEqual(self.show(self.partner)["city"], "Riga")

    def test_an_editor_that_fails_changes_nothing(self):
        for editor in ("false", "no-such-editor", "sed -i s/Brussels/Riga/ --wrong"):
            self.assertIn(f"the editor '{editor}' failed; set $VISUAL or $EDITOR", self.edit(editor, 2).err)
        self.assertEqual(self.kept(), [])
        self.assertEqual(len(self.events()), 2)

    def test_what_is_refused_remains_in_a_file_that_the_message_names(self):
        for editor, place in (("sed -i s/^country.*/country=\\\"ZZ\\\"/", "country"), ("sed -i s/=/!/", "AP-0001.toml:4"),
                              ("sed -i s/^name.*/name=\\\"\\\"/", "name")):
            with self.subTest(editor=editor):
                result = self.edit(editor, 6)
                self.assertIn(place, result.err)
                file, = self.kept()
                self.assertIn(f"the text remains in {file}; mend it, then run 'covenant update {self.partner} --form {file}'",
                              result.err)
                self.assertEqual(oct(file.stat().st_mode & 0o777), "0o600")
                self.assertEqual(list((self.folder / "tmp").iterdir()), [file])
                file.unlink()
        self.assertEqual(len(self.events()), 2)

    def test_what_others_changed_meanwhile_stays(self):
        script = self.file("editor", f"#!/bin/sh\n{BINARY} update {self.partner} --acronym NEW --quiet >/dev/null\n"
                                     "sed -i s/Brussels/Riga/ \"$1\"\n")
        script.chmod(0o755)
        self.edit(str(script))
        partner = self.show(self.partner)
        self.assertEqual((partner["acronym"], partner["city"]), ("NEW", "Riga"))

    def test_a_field_that_others_changed_too_is_a_conflict(self):
        script = self.file("editor", f"#!/bin/sh\n{BINARY} update {self.partner} --city Ghent --quiet >/dev/null\n"
                                     "sed -i s/Brussels/Riga/ \"$1\"\n")
        script.chmod(0o755)
        self.assertIn("city: was changed to 'Ghent' meanwhile", self.edit(str(script), 5).err)
        self.assertEqual(self.show(self.partner)["city"], "Ghent")
        self.assertEqual(len(self.kept()), 1)

    def test_what_a_killed_run_left_goes_with_the_next(self):
        editor = self.file("slow", "#!/bin/sh\n: >started\nsleep 60\n")
        editor.chmod(0o755)
        run = subprocess.Popen([BINARY, "edit", self.partner], cwd=self.folder, start_new_session=True,
                               env=self.env | {"EDITOR": str(editor), "TMPDIR": str(self.folder / "tmp")})
        while not (self.folder / "started").exists():
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        self.assertEqual(len(self.kept()), 1)
        self.edit("true")
        self.assertEqual(list((self.folder / "tmp").iterdir()), [])

    def test_a_dry_run_stores_nothing(self):
        self.exits(0, "edit", self.partner, "--dry-run", env={"EDITOR": "sed -i s/Brussels/Riga/"})
        self.assertEqual(self.show(self.partner)["city"], "Brussels")

    def test_nothing_remains_when_it_is_ended(self):
        editor = self.file("slow", "#!/bin/sh\n: >started\nsleep 60\n")
        editor.chmod(0o755)
        run = subprocess.Popen([BINARY, "edit", self.partner], cwd=self.folder, start_new_session=True,
                               env=self.env | {"EDITOR": str(editor), "TMPDIR": str(self.folder / "tmp")})
        while not (self.folder / "started").exists():
            time.sleep(0.05)
        run.terminate()
        self.assertEqual(run.wait(), -signal.SIGTERM)
        os.killpg(run.pid, signal.SIGKILL)
        self.assertEqual(list((self.folder / "tmp").iterdir()), [])

    def test_who_is_not_there_cannot_be_edited(self):
        self.fails(4, "edit", "AP-0099", env={"EDITOR": "true"})
        [error] = self.report("edit", "AP-0099", env={"EDITOR": "true"}, code=4)["errors"]
        self.assertEqual((error["code"], error["value"]), ("partner", "AP-0099"))


class Forms(CovenantTest):
    """The form that `show` prints is the one that `update` and `apply` read."""

    def test_the_form_of_a_partner_changes_nothing(self):
        partner = self.apply(expertise="a \"\"\" b\n\\ \"c\"\n\n d", acronym="\"'#")
        self.file("form.toml", self.done("show", partner, "--format", "toml").out)
        result = self.done("update", partner, "--form", "form.toml")
        self.assertEqual((result.out, result.err), ("", f"{partner} is up to date.\n"))

    def test_a_form_changes_what_it_names(self):
        partner = self.apply(city="Brussels")
        self.file("form.toml", 'acronym = "NEW"\n')
        self.done("update", partner, "--form", "form.toml")
        shown = self.show(partner)
        self.assertEqual((shown["acronym"], shown["city"]), ("NEW", "Brussels"))
        self.file("form.toml", 'city = ""\n')
        self.done("update", partner, "--form", "form.toml")
        self.assertIsNone(self.show(partner)["city"])
        self.file("form.toml", 'city = "Riga"\ncountry = "ZZ"\n')
        self.assertIn("form.toml:2: country: 'ZZ'", self.fails(6, "update", partner, "--form", "form.toml"))
        self.fails(2, "update", partner, "--form", "form.toml", "--city", "Riga")

    def test_a_form_that_cannot_be_read_is_in_the_report(self):
        self.apply()
        for text, line, column, code in (('name = "x', 1, None, "encoding"), (b"name = 'a'\ncity = 'a\xff'\n", 2, None, "encoding"),
                                         ('name = "x"\nbogus = 1\n', 2, "bogus", "columns"),
                                         ("member_count = 27.0\n", 1, "member_count", "columns"),
                                         ("# " + "a" * 1024 * 1024, None, None, "encoding")):
            self.file("form.toml", text)
            for command in (("apply",), ("update", "1")):
                with self.subTest(text=text[:20], command=command), self.writes_nothing():
                    report = self.report(*command, "--form", "form.toml", code=6)
                    [error] = report["errors"]
                    self.assertEqual((error["line"], error["column"], error["code"]), (line, column, code))
                    self.assertEqual((report["read"], report["rejected"], report["partners"]), (1, 1, []))
                    self.fails(6, *command, "--form", "form.toml")

    def test_one_form_at_a_time(self):
        self.apply()
        self.apply("Other Association")
        for refs, stdin in ((("1", "2"), ""), (("-",), "1\n2\n")):
            self.assertIn("name one partner", self.fails(2, "show", *refs, "--format", "toml", stdin=stdin))

    def test_the_templates_apply_as_they_are(self):
        for option, source in (("--csv-template", "--csv"), ("--form-template", "--form")):
            with self.subTest(option=option):
                self.file("template", self.done("apply", option).out)
                self.done("apply", source, "template")
                partner = self.show("1")
                self.assertEqual([name for name, value in partner.items()
                                  if value is None and re.match("name|contact_[nrp]|practices|exp|member|ref", name)], [])
                self.assertEqual(self.done("verify", "1").out, "AP-0001\teligible\n")
                self.registry.unlink()
                self.done("init")

    def test_a_template_is_printed_alone(self):
        self.fails(2, "apply", "--csv-template", "--form-template")
        self.fails(2, "apply", "--csv-template", "--name", "X")


class Practices(CovenantTest):
    def titles(self):
        return [practice["title"] for practice in self.show("1")["practices"]]

    def test_one_is_added_and_one_removed(self):
        self.apply(practices="First <https://a.example.org/>\nSecond")
        self.done("update", "1", "--add-practice", "Third <https://c.example.org/>", "--remove-practice", "First")
        self.assertEqual(self.titles(), ["Second", "Third"])
        self.done("update", "1", "--remove-practice", "Third <https://c.example.org/>", "--remove-practice", "Second")
        self.assertEqual(self.titles(), [])

    def test_one_that_is_already_there_changes_nothing(self):
        self.apply(practices="First")
        self.assertEqual(self.done("update", "1", "--add-practice", "First").out, "")

    def test_what_is_not_there_or_no_practice_is_refused(self):
        self.apply(practices="First")
        self.assertIn("'Second' is not one of its practices", self.fails(6, "update", "1", "--remove-practice", "Second"))
        self.fails(6, "update", "1", "--add-practice", "A https://a.example.org/")
        self.fails(2, "update", "1", "--add-practice", "A", "--practice", "B")
        self.assertEqual(self.titles(), ["First"])


if __name__ == "__main__":
    main()
