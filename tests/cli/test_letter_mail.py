"""letter: the mails that it writes, read by another program's parser. covenant-letter(1), covenant-template(5)."""

import collections
import contextlib
import email
import email.header
import email.policy
import html.parser
import mailbox
import os
import re
import stat
import subprocess

from support import BINARY, STATUSES, CovenantTest, form, main, options

LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
OFFICE = '''[office]
email = "partners@eumayors.example"
address = "1 Example Square, 1000 Brussels"
phone = "+32 2 555 01 23"
'''
STATUS = {"refusal": "ineligible", "ending": "revoked", "renewal": "approved", "practices": "approved", "statement": "eligible",
          "reminder": "eligible", "welcome": "approved"}
ATTACHED = {"statement": "commitment-statement", "reminder": "commitment-statement", "welcome": "certificate"}
CIRCULAR = """<!DOCTYPE html>
<html lang="{{lang}}">
<head><meta charset="utf-8"><title>News of the spring</title></head>
<body>
<p>{{greeting_text}}</p>
<p>We meet in <a href="https://meeting.example/">Riga</a>:
 &#8220;all&#x201D; are welcome &amp; invited.</p>
<ul><li>From Monday</li><li>to Friday, or for as long as the members of {{name}} like to stay in town and talk</li></ul>
<p>From here on: {{contact_name}}<br>&gt; not a quotation</p>
<p id="signature">{{office_name}}</p>
</body>
</html>
"""


class Words(html.parser.HTMLParser):
    """The words of an HTML document and what it links to, without what the text part leaves out."""

    VOID = {"br", "meta", "img", "link", "hr"}

    def __init__(self, document):
        super().__init__()
        self.words, self.links, self.open, self.hidden, self.begun = "", [], [], 0, (0, "")
        self.feed(document)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.begun = len(self.words), attributes.get("href", "")
        self.links += [value for name, value in attributes.items() if name in ("href", "src", "background", "action")]
        if tag in self.VOID:
            self.words += " "
            return
        hides = tag in ("style", "title", "head") or attributes.get("data-part") == "html" or "aria-hidden" in attributes
        self.open.append((tag, hides))
        self.hidden += hides

    def handle_endtag(self, tag):
        begun, hides = self.open.pop()
        assert begun == tag, (begun, tag)
        self.hidden -= hides
        begin, address = self.begun
        if tag == "a" and address.startswith("http") and self.words[begin:] != address:
            self.words += f" <{address}>"
        self.words += {"th": ": "}.get(tag, "" if tag in ("span", "a", "strong") else " ")

    def handle_data(self, data):
        if not self.hidden:
            self.words += data


def joined(flowed):
    """The paragraphs of a text in format=flowed (RFC 3676)."""
    text = ""
    for line in flowed.replace("\r\n", "\n").split("\n"):
        line = line.removeprefix(" ")
        text += line if line.endswith(" ") and line != "-- " else line + "\n"
    return text


def name_in(mail):
    """The name of whom the mail is to: email.policy.default adds blanks between encoded words."""
    written = email.message_from_bytes(mail)["To"].replace("\r\n", "").rpartition(" <")[0]
    if written.startswith('"'):
        return re.sub(r"\\(.)", r"\1", written[1:-1])
    return str(email.header.make_header(email.header.decode_header(written)))


