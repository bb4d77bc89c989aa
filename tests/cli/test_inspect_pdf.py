"""inspect: signed PDF documents, genuine and forged. covenant-inspect(1)."""

import re
import subprocess
import tempfile
import unittest.mock

import signed_pdf
from authority import Authority
from signed_pdf import append, catalog, document, fields_of, page_text, sign, stream, waiting
from support import CovenantTest, main


class InspectPdf(CovenantTest):
    with_registry = False

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.authority = Authority(folder.name)
        cls.desk = cls.authority.person()
        cls.good = sign(document(), cls.by(cls.desk))

    @classmethod
    def by(cls, signer):
        return lambda content: cls.authority.sign(content, signer)

    def setUp(self):
        super().setUp()
        self.file("covenant.toml", f'[signatures]\ntrust = "{self.authority.trust}"\n')

    def inspect(self, pdf, *more):
        path = self.file("answer.pdf", pdf)
        return self.done("--config", "covenant.toml", "inspect", path, "--format", "json", *more).json()

    def judged(self, pdf, verdict, words="", covers=None):
        """Expects that verdict on the document, and a note with these words."""
        reading = self.inspect(pdf)
        notes = "\n".join([*reading["notes"], *(note for one in reading["signatures"] for note in one["notes"])])
        self.assertEqual((reading["kind"], reading["verdict"]), ("pdf", verdict), notes)
        self.assertIn(words, notes)
        if covers:
            self.assertIn(covers, [one["covers"] for one in reading["signatures"]])
        return reading

    def test_a_signature_of_the_whole_document_is_valid_and_names_who_signed(self):
        [signature] = self.judged(self.good, "valid", "revocation was not checked", "whole")["signatures"]
        self.assertEqual((signature["name"], signature["organisation"], signature["country"], signature["email"]),
                         ("Contact Desk", "Example Association", "BE", "desk@example.org"))
        self.assertIsNotNone(signature["signed_at"])
        self.assertIsNone(signature["timestamp"])

    def test_a_document_without_a_signature_is_unchecked(self):
        self.assertEqual(self.judged(document(), "unchecked", "it is not signed")["signatures"], [])

    def test_a_signature_of_an_authority_that_is_not_trusted_is_valid_untrusted(self):
        with tempfile.TemporaryDirectory() as folder:
            other = Authority(folder, "Other Authority")
            pdf = sign(document(), lambda content: other.sign(content, other.person()))
        self.judged(pdf, "valid-untrusted", "", "whole")

    def test_an_expired_certificate_is_invalid_unless_a_time_stamp_is_earlier(self):
        late = self.authority.person("Late Desk", "20190101000000Z", "20200101000000Z")
        self.judged(sign(document(), self.by(late)), "invalid", "expired")
        self.judged(sign(document(), self.by(late), entries=b" /M (D:20190601120000+02'00')"), "invalid", "expired")
        stamped = sign(document(), lambda content: self.authority.stamped(self.authority.sign(content, late),
                                                                          "2019-06-01 12:00:00"))
        [signature] = self.judged(stamped, "valid")["signatures"]
        self.assertEqual(signature["timestamp"], "2019-06-01T12:00:00.000Z")
        self.assertEqual((len(signature["anchor"]), signature["timestamp_anchor"]), (64, signature["anchor"]))

    def test_a_time_stamp_of_the_document_is_the_time_of_the_signatures_before_it(self):
        late = self.authority.person("Late Desk", "20190101000000Z", "20200101000000Z")
        signed = sign(document(), self.by(late))
        at = lambda moment: lambda content: self.authority.stamp(content, moment)
        [signature] = self.judged(signed_pdf.add_time_stamp(signed, at("2019-06-01 12:00:00")), "valid")["signatures"]
        self.assertEqual(signature["timestamp"], "2019-06-01T12:00:00.000Z")
        self.assertEqual((len(signature["anchor"]), signature["timestamp_anchor"]), (64, signature["anchor"]))
        self.judged(signed_pdf.add_time_stamp(signed, at("2021-06-01 12:00:00")), "invalid", "expired")
        of_other = signed_pdf.add_time_stamp(signed, lambda content: self.authority.stamp(b"-" + content,
                                                                                           "2019-06-01 12:00:00"))
        self.judged(of_other, "invalid", "expired")
        self.judged(signed_pdf.add_time_stamp(document(), at("2019-06-01 12:00:00")), "unchecked", "nobody signed it")

    def test_a_time_stamp_with_a_broken_digest_does_not_count(self):
        late, moment = self.authority.person("Late Desk", "20190101000000Z", "20200101000000Z"), "2019-06-01 12:00:00"
        said = "a time stamp of 2019-06-01 uses SHA1, which is no longer sound, and does not count"
        stamped = lambda content: self.authority.stamped(self.authority.sign(content, late), moment, "sha1")
        self.judged(sign(document(), stamped), "invalid", said)
        stamp = lambda content: self.authority.stamp(content, moment, "sha1")
        self.judged(signed_pdf.add_time_stamp(sign(document(), self.by(late)), stamp), "invalid", said)

    def test_a_document_of_which_one_byte_was_altered_is_never_valid(self):
        gap = self.good.index(b"/Contents <")
        digits = gap + len(b"/Contents <") + 2000
        for at in [*range(0, gap, 97), *range(gap, digits, 211), *range(len(self.good) - 160, len(self.good), 23)]:
            altered = bytearray(self.good)
            altered[at] ^= 1
            with self.subTest(at=at):
                result = self.covenant("--config", "covenant.toml", "inspect", self.file("answer.pdf", bytes(altered)),
                                       "--format", "json")
                if result.code == 6:
                    continue
                self.assertEqual(result.code, 0, result.err)
                self.assertNotEqual(result.json()["verdict"], "valid")

    def test_an_altered_word_is_invalid(self):
        self.judged(self.good.replace(b"We join", b"We quit"), "invalid", "altered", "whole")

    def test_a_document_that_is_cut_off_is_invalid(self):
        for size in (len(self.good) - 40, len(self.good) - 300, self.good.index(b"/Contents <") + 1000):
            with self.subTest(size=size):
                self.judged(self.good[:size], "invalid", covers="part")

    def test_what_is_no_document_cannot_be_read(self):
        for content in (b"%PDF-1.7\nWe join.\n", b"%PDF-1.7\n", document()[:60]):
            with self.subTest(content=content):
                self.assertIn("is no PDF document", self.fails(6, "inspect", self.file("answer.pdf", content)))

    def test_a_document_that_was_changed_after_it_was_signed_is_invalid(self):
        fields = fields_of(self.good)
        note = b"<< /Type /Annot /Subtype /FreeText /Rect [60 700 400 780] /Contents (Not so) >>"
        page = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                b" /Resources << /Font << /F1 5 0 R >> >>%s >>")
        overlay = (b"<< /FT /Sig /Type /Annot /Subtype /Widget /Rect [60 700 400 780] /P 3 0 R /T (Overlay)"
                   b" /AP << /N 4 0 R >> >>")
        for objects, words in (
                ({4: page_text(b"We join nothing.")}, "page 1"),
                ({5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"}, "page 1"),
                ({300: note, 3: page % b" /Annots [300 0 R]"}, "page 1"),
                ({3: page.replace(b"842", b"400") % b""}, "page 1"),
                ({2: b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>"}, "its pages"),
                ({1: catalog(fields, b" /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")}, "its catalog (OpenAction)"),
                ({1: catalog([*fields, 300]), 300: b"<< /FT /Tx /T (Text) /V (Not so) >>"}, "its form"),
                ({1: catalog([*fields, 300]), 300: overlay, 3: page % b" /Annots [300 0 R]"}, ""),
        ):
            with self.subTest(objects=objects):
                self.judged(append(self.good, objects), "invalid", f"changed after it was signed: {words}", "part")

    def test_text_that_is_read_aloud_in_place_of_a_page_s_is_a_change(self):
        element = b"<< /Type /StructElem /S /P /P 30 0 R /Pg 3 0 R /K %s >>"
        tree = {1: b"<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 30 0 R >>",
                30: b"<< /Type /StructTreeRoot /K [31 0 R] >>", 31: element % b"[0]"}
        original = signed_pdf.catalog
        with unittest.mock.patch.object(signed_pdf, "catalog", lambda fields: original(fields, b" /StructTreeRoot 30 0 R")):
            signed = sign(append(document(), tree), self.by(self.desk))
        self.judged(append(signed, {31: element % b"[0 1]"}), "valid", "was added later", "whole")
        for key in (b"ActualText", b"Alt", b"E"):
            with self.subTest(key=key):
                self.judged(append(signed, {31: element % b"[0 1] /%s (We do not join)" % key}), "invalid",
                            "its structure for screen readers", "part")

    def test_a_time_stamp_that_shows_something_is_a_change(self):
        page = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                b" /Resources << /Font << /F1 5 0 R >> >> /Annots [%s] >>")
        picture = stream(b"BT /F1 18 Tf 0 0 Td (We join nothing.) Tj ET", b" /Type /XObject /Subtype /Form /BBox [0 0 340 80]")
        place, nowhere = b"/Rect [60 700 400 780]", b"/Rect [0 0 0 0]"
        shown = b"<< /FT /Sig /Type /Annot /Subtype /Widget /P 3 0 R /T (Stamp) %s%s >>"
        value = b" /V 301 0 R"
        look = b" /AP << /N 302 0 R >>"
        stamps = [b"<< /Type /DocTimeStamp /SubFilter /ETSI.RFC3161 /ByteRange [0 1 2 3] /Contents <00> >>",
                  b"<< /Type /Sig /SubFilter /ETSI.RFC3161 /ByteRange [0 1 2 3] /Contents <00> >>",
                  b"<< /Type /DocTimeStamp /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00> >>"]
        for stamp in stamps:
            added = {1: catalog([*fields_of(self.good), 300]), 301: stamp, 302: picture, 3: page % b"300 0 R"}
            with self.subTest(stamp=stamp, what="field"):
                self.judged(append(self.good, added | {300: shown % (place, value + look)}), "invalid", "after it was signed", "part")
            with self.subTest(stamp=stamp, what="kid"):
                field = b"<< /FT /Sig /T (Stamp) /Kids [303 0 R]%s >>" % value
                kid = b"<< /Type /Annot /Subtype /Widget /P 3 0 R /Parent 300 0 R %s%s >>" % (place, look)
                kids = added | {300: field, 303: kid, 3: page % b"303 0 R"}
                self.judged(append(self.good, kids), "invalid", "after it was signed", "part")
            with self.subTest(stamp=stamp, what="nothing to see"):
                self.judged(append(self.good, added | {300: shown % (nowhere, value)}), "valid", "was added later", "whole")
            with self.subTest(stamp=stamp, what="a field that waited"):
                form = append(document(), {1: catalog([10, 300]), 10: waiting(10), 300: shown % (place, b""), 3: page % b"300 0 R"})
                first = sign(form, self.by(self.desk), field=10)
                self.judged(first, "valid", "", "whole")
                later = {300: shown % (place, value + look), 301: stamp, 302: picture}
                self.judged(append(first, later), "invalid", "after it was signed", "part")

    def test_objects_that_no_table_lists_are_a_change(self):
        hidden = self.good + signed_pdf.numbered(4, page_text(b"We join nothing."))
        self.judged(hidden, "invalid", "were added to the file after it", "part")
        self.judged(hidden + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n", "invalid", "", "part")
        self.judged(hidden + b"startxref\n99999999\n%%EOF\n", "invalid", "", "part")
        self.judged(self.good + b"\n\n", "invalid", "were added", "part")

    def test_one_line_break_at_the_end_is_a_note(self):
        for end in (b"\n", b"\r\n"):
            with self.subTest(end=end):
                self.judged(self.good + end, "valid", "a line break was added at the end", "whole")
        self.judged(self.good + b" ", "invalid", "1 byte was added to the file after it", "part")

    def test_another_signature_is_no_change_and_the_worst_counts(self):
        twice = sign(self.good, self.by(self.authority.person("Second Desk")))
        reading = self.judged(twice, "valid", "the document was signed again after it, and not changed otherwise")
        self.assertEqual([one["name"] for one in reading["signatures"]], ["Contact Desk", "Second Desk"])
        self.judged(sign(twice, self.by(self.authority.person("Old Desk", until="20210101000000Z"))), "invalid")
        changed = append(self.good, {4: page_text(b"We join nothing.")})
        reading = self.judged(sign(changed, self.by(self.desk)), "invalid", "page 1")
        self.assertEqual([one["verdict"] for one in reading["signatures"]], ["invalid", "valid"])

    def test_a_field_that_waited_for_its_signature_may_get_it_later(self):
        form = append(document(), {1: catalog([10, 20]), 10: waiting(10), 20: waiting(20)})
        first = sign(form, self.by(self.desk), field=10)
        self.judged(first, "valid", "", "whole")
        both = sign(first, self.by(self.desk), field=20)
        self.assertEqual(len(self.judged(both, "valid", "signed again after it", "whole")["signatures"]), 2)

    def test_what_helps_to_check_a_signature_may_be_added(self):
        added = append(self.good, {1: catalog(fields_of(self.good), b" /DSS << /Certs [] >>")})
        self.judged(added, "valid", "what helps to check it was added later", "whole")

    def test_another_signer_s_program_may_write_the_same_otherwise(self):
        page = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.0 842.00] /Contents 4 0 R"
                b" /Resources << /Font << /F1 5 0 R >> >> >>")
        pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 /ITXT (5.0.0) >>"
        again = sign(append(self.good, {2: pages, 3: page}), self.by(self.desk))
        self.judged(again, "valid", "signed again after it, and not changed otherwise", "whole")
        self.judged(append(self.good, {3: page.replace(b"842.00", b"842.01")}), "invalid", "page 1", "part")
        certifies = (b" /Reference [<< /Type /SigRef /TransformMethod /DocMDP /Data 1 0 R"
                     b" /TransformParams << /P 2 /V /1.2 >> >>]")
        referring = sign(document(), self.by(self.desk), entries=certifies)
        extended = append(referring, {1: catalog(fields_of(referring), b" /Extensions << /ESIC << /ExtensionLevel 5 >> >>")})
        self.judged(extended, "valid", "the document was not changed", "whole")
        element = b"<< /Type /StructElem /S /Document /K [%s] >>"
        linked = sign(append(document(), {
            3: page.replace(b" >> >> >>", b" >> >> /Annots [30 0 R] >>"), 31: element % b"0",
            30: b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoTo /SD [31 0 R /Fit] >> >>"}), self.by(self.desk))
        self.judged(linked, "valid")
        self.judged(sign(append(linked, {31: element % b"0 1"}), self.by(self.desk)), "valid", "not changed otherwise")
        self.judged(sign(append(linked, {31: element % b"1"}), self.by(self.desk)), "invalid", "page 1")

    def test_a_document_without_pages_shows_nothing(self):
        bare = append(b"%PDF-1.7\n", {1: b"<< /Type /Catalog >>"})
        self.assertIn("is no PDF document", self.fails(6, "inspect", self.file("answer.pdf", bare)))

    def test_a_signature_in_an_encrypted_document_is_read(self):
        path = self.file("plain.pdf", document())
        subprocess.run(["qpdf", "--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--", path,
                        self.folder / "locked.pdf"], check=True)
        locked = (self.folder / "locked.pdf").read_bytes()
        [trailer] = re.findall(rb"/ID \[<[^]]*\] /Encrypt \d+ 0 R", locked)
        for kind in (b"/Type /Sig", b""):
            with self.subTest(kind=kind):
                signed = sign(locked, self.by(self.desk), kind=kind, trailer=b" " + trailer)
                self.judged(signed, "valid", "", "whole")
                other = self.authority.sign(b"Other.", self.desk).hex().encode()
                at = signed.rindex(b"/Contents <") + len(b"/Contents <")
                self.judged(signed[:at] + other + signed[at + len(other):], "invalid", "altered")
                self.judged(sign(signed, self.by(self.desk), kind=kind, trailer=b" " + trailer), "valid", "again")

    def test_a_signature_that_allows_nothing_after_it_is_invalid_when_the_document_is_signed_again(self):
        only = sign(document(), self.by(self.desk),
                    entries=b" /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P 1 /V /1.2 >> >>]")
        self.judged(only, "valid")
        self.judged(sign(only, self.by(self.desk)), "invalid", "which this signature does not allow")

    def test_a_signature_of_another_document_is_invalid(self):
        out, gap, end = signed_pdf.prepared(document(b"We leave."))
        other = re.search(rb"/Contents <([0-9a-f]+)>", self.good)
        self.judged(out[:gap + 1] + other[1] + out[end - 1:], "invalid", "altered")
        transplanted = append(document(b"We leave."), {
            1: catalog([10]),
            10: b"<< /FT /Sig /T (Signature) /V 110 0 R >>",
            110: self.good[self.good.rindex(b"<< /Type /Sig"):self.good.index(b"\nendobj", self.good.rindex(b"/Contents"))],
        })
        self.judged(transplanted, "invalid", "", "part")

    def test_a_signature_that_was_put_into_a_later_revision_is_invalid(self):
        value = self.good[self.good.rindex(b"<< /Type /Sig"):self.good.index(b"\nendobj", self.good.rindex(b"/Contents"))]
        moved = append(self.good, {1: catalog([300]), 4: page_text(b"We join nothing."),
                                   300: b"<< /FT /Sig /T (Moved) /V 301 0 R >>", 301: value})
        self.judged(moved, "invalid", "", "part")

    def test_ranges_that_are_forged_are_invalid(self):
        out, gap, end = signed_pdf.prepared(document())
        rest = len(out) - end
        for ranges in (b"null", b"[]", b"[0 %d]" % len(out), b"[0 %d %d]" % (gap, end), b"[1 %d %d %d]" % (gap, end, rest),
                       b"[0 %d %d %d 0]" % (gap, end, rest), b"[0 -%d %d %d]" % (gap, end, rest),
                       b"[0 %d %d -%d]" % (gap, end, rest), b"[0 %d %d 99999999]" % (gap, end),
                       b"[0 %d %d 18446744073709551615]" % (gap, end), b"[0 %d %d %d]" % (end, gap, rest),
                       b"[0 %d %d %d]" % (gap, end - 40, rest + 40), b"[0 %d %d %d]" % (gap - 40, end, rest),
                       b"[0 %d %d %d]" % (gap, end, rest - 9), b"[0 0 0 %d]" % len(out), b"[(0) (9) (9) (9)]",
                       b"<< /A 1 >>"):
            with self.subTest(ranges=ranges):
                at = out.index(b"/ByteRange [") + len(b"/ByteRange ")
                close = out.index(b"]", at) + 1
                forged = out[:at] + ranges.ljust(close - at) + out[close:]
                self.assertEqual(len(forged), len(out))
                pdf = signed_pdf.filled(forged, gap, self.authority.sign(forged[:gap] + forged[end:], self.desk))
                self.judged(pdf, "invalid", "", "part")
        self.judged(self.good.replace(b"/ByteRange", b"/ByteRangf"), "invalid", "which part of the file it covers")

    def test_what_is_left_out_may_be_the_signature_alone(self):
        gap = self.good.index(b"/Contents <") + len(b"/Contents ")
        end = self.good.index(b">", gap) + 1
        for at, digits in ((end - 3, b"01"), (end - 3, b"  "), (end - 3, b"\r\n"), (end - 40, b"> /Evil (x) /Other <00"),
                           (gap + 1, b" "), (gap, b"("), (end - 1, b"0")):
            with self.subTest(at=at, digits=digits):
                forged = self.good[:at] + digits + self.good[at + len(digits):]
                reading = self.inspect(forged)
                self.assertEqual((reading["verdict"], reading["signatures"][0]["covers"]), ("invalid", "part"))
        nothing = self.good[:gap + 1] + b"0" * (end - gap - 2) + self.good[end - 1:]
        self.judged(nothing, "invalid", "there is no signature in it")
        wrapped = self.good[:gap] + b"<00> " + self.good[gap + 5:]
        self.judged(wrapped, "invalid", "", "part")

    def test_objects_in_a_widened_gap_are_invalid(self):
        gap = self.good.index(b"/Contents <") + len(b"/Contents ")
        end = self.good.index(b">", gap) + 1
        evil = b"\nendobj\n" + signed_pdf.numbered(4, page_text(b"We join nothing.")) + b"\n"
        ranges = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", self.good)
        widened = self.good[:end] + evil + self.good[end:]
        moved = b"/ByteRange [0 %010d %010d %010d]" % (int(ranges[1]), int(ranges[2]) + len(evil), int(ranges[3]))
        self.judged(widened.replace(ranges[0], moved), "invalid", "", "part")

    def test_a_kind_that_is_not_read_is_unchecked(self):
        for method in (b"/adbe.x509.rsa_sha1", b"/adbe.pkcs7.sha1", b"/Own"):
            with self.subTest(method=method):
                self.judged(sign(document(), self.by(self.desk), method=method), "unchecked",
                            f"'{method[1:].decode()}', which is not read")
        octets = sign(document(), lambda _: b"\x04\x03abc", method=b"/adbe.x509.rsa_sha1")
        self.judged(octets, "unchecked", "which is not read", "whole")

    def test_what_a_careful_reader_wants_to_know_is_a_note(self):
        acting = document(catalog=b" /OpenAction << /S /JavaScript /JS (1) >>")
        self.judged(acting, "unchecked", "it has scripts in it")
        self.judged(b"\n\n" + document(), "unchecked", "something else is in front of the document")
        self.judged(append(document(), {1: catalog([10]), 10: b"<< /FT /Tx /V 110 0 R >>",
                                        110: b"<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>"}),
                    "unchecked", "that no field of its form shows")

    def test_an_encrypted_document_is_unchecked(self):
        path = self.file("plain.pdf", document())
        subprocess.run(["qpdf", "--encrypt", "secret", "owner", "256", "--", path, self.folder / "locked.pdf"], check=True)
        self.judged((self.folder / "locked.pdf").read_bytes(), "unchecked", "it is encrypted")

    def test_loops_and_bombs_end_in_time(self):
        fields = b"".join(b"<< /FT /Sig /T (A) /Kids [" for _ in range(400)) + b"] >>" * 400
        for pdf in (
                append(document(), {1: catalog([10]), 10: b"<< /FT /Sig /Kids [10 0 R] /Parent 10 0 R >>"}),
                append(document(), {1: catalog([10]), 10: fields}),
                append(document(), {2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
                document().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"),
                append(document(), {4: b"4 0 R"}),
                b"%PDF-1.7\n1 0 obj\n" + b"[" * 200000 + b"\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
        ):
            result = self.covenant("inspect", self.file("answer.pdf", pdf), "--format", "json")
            self.assertIn(result.code, (0, 6), result.err)
            if result.code == 0:
                self.assertEqual(result.json()["verdict"], "unchecked")

    def test_another_program_agrees(self):
        for pdf, words in ((self.good, "Signature is Valid"), (self.good.replace(b"We join", b"We quit"), "Digest Mismatch")):
            path = self.file("answer.pdf", pdf)
            said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
            self.assertIn(words, said)
            self.assertIn("Total document signed", said)


if __name__ == "__main__":
    main()
