-- The registry: one SQLite file. `covenant init` runs this text; `sqlite3 new.db < schema.sql` makes the same.
-- Events are the truth; every table from `partner` down to `policy` is what the events say (a projection), and
-- `event`, `sealed` and the projection change together, in one transaction, in one place of the program.
-- Days are text 'YYYY-MM-DD' (UTC); codes are those of covenant-fields(7) and covenant-lifecycle(7).

-- REFERENCES and CHECK say what is true of every row. The program does not have SQLite test them as it writes
-- (`foreign_keys` is off, `ignore_check_constraints` on): its value types and the one place that writes let nothing else
-- through, testing each row again made a batch a quarter slower, and a replay has to be able to take rows in which
-- something is wrong, to say what. `covenant check` tests them all; whoever changes the file by hand should turn them on.

PRAGMA page_size = 16384;            -- fewer, larger pages: faster batches
PRAGMA application_id = 0x436F764D;  -- 'CovM'
PRAGMA user_version = 2;             -- version of this schema

-- The history. Rows are only ever added.
CREATE TABLE event (
  seq  INTEGER PRIMARY KEY,  -- from 1, without gaps
  body TEXT NOT NULL,        -- one JSON object in canonical form (RFC 8785); covenant-registry(5) has its members
  leaf BLOB NOT NULL         -- SHA-256(0x00 || body): the Merkle tree leaf (RFC 9162 section 2.1.1)
) STRICT;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- The amendments of practices and tools, for the feed: a member in version 1 of events, a name in version 2. `action` is
-- the first member of a canonical body, and a quote within a text is escaped, so what looks like a member is one.
CREATE INDEX event_of_practices ON event (seq)
WHERE substr(body, 12, 6) = 'update' AND instr(body, '"practices"') > 0;

-- Contacts, and the texts that a person wrote, of which the event has only a salted digest: HMAC-SHA-256(salt,
-- 'covenant/sealed/1' || 0x00 || field || 0x00 || value). Rows go only by erasure. Event and field are in one number, so
-- that rows are only ever added at the end: a key of two columns makes an import slower. Look rows up by it.
CREATE TABLE sealed (
  id    INTEGER PRIMARY KEY,  -- 4 * seq, and 1 more for signed_by, 2 more for texts
  seq   INTEGER NOT NULL GENERATED ALWAYS AS (id / 4) VIRTUAL REFERENCES event (seq),  -- the event that sealed the value
  field TEXT NOT NULL GENERATED ALWAYS AS                     -- signed_by: in version 1 of events alone
          (CASE id % 4 WHEN 0 THEN 'contact' WHEN 1 THEN 'signed_by' WHEN 2 THEN 'texts' END) VIRTUAL,
  salt  BLOB NOT NULL CHECK (length(salt) = 32),
  value TEXT NOT NULL,  -- contact: canonical JSON of email, name, phone, role; signed_by: the name; texts: canonical
                        -- JSON of the texts by name
  of    INTEGER REFERENCES event (seq)  -- of texts, after an erasure: the event that set them, of which these remain
) STRICT;

CREATE INDEX sealed_by_of ON sealed (of) WHERE of IS NOT NULL;