class Letters(CovenantTest):
    def setUp(self):
        super().setUp()
        self.office(OFFICE)

    def office(self, settings):
        self.env["COVENANT_CONFIG"] = str(self.file("settings.toml", settings))

    def written(self, *args, **how):
        """The bytes of a letter on standard output."""
        return self.done("letter", *args, **how).out.encode()

    def parsed(self, mail):
        """A sound mail: ASCII, short lines that end in CR LF, no defects in any part."""
        mail.decode("ascii")
        self.assertNotIn(b"\n", mail.replace(b"\r\n", b""))
        self.assertNotIn(b"\r", mail.replace(b"\r\n", b""))
        self.assertLessEqual(max(map(len, mail.split(b"\r\n"))), 78)
        message = email.message_from_bytes(mail, policy=email.policy.default)
        for part in message.walk():
            self.assertEqual(list(part.defects), [])
            for value in part.values():
                self.assertEqual(list(value.defects), [])
        for name in ("Date", "From", "To", "Subject", "Message-ID", "Content-Language", "MIME-Version"):
            self.assertEqual(len(message.get_all(name)), 1)
        for name in ("Cc", "Bcc", "Reply-To", "Auto-Submitted"):
            self.assertIsNone(message[name])
        return message

    def parts(self, message):
        """Its text and its HTML, which say the same."""
        text = message.get_body(("plain",)).get_content()
        document = message.get_body(("html",)).get_content()
        self.assertLessEqual(max(len(line) for line in text.splitlines() if " " in line.strip()), 72)
        self.assertNotIn("{", joined(text))
        said = re.sub(r"(?m)^(- |-- $)", "", joined(text))
        self.assertEqual(" ".join(said.split()), " ".join(Words(document).words.split()))
        return joined(text), document

    def letter(self, *args, **how):
        return self.parsed(self.written(*args, **how))

    def test_a_letter_is_a_sound_mail_in_every_language(self):
        by_status = {status: self.partner_that_is(status) for status in sorted(set(STATUS.values()))}
        partners = {kind: by_status[status] for kind, status in STATUS.items()}
        self.done("update", by_status["approved"], "--acronym", "ÄÖ", "--member-count", "1250", "--city", "Rīga",
                  "--description", "First\nsecond", "--expertise", "Much", "--practice", "Guide <https://g.example.org/>")
        website = "https://approved-association.example.org/"
        for kind, partner in partners.items():
            for language in LANGUAGES:
                with self.subTest(kind=kind, language=language):
                    message = self.letter(partner, "--kind", kind, "--lang", language, "--no-record")
                    tag = "pt-PT" if language == "pt" else language
                    self.assertEqual(message["Content-Language"], tag)
                    self.parts_are_those_of(kind, partner, message)
                    self.assertEqual(message.get_body(("plain",))["Content-Type"].params["format"], "flowed")
                    self.assertTrue(message["Subject"].endswith(f" [{partner}]"), message["Subject"])
                    self.assertIn(f"[{partner}]", message.as_bytes().decode("ascii").split("\n\n")[0])
                    text, document = self.parts(message)
                    self.assertIn(f'<html lang="{tag}"', document)
                    self.assertIn("partners@eumayors.example · +32 2 555 01 23", text)
                    links = collections.defaultdict(set, renewal={website, "https://g.example.org/"}, welcome={website})
                    self.assertEqual(set(Words(document).links),
                                     {"mailto:partners@eumayors.example", "tel:+3225550123"} | links[kind])
                    self.assertNotIn("Dear Sir", text if language != "en" else "")

    def parts_are_those_of(self, kind, partner, message):
        alternative = message
        if kind in ATTACHED:
            self.assertEqual(message.get_content_type(), "multipart/mixed")
            alternative, document = message.iter_parts()
            self.assertEqual((document.get_content_type(), document.get_content_disposition(), document.get_filename()),
                             ("application/pdf", "attachment", f"{ATTACHED[kind]}-{partner}.pdf"))
            self.assertEqual(document.get_content()[:5], b"%PDF-")
        self.assertEqual(alternative.get_content_type(), "multipart/alternative")
        self.assertEqual([part.get_content_type() for part in alternative.iter_parts()], ["text/plain", "text/html"])

    def test_a_statement_is_recorded_with_its_id_and_a_reminder_follows_it(self):
        partner = self.partner_that_is("eligible")
        self.assertIsNone(self.letter(partner, "--kind", "reminder", "--no-record")["In-Reply-To"])
        statement = self.letter(partner, "--kind", "statement")
        event = self.events()[-1]
        self.assertEqual((event["letter"]["kind"], event["texts"]), ("statement", ["message_id", "recipient"]))
        self.assertNotIn(statement["Message-ID"], self.history())
        self.assertIn(f" to desk@example.org as {statement['Message-ID']}\n", self.done("history", partner).out)
        reminder = self.letter(partner, "--kind", "reminder")
        self.assertEqual((reminder["In-Reply-To"].strip(), reminder["References"].strip()), (statement["Message-ID"],) * 2)
        self.assertNotEqual(reminder["Message-ID"], statement["Message-ID"])
        self.done("check")
        self.done("erase", partner, "--contact")
        self.assertIn(f" as {statement['Message-ID']}", self.done("history", partner).out)
        self.done("check")

    def test_a_statement_of_an_earlier_application_is_not_followed(self):
        partner = self.partner_that_is("eligible")
        self.letter(partner, "--kind", "statement")
        self.done("withdraw", partner)
        self.done("apply", *options(form("Eligible Association")))
        self.done("verify", partner)
        self.assertIsNone(self.letter(partner, "--kind", "reminder")["In-Reply-To"])
        self.assertIn(f"<{partner}.2.", self.letter(partner, "--kind", "statement")["Message-ID"])

    def test_a_welcome_leads_to_the_partners_page(self):
        partner = self.listed(received_on="2024-02-01")
        self.office(OFFICE + '[site]\nbase_url = "https://site.example/partners/"\nlanguages = ["en", "lv"]\n')
        for language, page in (("lv", "lv"), ("de", "en")):
            text, document = self.parts(self.letter(partner, "--kind", "welcome", "--lang", language))
            address = f"https://site.example/partners/partner/{partner}.{page}.html"
            self.assertIn(f"\n{address}\n", text)
            self.assertIn(address, Words(document).links)
        text, _ = self.parts(self.letter(partner, "--kind", "welcome"))
        self.assertIn("\nStart of partnership: 1 February 2024\n", text)
        self.done("update", partner, "--website", "")
        self.office(OFFICE)
        text, _ = self.parts(self.letter(partner, "--kind", "welcome"))
        self.assertIn("\nYour certificate is attached.\n", text)
        self.assertNotIn("public list", text)

    def test_the_document_alone_is_the_one_that_is_attached(self):
        for status, kind in (("eligible", "statement"), ("eligible", "reminder"), ("approved", "welcome")):
            partner = self.partner_that_is(status, f"{kind} Association")
            attached = [part.get_content() for part in self.letter(partner, "--kind", kind).iter_attachments()]
            with self.writes_nothing():
                self.done("letter", partner, "--kind", kind, "--pdf", "--no-record", "--output", "alone.pdf")
            self.assertEqual([(self.folder / "alone.pdf").read_bytes()], attached)
        for code, args in ((2, ("--kind", "renewal", "--pdf")), (3, ("--kind", "statement", "--pdf")), (2, (partner, "--kind", "welcome", "--pdf")),
                           (2, ("--kind", "welcome", "--pdf", "--mbox"))):
            self.fails(code, "letter", partner, *args)

    def test_headers_name_the_office_and_the_contact(self):
        partner = self.partner_that_is("ineligible")
        message = self.letter(partner, "--kind", "refusal")
        sender, recipient = message["From"].addresses[0], message["To"].addresses[0]
        self.assertEqual((sender.display_name, sender.addr_spec), ("Covenant of Mayors Office", "partners@eumayors.example"))
        self.assertEqual((recipient.display_name, recipient.addr_spec), ("Contact Desk", "desk@example.org"))
        self.assertRegex(message["Message-ID"], rf"^<{partner}\.1\.[0-9a-f]{{32}}@eumayors\.example>$")
        self.assertNotEqual(message["Message-ID"], self.letter(partner, "--kind", "refusal")["Message-ID"])
        self.assertEqual(message["Date"].datetime.utcoffset().total_seconds(), 0)
        self.office(OFFICE + 'name = "Büro, \\"Riga\\""\n')
        message = self.letter(partner, "--kind", "refusal", "--lang", "lv")
        self.assertEqual(message["From"].addresses[0].display_name, 'Büro, "Riga"')
        self.assertIn('-- \nBüro, "Riga"\n', self.parts(message)[0])

    def test_a_refusal_names_exactly_what_failed(self):
        reasons = {"membership": "Membership: an organisation made up of members",
                   "scope": "Scope: European or international level", "website": "Website: a valid web address"}
        given = {"membership": {"membership_based": "no"}, "scope": {"level": "local"}, "website": {"website": ""}}
        for wrong in (("scope",), ("website",), ("membership", "scope", "website")):
            with self.subTest(wrong=wrong):
                partner = self.apply(" and ".join(wrong), **{k: v for one in wrong for k, v in given[one].items()})
                self.exits(3, "verify", partner)
                text, _ = self.parts(self.letter(partner, "--kind", "refusal"))
                self.assertEqual(re.findall(r"(?m)^- (.*)$", text), [reasons[one] for one in wrong])

    def test_an_ending_says_when_and_why(self):
        revoked = self.listed("A Association")
        self.done("revoke", revoked, "--reason", "no-longer-eligible", "--on", "2025-09-30")
        text, _ = self.parts(self.letter(revoked, "--kind", "ending"))
        self.assertIn("End of partnership: 30 September 2025\nReason: criteria no longer met\n", text)
        self.assertIn("taken off the public list", text)
        self.assertIn("If you think we are mistaken", text)
        left = self.listed("B Association")
        self.done("withdraw", left, "--on", "2025-09-30")
        text, _ = self.parts(self.letter(left, "--kind", "ending"))
        self.assertIn("End of partnership: 30 September 2025\nReason: the organisation’s own decision\n", text)
        self.assertNotIn("mistaken", text)

    def test_a_withdrawn_applicant_does_not_read_of_a_partnership_that_ended(self):
        never = self.partner_that_is("withdrawn")
        again = self.listed("B Association")
        self.done("withdraw", again, "--on", "2025-09-30")
        self.done("apply", *options(form("B Association")))
        self.done("withdraw", again)
        mistaken = self.listed("C Association")
        self.done("revoke", mistaken, "--reason", "entered-in-error")
        text, _ = self.parts(self.letter(mistaken, "--kind", "ending"))
        self.assertIn("Your application has been closed.\n\nReason: entered by mistake\n", text)
        for partner in (never, again):
            mail = self.letter(partner, "--kind", "ending")
            self.assertEqual(mail["Subject"], f"Your application as an Associated Partner [{partner}]")
            text, _ = self.parts(mail)
            self.assertIn("Your application has been closed.\n", text)
            for words in ("End of partnership", "public list", "no longer", "mistaken"):
                self.assertNotIn(words, text.split("-- \n")[0])

    def test_a_renewal_shows_what_is_published(self):
        partner = self.listed("Ring of Cities", acronym="RoC", country="LV", city="Riga", member_count="1250",
                              description="A ring.\nOf <cities>.", practices="Guide <https://g.example.org/>\nSchool", language="lv")
        text, document = self.parts(self.letter(partner, "--kind", "renewal", "--lang", "en"))
        for line in ("Organisation: Ring of Cities (RoC)", "Country: Riga, Latvia", "Category: Industry",
                     "Members: 1,250", "Description: A ring.\nOf <cities>.",
                     "Practices and tools: Guide <https://g.example.org/>\nSchool"):
            self.assertIn("\n" + line + "\n", text)
        self.assertIn('lang="lv">A ring.', document)
        self.assertIn("Of &lt;cities&gt;.", document)

    def test_the_name_of_kosovo_has_its_footnote_where_the_office_wants_it(self):
        partner = self.listed("Pristina Association", country="XK")
        letter = ("--kind", "renewal", "--lang", "en", "--no-record")
        self.assertNotRegex(self.letter(partner, *letter).get_body(("plain",)).get_content(), r"Kosovo\*|1244/1999")
        self.office(OFFICE + "[site]\nkosovo_note = true\n")
        message = self.letter(partner, *letter)
        for kind in ("plain", "html"):
            self.assertRegex(message.get_body((kind,)).get_content(), r"(?s)Kosovo\*.*\* This designation .*1244/1999")
        for other in (self.letter(partner, "--kind", "practices", "--no-record"),
                      self.letter(self.listed("Other Association"), *letter)):
            self.assertNotIn("1244/1999", other.get_body(("plain",)).get_content())

    def test_the_language_is_the_partners_where_it_is_official(self):
        for stored, written in (("lv", "lv"), ("pt-BR", "pt-PT"), ("uk", "en"), ("de-AT", "de")):
            partner = self.apply(f"Union {stored}", language=stored, level="local")
            self.exits(3, "verify", partner)
            self.assertEqual(self.letter(partner, "--kind", "refusal")["Content-Language"], written)
        self.assertEqual(self.letter(partner, "--kind", "refusal", "--lang", "fr")["Content-Language"], "fr")

    def test_hostile_names_harm_neither_header_nor_text_nor_html(self):
        names = ["Eve\" <eve@evil.example>, Bcc: x", "A, B; C: (D) \\ E", "=?utf-8?q?Bcc=3A?= x", "<script>alert(1)</script>",
                 "a" * 200, "é" * 200, "x" + "\u0301" * 150, "אבג دهو Ж", "'; DROP\u00a0TABLE", "Ā \u200b Ž", "From here",
                 "J. R. \"Bob\"", "ß" + " b" * 90, "\"" * 150, "{{name}} {email} &amp;", "日本語の名前" * 20, "😀" * 90]
        for number, name in enumerate(names):
            with self.subTest(name=name):
                partner = self.apply(name[:250] + f" {number}", level="local", contact_name=name, contact_role=name,
                                     website=f"https://n{number}.example.org/")
                self.exits(3, "verify", partner)
                mail = self.written(partner, "--kind", "refusal", "--lang", "lv")
                message = self.parsed(mail)
                self.assertEqual(len(message["To"].addresses), 1)
                self.assertEqual(message["To"].addresses[0].addr_spec, "desk@example.org")
                stored = self.show(partner)["contact_name"]
                self.assertEqual(name_in(mail), stored)
                text = message.get_body(("plain",)).get_content()
                document = message.get_body(("html",)).get_content()
                self.assertNotIn("<script", document)
                self.assertEqual([link for link in Words(document).links if not link.startswith(("mailto:partners@", "tel:"))], [])
                self.assertEqual(" ".join(joined(text).split())[:len(stored)], " ".join(stored.split()))
                self.assertNotRegex(mail, rb"(?m)^From (?!:)")

    def test_no_line_break_reaches_a_letter(self):
        names = ("Eve\r\nBcc: eve@evil.example", "Eve\nX: y", "Eve\u2028X", "\u202eevE")
        for name in names:
            with self.subTest(name=name):
                self.office(OFFICE)
                self.exits(6, "apply", *options(form("Association", contact_name=name)))
                self.office(OFFICE + 'name = "%s"\n' % name.encode("unicode_escape").decode())
                self.refuses_settings("letter", "AP-0001", "--kind", "refusal")

    def test_a_failed_output_records_nothing(self):
        partner = self.partner_that_is("ineligible")
        with self.writes_nothing(), open("/dev/full", "wb") as full:
            result = self.covenant("letter", partner, "--kind", "refusal", stdout=full)
            self.assertEqual(result.code, 9)
            self.assertRegex(result.err, r"\Acovenant: standard output: .+\n\Z")
            self.fails(9, "letter", partner, "--kind", "refusal", "--output", "/nowhere/letter.eml")
        self.done("letter", partner, "--kind", "refusal")
        self.assertEqual(self.events()[-1]["letter"]["kind"], "refusal")

    def slowly(self, meanwhile, *more):
        """Writes two statements, more than a pipe holds, and does something before they are taken from it."""
        if not self.partners():
            self.done("verify", self.apply("First Association"), self.apply("Second Association"))
        with subprocess.Popen([BINARY, "letter", "AP-0001", "AP-0002", "--kind", "statement", *more], cwd=self.folder,
                              env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as letter:
            begin = letter.stdout.read(1)
            meanwhile()
            rest, err = letter.communicate(timeout=60)
        return letter.returncode, begin + rest, err.decode()

    def test_nobody_waits_for_whoever_takes_a_letter(self):
        for more, recorded in ((("--no-record",), 0), ((), 2)):
            with self.subTest(more):
                code, mails, _ = self.slowly(lambda: self.done("note", "AP-0001", "Meanwhile."), *more)
                self.assertEqual((code, mails.count(b"\nMessage-ID:")), (0, 2))
                self.assertEqual(sum(event["action"] == "letter" for event in self.events()), recorded)
                self.done("check")

    def test_a_letter_to_what_changed_meanwhile_is_not_recorded(self):
        code, _, err = self.slowly(lambda: self.done("erase", "AP-0002", "--contact"))
        self.assertEqual(code, 5)
        self.assertIn("AP-0002: was changed while its letter was being written; the letter is not recorded", err)
        self.assertNotIn("letter", [event["action"] for event in self.events()])

    def test_it_goes_to_a_file_of_the_owners(self):
        partner = self.partner_that_is("ineligible")
        result = self.done("letter", partner, "--kind", "refusal", "--output", "letter.eml")
        self.assertEqual((result.out, result.err), (f"{partner}\tineligible\n", "Wrote and recorded 1 letter.\n"))
        self.parsed((self.folder / "letter.eml").read_bytes())
        self.assertEqual(stat.S_IMODE(os.stat(self.folder / "letter.eml").st_mode), 0o600)
        report = self.report("letter", partner, "--kind", "refusal", "--output", "letter.eml")
        self.assertEqual(report["partners"], [{"id": partner, "status": "ineligible", "was": "ineligible"}])
        self.fails(5, "letter", partner, "--kind", "refusal", "--output", self.registry)
        self.fails(2, "letter", partner, "--kind", "refusal", "--format", "json")

    def test_what_is_not_recorded_is_written_all_the_same(self):
        partner = self.partner_that_is("ineligible")
        with self.writes_nothing():
            self.letter(partner, "--kind", "refusal", "--no-record")
            self.letter(partner, "--kind", "refusal", "--dry-run")
            self.done("letter", partner, "--kind", "refusal", "--dry-run", "--output", "letter.eml")
            self.assertFalse((self.folder / "letter.eml").exists())
            result = self.done("letter", partner, "--kind", "refusal", "--no-record", "--output", "letter.eml")
            self.assertEqual((result.out, result.err), ("", "Wrote 1 letter; nothing was recorded.\n"))
            self.parsed((self.folder / "letter.eml").read_bytes())

    def test_several_letters_are_a_mailbox_file(self):
        partners = []
        for name in ("A Association", "From B Association"):
            partners.append(self.apply(name, level="local", contact_role="From the office"))
            self.exits(3, "verify", partners[-1])
        for args in ((*partners,), (*partners, "--mbox"), ("-",)):
            box = self.file("box", self.written(*args, "--kind", "refusal", stdin="\n".join(partners)))
            with contextlib.closing(mailbox.mbox(box)) as messages:
                self.assertEqual([message["Subject"][-9:] for message in messages], [f"[{one}]" for one in partners])
            for mail in re.split(rb"(?m)^From .*\r\n", box.read_bytes())[1:]:
                self.assertTrue(mail.endswith(b"\r\n\r\n"))
                self.parsed(mail[:-2])
        self.assertTrue(self.written(partners[0], "--kind", "refusal", "--mbox").startswith(b"From partners@eumayors.example "))
        self.assertEqual(self.done("letter", "-", "--kind", "refusal").out, "")

    def test_one_that_is_refused_keeps_all_back(self):
        partners = [self.partner_that_is("ineligible"), self.partner_that_is("approved")]
        with self.writes_nothing():
            self.fails(3, "letter", *partners, "--kind", "refusal")

    def test_a_circular_goes_to_contacts_of_any_status(self):
        template = self.file("circular.html", CIRCULAR)
        partners = [self.partner_that_is(status) for status in STATUSES]
        box = self.file("box", self.written(*partners, "--kind", "circular", "--template", template, "--mbox"))
        with contextlib.closing(mailbox.mbox(box)) as letters:
            messages = list(letters)
        self.assertEqual(len(messages), len(STATUSES))
        for partner, message in zip(partners, messages):
            self.assertEqual(message["Subject"], f"News of the spring [{partner}]")
            self.assertEqual(message["List-Unsubscribe"].strip(), f"<mailto:partners@eumayors.example?subject=unsubscribe%20{partner}>")
        self.done("check")

    def test_a_letter_without_text_is_refused(self):
        template = self.file("circular.html", "<!DOCTYPE html>\n<html><head><title>News</title></head><body>\n<p> </p></body></html>\n")
        partner = self.partner_that_is("approved")
        for text in (template.read_text(), ""):
            self.file("circular.html", text)
            with self.writes_nothing():
                self.assertIn(f"circular.html: the letter to {partner} has no text",
                              self.fails(6, "letter", partner, "--kind", "circular", "--template", template, "--mbox"))

    def test_the_text_follows_from_the_template(self):
        template = self.file("circular.html", CIRCULAR)
        partner = self.partner_that_is("eligible")
        mail = self.written(partner, "--kind", "circular", "--template", template, "--mbox").split(b"\r\n", 1)[1]
        text = self.parsed(mail[:-2]).get_body(("plain",)).get_content()
        self.assertEqual(text.replace("\r\n", "\n"), """Dear Sir or Madam,

We meet in Riga <https://meeting.example/>: “all” are welcome & 
invited.

- From Monday
- to Friday, or for as long as the members of Eligible Association like 
to stay in town and talk

 From here on: Contact Desk
 > not a quotation

-- 
Covenant of Mayors Office
""")

    def test_a_template_is_strict(self):
        partner = self.partner_that_is("ineligible")
        for text, reason in (("<p>{{nam}}</p>", r"wrong\.html:1:4: .*'nam'"), ("<p>{{{name}}}</p>", r"wrong\.html:1:4: "),
                             ("<script>{{name}}</script>", r"wrong\.html:1:9: "), ("<p>&eacute;</p>", r"wrong\.html: '&eacute;'"),
                             ("<p>{{#blocks}}</p>", r"wrong\.html:1:")):
            with self.subTest(text=text), self.writes_nothing():
                error = self.fails(6, "letter", partner, "--kind", "refusal", "--template", self.file("wrong.html", text))
                self.assertRegex(error, r"\Acovenant: \S*" + reason)
        self.fails(9, "letter", partner, "--kind", "refusal", "--template", "missing.html")

    def test_the_built_in_template_writes_the_same(self):
        partner = self.partner_that_is("ineligible")
        template = self.file("own.html", self.done("letter", "--print-template").out)
        own = self.parts(self.letter(partner, "--kind", "refusal", "--template", template))
        self.assertEqual(own, self.parts(self.letter(partner, "--kind", "refusal")))

    def test_wrong_use_is_refused(self):
        partner = self.partner_that_is("ineligible")
        for args in (("--kind", "circular"), ("--kind", "circular", "--mbox"), ("--kind", "refusal", "--lang", "uk"),
                     ("--kind", "refusal", "--on", "today"), ("--kind", "refusal", "--record", "--no-record")):
            with self.subTest(args=args), self.writes_nothing():
                self.fails(2, "letter", partner, *args)
        self.office("")
        self.assertEqual(self.fails(2, "letter", partner, "--kind", "refusal"),
                         f"covenant: letter: no sender; set 'email' in the table '[office]' of {self.env['COVENANT_CONFIG']}\n")


if __name__ == "__main__":
    main()
