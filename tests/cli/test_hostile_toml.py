"""Forms and settings of any bytes: refused with a place, in bounded time, never a fault of the program."""

import os

from support import CovenantTest, form, main, options

GOOD = 'name = "Example Association"\n'
NOT_UTF8 = {
    "a literal string": b"name = 'a\xff'\n",
    "a string": b'name = "a\xff"\n',
    "a string of several lines": b'name = """\na\xff"""\n',
    "a literal string of several lines": b"name = '''\na\xff'''\n",
    "a long literal string": b"name='" + b"a" * 300_000 + b"\xff'\n",
    "a long string": b'name="' + b"a" * 300_000 + b'\xff"\n',
    "a key": b"na\xffme = 1\n",
    "a quoted key": b"'na\xff' = 1\n",
    "a comment": b"# \xff\n",
    "a value": b"name = \xff\n",
    "a list": b"categories = ['a', 'b\xff']\n",
    "a table": b"[a\xff]\n",
    "the end of a file": b"name = 'a'\n\xe2\x82",
    "a surrogate": b"name = '\xed\xa0\x80'\n",
    "a long form of a slash": b"name = '\xc0\xaf'\n",
    "beyond Unicode": b"name = '\xf4\x90\x80\x80'\n",
    "UTF-16": 'name = "a"\n'.encode("utf-16"),
}
TOO_MUCH = {
    "keys": "".join(f"k{i} = 1\n" for i in range(200_000)),
    "keys of a line": "a = {" + ", ".join(f"k{i} = 1" for i in range(50_000)) + "}\n",
    "tables": "".join(f"[t{i}]\n" for i in range(100_000)),
    "tables of a list": "[[t]]\n" * 100_000,
    "keys of many parts": "a" + ".a" * 100_000 + " = 1\n",
    "lists": "a = " + "[" * 100_000 + "]" * 100_000 + "\n",
    "tables in a line": "a = " + "{a = " * 100_000 + "1" + "}" * 100_000 + "\n",
    "lists behind four quotes": 'a = ["""a"""", ' + "[" * 100_000 + "]" * 100_000 + "]\n",
    "lists behind five quotes": "a = ['''a''''', " + "[" * 100_000 + "]" * 100_000 + "]\n",
}
BROKEN = {
    "a string without an end": 'name = "a',
    "a literal string without an end": "name = 'a",
    "a string of several lines without an end": 'name = """a\n',
    "a key alone": "name",
    "a key without a value": "name =",
    "a value alone": "= 1",
    "a list without an end": "categories = ['a',",
    "a table without an end": "[a",
    "an escape cut off": 'name = "\\u12"\n',
    "an escape beyond Unicode": 'name = "\\UFFFFFFFF"\n',
    "an escape that is a surrogate": 'name = "\\uD800"\n',
    "a number too large": "reference = 99999999999999999999999999\n",
    "a number too small": "reference = -99999999999999999999999999\n",
    "a number too large in base 16": "reference = 0xFFFFFFFFFFFFFFFFF\n",
    "a number too large in base 2": "reference = 0b1" + "0" * 64 + "\n",
    "a number without digits": "name = 0x\n",
    "a fraction too large": "name = 1e99999\n",
    "a day that is none": "applied_on = 2024-02-31\n",
    "a month that is none": "applied_on = 2024-99-99\n",
    "a time that is none": "applied_on = 2024-01-01T99:99:99Z\n",
    "a key twice": GOOD + GOOD,
    "a key that is also a table": "a = 1\na.b = 2\n",
    "a byte that is zero": "name = 'a\0'\n",
    "zeros": "\0" * 1000,
}


