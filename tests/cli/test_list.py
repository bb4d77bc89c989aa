"""list: filters, order and formats. covenant-list(1); covenant-csv(5), LISTS."""

import csv
import io
import json

from support import FIELDS, CovenantTest, full_form, in_json, main, options, width

DEFAULT_COLUMNS = ["id", "name", "categories", "country", "status"]
MEMBERS = {"id", *FIELDS, "status", "verified_on", "approved_on", "renewed_on", "ended_on", "end_reason", "end_note",
           "successor", "partner_since", "contact_since", "contact_erased_on"}


class Filters(CovenantTest):
    def setUp(self):
        super().setUp()
        for name, fields in {
            "A": {"country": "BE", "categories": "financial", "applied_on": "2024-01-31"},
            "B": {"country": "LV", "categories": "industrial;other", "applied_on": "2024-02-01"},
            "C": {"country": "GR", "categories": "other", "level": "international", "applied_on": "2024-03-01"},
            "D": {"country": "BE", "categories": "civil-society", "level": "national", "applied_on": "2024-04-01"},
        }.items():
            self.apply(f"{name} Association", expertise="Audits", **fields)
        self.exits(3, "verify", "1", "2", "4")
        self.approve("1", "--received-on", "2024-05-31")
        self.approve("2", "--received-on", "2024-06-01")

    def initials(self, *filters):
        return "".join(name[0] for name in self.names(*filters))

    def test_every_filter(self):
        for filters, expected in (
            ("", "ABCD"),
            ("--status approved", "AB"), ("--status applied", "C"), ("--status ineligible", "D"),
            ("--status revoked", ""), ("--status applied --status ineligible", "CD"),
            ("--category financial", "A"), ("--category other", "BC"),
            ("--category other --category financial", "ABC"), ("--country BE", "AD"),
            ("--country LV --country GR", "BC"), ("--country EL", "C"), ("--country FR", ""),
            ("--level european", "AB"), ("--level national --level international", "CD"), ("--level local", ""),
            ("--country BE --status approved", "A"), ("--country LV --category financial", ""),
            ("--applied-since 2024-02-01", "BCD"), ("--applied-until 2024-02-01", "AB"),
            ("--applied-since 2024-02-01 --applied-until 2024-03-01", "BC"), ("--applied-since 2030-01-01", ""),
            ("--joined-since 2024-06-01", "B"), ("--joined-until 2024-05-31", "A"),
            ("--joined-since 2024-01-01", "AB"), ("--joined-since 2024-06-01 --joined-until 2024-05-31", ""),
        ):
            with self.subTest(filters=filters):
                self.assertEqual(self.initials(*filters.split()), expected)
                self.assertEqual(self.done("list", "--count", *filters.split()).out, f"{len(expected)}\n")

    def test_nothing_found_is_done(self):
        for format, out in (("csv", "id,name,categories,country,status\r\n"), ("jsonl", "")):
            self.assertEqual(self.done("list", "--country", "FR", "--format", format).out, out)
        self.assertEqual(self.partners("--country", "FR"), [])

    def test_a_wrong_filter_is_a_usage_error(self):
        for filters in ("--status listed", "--category ngo", "--country ZZ", "--country be", "--level regional",
                        "--applied-since soon", "--applied-until 2024-02-30", "--joined-since x", "--joined-until 1",
                        "--format xml", "--columns id,colour", "--sort colour",
                        "--sort name:up", "--limit many", "--limit -1", "--colour red", "extra"):
            with self.subTest(filters=filters):
                self.fails(2, "list", *filters.split())


