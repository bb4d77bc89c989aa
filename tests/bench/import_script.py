#!/usr/bin/env python3
"""Files applications the way a script would: import_script.py applications.csv registry.db

A peer for the benchmark: Python's csv, sqlite3 and hashlib with the rules of `apply --csv`, its duplicate checks, its
events with their hashes and sealed contacts, in one durable transaction into the tables of schema.sql. Where Python has
no more at hand it does less: it orders names without a collation, and knows web and e-mail addresses by a pattern.
"""

import csv
import hashlib
import hmac
import json
import re
import secrets
import sqlite3
import sys
import unicodedata
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit

SCHEMA = Path(__file__).resolve().parents[2] / "schema.sql"
REQUIRED = ("name", "country", "categories", "level", "contact_name", "contact_email")
LONGEST = {"reference": 64, "name": 300, "acronym": 40, "city": 100, "website": 2048, "description": 4000, "expertise": 4000,
           "contact_name": 200, "contact_role": 200, "contact_email": 254}
LONG_TEXTS = ("description", "expertise", "practices")
CHOICES = {"level": {"european", "international", "national", "local"}, "membership_based": {"yes", "no", ""}}
CATEGORIES = ("financial", "industrial", "civil-society", "other")
COUNTRIES = set("AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XK".split())
PATTERNS = {
    "reference": re.compile(r"(?!\d+$)(?!AP-\d+$)[A-Za-z0-9._/-]*"), "website": re.compile(r"https?://[^\s@/]+(/\S*)?|"),
    "contact_email": re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"),
    "contact_phone": re.compile(r"\+\d{1,15}|"), "applied_on": re.compile(r"\d{4}-\d\d-\d\d"), "member_count": re.compile(r"\d{0,8}"),
    "language": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*"), "practices": re.compile(r"[^<>]*( <https?://\S+>)?"),
}
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CONTROL_BUT_LINES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def parsed(row, today):
    """The values of a row, or ValueError for the first that is not valid."""
    values = {field: unicodedata.normalize("NFC", text).strip() for field, text in row.items()}
    for field in REQUIRED:
        if not values[field]:
            raise ValueError(field)
    for field, text in values.items():
        if len(text) > LONGEST.get(field, 5000) or (CONTROL_BUT_LINES if field in LONG_TEXTS else CONTROL).search(text):
            raise ValueError(field)
    for field, choice in CHOICES.items():
        if values[field] not in choice:
            raise ValueError(field)
    values["contact_phone"] = re.sub(r"[ .()-]", "", values["contact_phone"])
    practices = [line for line in values["practices"].split("\n") if line]
    for field, pattern in PATTERNS.items():
        for text in practices if field == "practices" else [values[field]]:
            if not pattern.fullmatch(text):
                raise ValueError(field)
    categories = [code for code in CATEGORIES if code in values["categories"].split(";")]
    if not categories or values["country"] not in COUNTRIES or not "1900" < values["applied_on"] <= today:
        raise ValueError("categories, country or applied_on")
    return values, categories, practices


def folded(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())


def host_of(website):
    return (urlsplit(website).hostname or "").removeprefix("www.").rstrip(".")


def key_of(text):
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True) if text else None


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def main(source, target):
    database = sqlite3.connect(target, isolation_level=None)
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + SCHEMA.read_text(encoding="utf-8"))
    database.execute("BEGIN IMMEDIATE")
    names, hosts, acronyms, references = set(), set(), set(), set()
    today = datetime.now(timezone.utc).date().isoformat()
    run, previous = secrets.token_hex(8), "0" * 64
    with open(source, newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            values, categories, practices = parsed(row, today)
            name, host, acronym = folded(values["name"]), host_of(values["website"]), folded(values["acronym"])
            for key, seen in ((name, names), (host, hosts), (acronym, acronyms), (values["reference"], references)):
                if key and key in seen:
                    raise ValueError("duplicate")
                seen.add(key)
            contact = canonical({field.removeprefix("contact_"): values[field] for field in values
                                 if field.startswith("contact_") and values[field]})
            salt = secrets.token_bytes(32)
            digest = hmac.digest(salt, b"covenant/sealed/1\0contact\0" + contact.encode(), "sha256").hex()
            new = {field: text for field, text in values.items()
                   if text and not field.startswith("contact_") and field not in LONG_TEXTS}
            new.update(categories=categories, status="applied")
            texts = {field: values[field] for field in ("description", "expertise") if values[field]}
            if practices:
                texts["practices"] = practices
            sealed_texts, texts_salt = canonical(texts), secrets.token_bytes(32)
            digests = {"contact": digest}
            if texts:
                digests["texts"] = hmac.digest(texts_salt, b"covenant/sealed/1\0texts\0" + sealed_texts.encode(), "sha256").hex()
            if values["member_count"]:
                new["member_count"] = int(values["member_count"])
            at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            named = {"texts": sorted(texts)} if texts else {}
            body = canonical({"action": "apply", "actor": "bench", "actor_source": "environment", "at": at, "new": new,
                              "partner": number, "prev": previous, "run": run, "sealed": digests, "seq": number,
                              "uid": 0, "v": 2} | named)
            leaf = hashlib.sha256(b"\0" + body.encode()).digest()
            previous = leaf.hex()
            database.execute("INSERT INTO event VALUES (?, ?, ?)", (number, body, leaf))
            database.execute("INSERT INTO sealed (id, salt, value) VALUES (?, ?, ?)", (4 * number, salt, contact))
            if texts:
                database.execute("INSERT INTO sealed (id, salt, value) VALUES (?, ?, ?)",
                                 (4 * number + 2, texts_salt, sealed_texts))
            database.execute(
                "INSERT INTO partner (id, status, reference, name, acronym, categories, level, membership_based, member_count, country, "
                "city, website, language, applied_on, contact, name_key, host_key, acronym_key, sort_key, description, expertise, "
                "practices) VALUES (?, 'applied', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, values["reference"] or None, values["name"], values["acronym"] or None, ";".join(categories), values["level"],
                 values["membership_based"] or None, new.get("member_count"), values["country"], values["city"] or None,
                 values["website"] or None, values["language"], values["applied_on"], number, key_of(name), key_of(host),
                 key_of(acronym), name.encode(), values["description"] or None, values["expertise"] or None,
                 values["practices"] or None))
            database.execute("INSERT INTO partner_event (partner, seq) VALUES (?, ?)", (number, number))
    database.execute("COMMIT")
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