class Hostile(CovenantTest):
    def refused(self, content):
        path = self.file("in.toml", content)
        for error in (self.fails(6, "apply", "--form", path), self.refuses_settings("--config", path, "list")):
            self.assertIn(str(path), error)
            yield error

    def test_other_bytes_than_utf_8_are_refused_with_line_and_column(self):
        for where, content in NOT_UTF8.items():
            with self.subTest(where):
                for error in self.refused(content):
                    self.assertRegex(error, r"in\.toml:\d+:\d+: (byte 0x[0-9a-f]{2} is not UTF-8|UTF-16 file; convert)")

    def test_the_place_is_that_of_the_byte(self):
        for error in self.refused(b"# a comment\nname = 'a\xff'\n"):
            self.assertIn("in.toml:2:10: byte 0xff is not UTF-8", error)

    def test_a_byte_of_any_value_at_any_place_is_no_fault_of_the_program(self):
        text = b"name = 'ab'\n# c\ncity = \"d\\n\"\ncategories = ['e']\napplied_on = 2024-01-02\n"
        for place in range(len(text)):
            for byte in (0x00, 0x0A, 0x22, 0x27, 0x5B, 0x5C, 0x7F, 0xFF):
                content = text[:place] + bytes([byte]) + text[place + 1:]
                result = self.covenant("apply", "--form", self.file("in.toml", content))
                self.assertEqual(result.code, 6, f"{content}\n{result.err}")

    def test_more_than_a_form_needs_is_refused_before_it_is_read(self):
        for what, content in TOO_MUCH.items():
            with self.subTest(what):
                for error in self.refused(content):
                    self.assertRegex(error, "nested too deeply|too many (parts|keys)|larger than 1 MiB")

    def test_what_is_too_large_is_refused_as_what_it_was_meant_to_be(self):
        for error in self.refused("# " + "a" * 1024 * 1024):
            self.assertIn("larger than 1 MiB", error)

    def test_what_is_no_toml_is_refused_with_a_place(self):
        for what, content in BROKEN.items():
            with self.subTest(what):
                for error in self.refused(content):
                    self.assertRegex(error, r"in\.toml:\d+:")
                    self.assertTrue(error[:-1].isprintable(), error)

    def test_a_value_that_is_missing_is_reported_where_it_should_be(self):
        for text, place in (("name =\n", "1:7"), ("name =", "1:7"), (GOOD + '  "a=b" =   # c\n', "2:13"),
                            ("[site]\nname=\n", "2:6")):
            with self.subTest(text=text):
                settings = self.file("settings.toml", text)
                self.assertIn(f"settings.toml:{place}: '", self.refuses_settings("--config", settings, "list"))
                form_file = self.file("form.toml", text)
                self.assertIn(f"form.toml:{place}: '", self.fails(6, "apply", "--form", form_file))

    def test_a_named_pipe_is_not_waited_for(self):
        os.mkfifo(self.folder / "pipe")
        self.apply()
        html = ("export", "--format", "html")
        for code, command in ((9, ("--config", "pipe", "list")), (9, ("apply", "--form", "pipe")),
                              (9, ("approve", "1", "--commitment", "pipe")), (9, (*html, "--template", "pipe")),
                              (9, (*html, "--messages", "pipe")),
                              (9, ("letter", "1", "--kind", "statement", "--template", "pipe"))):
            with self.subTest(command=command):
                self.assertIn("pipe: is a pipe; name a file", self.fails(code, *command))

    def test_a_form_may_come_through_a_pipe_of_the_shell(self):
        text = "\n".join(f'{name} = "{value}"' for name, value in form().items() if name != "categories")
        self.done("apply", "--form", "/dev/stdin", stdin=text + '\ncategories = ["industrial"]\n')

    def test_quotes_before_the_end_of_a_string_belong_to_it(self):
        fields = "".join(f'{name} = "{value}"\n' for name, value in form().items())
        for number, text in enumerate(('"""a"""""', "'''a'''''")):
            path = self.file("in.toml", fields.replace("Example", f"Example {number}") + f"city = {text}\n")
            partner = self.done("apply", "--form", path, "--allow-similar").out.split("\t")[0]
            self.assertEqual(self.show(partner)["city"], "a" + text[0] * 2)

    def test_settings_are_texts_as_other_texts_are(self):
        for key in ("registry", "actor", "[site]\nname"):
            for wrong in ("\\u001b]0;x", "\\u0001", "\\u0000", "\\u009b", "\\u202e", "\\u2066", "\\n", "", " "):
                with self.subTest(key=key, wrong=wrong):
                    content = f'{key} = "a{wrong}b"\n' if wrong.strip() else f'{key} = "{wrong}"\n'
                    error = self.refuses_settings("--config", self.file("in.toml", content), "list")
                    self.assertRegex(error, r"in\.toml:\d+:\d+: ")
                    self.assertTrue(error[:-1].isprintable(), error)

    def test_a_report_for_programs_has_no_control_characters_as_they_are(self):
        value = "https://example.org/\x7f\x9b\u202e\u2066"
        report = self.exits(6, "apply", *options(form(website=value)), "--format", "json")
        self.assertTrue(report.out[:-1].isprintable())
        self.assertEqual(report.json()["errors"][0]["value"], value)


if __name__ == "__main__":
    main()