class Search(CovenantTest):
    def test_it_finds_names_acronyms_and_texts_whatever_their_case(self):
        self.apply("Énergie Cités", acronym="EC", description="Towns of Europe")
        self.apply("Heat Union", city="Århus")
        for text, expected in (("énergie", ["Énergie Cités"]), ("HEAT", ["Heat Union"]), ("towns", ["Énergie Cités"]),
                               ("EC", ["Énergie Cités"]), ("nothing of it", []), ("heat union", ["Heat Union"])):
            with self.subTest(text=text):
                self.assertEqual(self.names("--search", text), expected)

    def test_it_finds_contacts_until_they_are_erased(self):
        partner = self.apply("Heat Union", contact_name='Jo "Ann" Weiß', contact_role="Secretary", contact_phone="+3225550100",
                             contact_email="jo@heat.example")
        self.apply("Other Union", contact_role="Desk")
        for text in ("jo ann weiss", '"', "secretary", "JO@heat.example", "25550100"):
            with self.subTest(text=text):
                self.assertEqual(self.names("--search", text), ["Heat Union"])
                self.assertEqual(self.names("--search", text, "--as-of", "today"), ["Heat Union"])
        self.assertEqual(self.names("--search", "phone"), [])
        self.done("erase", partner, "--contact")
        self.assertEqual(self.names("--search", "secretary"), [])

    def test_it_finds_parts_of_words_and_the_start_of_words_alike(self):
        self.apply("Biotech Association")
        self.apply("Technology Association")
        self.apply("Büro für Hightech")
        self.assertEqual(self.names("--search", "tech"),
                         ["Biotech Association", "Büro für Hightech", "Technology Association"])

    def test_it_finds_former_names(self):
        partner = self.apply("Heat Union")
        self.done("update", partner, "--name", "Warmth Union", "--city", "Heath")
        self.done("update", partner, "--name", "Cold Union", "--city", "Riga")
        self.apply("Other Union")
        for text, expected in (("heat", ["Cold Union"]), ("heat union", ["Cold Union"]), ("heath", [])):
            with self.subTest(text=text):
                self.assertEqual(self.names("--search", text), expected)
                self.assertEqual(self.done("list", "--search", text, "--count").out, f"{len(expected)}\n")

    def test_punctuation_makes_no_difference_but_spaces_do(self):
        self.apply("L\u2019\u00c9nergie-Verte (France)")
        for text in ("l'energie", "lenergie", "ENERGIE VERTE", "energieverte", "energie-verte, france", "- (FRANCE)"):
            with self.subTest(text=text):
                self.assertEqual(len(self.names("--search", text)), 0 if text == "ENERGIE VERTE" else 1)

    def test_files_in_the_cache_folder_change_no_answer(self):
        self.apply("Heat Union")
        self.env["XDG_CACHE_HOME"] = str(self.folder / "cache")
        self.assertEqual(self.names("--search", "heat"), ["Heat Union"])
        self.assertFalse((self.folder / "cache").exists())

    def test_a_search_is_plain_text(self):
        self.apply("100 % Renewable")
        self.apply("Other_Association")
        for text, expected in (("%", ["100 % Renewable"]), ("_", ["Other_Association"]), ("*", []), ("'", []),
                               ("\"", []), ("NOT x", []), ("a OR b", []), ("name:x", [])):
            with self.subTest(text=text):
                self.assertEqual(self.names("--search", text), expected)


class Order(CovenantTest):
    def setUp(self):
        super().setUp()
        for name, country in (("zeta", "BE"), ("Ångström", "SE"), ("Eta", "BE"), ("apple", "LV"), ("Éta B", "DE"),
                              ("Zebra", "AT"), ("eta C", "FR")):
            self.apply(name, country=country)

    def test_names_are_in_the_order_of_the_language(self):
        self.assertEqual(self.names(), ["Ångström", "apple", "Eta", "Éta B", "eta C", "Zebra", "zeta"])

    def test_any_column_sorts_both_ways(self):
        for sort, expected in (
            ("id", ["zeta", "Ångström", "Eta"]), ("id:desc", ["eta C", "Zebra", "Éta B"]),
            ("name", ["Ångström", "apple", "Eta"]),
            ("name:desc", ["zeta", "Zebra", "eta C"]), ("country:desc", ["Ångström", "apple", "eta C"]),
        ):
            with self.subTest(sort=sort):
                self.assertEqual(self.names("--sort", sort, "--limit", "3"), expected)

    def test_numbers_are_sorted_as_numbers(self):
        for partner, count in (("1", "9"), ("2", "10"), ("3", "100")):
            self.done("update", partner, "--member-count", count)
        found = [partner["member_count"] for partner in self.partners("--sort", "member_count")]
        self.assertEqual([count for count in found if count is not None], [9, 10, 100])

    def test_a_limit_takes_the_first(self):
        for limit, count in (("0", 0), ("1", 1), ("7", 7), ("100", 7)):
            self.assertEqual(self.names("--limit", limit), self.names()[:count])

    def test_a_long_list_has_the_rows_of_a_short_one(self):
        self.done("update", "3", "--city", "Rīga", "--description", "Buys power together")
        kinds = (("--columns", "all"), ("--sort", "city:desc", "--columns", "name,description"), ("--search", "eta"),
                 ("--sort", "contact_email", "--columns", "contact_email"), ("--limit", "2", "--columns", "all"),
                 ("--as-recorded", "today", "--columns", "all"))
        short = [self.done("list", "--format", "csv", *kind).out for kind in kinds]
        self.sql("UPDATE partner SET id = 50000 WHERE id = 7")
        self.sql("UPDATE partner_event SET partner = 50000 WHERE partner = 7")
        for kind, rows in zip(kinds, short):
            with self.subTest(kind=kind):
                self.assertEqual(self.done("list", "--format", "csv", *kind).out, rows.replace("AP-0007", "AP-50000"))

    def test_the_same_registry_gives_the_same_bytes(self):
        self.assertEqual(self.done("list", "--format", "csv").out, self.done("list", "--format", "csv").out)


