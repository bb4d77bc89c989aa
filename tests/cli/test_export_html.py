"""export --format html: read as a document, not as text. covenant-export(1)."""

import re
from html.parser import HTMLParser

from support import STATUSES, CovenantTest, main

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HOSTILE = "</li></script><script>alert(1)</script><img src=x onerror=alert(1)> & \" ' {{name}} -->"


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, attributes, parent, []

    def all(self, tag=None):
        """This element's descendants, in their order."""
        for child in self.children:
            if isinstance(child, Element):
                if tag in (None, child.tag):
                    yield child
                yield from child.all(tag)

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class Document(HTMLParser):
    """A tree of the elements; every element but the void and those HTML lets end by themselves must be closed."""

    def __init__(self, text):
        super().__init__()
        self.root = self.open = Element("", {}, None)
        self.feed(text)
        self.close()
        assert self.open is self.root, f"<{self.open.tag}> is not closed"

    def handle_starttag(self, tag, attributes):
        assert len(dict(attributes)) == len(attributes), f"<{tag}> has an attribute twice"
        element = Element(tag, dict(attributes), self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.tag == tag, f"</{tag}> closes <{self.open.tag}>"
        self.open = self.open.parent

    def handle_data(self, data):
        self.open.children.append(data)


class ExportHtml(CovenantTest):
    def page(self, *more):
        self.source = self.done("export", "--format", "html", *more).out
        return Document(self.source).root

    def shown(self, page):
        return [element for element in page.all() if re.fullmatch(r"AP-\d{4,}", element.attributes.get("id") or "")]

    def shown_names(self, page):
        """The text of each partner's first link to the outside."""
        return [next(link.text.strip() for link in partner.all("a") if link.attributes["href"].startswith("http"))
                for partner in self.shown(page)]

    def test_it_is_one_whole_document(self):
        self.listed()
        page = self.page()
        self.assertTrue(self.source.lower().startswith("<!doctype html>"))
        [html] = page.all("html")
        self.assertEqual(html.attributes["lang"], "en")
        for tag in ("title", "h1", "main"):
            self.assertEqual(len(list(page.all(tag))), 1, tag)
        self.assertTrue(next(page.all("title")).text.strip())
        ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
        self.assertEqual(len(ids), len(set(ids)))

    def test_every_listed_partner_is_there_once_and_no_other(self):
        for status in STATUSES:
            self.partner_that_is(status)
        self.assertEqual(self.shown_names(self.page()), ["Approved Association"])

    def test_a_partner_is_told_in_full(self):
        partner = self.listed("Heat & Light", acronym="HL", categories="financial", country="LV", city="Rīga",
                              description="What we do", expertise="Audits of <buildings>", received_on="2024-05-06",
                              practices="Heat map <https://example.org/map?a=1&b=2>\nEvening school")
        [element] = self.shown(self.page())
        self.assertEqual(element.attributes["id"], partner)
        links = {link.text.strip(): link.attributes["href"] for link in element.all("a")}
        self.assertEqual(links["Heat & Light"], "https://heat-light.example.org/")
        self.assertEqual(links["Heat map"], "https://example.org/map?a=1&b=2")
        for word in ("HL", "Latvia", "Rīga", "What we do", "Audits of <buildings>", "Evening school", "2024"):
            self.assertIn(word, element.text)

    def test_it_asks_for_nothing_from_elsewhere(self):
        self.listed()
        page = self.page()
        for element in page.all():
            for attribute, value in element.attributes.items():
                self.assertFalse(attribute.startswith("on"), attribute)
                if attribute in ("src", "srcset", "data", "poster", "action") or element.tag == "link":
                    self.assertNotRegex(value or "", r"(?i)^\s*(https?:)?//", f"<{element.tag} {attribute}>")
        self.assertNotRegex("".join(style.text for style in page.all("style")), r"(?i)@import|url\(")

    def test_a_policy_forbids_all_but_its_own_style_and_script(self):
        self.listed()
        [policy] = [meta.attributes["content"] for meta in self.page().all("meta")
                    if (meta.attributes.get("http-equiv") or "").lower() == "content-security-policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe-inline", policy)

    def test_hostile_text_is_text(self):
        self.listed("Calm Association")
        calm = [element.tag for element in self.page().all()]
        self.done("update", "1", "--name", HOSTILE, "--acronym", HOSTILE[:40], "--city", HOSTILE[:90],
                  "--description", HOSTILE, "--expertise", HOSTILE, "--practice", HOSTILE[:-1])
        page = self.page()
        self.assertEqual(self.shown_names(page), [HOSTILE])
        self.assertEqual(len(list(page.all("script"))), calm.count("script"))
        self.assertNotIn("img", [element.tag for element in page.all()])
        self.assertNotIn("<script>alert", self.source)

    def test_the_order_is_that_of_the_pages_language(self):
        for name in ("Kappa", "Ysaye", "iota", "Zeta", "Čadis", "Cesis", "Daugava"):
            self.listed(name, website=f"https://{ord(name[0])}.example.org/")
        self.assertEqual(self.shown_names(self.page()),
                         ["Čadis", "Cesis", "Daugava", "iota", "Kappa", "Ysaye", "Zeta"])
        self.assertEqual(self.shown_names(self.page("--lang", "lv")),
                         ["Cesis", "Čadis", "Daugava", "iota", "Ysaye", "Kappa", "Zeta"])

    def test_the_page_speaks_its_language(self):
        self.listed(country="LV")
        page = self.page("--lang", "lv")
        self.assertEqual(next(page.all("html")).attributes["lang"], "lv")
        self.assertIn("Latvija", self.shown(page)[0].text)

    def test_texts_in_another_language_are_marked(self):
        self.listed("French", language="fr", description="Nous aidons")
        self.listed("English", language="en", description="We help")
        page = self.page()
        marked = [element for element in page.all() if element.attributes.get("lang") == "fr"]
        self.assertTrue(any("Nous aidons" in element.text for element in marked))
        self.assertFalse(any("We help" in element.text for element in marked))

    def test_texts_whose_language_is_a_countrys_code_are_marked_as_was_meant(self):
        partner = self.listed("Czech", language="cz", description="Pomáháme")
        self.assertEqual(self.show(partner)["language"], "cz")
        marked = [element for element in self.page().all() if element.attributes.get("lang") == "cs"]
        self.assertTrue(any("Pomáháme" in element.text for element in marked))
        self.assertIn('xml:lang="cs"', self.done("export", "--format", "atom").out)
        self.assertFalse([element for element in self.page("--lang", "cs").all() if "cz" in element.attributes.get("lang", "")])

    def test_a_language_is_one_that_the_page_has(self):
        for language in ("xx", "english", ""):
            with self.subTest(language=language):
                self.fails(2, "export", "--format", "html", "--lang", language)

    def test_a_fragment_is_the_section_alone(self):
        self.listed()
        page = self.page("--fragment")
        self.assertEqual(self.shown_names(page), ["Listed Association"])
        for tag in ("html", "head", "body", "title"):
            self.assertEqual(list(page.all(tag)), [], tag)

    def test_an_empty_list_is_a_page_too(self):
        self.assertEqual(self.shown(self.page()), [])

    def test_filters_choose(self):
        self.listed("A Association", categories="financial")
        self.listed("B Association", categories="civil-society")
        self.assertEqual(self.shown_names(self.page("--category", "civil-society")), ["B Association"])

    def test_a_selection_says_that_it_is_one(self):
        self.listed("A Association", categories="financial", country="LV")
        config = self.file("c.toml", '[site]\nbase_url = "https://site.example.org/p"\nlanguages = ["en", "lv"]\n')
        page = self.page("--config", config, "--category", "financial", "--country", "LV")
        [said] = [element for element in page.all("p") if element.attributes.get("class") == "only"]
        self.assertEqual(said.text, "Selection: Financial institutions · Latvia Show all")
        self.assertEqual(next(said.all("a")).attributes["href"], "https://site.example.org/p/partners.en.html")
        self.assertIn("(Financial institutions · Latvia)", next(page.all("title")).text)
        self.assertEqual([link for link in page.all("link") if link.attributes["rel"] in ("canonical", "alternate")], [])
        self.assertNotIn('"url":"https://site.example.org', self.source)
        self.assertNotIn("partners.csv", self.source)
        self.assertIn('rel="canonical"', self.done("export", "--config", config, "--format", "html").out)


if __name__ == "__main__":
    main()
