"""export --format certificate: the official recognition as one page. covenant-export(1)."""

from support import CovenantTest, main


class ExportCertificate(CovenantTest):
    def certificate(self, partner, *more):
        return self.done("export", "--format", "certificate", partner, *more).out

    def test_it_says_who_is_recognised_as_what_and_since_when(self):
        partner = self.listed("Klimata alianse", categories="financial;civil-society", language="lv")
        page = self.certificate(partner)
        for text in ("<h1 lang=\"lv\">Klimata alianse</h1>", "Associated Partner", "Official recognition", "2024-05-06",
                     "Financial institutions", "NGOs and civil society", partner):
            self.assertIn(text, page)
        self.assertNotIn("Desk", page)

    def test_it_is_in_the_language(self):
        partner = self.listed()
        page = self.certificate(partner, "--lang", "lv")
        self.assertIn('<html lang="lv">', page)
        self.assertIn("Pilsētu mēru pakta asociētais partneris", page)
        self.assertIn('<h1 lang="en">', page)

    def test_the_reference_names_the_partner_too(self):
        self.listed("With Reference", reference="COM/2026-17")
        self.assertIn("With Reference", self.certificate("COM/2026-17"))

    def test_only_who_is_listed_has_one(self):
        for status in ("applied", "eligible", "ineligible", "revoked", "withdrawn"):
            partner = self.partner_that_is(status)
            self.assertIn(f"{partner}: is {status}", self.fails(3, "export", "--format", "certificate", partner))
        self.fails(4, "export", "--format", "certificate", "AP-0999")

    def test_as_of_a_day_it_is_the_one_of_that_day(self):
        partner = self.listed()
        self.done("withdraw", partner)
        self.fails(3, "export", "--format", "certificate", partner)
        self.fails(4, "export", "--format", "certificate", partner, "--as-of", "2020-01-01")
        for ref in (partner, "Listed Association"):
            self.assertIn("2024-05-06", self.certificate(ref, "--as-of", "2024-06-01"))

    def test_the_address_of_the_partner_is_there_when_it_is_known(self):
        partner = self.listed()
        config = self.file("c.toml", '[site]\nbase_url = "https://site.example.org/p"\n')
        self.assertIn(f'href="https://site.example.org/p/partner/{partner}.fr.html"',
                      self.certificate(partner, "--lang", "fr", "--config", config))
        self.assertNotIn("href=\"http", self.certificate(partner))

    def test_it_goes_through_a_template_of_the_web_masters(self):
        partner = self.listed("Alpha <b>")
        own = self.file("own.mustache", '{{#partners}}<h1 id="{{id}}">{{role_label}}: {{name}}</h1>{{/partners}}\n')
        self.assertEqual(self.certificate(partner, "--lang", "lv", "--template", own),
                         f'<h1 id="{partner}">Pilsētu mēru pakta asociētais partneris: Alpha &lt;b&gt;</h1>\n')
        built_in = self.file("built-in.mustache", self.done("export", "--print-template", "certificate").out)
        self.assertEqual(self.certificate(partner, "--template", built_in), self.certificate(partner))
        bad = self.file("bad.mustache", "<p>\n{{nosuch}}</p>\n")
        self.assertIn(":2:1: ", self.fails(6, "export", "--format", "certificate", partner, "--template", bad))

    def test_the_same_bytes_leave_the_file_alone(self):
        partner = self.listed()
        export = ("export", "--format", "certificate", partner, "--output", "certificate.html")
        self.assertEqual(self.done(*export).err, "Wrote certificate.html.\n")
        before = (self.folder / "certificate.html").stat().st_ino
        self.assertEqual(self.done(*export).err, "certificate.html is up to date.\n")
        self.assertEqual((self.folder / "certificate.html").stat().st_ino, before)

    def test_options_that_make_no_sense_are_refused(self):
        partner = self.listed()
        self.fails(2, "export", "--format", "certificate")
        self.fails(2, "export", "--format", "html", partner)
        for more in (("--country", "BE"), ("--category", "other"), ("--fragment",), ("--lang", "en", "--lang", "lv")):
            self.fails(2, "export", "--format", "certificate", partner, *more)

    def test_hostile_texts_stay_texts(self):
        partner = self.listed('</title><script>alert(1)</script>')
        self.assertNotIn("<script", self.certificate(partner))


if __name__ == "__main__":
    main()
