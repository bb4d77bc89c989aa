"""Publishes a site twice, without and with an address of its own, and certificates, for the tests to judge."""

import os
import shutil
import subprocess
from pathlib import Path

HOSTILE = '</script><!--<script>"\'><img src=x onerror=alert(1)> &amp; مرحبا'
COLUMNS = ("name", "acronym", "categories", "level", "country", "city", "website", "description", "applied_on", "expertise",
           "practices", "language", "membership_based", "contact_name", "contact_email")
PARTNERS = (
    {"name": "Klimata alianse", "language": "lv", "country": "LV", "city": "Rīga", "acronym": "KA",
     "description": "Pirmā rinda\notrā rinda", "expertise": "Ēku auditi",
     "practices": "Siltuma karte <https://alianse.example.org/karte?a=1&b=2>\nVakarskola"},
    {"name": HOSTILE, "language": "ar", "country": "GR", "city": HOSTILE, "acronym": '"><b>', "description": HOSTILE,
     "expertise": HOSTILE, "practices": f"{HOSTILE} <https://hostile.example.org/?'&x>"},
    {"name": "Left Association", "language": "en", "country": "BE"},
    {"name": ("Verband der Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften und "
              "verwandter gemeinnütziger Einrichtungen zur Förderung erneuerbarer Energien in den Gemeinden"),
     "language": "de", "country": "AT", "city": "Wien"},
    # As long as fields may be, and nowhere to break.
    {"name": "W" * 300, "acronym": "A" * 40, "language": "en", "country": "BE", "city": "C" * 100, "description": "D" * 4000,
     "expertise": "E" * 4000, "website": f"https://long.example.org/{'w' * 1900}",
     "practices": f"{'T' * 300} <https://long.example.org/{'p' * 300}>\n{'U' * 300}"},
)
BASE = "https://site.example.org/partners/"
folder = Path(os.environ["SITE"])
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "COVENANT_ACTOR": "tester",
               "COVENANT_REGISTRY": str(folder / "registry.db")}


def covenant(*arguments):
    subprocess.run([os.environ["COVENANT"], "--quiet", *arguments], cwd=folder, env=ENVIRONMENT, check=True,
                   stdout=subprocess.DEVNULL)


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


rows = [COLUMNS]
for number, partner in enumerate(PARTNERS):
    given = {"categories": "financial;industrial;civil-society;other", "level": "european", "membership_based": "yes",
             "expertise": "All", "website": f"https://partner{number}.example.org/", "contact_name": "Desk",
             "contact_email": "desk@example.org", "applied_on": "2018-01-02"} | partner
    rows.append([given.get(column, "") for column in COLUMNS])
(folder / "in.csv").write_text("".join(",".join(map(quoted, row)) + "\n" for row in rows))
(folder / "site.toml").write_text(
    f'[site]\nbase_url = "{BASE}"\nlicence = "https://licence.example.org/"\n'
    'legal_notice = "https://site.example.org/legal"\ncontact = "https://site.example.org/contact"\n')
covenant("init")
covenant("apply", "--csv", "in.csv")
covenant("verify", "--all")
for partner, day in (("1", "2024-05-06"), ("2", "2025-05-06"), ("3", "2020-05-06"), ("4", "2019-05-06"),
                     ("5", "2018-05-06")):
    covenant("approve", partner, "--no-commitment", "joined on paper", "--received-on", day)
covenant("withdraw", "3", "--on", "2026-01-02")
covenant("update", "1", "--practice", "Vakarskola", "--practice", "Jauna <https://alianse.example.org/j>")
covenant("export", "--format", "site", "--output", "plain")
covenant("--config", "site.toml", "export", "--format", "site", "--output", "based")
for language in ("en", "lv", "el", "bg", "de", "mt"):
    for partner in ("1", "2", "4", "5"):
        covenant("--config", "site.toml", "export", "--format", "certificate", partner, "--lang", language,
                 "--output", f"certificate{partner}.{language}.html")