-- An organisation, whatever its status. Short columns come first, so that lists do not read the long texts.
CREATE TABLE partner (
  id                INTEGER PRIMARY KEY,  -- written 'AP-' and at least four digits; never reused, never changed
  status            TEXT NOT NULL CHECK (status IN
                      ('applied', 'eligible', 'ineligible', 'approved', 'revoked', 'withdrawn')),
  reference         TEXT,                 -- the office's own number for the form
  name              TEXT NOT NULL,
  acronym           TEXT,
  categories        TEXT NOT NULL,        -- codes in the scheme's order, joined by ';'
  level             TEXT NOT NULL CHECK (level IN ('european', 'international', 'national', 'local')),
  membership_based  TEXT CHECK (membership_based IN ('yes', 'no')),
  member_count      INTEGER CHECK (member_count BETWEEN 0 AND 10000000),
  country           TEXT NOT NULL CHECK (length(country) = 2),  -- ISO 3166-1 alpha-2, or XK
  city              TEXT,
  website           TEXT,
  language          TEXT NOT NULL,        -- BCP 47 tag of the texts
  applied_on        TEXT NOT NULL,
  verified_on       TEXT,                 -- the last verification of the present application
  approved_on       TEXT,                 -- the day the present or last partnership became official
  renewed_on        TEXT,                 -- the last day on which it confirmed that partnership again
  partner_since     TEXT,                 -- the first joining day, kept over an ending
  ended_on          TEXT,
  end_reason        TEXT CHECK (end_reason IN ('commission-decision', 'no-longer-eligible', 'commitments-not-met',
                      'inactive', 'ceased', 'merged', 'entered-in-error')),
  successor         INTEGER REFERENCES partner (id),  -- who went on after a merger
  contact           INTEGER,              -- seq of the sealed contact; empty once it is erased
  contact_erased_on TEXT,
  changed           INTEGER REFERENCES event (seq),  -- the last event that changed what the public sees of it
  name_key          INTEGER NOT NULL,     -- 64-bit digest of what the name looks like; equal keys are compared in full
  host_key          INTEGER,              -- the same of the website's host
  acronym_key       INTEGER,              -- the same of the folded acronym
  sort_key          BLOB NOT NULL,        -- collation key of the name, English order
  description       TEXT,
  expertise         TEXT,
  practices         TEXT,                 -- one a line, 'Title <URL>'
  end_note          TEXT
) STRICT;

CREATE UNIQUE INDEX partner_by_reference ON partner (reference) WHERE reference IS NOT NULL;
CREATE INDEX partner_by_name_key ON partner (name_key);
CREATE INDEX partner_by_host_key ON partner (host_key) WHERE host_key IS NOT NULL;
CREATE INDEX partner_by_acronym_key ON partner (acronym_key) WHERE acronym_key IS NOT NULL;
CREATE INDEX partner_by_country ON partner (country);
CREATE INDEX partner_by_sort_key ON partner (sort_key, id);
CREATE INDEX partner_by_change ON partner (changed) WHERE changed IS NOT NULL;

-- The names that partners had before.
CREATE TABLE former_name (
  seq      INTEGER PRIMARY KEY REFERENCES event (seq),  -- the event that took the name away
  partner  INTEGER NOT NULL REFERENCES partner (id),
  name     TEXT NOT NULL,
  name_key INTEGER NOT NULL                             -- as in partner
) STRICT;

CREATE INDEX former_name_by_name_key ON former_name (name_key);

-- Which events are about a partner.
CREATE TABLE partner_event (
  partner INTEGER NOT NULL REFERENCES partner (id),
  seq     INTEGER NOT NULL REFERENCES event (seq),
  undone_by INTEGER REFERENCES event (seq),  -- the event that took this one back
  PRIMARY KEY (partner, seq)
) STRICT, WITHOUT ROWID;

-- What the last verification found on each criterion.
CREATE TABLE finding (
  partner   INTEGER NOT NULL REFERENCES partner (id),
  criterion TEXT NOT NULL CHECK (criterion IN ('membership', 'scope', 'category', 'contact', 'website')),
  result    TEXT NOT NULL CHECK (result IN ('pass', 'fail')),
  by_person INTEGER NOT NULL CHECK (by_person IN (0, 1)),  -- 1: a person overruled the rule
  PRIMARY KEY (partner, criterion)
) STRICT, WITHOUT ROWID;

-- What was consulted for the last verification.
CREATE TABLE finding_source (
  partner  INTEGER NOT NULL REFERENCES partner (id),
  position INTEGER NOT NULL,  -- from 1
  source   TEXT NOT NULL,
  PRIMARY KEY (partner, position)
) STRICT, WITHOUT ROWID;

