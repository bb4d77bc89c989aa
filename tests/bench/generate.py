#!/usr/bin/env python3
"""Writes applications of made-up organisations as CSV, for benchmarks: generate.py ROWS > applications.csv

The same number makes the same bytes. Texts are in several scripts, with quotes, commas, line feeds and
non-ASCII in the shares that applications have them; a row is about 600 bytes. No name, host, reference or
acronym repeats.
"""

import csv
import random
import sys

SEED = 20080129

COLUMNS = (
    "reference", "name", "acronym", "categories", "level", "membership_based", "member_count", "country", "city",
    "website", "description", "expertise", "practices", "language", "contact_name", "contact_role", "contact_email",
    "contact_phone", "applied_on",
)

# Language: its words, the countries and cities it is written in.
LANGUAGES = {
    "en": ("association network energy cities climate members training buildings heat rural transition adaptation "
           "mobility efficiency local authorities renewable planning finance water", (("IE", "Dublin"), ("MT", "Valletta"))),
    "fr": ("fédération réseau énergie villes climat membres formation bâtiments chaleur ruralité transition "
           "adaptation mobilité efficacité collectivités renouvelable écologie financement eau", (("FR", "Besançon"), ("BE", "Liège"))),
    "de": ("Verband Netzwerk Energie Städte Klima Mitglieder Schulung Gebäude Wärme Wandel Anpassung Mobilität "
           "Effizienz Gemeinden erneuerbar Förderung Wasser", (("DE", "Köln"), ("AT", "Wien"))),
    "lv": ("asociācija tīkls enerģija pilsētas klimats biedri apmācība ēkas siltums lauki pāreja pielāgošanās "
           "mobilitāte pašvaldības atjaunojamā plānošana ūdens", (("LV", "Rīga"), ("LV", "Liepāja"))),
    "el": ("ένωση δίκτυο ενέργεια πόλεις κλίμα μέλη κατάρτιση κτίρια θερμότητα μετάβαση προσαρμογή κινητικότητα "
           "δήμοι ανανεώσιμη σχεδιασμός νερό", (("GR", "Αθήνα"), ("CY", "Λευκωσία"))),
    "bg": ("асоциация мрежа енергия градове климат членове обучение сгради топлина преход адаптация мобилност "
           "общини възобновяема планиране вода", (("BG", "София"), ("BG", "Варна"))),
    "pl": ("stowarzyszenie sieć energia miasta klimat członkowie szkolenia budynki ciepło przejście adaptacja "
           "mobilność gminy odnawialna planowanie woda", (("PL", "Łódź"), ("PL", "Kraków"))),
    "es": ("asociación red energía ciudades clima miembros formación edificios calor transición adaptación "
           "movilidad eficiencia municipios renovable planificación agua", (("ES", "Málaga"), ("ES", "León"))),
}
SHARES = ("en", "en", "en", "en", "fr", "de", "lv", "el", "bg", "pl", "es")
CATEGORIES = ("financial", "industrial", "civil-society", "other")


def sample_key(number):
    """A number like no other below 2^32, in no order: hosts do not come sorted in life either."""
    return number * 2654435761 % 2**32


class Writer:
    """Makes rows from one seeded source of chance."""

    def __init__(self):
        self.chance = random.Random(SEED)
        self.words = {tag: (text.split(), places) for tag, (text, places) in LANGUAGES.items()}

    def sentence(self, words, count):
        chosen = self.chance.choices(words, k=count)
        chosen[0] = chosen[0][:1].upper() + chosen[0][1:]
        return " ".join(chosen)

    def text(self, words, shortest, longest):
        text = self.sentence(words, self.chance.randint(shortest, longest))
        kind = self.chance.random()
        if kind < 0.15:
            return text + ": \"" + self.sentence(words, 3) + "\", " + self.sentence(words, 2) + "."
        if kind < 0.30:
            return text + ".\n" + self.sentence(words, 6) + "."
        return text + "."

    def practices(self, words, number):
        lines = [f"{self.sentence(words, 4)} <https://practice.example.org/{number}/{line}>"
                 for line in range(self.chance.choice((0, 0, 1, 2)))]
        return "\n".join(lines)

    def row(self, number):
        chance = self.chance
        host = f"{sample_key(number):x}.example.org"
        tag = chance.choice(SHARES)
        words, places = self.words[tag]
        country, city = chance.choice(places)
        categories = ";".join(sorted(chance.sample(CATEGORIES, 2 if chance.random() < 0.2 else 1), key=CATEGORIES.index))
        return (
            f"COM/{number:07}", f"{self.sentence(words, 3)} {number:x}",
            f"A{number:X}" if chance.random() < 0.5 else "",
            categories, chance.choice(("european", "international")), "yes",
            str(chance.randint(3, 5000)) if chance.random() < 0.7 else "", country, city,
            f"https://www.{host}/{tag}/", self.text(words, 14, 24), self.text(words, 6, 14),
            self.practices(words, number), tag, "Contact Desk", "Secretariat" if chance.random() < 0.5 else "",
            f"desk@{host}", f"+3225550{number % 10000:04}" if chance.random() < 0.5 else "",
            f"{chance.randint(2008, 2011)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        )


def main():
    writer = Writer()
    out = csv.writer(sys.stdout, lineterminator="\r\n")
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    out.writerow(COLUMNS)
    for number in range(1, int(sys.argv[1]) + 1):
        out.writerow(writer.row(number))


if __name__ == "__main__":
    main()