class Formats(CovenantTest):
    def test_csv_is_rfc_4180_with_crlf(self):
        self.apply("A, \"B\" Association", categories="financial;other")
        self.apply("Other Association", description="1\n2")
        self.assertEqual(self.done("list", "--format", "csv").out,
                         "id,name,categories,country,status\r\n"
                         "AP-0001,\"A, \"\"B\"\" Association\",financial;other,BE,applied\r\n"
                         "AP-0002,Other Association,industrial,BE,applied\r\n")
        self.assertEqual(self.done("list", "--format", "csv", "--columns", "description,id", "--no-header").out,
                         ",AP-0001\r\n\"1\n2\",AP-0002\r\n")

    def test_tsv_has_one_line_a_partner(self):
        self.apply("Tab\\back; \"quote\", comma", description="1\n2\r\n3\\n")
        self.assertEqual(self.done("list", "--format", "tsv", "--columns", "id,name,description").out,
                         "id\tname\tdescription\n"
                         "AP-0001\tTab\\\\back; \"quote\", comma\t1\\n2\\r\\n3\\\\n\n")

    def test_json_has_every_member(self):
        self.done("apply", *options(full_form(contact_phone="+33155500100")))
        [partner] = self.partners()
        self.assertEqual(set(partner), MEMBERS)
        expected = in_json(full_form(contact_phone="+33155500100")) | {
            "id": "AP-0001", "status": "applied", "verified_on": None, "approved_on": None, "renewed_on": None, "ended_on": None,
            "end_reason": None, "end_note": None, "successor": None, "partner_since": None,
            "contact_since": partner["contact_since"], "contact_erased_on": None}
        self.assertEqual(partner, expected)

    def test_jsonl_is_the_same_a_line_each(self):
        for name in "ABC":
            self.apply(f"{name} Association", description="1\n2")
        lines = self.done("list", "--format", "jsonl").out.splitlines()
        self.assertEqual([json.loads(line) for line in lines], self.partners())

    def test_dates_and_reasons_of_the_lifecycle_are_members(self):
        partner = self.listed(received_on="2024-05-06")
        self.done("revoke", partner, "--reason", "ceased", "--on", "2025-01-02")
        [found] = self.partners()
        self.assertEqual((found["approved_on"], found["ended_on"], found["end_reason"]),
                         ("2024-05-06", "2025-01-02", "ceased"))

    def test_columns_are_chosen_in_any_order(self):
        self.apply(reference="F-1")
        for format, out in (("csv", "status,reference\r\napplied,F-1\r\n"),
                            ("tsv", "status\treference\napplied\tF-1\n")):
            self.assertEqual(self.done("list", "--format", format, "--columns", "status,reference").out, out)
        self.assertEqual(self.partners("--columns", "status,reference"), [{"status": "applied", "reference": "F-1"}])

    def test_every_field_is_a_column(self):
        self.done("apply", *options(full_form()))
        out = self.done("list", "--format", "csv", "--columns", ",".join(sorted(MEMBERS))).out
        header, row = csv.reader(io.StringIO(out, newline=""))
        self.assertEqual(header, sorted(MEMBERS))
        cells = dict(zip(header, row))
        stored = full_form(contact_phone="+33155500100")
        self.assertEqual({name: cells[name] for name in stored}, stored)

    def test_no_header_leaves_the_rows_alone(self):
        self.apply()
        for format in ("table", "csv", "tsv"):
            [_, row] = self.done("list", "--format", format).out.splitlines()
            [alone] = self.done("list", "--format", format, "--no-header").out.splitlines()
            self.assertEqual(alone.split(), row.split())


