"""covenant-template(5) and the program know the same names, each of the same kind and in the same place."""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import office
import pages

TEXT = (pages.MAN / "covenant-template.5").read_text(encoding="utf-8")


def subsection(title):
    return re.search(rf"^\.Ss {title}\n(.*?)(?=^\.S[sh] )", TEXT, re.M | re.S).group(1)


def names(text):
    """The names in a page's source."""
    found = []
    for line in re.findall(r"^\.(?:It )?Cm (.*)$", text, re.M):
        found += re.findall(r"\w+", re.split(r" No | Ns | Pq ", line)[0])
    return found


def items(text):
    """What is under each item of a list: (its heading, its text)."""
    return re.findall(r"^\.It Cm (.*)\n((?:(?!\.It |\.El).*\n)*)", text, re.M)


def documented():
    """Every name by its kind, as the page has them: {(section or '', name): kind}."""
    known = {}
    for title, kind in (("Texts", "text"), ("Urls", "url"), ("Elements", "element")):
        for name in names(subsection(title)):
            known["", name] = kind
    for heading, text in items(subsection("Sections")):
        section, parent = re.fullmatch(r"(\w+)(?: No in Em (\w+))?", heading).groups()
        known[parent or "", section] = "section"
        texts, _, urls = text.partition(".Em urls\n")
        known |= {(section, name): "text" for name in names(texts)}
        known |= {(section, name): "url" for name in names(urls)}
    return known


class TemplatePage(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.known = documented()
        self.parents = {name: parent for (parent, name), kind in self.known.items() if kind == "section"}

    def refusal(self, template):
        """What the program has against a template; empty when it takes it and goes on to the registry, which is not there."""
        (self.folder / "t").write_text(template, encoding="utf-8")
        done = subprocess.run([office.BINARY, "--registry", "absent", "export", "--format", "html", "--template", "t"],
                              cwd=self.folder, env=office.environment(self.folder), capture_output=True, text=True)
        self.assertIn(done.returncode, (4, 6), done.stderr)
        return done.stderr if done.returncode == 6 else ""

    def within(self, section, template):
        while section:
            template = "{{#%s}}%s{{/%s}}" % (section, template, section)
            section = self.parents[section]
        return template

    def known_within(self, section):
        said = self.refusal(self.within(section, "{{no_such_name}}"))
        return set(re.search(r"known here: (.*)$", said, re.M).group(1).split(", "))

    def test_each_place_knows_the_names_of_the_page_and_no_other(self):
        self.assertGreater(len(self.known), 120)
        for section in ["", *self.parents]:
            places, place = {section}, section
            while place:
                place = self.parents[place]
                places.add(place)
            with self.subTest(section=section):
                self.assertEqual({name for place, name in self.known if place in places}, self.known_within(section))

    def test_each_name_is_of_the_kind_that_the_page_says(self):
        uses = {"text": "{{%s}}", "url": '<a href="{{%s}}">x</a>', "section": "{{#%s}}x{{/%s}}", "element": "{{> %s}}"}
        refusals = {"text": '<a href="{{%s}}">x</a>', "url": "{{> %s}}", "section": "{{%s}}", "element": "{{#%s}}"}
        for (section, name), kind in self.known.items():
            with self.subTest(section=section, name=name):
                self.assertEqual(self.refusal(self.within(section, uses[kind].replace("%s", name))), "")
                self.assertIn(f"'{name}'" if kind != "text" else "an address may begin only with a url",
                              self.refusal(self.within(section, refusals[kind].replace("%s", name))))

    def test_values_can_be_used_in_the_attributes_of_the_page(self):
        places, addresses = subsection("Where values can be used").split("These attributes are addresses:")
        pairs = {"lang": [], "list": []}
        for value, text in (("lang", places), ("list", addresses)):
            for attributes, elements in re.findall(r"^\.It Li (.*) No of Li (.*)$", text, re.M):
                pairs[value] += [(element, attribute) for element in re.findall(r"<(\w+)>", elements)
                                 for attribute in attributes.split(" , ")]
        self.assertGreater(len(pairs["lang"]) + len(pairs["list"]), 50)
        template = "".join('<%s rel="canonical" %s="{{%s}}"></%s>' % (element, attribute, value, element)
                           for value, found in pairs.items() for element, attribute in found)
        self.assertEqual(self.refusal(template), "")
        for attribute in {attribute for found in pairs.values() for _, attribute in found} | {"style", "onclick"}:
            with self.subTest(attribute=attribute):
                self.assertIn(f"in the attribute '{attribute}' of <p>", self.refusal('<p %s="{{list}}">' % attribute))


if __name__ == "__main__":
    unittest.main()
