"""`export --template`: a page through the web master's own template, and templates that are refused."""

import re
import subprocess
import unittest

from support import BINARY, COMMITMENT, CovenantTest, form, options

REFUSED = {
    "an unknown name": ("<p>{{nosuch}}</p>\n", "1:4"),
    "a section that does not end": ("<p>\n{{#partners}}x</p>\n", "2:1"),
    "a section that never began": ("<p>{{/partners}}</p>\n", "1:4"),
    "a value in a script": ("<script>{{heading}}</script>\n", "1:9"),
    "a value in a style": ("<style>\n{{heading}}</style>\n", "2:1"),
    "a value in a comment": ("<!-- {{heading}} -->\n", "1:6"),
    "a value in an attribute without quotes": ("<p title={{heading}}>x</p>\n", "1:10"),
    "a value in an event handler": ('<p onclick="{{heading}}">x</p>\n', "1:13"),
    "a text where an address begins": ('{{#partners}}<a href="{{name}}">x</a>{{/partners}}\n', "1:23"),
    "a value as the name of an element": ("<{{heading}}>\n", "1:2"),
    "a section that ends elsewhere": ('{{#partners}}<p title="{{/partners}}">x</p>\n', None),
    "an open tag": ("<p>{{heading</p>\n", "1:4"),
    "a section closed by another's name": ("<p>{{#partners}}x{{/countries}}</p>\n", "1:18"),
    "sections that cross": ("{{#partners}}{{#kinds}}{{/partners}}{{/kinds}}\n", "1:24"),
    "a section as a value": ("{{partners}}\n", "1:1"),
    "an element as a section": ("<p>{{#style}}x{{/style}}</p>\n", "1:4"),
    "an element as a value": ("{{style}}\n", "1:1"),
    "a value as an element": ("{{> heading}}\n", "1:1"),
    "a name of a row outside of it": ("<p>\n\n{{acronym}}</p>\n", "3:1"),
    "a value that is not escaped": ("<p>{{{heading}}}</p>\n", "1:4"),
    "a value after a scheme": ('<a href="javascript:{{heading}}">x</a>\n', "1:21"),
    "a value as the name of an attribute": ("<p {{lang}}=x>\n", "1:4"),
    "a value as a style": ('<p style="color: {{lang}}">\n', "1:18"),
    "an element in an attribute": ('<p title="{{> mark}}">\n', "1:11"),
    "a comment that does not end": ("<p>x</p>\n<!-- x\n", "3:1"),
    "a place counted in characters": ("<p>🌍é{{nosuch}}</p>\n", "1:6"),
    "a place after other line ends": ("<p>\r\n  {{nosuch}}</p>\r\n", "2:3"),
    "no UTF-8": (b"<p>\xff</p>\n", "1:4"),
    "a zero byte": ("<p>\n\0</p>\n", "2:1"),
    "more than a megabyte": ("x" * (1 << 20) + "y", "1:1"),
}


class Template(CovenantTest):
    def setUp(self):
        super().setUp()
        (self.folder / "commitment.pdf").write_bytes(COMMITMENT)
        for name in ("<b>Alpha & \"Co\"</b>", "Beta"):
            partner = self.done("apply", *options(form(name))).out.split()[0]
            self.done("verify", partner)
            self.done("approve", partner, "--commitment", "commitment.pdf")

    def render(self, template, *more, code=0):
        (self.folder / "own.mustache").write_bytes(template if isinstance(template, bytes) else template.encode())
        return self.exits(code, "export", "--format", "html", "--template", "own.mustache", *more)

    def test_writes_rows_and_values_escaped(self):
        page = self.render('<ol lang="{{lang}}">{{! remark }}{{#partners}}<li id="{{id}}"><a href="{{website}}">{{name}}</a></li>'
                           "{{/partners}}</ol>\n", "--lang", "lv").out
        self.assertTrue(page.startswith('<ol lang="lv"><li id="AP-000'), page)
        self.assertIn("&lt;b&gt;Alpha &amp; &quot;Co&quot;&lt;/b&gt;</a>", page)
        self.assertNotIn("<b>", page)
        self.assertEqual(page.count("<li "), 2)
        self.assertNotIn("{{", page)

    def test_refuses_what_could_do_harm_with_its_place(self):
        target = self.folder / "partners.html"
        target.write_text("as it was", encoding="utf-8")
        for what, (template, place) in REFUSED.items():
            with self.subTest(what):
                result = self.render(template, "--output", target, code=6)
                self.assertRegex(result.err, rf"^covenant: own\.mustache:{place or r'[0-9]+:[0-9]+'}: \S")
                self.assertEqual(result.out, "")
                self.assertEqual(target.read_text(encoding="utf-8"), "as it was")

    def test_the_built_in_templates_print_and_give_the_built_in_pages(self):
        for name, flags in (("page", ()), ("fragment", ("--fragment",))):
            template = self.done("export", "--print-template", name).out
            self.assertEqual(self.render(template).out, self.done("export", "--format", "html", *flags).out)
        self.assertIn("ecl-", self.render(self.done("export", "--print-template", "ecl").out).out)
        self.assertIn("{{#former}}", self.done("export", "--print-template", "partner").out)
        self.exits(2, "export", "--print-template", "nosuch")
        self.fails(2, "export", "--print-template", "--print-style")
        self.fails(2, "export", "--print-style", "--output", "own.css")

    def test_the_style_sheet_of_the_fragment_is_about_the_list_alone(self):
        style = re.sub(r"/\*.*?\*/", "", self.done("export", "--print-style").out, flags=re.DOTALL)
        selectors = [selector.strip() for rule in re.findall(r"([^{}]+)\{[^{}]*:[^{}]*\}", style)
                     for selector in rule.split(",")]
        self.assertGreater(len(selectors), 20)
        for selector in selectors:
            self.assertRegex(selector, r"^\.partner-list( |$)")
        fragment = self.done("export", "--print-template", "fragment").out
        for name in set(re.findall(r"\.([a-z-]+)", " ".join(selectors))) - {"financial", "civil-society", "other"}:
            self.assertRegex(fragment, rf'class="([^"]* )?{name}[ "{{]', name)

    def test_the_policy_is_that_of_the_page_in_every_language(self):
        policy = self.done("export", "--print-csp").out.strip()
        self.assertTrue(policy.startswith("default-src 'none'"), policy)
        for language in ("en", "el", "bg"):
            self.assertIn(f'content="{policy}"', self.done("export", "--format", "html", "--lang", language).out)

    def test_a_template_goes_with_what_is_html_and_has_to_be_there(self):
        (self.folder / "own.mustache").write_text("<p>x</p>", encoding="utf-8")
        self.exits(2, "export", "--format", "csv", "--template", "own.mustache")
        self.exits(2, "export", "--format", "site", "--output", "site", "--template", "own.mustache")
        self.exits(9, "export", "--format", "html", "--template", "absent.mustache")



if __name__ == "__main__":
    unittest.main()