class Table(CovenantTest):
    def columns(self, *filters):
        return self.done("list", *filters).out.splitlines()

    def test_it_is_the_format_for_people(self):
        self.apply()
        self.assertEqual(self.done("list").out, self.done("list", "--format", "table").out)
        header, row = self.columns()
        self.assertEqual(header.lower().split(), DEFAULT_COLUMNS)
        self.assertEqual(row.split(), ["AP-0001", "Example", "Association", "industrial", "BE", "applied"])

    def test_columns_are_aligned_by_display_width(self):
        for name in ("Energy Cities", "エネルギー協会", "Cafe\u0301 Union q\u0301", "🚀 Union", "Ｗｉｄｅ"):
            self.apply(name, website="")
        header, *rows = self.columns()
        places = {width(row[:row.index("industrial")]) for row in rows}
        self.assertEqual(places, {width(header[:header.lower().index("categories")])})

    def test_a_pipe_gets_no_colour_and_is_not_clipped(self):
        self.apply("x" * 300)
        out = self.done("list").out
        self.assertNotIn("\x1b", out)
        self.assertIn("x" * 300, out)

    def test_line_feeds_in_data_do_not_break_lines(self):
        self.apply(description="1\n2\r\n3")
        self.assertEqual(len(self.columns("--columns", "id,description")), 2)



class Choices(CovenantTest):
    def setUp(self):
        super().setUp()
        self.first = self.apply("Alpha", city="=1+1", country="BE")
        self.second = self.apply("Beta", country="LV", level="national")
        self.exits(3, "verify", self.second)

    def test_filters_take_several_values_joined_by_commas(self):
        ids = ["list", "--ids"]
        self.assertEqual(self.done(*ids, "--status", "applied, ineligible").out, f"{self.first}\n{self.second}\n")
        self.assertEqual(self.done(*ids, "--country", "BE,EE").out, f"{self.first}\n")
        self.assertEqual(self.done(*ids, "--level", "local,national").out, f"{self.second}\n")
        self.assertEqual(self.done("export", "--format", "csv", "--country", "BE,LV").out.count("\r\n"), 1)
        self.assertIn("'' is not", self.fails(2, *ids, "--status", "applied,"))

    def test_ids_are_alone(self):
        self.assertEqual(self.done("list", "--ids", "--limit", "1").out, f"{self.first}\n")
        self.assertEqual(self.done("list", "--ids", "--status", "revoked").out, "")
        for other in (("--format", "csv"), ("--columns", "name"), ("--count",), ("--spreadsheet",)):
            self.fails(2, "list", "--ids", *other)

    def test_a_spreadsheet_is_guarded(self):
        for format in ((), ("--format", "csv")):
            lines = self.done("list", "--spreadsheet", "--columns", "id,city", *format).out.split("\r\n")
            self.assertEqual(lines[:2], ["\ufeffid;city", f"{self.first};'=1+1"])
        self.assertTrue(self.done("list", "--spreadsheet", "--no-header").out.startswith("\ufeffAP-0001;"))
        self.fails(2, "list", "--spreadsheet", "--format", "json")

    def test_a_list_of_all_columns_can_be_sent_back(self):
        self.done("update", self.first, "--description", "\'=1+1", "--contact-phone", "+3225550100", "--acronym", "-A")
        for form in ((), ("--spreadsheet",)):
            text = self.done("list", "--format", "csv", "--columns", "all", *form).out
            self.assertIn("contact_erased_on", text)
            for command in (("apply", "--update"), ("update",)):
                with self.writes_nothing():
                    self.done(*command, "--csv", self.file("all.csv", text))
                before = self.partners("--sort", "id")
                city = "Riga" if command[0] == "apply" else "Lyon"
                cell = "\'=1+1" if form else "=1+1"
                self.assertIn(cell, text)
                self.done(*command, "--csv", self.file("edited.csv", text.replace(cell, city, 1)))
                after = self.partners("--sort", "id")
                changed = [name for name in before[0] if before[0][name] != after[0][name]]
                self.assertEqual((changed, before[1:]), (["city"], after[1:]))
                self.assertEqual(after[0]["city"], city)
                self.done("update", self.first, "--city", "=1+1")

    def test_columns_can_be_all_or_added(self):
        header = self.done("list", "--format", "csv", "--columns", "all").out.split("\r\n")[0].split(",")
        self.assertTrue({"id", "name", "website", "partner_since", "contact_email", "end_note"} <= set(header))
        added = self.done("list", "--format", "csv", "--columns", "+city,+website").out.split("\r\n")[0]
        self.assertEqual(added, "id,name,categories,country,status,city,website")
        self.fails(2, "list", "--columns", "+colour")


if __name__ == "__main__":
    main()
