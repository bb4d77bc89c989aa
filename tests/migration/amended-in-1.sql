PRAGMA page_size = 16384;
PRAGMA application_id = 0x436F764D;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE event (
  seq  INTEGER PRIMARY KEY,  -- from 1, without gaps
  body TEXT NOT NULL,        -- one JSON object in canonical form (RFC 8785); covenant-registry(5) has its members
  leaf BLOB NOT NULL         -- SHA-256(0x00 || body): the Merkle tree leaf (RFC 9162 section 2.1.1)
) STRICT;
INSERT INTO event VALUES(1,'{"action":"init","actor":"office","actor_source":"environment","at":"2026-11-26T22:07:58.648Z","origin":"covenant-registry/bda8ee69a3eebd5d6917a16bc86b01a3","prev":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","run":"55bf62b85cc2a48c","seq":1,"uid":0,"v":1}',X'cb9caa37428119fdf4a154d1c0135c0156800855c916d1a96a254cf21b2f0f0f');
INSERT INTO event VALUES(2,'{"action":"apply","actor":"office","actor_source":"environment","at":"2026-11-26T22:07:59.550Z","new":{"applied_on":"2024-01-01","categories":["civil-society"],"country":"BE","description":"It was amended.","language":"en","level":"european","membership_based":"yes","name":"Amended Association","status":"applied","website":"https://amended.example.org/"},"partner":1,"prev":"cb9caa37428119fdf4a154d1c0135c0156800855c916d1a96a254cf21b2f0f0f","run":"85f46b48b6677b6f","sealed":{"contact":"e1bd64b8147eb9010d116ade3d9fff6276a18557fae0521705d05edb1c76ebae"},"seq":2,"uid":0,"v":1}',X'9019f653eba931cded932501a6020cd4b0c94981c41a26f293bb2239308943f0');
INSERT INTO event VALUES(3,'{"action":"verify","actor":"office","actor_source":"environment","at":"2026-11-26T22:07:59.607Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":1,"prev":"9019f653eba931cded932501a6020cd4b0c94981c41a26f293bb2239308943f0","run":"b2217791911b5fd6","seq":3,"uid":0,"v":1}',X'9e71b0bbe3d03dfbaa6e1c70ebb11fcc9b7486e49f0b053a883567259d5076db');
INSERT INTO event VALUES(4,'{"action":"update","actor":"office","actor_source":"environment","at":"2026-11-26T22:07:59.675Z","new":{"level":"national"},"old":{"level":"european"},"partner":1,"prev":"9e71b0bbe3d03dfbaa6e1c70ebb11fcc9b7486e49f0b053a883567259d5076db","run":"02addc0b59305b15","seq":4,"uid":0,"v":1}',X'75bcda8052bef8004114f8906a496329ff0f7477b8e62acca4935e9b4f586ad8');
CREATE TABLE sealed (
  seq   INTEGER NOT NULL REFERENCES event (seq),  -- the event that set the value
  field TEXT NOT NULL CHECK (field IN ('contact', 'signed_by')),
  salt  BLOB NOT NULL CHECK (length(salt) = 32),
  value TEXT NOT NULL,  -- contact: canonical JSON of email, name, phone, role; signed_by: the name
  PRIMARY KEY (seq, field)
) STRICT, WITHOUT ROWID;
INSERT INTO sealed VALUES(2,'contact',X'7d482b1f091eab712b4448fcb5f8904d68cef67080300b1e8feb840663bfbe10','{"email":"desk@example.org","name":"Contact Desk"}');
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
  partner_since     TEXT,                 -- the first joining day, kept over an ending
  ended_on          TEXT,
  end_reason        TEXT CHECK (end_reason IN ('commission-decision', 'no-longer-eligible', 'commitments-not-met',
                      'inactive', 'ceased', 'merged', 'entered-in-error')),
  successor         INTEGER REFERENCES partner (id),  -- who went on after a merger
  contact           INTEGER,              -- seq of the sealed contact; empty once it is erased
  contact_erased_on TEXT,
  changed_on        TEXT,                 -- the last day on which what the public sees of it changed
  name_key          INTEGER NOT NULL,     -- 64-bit digest of the folded name; equal keys are compared in full
  host_key          INTEGER,              -- the same of the website's host
  acronym_key       INTEGER,              -- the same of the folded acronym
  sort_key          BLOB NOT NULL,        -- collation key of the name, English order
  description       TEXT,
  expertise         TEXT,
  practices         TEXT,                 -- one a line, 'Title <URL>'
  end_note          TEXT
) STRICT;
INSERT INTO partner VALUES(1,'eligible',NULL,'Amended Association',NULL,'civil-society','national','yes',NULL,'BE',NULL,'https://amended.example.org/','en','2024-01-01','2026-11-26',NULL,NULL,NULL,NULL,NULL,2,NULL,NULL,3581562755422217283,-4097050743852618583,NULL,X'2a423244303230042a4e4e462e3a2a503a4644011701dcbfdc0e00','It was amended.',NULL,NULL,NULL);
CREATE TABLE partner_event (
  partner INTEGER NOT NULL REFERENCES partner (id),
  seq     INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (partner, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO partner_event VALUES(1,2);
INSERT INTO partner_event VALUES(1,3);
INSERT INTO partner_event VALUES(1,4);
CREATE TABLE finding (
  partner   INTEGER NOT NULL REFERENCES partner (id),
  criterion TEXT NOT NULL CHECK (criterion IN ('membership', 'scope', 'category', 'contact', 'website')),
  result    TEXT NOT NULL CHECK (result IN ('pass', 'fail')),
  by_person INTEGER NOT NULL CHECK (by_person IN (0, 1)),  -- 1: a person overruled the rule
  PRIMARY KEY (partner, criterion)
) STRICT, WITHOUT ROWID;
INSERT INTO finding VALUES(1,'category','pass',0);
INSERT INTO finding VALUES(1,'contact','pass',0);
INSERT INTO finding VALUES(1,'membership','pass',0);
INSERT INTO finding VALUES(1,'scope','pass',0);
INSERT INTO finding VALUES(1,'website','pass',0);
CREATE TABLE finding_source (
  partner  INTEGER NOT NULL REFERENCES partner (id),
  position INTEGER NOT NULL,  -- from 1
  source   TEXT NOT NULL,
  PRIMARY KEY (partner, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE commitment (
  seq         INTEGER PRIMARY KEY REFERENCES event (seq),  -- the approval
  partner     INTEGER NOT NULL REFERENCES partner (id),
  received_on TEXT NOT NULL,  -- the day that counts
  signed_on   TEXT,
  document    TEXT REFERENCES document (sha256),
  name        TEXT,           -- the file's name without its folder
  type        TEXT,           -- its media type
  exception   TEXT,           -- why there is no document
  CHECK ((document IS NULL) <> (exception IS NULL)),
  CHECK ((document IS NULL) = (name IS NULL) AND (document IS NULL) = (type IS NULL))
) STRICT;
CREATE TABLE document (
  sha256  TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  size    INTEGER NOT NULL CHECK (size = length(content)),
  content BLOB NOT NULL
) STRICT;
CREATE TABLE property (
  name  TEXT NOT NULL PRIMARY KEY,  -- 'collation': the version of the rules that made sort_key
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO property VALUES('collation','ICU 72.1');
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE INDEX event_by_ending ON event (substr(body, instr(body, '"ended_on":"') + 12, 10))
WHERE substr(body, 12, 6) IN ('revoke', 'withdr');
CREATE INDEX event_of_practices ON event (seq)
WHERE substr(body, 12, 6) = 'update' AND instr(body, '"practices":') > 0;
CREATE UNIQUE INDEX partner_by_reference ON partner (reference) WHERE reference IS NOT NULL;
CREATE INDEX partner_by_name_key ON partner (name_key);
CREATE INDEX partner_by_host_key ON partner (host_key) WHERE host_key IS NOT NULL;
CREATE INDEX partner_by_acronym_key ON partner (acronym_key) WHERE acronym_key IS NOT NULL;
CREATE INDEX partner_by_country ON partner (country);
CREATE INDEX partner_by_sort_key ON partner (sort_key, id);
CREATE INDEX commitment_by_partner ON commitment (partner, seq);
CREATE INDEX commitment_by_day ON commitment (received_on);
CREATE INDEX commitment_by_document ON commitment (document) WHERE document IS NOT NULL;
CREATE VIEW public_partner AS
SELECT id, name, acronym, categories, level, country, city, website, member_count, description, expertise,
       practices, language, partner_since, changed_on, sort_key
FROM partner
WHERE status = 'approved';
COMMIT;
