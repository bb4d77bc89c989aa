PRAGMA page_size = 16384;
PRAGMA application_id = 0x436F764D;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
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
INSERT INTO "commitment" VALUES(16,1,'1999-01-01',NULL,'3b76f4edb3d30eed81b2f5c3bcde338dfb10883eba834fe7270a6901703755ce','a .pdf','application/pdf',NULL);
INSERT INTO "commitment" VALUES(17,2,'2020-01-01',NULL,NULL,NULL,NULL,'#REF!');
INSERT INTO "commitment" VALUES(18,3,'2026-11-26',NULL,NULL,NULL,NULL,'paper');
INSERT INTO "commitment" VALUES(19,4,'2026-11-26',NULL,NULL,NULL,NULL,'paper');
CREATE TABLE document (
  sha256  TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  size    INTEGER NOT NULL CHECK (size = length(content)),
  content BLOB NOT NULL
) STRICT;
INSERT INTO "document" VALUES('3b76f4edb3d30eed81b2f5c3bcde338dfb10883eba834fe7270a6901703755ce',11,X'255044462D312E370A780A');
CREATE TABLE event (
  seq  INTEGER PRIMARY KEY,  -- from 1, without gaps
  body TEXT NOT NULL,        -- one JSON object in canonical form (RFC 8785); covenant-registry(5) has its members
  leaf BLOB NOT NULL         -- SHA-256(0x00 || body): the Merkle tree leaf (RFC 9162 section 2.1.1)
) STRICT;
INSERT INTO "event" VALUES(1,'{"action":"init","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.301Z","origin":"covenant-registry/23b90c7775e1b6168fe3432cf2d30dec","prev":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","run":"b99535390a69f3a5","seq":1,"uid":0,"v":1}',X'32B6F2EC0BCDEDC3299C5B4A8E613632C0CF2C4F2DE0BAFA358068492EA88B0D');
INSERT INTO "event" VALUES(2,'{"action":"apply","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.658Z","new":{"acronym":"#REF!","applied_on":"2024-05-01","categories":["civil-society"],"city":"�","country":"BE","description":"one two ￿","language":"en","level":"european","member_count":10,"name":"Alpha Association","practices":["Guide <https://example.org/a>; Tool <https://example.org/b>"],"status":"applied","website":"https://u4"},"partner":1,"prev":"32b6f2ec0bcdedc3299c5b4a8e613632c0cf2c4f2de0bafa358068492ea88b0d","run":"54d99ee8ecbb21ee","sealed":{"contact":"17a3cb0b8348b419a3092b8fb2a72dbd1cc1e297c994434575fe967fbbe0b78d"},"seq":2,"uid":0,"v":1}',X'6D48DB883478C94F2294D08823BC34D319132FA69A096CBA209E986F06EDBA7C');
INSERT INTO "event" VALUES(3,'{"action":"apply","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.702Z","new":{"applied_on":"2001-02-03","categories":["civil-society"],"country":"BE","expertise":"#N/A","language":"en","level":"european","member_count":10,"name":"‍‍‍","practices":["Map <https://localhost/map>"],"status":"applied","website":"http://http//u2.example.org/"},"partner":2,"prev":"6d48db883478c94f2294d08823bc34d319132fa69a096cba209e986f06edba7c","run":"64d07d2d182db77a","sealed":{"contact":"fa2880b90bfd1a244e968f1576939c2a6342ea16e98bc8827d26e52b7e36ed02"},"seq":3,"uid":0,"v":1}',X'D6EDC00CF33889E852FEED2C6AC009535D379000D6FEC237231D195FE803E313');
INSERT INTO "event" VALUES(4,'{"action":"apply","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.738Z","new":{"applied_on":"2024-01-01","categories":["civil-society"],"country":"BE","language":"en","level":"european","member_count":10,"name":"CO₂ Value Europe","status":"applied","website":"https://www/"},"partner":3,"prev":"d6edc00cf33889e852feed2c6ac009535d379000d6fec237231d195fe803e313","run":"cbd3caedf8e68e02","sealed":{"contact":"a6a36b052857f17624bb73a55552f3559d1aa12bb65cfab340799eda3ea9fc0f"},"seq":4,"uid":0,"v":1}',X'88ABD800F25FD96B6D9889A9A4702C3969B790C3DCE63FB358F5041B7684EB38');
INSERT INTO "event" VALUES(5,'{"action":"apply","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.770Z","new":{"applied_on":"2024-01-01","categories":["civil-society"],"country":"BE","language":"en","level":"european","member_count":10,"name":"CO2 Value Europe","status":"applied","website":"https://co2.example.org/​"},"partner":4,"prev":"88abd800f25fd96b6d9889a9a4702c3969b790c3dce63fb358f5041b7684eb38","run":"df074d2f7856d59b","sealed":{"contact":"d38245f9fe85c720248028f0800ce77bf166344280932a0279e24c39d6438f49"},"seq":5,"uid":0,"v":1}',X'14DC78775121167CD51DC5E36D088581DD46020962521D68545FF4E6143E0767');
INSERT INTO "event" VALUES(6,'{"action":"apply","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.810Z","new":{"acronym":"PA","applied_on":"2024-01-01","categories":["civil-society"],"country":"BE","language":"en","level":"european","member_count":10,"name":"Plain Association","status":"applied","website":"https://plain.example.org/"},"partner":5,"prev":"14dc78775121167cd51dc5e36d088581dd46020962521d68545ff4e6143e0767","run":"ea158dd2016961b3","sealed":{"contact":"7a5b3a740a7e17409fa2e8ee9a54f29108d40a0df5434f9ae44cc654a7873b6e"},"seq":6,"uid":0,"v":1}',X'136E5D25EC116A0F3DD3D00F7C2F51CC093E715202330F54CC9842CFB1DEF3DC');
INSERT INTO "event" VALUES(7,'{"action":"apply","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.846Z","new":{"applied_on":"2024-01-01","categories":["civil-society"],"country":"BE","language":"en","level":"european","member_count":10,"name":"Işık Derneği","status":"applied","website":"https://isik.example.org/"},"partner":6,"prev":"136e5d25ec116a0f3dd3d00f7c2f51cc093e715202330f54cc9842cfb1def3dc","run":"8e6296eb46ac785f","sealed":{"contact":"b0733c61a8df57973ece3913f8606c34998d61dd28df8c5544c75ee51680a393"},"seq":7,"uid":0,"v":1}',X'2281B8B678FB4B4E913452645F15E70407F17749D1FDB5312943D2F64BB55A87');
INSERT INTO "event" VALUES(8,'{"action":"apply","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.886Z","new":{"applied_on":"2024-01-01","categories":["civil-society"],"country":"BE","language":"en","level":"european","member_count":10,"name":"IŞIK DERNEĞİ","status":"applied","website":"https://isik2.example.org/"},"partner":7,"prev":"2281b8b678fb4b4e913452645f15e70407f17749d1fdb5312943d2f64bb55a87","run":"944778cf64a83ffe","sealed":{"contact":"e0471e9b8cb7c60dd6bde5f5ddc6e8e47dfead282117bc8f880ca012a2ad4377"},"seq":8,"uid":0,"v":1}',X'10C2F1EDAA019E4E4530957EA932CDC16043C550F3986A38906B3EEE5EAC1290');
INSERT INTO "event" VALUES(9,'{"action":"update","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.922Z","new":{"name":"Renamed Association"},"old":{"name":"Plain Association"},"partner":5,"prev":"10c2f1edaa019e4e4530957ea932cdc16043c550f3986a38906b3eee5eac1290","run":"2f778df5f687d483","seq":9,"uid":0,"v":1}',X'6F2A7EC550E197E4930639E80573B083CC09766B4F09DF4B0C746D200615BB36');
INSERT INTO "event" VALUES(10,'{"action":"update","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.962Z","new":{"name":"Plainer Association"},"old":{"name":"Renamed Association"},"partner":5,"prev":"6f2a7ec550e197e4930639e80573b083cc09766b4f09df4b0c746d200615bb36","run":"11a15a8564f27941","seq":10,"uid":0,"v":1}',X'B54109F80C7078F92683E9043134BD2320FBCDB67DEB27F42B53B9601993B875');
INSERT INTO "event" VALUES(11,'{"action":"verify","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:22.994Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":1,"prev":"b54109f80c7078f92683e9043134bd2320fbcdb67deb27f42b53b9601993b875","run":"bc5f69b29c2c308f","seq":11,"sources":["​"],"uid":0,"v":1}',X'4031167205286A027E5671074F9A7180EB4E18AF0D54650C3DFE3F2DCD60C23F');
INSERT INTO "event" VALUES(12,'{"action":"verify","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.030Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":2,"prev":"4031167205286a027e5671074f9a7180eb4e18af0d54650c3dfe3f2dcd60c23f","run":"194988733058beeb","seq":12,"sources":["​"],"uid":0,"v":1}',X'7C65E727E8E19BCD1DB92A5E0840655D4EF96CAC9C9C21B5AEAB1562DF2CB37E');
INSERT INTO "event" VALUES(13,'{"action":"verify","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.058Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":3,"prev":"7c65e727e8e19bcd1db92a5e0840655d4ef96cac9c9c21b5aeab1562df2cb37e","run":"89d294c55965534e","seq":13,"sources":["​"],"uid":0,"v":1}',X'21A560D0CB95239BC5D5C825ED53F062D0CD4BB93E0C701C76266EE82DB8402D');
INSERT INTO "event" VALUES(14,'{"action":"verify","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.093Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":4,"prev":"21a560d0cb95239bc5d5c825ed53f062d0cd4bb93e0c701c76266ee82db8402d","run":"e3a269fcf920df00","seq":14,"sources":["​"],"uid":0,"v":1}',X'9749B3BC499D2971A4EAFDCD6E993E050BBC661F1FE72B41F823BB7E7FDFB67F');
INSERT INTO "event" VALUES(15,'{"action":"verify","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.131Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":5,"prev":"9749b3bc499d2971a4eafdcd6e993e050bbc661f1fe72b41f823bb7e7fdfb67f","run":"a3a87640f88ea466","seq":15,"sources":["​"],"uid":0,"v":1}',X'734F89304EE4BDEB06D464BB6D4A372E0C0BC7B8B479EAC7905791DF9A4F6DC0');
INSERT INTO "event" VALUES(16,'{"action":"approve","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.158Z","commitment":{"document":{"name":"a .pdf","sha256":"3b76f4edb3d30eed81b2f5c3bcde338dfb10883eba834fe7270a6901703755ce","size":11,"type":"application/pdf"},"received_on":"1999-01-01"},"new":{"approved_on":"1999-01-01","partner_since":"1999-01-01","status":"approved"},"old":{"status":"eligible"},"partner":1,"prev":"734f89304ee4bdeb06d464bb6d4a372e0c0bc7b8b479eac7905791df9a4f6dc0","run":"7e6951e349dbc035","sealed":{"signed_by":"951a3a7c203b9cbd87ebd6b7afbf7414e73c977d45877445d642b8681c293266"},"seq":16,"uid":0,"v":1}',X'E1573BF869473AD1134ED62FE59EBB1F1FAE5CA2AFADD1BF5E83400ACB814C19');
INSERT INTO "event" VALUES(17,'{"action":"approve","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.198Z","commitment":{"exception":"#REF!","received_on":"2020-01-01"},"new":{"approved_on":"2020-01-01","partner_since":"2020-01-01","status":"approved"},"old":{"status":"eligible"},"partner":2,"prev":"e1573bf869473ad1134ed62fe59ebb1f1fae5ca2afadd1bf5e83400acb814c19","run":"eff0d5e1bc84f6af","seq":17,"uid":0,"v":1}',X'F595829905667A85734281CC080782786D4BE0ED2A70E286BBAB14FFD4EA0F0A');
INSERT INTO "event" VALUES(18,'{"action":"approve","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.234Z","commitment":{"exception":"paper","received_on":"2026-11-26"},"new":{"approved_on":"2026-11-26","partner_since":"2026-11-26","status":"approved"},"old":{"status":"eligible"},"partner":3,"prev":"f595829905667a85734281cc080782786d4be0ed2a70e286bbab14ffd4ea0f0a","run":"6a61923e7d5c7e67","seq":18,"uid":0,"v":1}',X'04F3F8061CF116DFD97B6144B92FBD04CC50819BDA0F2BA62AA891080912B155');
INSERT INTO "event" VALUES(19,'{"action":"approve","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.265Z","commitment":{"exception":"paper","received_on":"2026-11-26"},"new":{"approved_on":"2026-11-26","partner_since":"2026-11-26","status":"approved"},"old":{"status":"eligible"},"partner":4,"prev":"04f3f8061cf116dfd97b6144b92fbd04cc50819bda0f2ba62aa891080912b155","run":"4f5659d786c513aa","seq":19,"uid":0,"v":1}',X'243542C8435FD311B466FF36CA77F1B135C0865D7FA10987A48F5F35313C3E5C');
INSERT INTO "event" VALUES(20,'{"action":"revoke","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.301Z","new":{"end_note":"x","end_reason":"inactive","ended_on":"2026-11-26","status":"revoked"},"old":{"status":"approved"},"partner":4,"prev":"243542c8435fd311b466ff36ca77f1b135c0865d7fa10987a48f5f35313c3e5c","run":"a8b2d6c172b93e0b","seq":20,"uid":0,"v":1}',X'904ACCF4DBB152E314D07C5765E0FF0EE1E189F5F9ADC50023484F4F96A2D3C3');
INSERT INTO "event" VALUES(21,'{"action":"revoke","actor":"office","actor_source":"environment","at":"2026-11-26T02:52:23.340Z","new":{"end_note":"⁠","end_reason":"inactive","ended_on":"2026-11-26","status":"revoked"},"old":{"status":"approved"},"partner":3,"prev":"904accf4dbb152e314d07c5765e0ff0ee1e189f5f9adc50023484f4f96a2d3c3","run":"a3060a2703c87c7a","seq":21,"uid":0,"v":1}',X'C8DBC0B15BF204249B46F7686BF966597FF5CCEF3D43859450C086D8A216B3B6');
CREATE TABLE finding (
  partner   INTEGER NOT NULL REFERENCES partner (id),
  criterion TEXT NOT NULL CHECK (criterion IN ('membership', 'scope', 'category', 'contact', 'website')),
  result    TEXT NOT NULL CHECK (result IN ('pass', 'fail')),
  by_person INTEGER NOT NULL CHECK (by_person IN (0, 1)),  -- 1: a person overruled the rule
  PRIMARY KEY (partner, criterion)
) STRICT, WITHOUT ROWID;
INSERT INTO "finding" VALUES(1,'category','pass',0);
INSERT INTO "finding" VALUES(1,'contact','pass',0);
INSERT INTO "finding" VALUES(1,'membership','pass',0);
INSERT INTO "finding" VALUES(1,'scope','pass',0);
INSERT INTO "finding" VALUES(1,'website','pass',0);
INSERT INTO "finding" VALUES(2,'category','pass',0);
INSERT INTO "finding" VALUES(2,'contact','pass',0);
INSERT INTO "finding" VALUES(2,'membership','pass',0);
INSERT INTO "finding" VALUES(2,'scope','pass',0);
INSERT INTO "finding" VALUES(2,'website','pass',0);
INSERT INTO "finding" VALUES(3,'category','pass',0);
INSERT INTO "finding" VALUES(3,'contact','pass',0);
INSERT INTO "finding" VALUES(3,'membership','pass',0);
INSERT INTO "finding" VALUES(3,'scope','pass',0);
INSERT INTO "finding" VALUES(3,'website','pass',0);
INSERT INTO "finding" VALUES(4,'category','pass',0);
INSERT INTO "finding" VALUES(4,'contact','pass',0);
INSERT INTO "finding" VALUES(4,'membership','pass',0);
INSERT INTO "finding" VALUES(4,'scope','pass',0);
INSERT INTO "finding" VALUES(4,'website','pass',0);
INSERT INTO "finding" VALUES(5,'category','pass',0);
INSERT INTO "finding" VALUES(5,'contact','pass',0);
INSERT INTO "finding" VALUES(5,'membership','pass',0);
INSERT INTO "finding" VALUES(5,'scope','pass',0);
INSERT INTO "finding" VALUES(5,'website','pass',0);
CREATE TABLE finding_source (
  partner  INTEGER NOT NULL REFERENCES partner (id),
  position INTEGER NOT NULL,  -- from 1
  source   TEXT NOT NULL,
  PRIMARY KEY (partner, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "finding_source" VALUES(1,1,'​');
INSERT INTO "finding_source" VALUES(2,1,'​');
INSERT INTO "finding_source" VALUES(3,1,'​');
INSERT INTO "finding_source" VALUES(4,1,'​');
INSERT INTO "finding_source" VALUES(5,1,'​');
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
INSERT INTO "partner" VALUES(1,'approved',NULL,'Alpha Association','#REF!','civil-society','european',NULL,10,'BE','�','https://u4','en','2024-05-01','2026-11-26','1999-01-01','1999-01-01',NULL,NULL,NULL,2,NULL,'2026-11-26',7698145441761406388,-2450241909620673288,-170214413023045180,X'2A4048382A03102A4E4E462E3A2A503A4644011501DCC1DC0E00','one two ￿',NULL,'Guide <https://example.org/a>; Tool <https://example.org/b>',NULL);
INSERT INTO "partner" VALUES(2,'approved',NULL,'‍‍‍',NULL,'civil-society','european',NULL,10,'BE',NULL,'http://http//u2.example.org/','en','2001-02-03','2026-11-26','2020-01-01','2020-01-01',NULL,NULL,NULL,3,NULL,'2026-11-26',3783689363123815442,-6029194121426922058,NULL,X'010100',NULL,'#N/A','Map <https://localhost/map>',NULL);
INSERT INTO "partner" VALUES(3,'revoked',NULL,'CO₂ Value Europe',NULL,'civil-society','european',NULL,10,'BE',NULL,'https://www/','en','2024-01-01','2026-11-26','2026-11-26','2026-11-26','2026-11-26','inactive',NULL,4,NULL,'2026-11-26',4151595621790099996,-4512216745285583101,NULL,X'2E461704542A4052320432524C464832011401DCDCE9C5DCC1DC0900',NULL,NULL,NULL,'⁠');
INSERT INTO "partner" VALUES(4,'revoked',NULL,'CO2 Value Europe',NULL,'civil-society','european',NULL,10,'BE',NULL,'https://co2.example.org/​','en','2024-01-01','2026-11-26','2026-11-26','2026-11-26','2026-11-26','inactive',NULL,5,NULL,'2026-11-26',6327184767022196730,-6650474071288988587,NULL,X'2E461704542A4052320432524C464832011401DCDCC4DCC1DC0900',NULL,NULL,NULL,'x');
INSERT INTO "partner" VALUES(5,'eligible',NULL,'Plainer Association','PA','civil-society','european',NULL,10,'BE',NULL,'https://plain.example.org/','en','2024-01-01','2026-11-26',NULL,NULL,NULL,NULL,NULL,6,NULL,NULL,-5761195972297469009,-7357512152171662187,-4607315663342964707,X'48402A3A44324C042A4E4E462E3A2A503A4644011701DCBFDC0E00',NULL,NULL,NULL,NULL);
INSERT INTO "partner" VALUES(6,'applied',NULL,'Işık Derneği',NULL,'civil-society','european',NULL,10,'BE',NULL,'https://isik.example.org/','en','2024-01-01',NULL,NULL,NULL,NULL,NULL,NULL,7,NULL,NULL,-2615781806484144147,-5594360573616629367,NULL,X'3A4E3B063E0430324C4432363A0144A03D8C0501DCC1DC0B00',NULL,NULL,NULL,NULL);
INSERT INTO "partner" VALUES(7,'applied',NULL,'IŞIK DERNEĞİ',NULL,'civil-society','european',NULL,10,'BE',NULL,'https://isik2.example.org/','en','2024-01-01',NULL,NULL,NULL,NULL,NULL,NULL,8,NULL,NULL,3683894247377993629,5465072635799143147,NULL,X'3A4E3A3E0430324C4432363A0144A03D8C459C01DCDCC5DCDCC5DCDCDCDCDCDCC5DC0500',NULL,NULL,NULL,NULL);
CREATE TABLE partner_event (
  partner INTEGER NOT NULL REFERENCES partner (id),
  seq     INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (partner, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "partner_event" VALUES(1,2);
INSERT INTO "partner_event" VALUES(1,11);
INSERT INTO "partner_event" VALUES(1,16);
INSERT INTO "partner_event" VALUES(2,3);
INSERT INTO "partner_event" VALUES(2,12);
INSERT INTO "partner_event" VALUES(2,17);
INSERT INTO "partner_event" VALUES(3,4);
INSERT INTO "partner_event" VALUES(3,13);
INSERT INTO "partner_event" VALUES(3,18);
INSERT INTO "partner_event" VALUES(3,21);
INSERT INTO "partner_event" VALUES(4,5);
INSERT INTO "partner_event" VALUES(4,14);
INSERT INTO "partner_event" VALUES(4,19);
INSERT INTO "partner_event" VALUES(4,20);
INSERT INTO "partner_event" VALUES(5,6);
INSERT INTO "partner_event" VALUES(5,9);
INSERT INTO "partner_event" VALUES(5,10);
INSERT INTO "partner_event" VALUES(5,15);
INSERT INTO "partner_event" VALUES(6,7);
INSERT INTO "partner_event" VALUES(7,8);
CREATE TABLE property (
  name  TEXT NOT NULL PRIMARY KEY,  -- 'collation': the version of the rules that made sort_key
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "property" VALUES('collation','ICU 72.1');
CREATE TABLE sealed (
  seq   INTEGER NOT NULL REFERENCES event (seq),  -- the event that set the value
  field TEXT NOT NULL CHECK (field IN ('contact', 'signed_by')),
  salt  BLOB NOT NULL CHECK (length(salt) = 32),
  value TEXT NOT NULL,  -- contact: canonical JSON of email, name, phone, role; signed_by: the name
  PRIMARY KEY (seq, field)
) STRICT, WITHOUT ROWID;
INSERT INTO "sealed" VALUES(2,'contact',X'BF70DD6AEA77B8FD9E62B7600496FC14FCDF1DB4FA131955D66461B9038F504E','{"email":"c1@example.org","name":"​"}');
INSERT INTO "sealed" VALUES(3,'contact',X'CBF09AFAFA22FB72E8F09647AD519B86254648F2CD376BED2E18C087774850F4','{"email":"c1@example.org","name":"C"}');
INSERT INTO "sealed" VALUES(4,'contact',X'F7B9742A869FE8212F7701290F2335722BC7F8FE60391ED02C1AF3916D494798','{"email":"c1@example.org","name":"C"}');
INSERT INTO "sealed" VALUES(5,'contact',X'51B3332581D2558C8675799EA20B0E23D469F841A1D5F79EDF53E97AF64B9968','{"email":"c1@example.org","name":"C"}');
INSERT INTO "sealed" VALUES(6,'contact',X'1691423AFB9E359F27D0C9E06951520B0CB6537143E0126E408870E5B70C4037','{"email":"c1@example.org","name":"C"}');
INSERT INTO "sealed" VALUES(7,'contact',X'0BC9A8B52DCAF8F6449FC715716EAC9AFCD7162F5C6846A3BE97135B8D9420F7','{"email":"c1@example.org","name":"C"}');
INSERT INTO "sealed" VALUES(8,'contact',X'337BCA8B0714F6E84F425D5E2F85E911727E75514C05FAF43071CC0BED4DBB48','{"email":"c1@example.org","name":"C"}');
INSERT INTO "sealed" VALUES(16,'signed_by',X'37D649D7E76B252024E8EE25210595B597786E895A501967BBD79D9E1D3DBD3F','​');
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