-- What each joining rests on: a signed commitment, or a recorded exception; and the commitments of renewals.
CREATE TABLE commitment (
  seq         INTEGER PRIMARY KEY REFERENCES event (seq),  -- the approval or renewal, or the correction
  partner     INTEGER NOT NULL REFERENCES partner (id),
  received_on TEXT NOT NULL,  -- the day that counts
  signed_on   TEXT,
  document    TEXT,           -- the SHA-256 of the file
  name        TEXT,           -- the file's name without its folder; empty once it is erased
  type        TEXT,           -- its media type
  exception   TEXT,           -- why there is no document; empty once it is erased
  verdict     TEXT CHECK (verdict IN ('valid', 'valid-untrusted', 'unchecked', 'invalid')),  -- of its signatures
  annulled_by INTEGER REFERENCES event (seq),  -- the ending that says that this joining was entered in error, or the
                                               -- event that corrected it or took it back
  kind        TEXT NOT NULL DEFAULT 'joining' CHECK (kind IN ('joining', 'renewal')),
  corrects    INTEGER REFERENCES event (seq),  -- of a correction: the approval
  CHECK (document IS NULL OR exception IS NULL),
  CHECK ((document IS NULL) = (type IS NULL) AND (name IS NULL OR document IS NOT NULL)),
  CHECK (verdict IS NULL OR document IS NOT NULL)
) STRICT;

CREATE INDEX commitment_by_partner ON commitment (partner, seq);
CREATE INDEX commitment_by_day ON commitment (received_on, coalesce(corrects, seq));
CREATE INDEX commitment_by_document ON commitment (document) WHERE document IS NOT NULL;

-- The endings that count: as they were corrected, and without those that were taken back.
CREATE TABLE ending (
  seq        INTEGER PRIMARY KEY REFERENCES event (seq),  -- the revocation or withdrawal
  partner    INTEGER NOT NULL REFERENCES partner (id),
  was        TEXT NOT NULL CHECK (was IN ('applied', 'eligible', 'ineligible', 'approved')),  -- the status before
  ended_on   TEXT NOT NULL,
  end_reason TEXT CHECK (end_reason IN ('commission-decision', 'no-longer-eligible', 'commitments-not-met',
               'inactive', 'ceased', 'merged', 'entered-in-error'))
) STRICT;

CREATE INDEX ending_by_partner ON ending (partner, seq);
CREATE INDEX ending_by_day ON ending (ended_on);

-- Documents that are kept beside the commitments.
CREATE TABLE evidence (
  seq         INTEGER PRIMARY KEY REFERENCES event (seq),  -- the event that added it
  partner     INTEGER NOT NULL REFERENCES partner (id),
  added_on    TEXT NOT NULL,
  document    TEXT NOT NULL,  -- the SHA-256 of the file
  name        TEXT,           -- its name without its folder; empty once it is erased
  type        TEXT NOT NULL,  -- its media type
  note        TEXT,
  annulled_by INTEGER REFERENCES event (seq)  -- the event that took it back
) STRICT;

CREATE INDEX evidence_by_partner ON evidence (partner, seq);
CREATE INDEX evidence_by_document ON evidence (document);

-- Documents of a partner whose bytes were erased. They are in `document` while another partner has them.
CREATE TABLE erased_document (
  partner  INTEGER NOT NULL REFERENCES partner (id),
  document TEXT NOT NULL CHECK (length(document) = 64),
  size     INTEGER NOT NULL,
  seq      INTEGER NOT NULL REFERENCES event (seq),  -- the event that erased it
  PRIMARY KEY (partner, document)
) STRICT, WITHOUT ROWID;

-- The policies that an event was ever about; of the others the weakest value is in force.
CREATE TABLE policy (
  name     TEXT NOT NULL PRIMARY KEY CHECK (name IN ('commitment', 'four-eyes')),
  value    TEXT NOT NULL CHECK (value IN ('any', 'signed', 'trusted', 'off', 'on')),  -- in force
  proposed TEXT CHECK (proposed IN ('any', 'signed', 'off')),  -- a weaker value, which waits for a second actor
  seq      INTEGER NOT NULL REFERENCES event (seq)  -- the last event about it
) STRICT, WITHOUT ROWID;

