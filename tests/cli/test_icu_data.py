"""The program carries a part of ICU's data: what it writes with it is what it writes with the whole.

ICU reads its data from the folder that the environment variable ICU_DATA names before it reads what is linked.
"""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import BINARY, CovenantTest, csv_text, form, main

WHOLE = os.environ.get("COVENANT_ICU_WHOLE")
LANGUAGES = ("bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv").split()
COUNTRIES = """
    AD AE AF AG AI AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO
    CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG EL ER ES ET FI FJ FM FO FR GA GB GD GE GH GI GL GM GN GQ GT GW GY HK HN HR
    HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD
    ME MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS
    RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA
    VC VE VN VU WS XK YE ZA ZM ZW""".split()
BEGINNINGS = """
    Ång Äpple Örn Ægir Ølberg Česká Chlum Đakovo Dzūkija Éire Ġgantija Għaqda Ħal Ie IJmuiden Įmonė Jūra Ķekava Lj
    Ljubljana Łódź Ll Mańka Ñandú Njivice Õhtu Ő Őr Ö Ř Řím Śląsk Šumava Szeged Ș Țara Ţ Ū Ü Über Vilnius Wien Yvetot Ý
    Žalumo Żebbuġ Zs ß Ελλάς Ένωση България Ъгъл Київ عرب 中文 かな 한국 3E 42""".split()
GREECE = """
    Гърция Řecko Grækenland Griechenland Ελλάδα Greece Grecia Kreeka Kreikka Grèce An_Ghréig Grčka Görögország Grecia
    Graikija Grieķija Il-Greċja Griekenland Grecja Grécia Grecia Grécko Grčija Grekland""".split()


@unittest.skipUnless(WHOLE, "all of ICU's data is linked")
class IcuData(CovenantTest):
    @classmethod
    def setUpClass(cls):
        cls.whole = cls.enterClassContext(tempfile.TemporaryDirectory())
        items = Path(cls.whole) / Path(WHOLE).stem
        items.mkdir()
        subprocess.run([os.environ["COVENANT_ICUPKG"], "--extract", "*", "--destdir", items, WHOLE], check=True)

    def same(self, *args, **environment):
        """What a command prints, whichever data it has."""
        part = self.covenant(*args, env=environment)
        whole = self.covenant(*args, env=environment | {"ICU_DATA": self.whole})
        self.assertEqual(part, whole)
        return part

    def fill(self):
        rows = [form(f"{BEGINNINGS[i % len(BEGINNINGS)]} {country}", country=country, member_count=str(2 + 13 * i % 40), applied_on="2023-11-30",
                     website=f"https://{country}.žalumo.example.org/") for i, country in enumerate(COUNTRIES)]
        self.done("apply", "--csv", self.csv(rows))
        self.done("verify", "--all")
        self.done("approve", "--csv", self.file("joined.csv", csv_text(
            [{"partner": partner["id"], "no_commitment": "on paper", "received_on": f"2024-{i % 12 + 1:02}-01"}
             for i, partner in enumerate(self.partners())])))

    def test_the_pages_of_every_language_are_the_same(self):
        self.fill()
        for language in LANGUAGES:
            with self.subTest(language=language):
                page = self.same("export", "--format", "html", "--lang", language, LC_ALL="de_AT.UTF-8")
                self.assertEqual(page.code, 0, page.err)
                self.same("report", "--format", "html", "--lang", language)
        self.same("list", "--sort", "country", "--search", "zalumo")
        self.same("duplicates")

    def test_the_site_is_the_same(self):
        for name in BEGINNINGS[:3]:
            self.listed(f"{name} Association", received_on="2024-01-01")
        self.done("export", "--format", "site", "--output", "part")
        self.done("export", "--format", "site", "--output", "all", env={"ICU_DATA": self.whole})
        names = {path.relative_to(self.folder / "all") for path in (self.folder / "all").rglob("*.*")}
        self.assertGreater(len(names), len(LANGUAGES))
        self.assertEqual(names, {path.relative_to(self.folder / "part") for path in (self.folder / "part").rglob("*.*")})
        for name in names:
            self.assertEqual((self.folder / "part" / name).read_bytes(), (self.folder / "all" / name).read_bytes(), name)

    def test_a_country_is_recognised_by_its_name_in_every_language(self):
        rows = [form(f"Association {i}", country=name.replace("_", " ")) for i, name in enumerate(GREECE)]
        self.csv(rows)
        done = self.same("apply", "--csv", "in.csv", "--lenient", "--dry-run", LC_ALL="lv_LV.UTF-8")
        self.assertEqual(done.err.count("country: note: "), len(LANGUAGES))

    def test_names_that_look_alike_are_the_same_ones(self):
        self.apply("Climate Alliance")
        for name in ("Сlimate Alliance", "CLIMATE ΑLLIANCE", "Ｃｌｉｍａｔｅ Alliance", "Klimate Alliance"):
            self.same("apply", "--dry-run", "--name", name, "--level", "european", "--category", "industrial", "--country",
                      "BE", "--contact-name", "Contact Desk", "--contact-email", "desk@example.org")

    def test_the_day_is_that_of_every_time_zone(self):
        for zone in ("Europe/Riga", "America/St_Johns", "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Nowhere"):
            self.file("zone.toml", f'[office]\ntimezone = "{zone}"\n')
            self.same("--config", "zone.toml", "config")

    def test_an_encoding_without_a_table_is_refused_and_the_way_out_named(self):
        self.csv([form()])
        command = ("apply", "--csv", "in.csv", "--encoding", "ibm-1047")
        self.assertEqual(self.fails(2, *command),
                         "covenant: --encoding: 'ibm-1047' is not supported; convert the file to UTF-8 with iconv\n")
        whole = self.exits(6, *command, env={"ICU_DATA": self.whole})
        self.assertNotIn("--encoding", whole.err)


@unittest.skipUnless(os.environ.get("COVENANT_RELEASE"), "not built as installed")
class Size(unittest.TestCase):
    def test_the_stripped_program_has_less_than_20_mb(self):
        with tempfile.TemporaryDirectory() as folder:
            stripped = Path(folder) / "covenant"
            subprocess.run(["strip", "-o", stripped, BINARY], check=True)
            self.assertLess(stripped.stat().st_size, 20_000_000)


if __name__ == "__main__":
    main()