-- What the last `links` found of the links of listed partners. It is no part of the history: it is about other servers.
CREATE TABLE link (
  partner      INTEGER NOT NULL REFERENCES partner (id),
  field        TEXT NOT NULL CHECK (field IN ('website', 'practices')),
  url          TEXT NOT NULL,  -- as the partner had it
  checked_on   TEXT NOT NULL,
  broken_since TEXT,           -- the day on which it was first found broken; empty when it is not
  status       INTEGER,        -- of HTTP; empty without an answer
  reason       TEXT,
  location     TEXT,           -- where redirects led to
  PRIMARY KEY (partner, field, url)
) STRICT, WITHOUT ROWID;

-- The stored files, byte for byte.
CREATE TABLE document (
  sha256  TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  size    INTEGER NOT NULL CHECK (size = length(content)),
  content BLOB NOT NULL
) STRICT;

-- What the program has to know of the file itself.
CREATE TABLE property (
  name  TEXT NOT NULL PRIMARY KEY,  -- 'collation': the version of the rules that made sort_key; 'erasure': the last
                                    -- event that erased, until no copy of the values is left in the files
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- For whoever reads the file with other programs: the sqlite3 shell, Datasette, a spreadsheet. The program itself reads
-- the tables. No view has a contact.

-- Where each partner is in its life.
CREATE VIEW partner_status AS
SELECT printf('AP-%04d', id) AS id, name, acronym, country, status, applied_on, verified_on, approved_on, renewed_on,
       partner_since, ended_on, end_reason, iif(successor IS NULL, NULL, printf('AP-%04d', successor)) AS successor
FROM partner;

-- The public list: approved partners, public fields, nothing else.
CREATE VIEW public_partner AS
SELECT printf('AP-%04d', id) AS id, name, acronym, categories, level, country, city, website, member_count, description,
       expertise, practices, language, partner_since
FROM partner
WHERE status = 'approved';

-- What was done to each partner, by whom and when: one row an event. `status` is set where it changed; `changed` has the
-- names of the columns and texts that were set. (json_each and not json_extract, which SQLite lets no view call where the
-- schema is not trusted.)
CREATE VIEW partner_history AS
SELECT e.seq, printf('AP-%04d', pe.partner) AS partner, p.name,
       (SELECT value FROM json_each(e.body) WHERE key = 'at') AS at,
       (SELECT value FROM json_each(e.body) WHERE key = 'actor') AS actor,
       (SELECT value FROM json_each(e.body) WHERE key = 'action') AS action,
       (SELECT value FROM json_each(e.body, '$.new') WHERE key = 'status') AS status,
       (SELECT group_concat(name, ';') FROM (SELECT key AS name FROM json_each(e.body, '$.new') UNION ALL
                                             SELECT value FROM json_each(e.body, '$.texts')
                                             WHERE substr(e.body, 12, 5) <> 'erase')) AS changed,
       (SELECT value FROM json_each(e.body) WHERE key = 'run') AS run
FROM event e JOIN partner_event pe ON pe.seq = e.seq JOIN partner p ON p.id = pe.partner;

-- The good practices and tools, one a row, of partners of every status. A line is a title, or 'Title <URL>'.
CREATE VIEW practice AS
WITH RECURSIVE
line (partner, position, text, rest) AS (
  SELECT id, 0, NULL, practices || char(10) FROM partner WHERE practices IS NOT NULL
  UNION ALL
  SELECT partner, position + 1, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
  FROM line WHERE rest <> ''),
split (partner, position, text, url_at) AS (  -- the place of the URL, behind the last ' <'; 0 where there is none
  SELECT partner, position, text,
         iif(text LIKE '% <%>', length(rtrim(text, replace(text, '<', ''))) + 1, 0)
  FROM line WHERE position > 0)
SELECT printf('AP-%04d', s.partner) AS partner, p.name, p.status, s.position,
       iif(url_at > 0, substr(text, 1, url_at - 3), text) AS title,
       iif(url_at > 0, substr(text, url_at, length(text) - url_at), NULL) AS url
FROM split s JOIN partner p ON p.id = s.partner;
