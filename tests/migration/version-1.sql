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
INSERT INTO "commitment" VALUES(5,1,'2024-05-06','2024-05-01','07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c','commitment.pdf','application/pdf',NULL);
INSERT INTO "commitment" VALUES(8,2,'2024-03-01',NULL,'07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c','commitment.pdf','application/pdf',NULL);
INSERT INTO "commitment" VALUES(12,3,'2024-02-01',NULL,'07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c','commitment.pdf','application/pdf',NULL);
INSERT INTO "commitment" VALUES(16,4,'2026-11-26',NULL,NULL,NULL,NULL,'Joined on paper');
INSERT INTO "commitment" VALUES(21,5,'2024-04-01',NULL,'07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c','commitment.pdf','application/pdf',NULL);
CREATE TABLE document (
  sha256  TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  size    INTEGER NOT NULL CHECK (size = length(content)),
  content BLOB NOT NULL
) STRICT;
INSERT INTO "document" VALUES('07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c',32,X'255044462D312E370A546865207369676E656420636F6D6D69746D656E742E0A');
CREATE TABLE event (
  seq  INTEGER PRIMARY KEY,  -- from 1, without gaps
  body TEXT NOT NULL,        -- one JSON object in canonical form (RFC 8785); covenant-registry(5) has its members
  leaf BLOB NOT NULL         -- SHA-256(0x00 || body): the Merkle tree leaf (RFC 9162 section 2.1.1)
) STRICT;
INSERT INTO "event" VALUES(1,'{"action":"init","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:04.206Z","origin":"covenant-registry/f94d1f98d3021b233c0f926513b80192","prev":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","run":"f788849c014893e2","seq":1,"uid":0,"v":1}',X'E71CA4D31E4805FB11FC892FF95A3FECC2B33E399CEA887F5A7561ACFC912AE2');
INSERT INTO "event" VALUES(2,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:04.714Z","new":{"acronym":"FÉÉ","applied_on":"2024-02-29","categories":["civil-society","other"],"city":"Lyon","country":"FR","description":"Line one,\n\"line\" two; <b>three</b>","expertise":"Audits of buildings","language":"fr","level":"international","member_count":1250,"membership_based":"yes","name":"Fédération d’Énergie","practices":["Heat map <https://federation.example.org/heat>","Evening school"],"reference":"COM/2026-17","status":"applied","website":"https://federation.example.org/fr?page=1#top"},"partner":1,"prev":"e71ca4d31e4805fb11fc892ff95a3fecc2b33e399cea887f5a7561acfc912ae2","run":"bc2e04b52e773d8e","sealed":{"contact":"a5d6dddb5d04a51e2c32799c6e28a02e5524d24c900e7610ac04b9830da95e54"},"seq":2,"uid":0,"v":1}',X'49993B18D60BE6065407A95085CE7BA6AFE333479F04CEC63E14076FDA328B11');
INSERT INTO "event" VALUES(3,'{"action":"update","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:04.874Z","new":{"acronym":"FdÉ","city":"Lille"},"old":{"acronym":"FÉÉ","city":"Lyon"},"partner":1,"prev":"49993b18d60be6065407a95085ce7ba6afe333479f04cec63e14076fda328b11","run":"43beb31f18ed2788","sealed":{"contact":"c08e4d0de3268c16286f6d3da4f335ff731511b08ecd8191c45ccacde84bec90"},"seq":3,"uid":0,"v":1}',X'36073DCD8B8D56ACCB16591B930B01EC10790D8ADB77951B335C1E2B73E30C3A');
INSERT INTO "event" VALUES(4,'{"action":"verify","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:04.902Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"person","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":1,"prev":"36073dcd8b8d56accb16591b930b01ec10790d8adb77951b335c1e2b73e30c3a","run":"a0780e33cba092b3","seq":4,"sources":["Statutes of 2019","Annual report"],"uid":0,"v":1}',X'020CE6F7C192902A77B3E021879488D14D897EDDB6706A08087EE9FB1A4D8987');
INSERT INTO "event" VALUES(5,'{"action":"approve","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:05.011Z","commitment":{"document":{"name":"commitment.pdf","sha256":"07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c","size":32,"type":"application/pdf"},"received_on":"2024-05-06","signed_on":"2024-05-01"},"new":{"approved_on":"2024-05-06","partner_since":"2024-05-06","status":"approved"},"old":{"status":"eligible"},"partner":1,"prev":"020ce6f7c192902a77b3e021879488d14d897eddb6706a08087ee9fb1a4d8987","run":"f9f73200b1ef7bae","sealed":{"signed_by":"6045fb1439cd36dafe67150039bc1750d005b27c20528a8d2e21fdb263751766"},"seq":5,"uid":0,"v":1}',X'0E6B6BB6C1712D2D194196A90D6C41641369CAE35C8D70D8A5B7AFC8EA726B81');
INSERT INTO "event" VALUES(6,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:05.306Z","new":{"acronym":"HA","applied_on":"2026-11-26","categories":["industrial"],"city":"Riga","country":"BE","language":"en","level":"european","member_count":12,"membership_based":"yes","name":"Heir Association","status":"applied","website":"https://heir-association.example.org/"},"partner":2,"prev":"0e6b6bb6c1712d2d194196a90d6c41641369cae35c8d70d8a5b7afc8ea726b81","run":"c9fb651733db7c52","sealed":{"contact":"da54cf63f9313638ad6fc88652d9bafdaed34c2c2ce17e08f32ed7eb1d81dd31"},"seq":6,"uid":0,"v":1}',X'46A1AF8F522B755AB495FA22EADBED1CEEECDEB21185086D5B93A1842ACD29D7');
INSERT INTO "event" VALUES(7,'{"action":"verify","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:05.508Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":2,"prev":"46a1af8f522b755ab495fa22eadbed1ceeecdeb21185086d5b93a1842acd29d7","run":"5d669b93da7e62bd","seq":7,"uid":0,"v":1}',X'FFB8023AE11B33722830418FA2A18A9FA4DA1A5BBC21592560EEAAD0E5BE2916');
INSERT INTO "event" VALUES(8,'{"action":"approve","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:05.773Z","commitment":{"document":{"name":"commitment.pdf","sha256":"07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c","size":32,"type":"application/pdf"},"received_on":"2024-03-01"},"new":{"approved_on":"2024-03-01","partner_since":"2024-03-01","status":"approved"},"old":{"status":"eligible"},"partner":2,"prev":"ffb8023ae11b33722830418fa2a18a9fa4da1a5bbc21592560eeaad0e5be2916","run":"9e3179f81d2c797f","seq":8,"uid":0,"v":1}',X'31D9BE6826EAC5C9BCAAEFDAAC89ECEBFFE1B3EFCFBDBBC8D310A8E07A78EC5F');
INSERT INTO "event" VALUES(9,'{"action":"update","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:05.878Z","new":{"practices":["Heat map <https://heir.example.org/map>"]},"partner":2,"prev":"31d9be6826eac5c9bcaaefdaac89ecebffe1b3efcfbdbbc8d310a8e07a78ec5f","run":"c8c870dc871eadef","seq":9,"uid":0,"v":1}',X'70219B0D9B1589F75E366D0CE1C2D68794A127FF34071EE8608EF7D3EBDDB6CA');
INSERT INTO "event" VALUES(10,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.062Z","new":{"applied_on":"2026-11-26","categories":["industrial"],"country":"BE","language":"en","level":"european","membership_based":"yes","name":"Merged Association","reference":"F-2","status":"applied","website":"https://merged-association.example.org/"},"partner":3,"prev":"70219b0d9b1589f75e366d0ce1c2d68794a127ff34071ee8608ef7d3ebddb6ca","run":"dfc245ea5cdfc289","sealed":{"contact":"e888f67fbbf192396bea2dc873c2d2d5809cbed958fbf3dc0c0ffbcd6d557d46"},"seq":10,"uid":0,"v":1}',X'8A3EFAD5DE8D79591886FD4349FA2F19F759574F8AB28B67728934157A3A9C1E');
INSERT INTO "event" VALUES(11,'{"action":"verify","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.106Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":3,"prev":"8a3efad5de8d79591886fd4349fa2f19f759574f8ab28b67728934157a3a9c1e","run":"6cab866ca756cc11","seq":11,"uid":0,"v":1}',X'F53F170247AF5ABAFAE1CC9B68EBAFE019F5D33DB859EE1FF0EC06CD693AEAB0');
INSERT INTO "event" VALUES(12,'{"action":"approve","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.128Z","commitment":{"document":{"name":"commitment.pdf","sha256":"07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c","size":32,"type":"application/pdf"},"received_on":"2024-02-01"},"new":{"approved_on":"2024-02-01","partner_since":"2024-02-01","status":"approved"},"old":{"status":"eligible"},"partner":3,"prev":"f53f170247af5abafae1cc9b68ebafe019f5d33db859ee1ff0ec06cd693aeab0","run":"bc324a99af518af0","seq":12,"uid":0,"v":1}',X'71C08F4A3C272421909AB08234493E4C8C1075440D40C5A036A42AB94E0581A3');
INSERT INTO "event" VALUES(13,'{"action":"revoke","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.147Z","new":{"end_note":"By law","end_reason":"merged","ended_on":"2025-01-31","status":"revoked","successor":"AP-0002"},"old":{"status":"approved"},"partner":3,"prev":"71c08f4a3c272421909ab08234493e4c8c1075440d40c5a036a42ab94e0581a3","run":"dbfd62d05be6351c","seq":13,"uid":0,"v":1}',X'538AB9862377431F1B0A9D6122F88DDF52190C0961107624BB0AD341821067AA');
INSERT INTO "event" VALUES(14,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.266Z","new":{"applied_on":"2026-11-26","categories":["industrial"],"country":"BE","language":"en","level":"european","membership_based":"yes","name":"Paper Association","status":"applied","website":"https://paper-association.example.org/"},"partner":4,"prev":"538ab9862377431f1b0a9d6122f88ddf52190c0961107624bb0ad341821067aa","run":"8549d8eee77e4ae7","sealed":{"contact":"af6f0528a8b5c87109dee430e8a5983bd0ffb798959f0c8eeabdab38bcc28c1f"},"seq":14,"uid":0,"v":1}',X'5BC69BE41BEF2CE9DB7C330356339ACF0F53A96654039736D84DCBD83EC91E05');
INSERT INTO "event" VALUES(15,'{"action":"verify","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.346Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":4,"prev":"5bc69be41bef2ce9db7c330356339acf0f53a96654039736d84dcbd83ec91e05","run":"a6e7eda577f1beaa","seq":15,"uid":0,"v":1}',X'BE9201497CE968781D4DA1F602E4D25347B8FD749A2210003EEAEDC6AB1D8CFA');
INSERT INTO "event" VALUES(16,'{"action":"approve","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.467Z","commitment":{"exception":"Joined on paper","received_on":"2026-11-26"},"new":{"approved_on":"2026-11-26","partner_since":"2026-11-26","status":"approved"},"old":{"status":"eligible"},"partner":4,"prev":"be9201497ce968781d4da1f602e4d25347b8fd749a2210003eeaedc6ab1d8cfa","run":"b18e6fec2a39ffcb","seq":16,"uid":0,"v":1}',X'339A5FAAEAD910670CC8087CB5114FFE60C40BC5AD5AA90103A67CDF0C9CA2F3');
INSERT INTO "event" VALUES(17,'{"action":"withdraw","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.602Z","new":{"end_note":"Own wish","ended_on":"2026-11-26","status":"withdrawn"},"old":{"status":"approved"},"partner":4,"prev":"339a5faaead910670cc8087cb5114ffe60c40bc5ad5aa90103a67cdf0c9ca2f3","run":"d8df8cf4121a7e77","seq":17,"uid":0,"v":1}',X'E47E96F5C4686020044EE7E594062E6E84FBAA000C55617C1B09F166E94DCC99');
INSERT INTO "event" VALUES(18,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.794Z","new":{"description":"Files again","status":"applied"},"old":{"approved_on":"2026-11-26","end_note":"Own wish","ended_on":"2026-11-26","status":"withdrawn","verified_on":"2026-11-26"},"partner":4,"prev":"e47e96f5c4686020044ee7e594062e6e84fbaa000c55617c1b09f166e94dcc99","run":"07bb136cd8e64ac0","seq":18,"uid":0,"v":1}',X'C85F78F34D4ADE3A25BF50E912D82A739830458FA4950A9D1C4CDEE7BD6624B2');
INSERT INTO "event" VALUES(19,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:06.974Z","new":{"applied_on":"2026-11-26","categories":["industrial"],"country":"BE","language":"en","level":"european","membership_based":"yes","name":"Erased Association","status":"applied","website":"https://erased-association.example.org/"},"partner":5,"prev":"c85f78f34d4ade3a25bf50e912d82a739830458fa4950a9d1c4cdee7bd6624b2","run":"d6d183036c3bba38","sealed":{"contact":"3f8033ae066750610719f75eea26e7a9d370cf78a55853653817e191842c9732"},"seq":19,"uid":0,"v":1}',X'78F0F8E788CC395BEFB74182757C2703F00F8156E94D6140C01BDBE9F50D5303');
INSERT INTO "event" VALUES(20,'{"action":"verify","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:07.162Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":5,"prev":"78f0f8e788cc395befb74182757c2703f00f8156e94d6140c01bdbe9f50d5303","run":"c435c9fe5e9a5fff","seq":20,"uid":0,"v":1}',X'4A652BDD2C8BBBE15F7797A36FF8DCA07A2BC2B502A5466337D6FFB8C54F3AC7');
INSERT INTO "event" VALUES(21,'{"action":"approve","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:07.418Z","commitment":{"document":{"name":"commitment.pdf","sha256":"07363b61b591a78ecaec2c459176acdff8c82bb8db802f0c300fa0bc681c507c","size":32,"type":"application/pdf"},"received_on":"2024-04-01"},"new":{"approved_on":"2024-04-01","partner_since":"2024-04-01","status":"approved"},"old":{"status":"eligible"},"partner":5,"prev":"4a652bdd2c8bbbe15f7797a36ff8dca07a2bc2b502a5466337d6ffb8c54f3ac7","run":"10727f4c60ecf04a","seq":21,"uid":0,"v":1}',X'3559F0F9053116E313EDB905AF44F86974BBFA9EA0E50534028C74D3919AD950');
INSERT INTO "event" VALUES(22,'{"action":"erase","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:07.530Z","erased":[[19,"contact"]],"new":{"contact_erased_on":"2026-11-26"},"partner":5,"prev":"3559f0f9053116e313edb905af44f86974bbfa9ea0e50534028c74d3919ad950","run":"86f04ed8e5ef4555","seq":22,"uid":0,"v":1}',X'7582234C1008F08AFE61900A059312821EDF4505F24F32A961CBA7B2EA658C46');
INSERT INTO "event" VALUES(23,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:07.614Z","new":{"applied_on":"2026-11-26","categories":["industrial"],"country":"BE","language":"en","level":"national","membership_based":"yes","name":"Ineligible Association","status":"applied","website":"https://ineligible-association.example.org/"},"partner":6,"prev":"7582234c1008f08afe61900a059312821edf4505f24f32a961cba7b2ea658c46","run":"3eb40654442d1e64","sealed":{"contact":"94728ec351381708d0d3379e1cf4ef36ac2ffa6c9e8f7266a3d79b486fbbb276"},"seq":23,"uid":0,"v":1}',X'4EC4F845CB8ECC5B3B663EBBC390364F9E597501CCF4D6D18CA6D01EC38F0435');
INSERT INTO "event" VALUES(24,'{"action":"verify","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:07.813Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"fail"},"website":{"by":"rule","result":"pass"}},"new":{"status":"ineligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":6,"prev":"4ec4f845cb8ecc5b3b663ebbc390364f9e597501ccf4d6d18ca6d01ec38f0435","run":"5b4fed251f925a16","seq":24,"uid":0,"v":1}',X'D8EC8B5BF0A4FFA79EB7514786BA126C5C4E15C8C4B8AE0A26A6923DCC455796');
INSERT INTO "event" VALUES(25,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:08.006Z","new":{"applied_on":"2026-11-26","categories":["industrial"],"country":"BE","language":"en","level":"european","membership_based":"yes","name":"Eligible Association","status":"applied","website":"https://eligible-association.example.org/"},"partner":7,"prev":"d8ec8b5bf0a4ffa79eb7514786ba126c5c4e15c8c4b8ae0a26a6923dcc455796","run":"6406e63ac5fe98c3","sealed":{"contact":"3653ac4dea319f76285153ebd3a010530cd2b6fab7adc74a157ccf986b04d084"},"seq":25,"uid":0,"v":1}',X'58811DD242EC696A0F98A37388107C0A4862E4EB7C49CAE1F33016C2F485F429');
INSERT INTO "event" VALUES(26,'{"action":"verify","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:08.135Z","findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"rule","result":"pass"},"membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},"website":{"by":"rule","result":"pass"}},"new":{"status":"eligible","verified_on":"2026-11-26"},"old":{"status":"applied"},"partner":7,"prev":"58811dd242ec696a0f98a37388107c0a4862e4eb7c49cae1f33016c2f485f429","run":"88a2824d58129f40","seq":26,"uid":0,"v":1}',X'AF47E7887BFE4316C216FCBEFCD11896BEC32DB33C85DCD543B3D7837EAC9881');
INSERT INTO "event" VALUES(27,'{"action":"apply","actor":"tester","actor_source":"environment","at":"2026-11-26T00:07:08.362Z","new":{"applied_on":"2026-10-17","categories":["industrial"],"country":"BE","language":"en","level":"european","membership_based":"yes","name":"Waiting Association","status":"applied","website":"https://waiting-association.example.org/"},"partner":8,"prev":"af47e7887bfe4316c216fcbefcd11896bec32db33c85dcd543b3d7837eac9881","run":"e8190a9966f1a87d","sealed":{"contact":"bb02c642e9f3eb65ec504a31fdc0bafb6a71edece0290fe0a95295d5a990e8f0"},"seq":27,"uid":0,"v":1}',X'D90EAA71AEAD66236C03B066FEFD194FBF9FB7D3CF0A749C55B3E8E9A21619CB');
INSERT INTO "event" VALUES(28,'{"action":"update","actor":"tester","actor_source":"environment","at":"2026-11-26T06:06:32.878Z","new":{"name":"Waiting Alliance"},"old":{"name":"Waiting Association"},"partner":8,"prev":"d90eaa71aead66236c03b066fefd194fbf9fb7d3cf0a749c55b3e8e9a21619cb","run":"881a51058cadf457","seq":28,"uid":0,"v":1}',X'7F4689CF6D227259DE3B22D0680EA177B227BD8A6AE985D66E90050CFD054806');
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
INSERT INTO "finding" VALUES(1,'scope','pass',1);
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
INSERT INTO "finding" VALUES(5,'category','pass',0);
INSERT INTO "finding" VALUES(5,'contact','pass',0);
INSERT INTO "finding" VALUES(5,'membership','pass',0);
INSERT INTO "finding" VALUES(5,'scope','pass',0);
INSERT INTO "finding" VALUES(5,'website','pass',0);
INSERT INTO "finding" VALUES(6,'category','pass',0);
INSERT INTO "finding" VALUES(6,'contact','pass',0);
INSERT INTO "finding" VALUES(6,'membership','pass',0);
INSERT INTO "finding" VALUES(6,'scope','fail',0);
INSERT INTO "finding" VALUES(6,'website','pass',0);
INSERT INTO "finding" VALUES(7,'category','pass',0);
INSERT INTO "finding" VALUES(7,'contact','pass',0);
INSERT INTO "finding" VALUES(7,'membership','pass',0);
INSERT INTO "finding" VALUES(7,'scope','pass',0);
INSERT INTO "finding" VALUES(7,'website','pass',0);
CREATE TABLE finding_source (
  partner  INTEGER NOT NULL REFERENCES partner (id),
  position INTEGER NOT NULL,  -- from 1
  source   TEXT NOT NULL,
  PRIMARY KEY (partner, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "finding_source" VALUES(1,1,'Statutes of 2019');
INSERT INTO "finding_source" VALUES(1,2,'Annual report');
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
INSERT INTO "partner" VALUES(1,'approved','COM/2026-17','Fédération d’Énergie','FdÉ','civil-society;other','international','yes',1250,'FR','Lille','https://federation.example.org/fr?page=1#top','fr','2024-02-29','2026-11-26','2024-05-06','2024-05-06',NULL,NULL,NULL,3,NULL,'2026-11-26',7031221471028478263,9166055315061199314,-1396044932762090911,X'343230324C2A503A4644043009723244324C363A3201448844883C880A01DCB8DC0B00','Line one,
"line" two; <b>three</b>','Audits of buildings','Heat map <https://federation.example.org/heat>
Evening school',NULL);
INSERT INTO "partner" VALUES(2,'approved',NULL,'Heir Association','HA','industrial','european','yes',12,'BE','Riga','https://heir-association.example.org/','en','2026-11-26','2026-11-26','2024-03-01','2024-03-01',NULL,NULL,NULL,6,NULL,'2026-11-26',8231453841599982722,-8669892761651095358,3832406382681286443,X'38323A4C042A4E4E462E3A2A503A4644011401DCC2DC0E00',NULL,NULL,'Heat map <https://heir.example.org/map>',NULL);
INSERT INTO "partner" VALUES(3,'revoked','F-2','Merged Association',NULL,'industrial','european','yes',NULL,'BE',NULL,'https://merged-association.example.org/','en','2026-11-26','2026-11-26','2024-02-01','2024-02-01','2025-01-31','merged',2,10,NULL,'2026-11-26',-6103428034993729179,-3904164166439687060,NULL,X'42324C363230042A4E4E462E3A2A503A4644011601DCC0DC0E00',NULL,NULL,NULL,'By law');
INSERT INTO "partner" VALUES(4,'applied',NULL,'Paper Association',NULL,'industrial','european','yes',NULL,'BE',NULL,'https://paper-association.example.org/','en','2026-11-26',NULL,NULL,'2026-11-26',NULL,NULL,NULL,14,NULL,'2026-11-26',-7543712706674288367,3961510087626613399,NULL,X'482A48324C042A4E4E462E3A2A503A4644011501DCC1DC0E00','Files again',NULL,NULL,NULL);
INSERT INTO "partner" VALUES(5,'approved',NULL,'Erased Association',NULL,'industrial','european','yes',NULL,'BE',NULL,'https://erased-association.example.org/','en','2026-11-26','2026-11-26','2024-04-01','2024-04-01',NULL,NULL,NULL,NULL,'2026-11-26','2026-11-26',-225058897453441652,3902446044014585071,NULL,X'324C2A4E3230042A4E4E462E3A2A503A4644011601DCC0DC0E00',NULL,NULL,NULL,NULL);
INSERT INTO "partner" VALUES(6,'ineligible',NULL,'Ineligible Association',NULL,'industrial','national','yes',NULL,'BE',NULL,'https://ineligible-association.example.org/','en','2026-11-26','2026-11-26',NULL,NULL,NULL,NULL,NULL,23,NULL,NULL,2846817204126702412,-2638505124194387345,NULL,X'3A4432403A363A2C4032042A4E4E462E3A2A503A4644011A01DCBCDC0E00',NULL,NULL,NULL,NULL);
INSERT INTO "partner" VALUES(7,'eligible',NULL,'Eligible Association',NULL,'industrial','european','yes',NULL,'BE',NULL,'https://eligible-association.example.org/','en','2026-11-26','2026-11-26',NULL,NULL,NULL,NULL,NULL,25,NULL,NULL,4393411349572368699,-2691840849597203134,NULL,X'32403A363A2C4032042A4E4E462E3A2A503A4644011801DCBEDC0E00',NULL,NULL,NULL,NULL);
INSERT INTO "partner" VALUES(8,'applied',NULL,'Waiting Alliance',NULL,'industrial','european','yes',NULL,'BE',NULL,'https://waiting-association.example.org/','en','2026-10-17',NULL,NULL,NULL,NULL,NULL,NULL,27,NULL,NULL,-2321994373945041225,2114358396460428200,NULL,X'562A3A503A4436042A40403A2A442E32011401E0BFDC0B00',NULL,NULL,NULL,NULL);
CREATE TABLE partner_event (
  partner INTEGER NOT NULL REFERENCES partner (id),
  seq     INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (partner, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "partner_event" VALUES(1,2);
INSERT INTO "partner_event" VALUES(1,3);
INSERT INTO "partner_event" VALUES(1,4);
INSERT INTO "partner_event" VALUES(1,5);
INSERT INTO "partner_event" VALUES(2,6);
INSERT INTO "partner_event" VALUES(2,7);
INSERT INTO "partner_event" VALUES(2,8);
INSERT INTO "partner_event" VALUES(2,9);
INSERT INTO "partner_event" VALUES(3,10);
INSERT INTO "partner_event" VALUES(3,11);
INSERT INTO "partner_event" VALUES(3,12);
INSERT INTO "partner_event" VALUES(3,13);
INSERT INTO "partner_event" VALUES(4,14);
INSERT INTO "partner_event" VALUES(4,15);
INSERT INTO "partner_event" VALUES(4,16);
INSERT INTO "partner_event" VALUES(4,17);
INSERT INTO "partner_event" VALUES(4,18);
INSERT INTO "partner_event" VALUES(5,19);
INSERT INTO "partner_event" VALUES(5,20);
INSERT INTO "partner_event" VALUES(5,21);
INSERT INTO "partner_event" VALUES(5,22);
INSERT INTO "partner_event" VALUES(6,23);
INSERT INTO "partner_event" VALUES(6,24);
INSERT INTO "partner_event" VALUES(7,25);
INSERT INTO "partner_event" VALUES(7,26);
INSERT INTO "partner_event" VALUES(8,27);
INSERT INTO "partner_event" VALUES(8,28);
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
INSERT INTO "sealed" VALUES(2,'contact',X'41BBE56BECA40C294771D59513A07B85890ED886E308DA2D04C7F499F85C7663','{"email":"contact+covenant@example.org","name":"Contact Desk","phone":"+33155500100","role":"Secretariat"}');
INSERT INTO "sealed" VALUES(3,'contact',X'044BAAD03AC54B98F6B8198E6FBF003DB1E2D5E2606B44DD97ABB2502DA56C23','{"email":"contact+covenant@example.org","name":"Contact Desk","phone":"+33155500100","role":"Director"}');
INSERT INTO "sealed" VALUES(5,'signed_by',X'31B9F455D5A80EC1C284E22683FD0B400F84178EFE61D50D0C5AF732C0D64A29','Signing Desk');
INSERT INTO "sealed" VALUES(6,'contact',X'DBE07D72650A0E9C6CEF1D960204E7F573954600D90C3EF514266A47396789EF','{"email":"desk@example.org","name":"Contact Desk"}');
INSERT INTO "sealed" VALUES(10,'contact',X'A4FCED8CB557BA6E0C51CB8D58921F8A1F7081A485E3345F199405593A114792','{"email":"desk@example.org","name":"Contact Desk"}');
INSERT INTO "sealed" VALUES(14,'contact',X'77089B84519DEA1ED307DE78736EA46FADAFC5B1AC485FD17C6B5D1DDFF0A64A','{"email":"desk@example.org","name":"Contact Desk"}');
INSERT INTO "sealed" VALUES(23,'contact',X'B65F7F0A9A073D4C241C4724D2DAB76E61C470C33EA4AA1AA140B743D78AFF40','{"email":"desk@example.org","name":"Contact Desk"}');
INSERT INTO "sealed" VALUES(25,'contact',X'95A69B4BD6D8B75B7F4434155BAE081868B884E517CD43A5A24F3E10DE93FCB8','{"email":"desk@example.org","name":"Contact Desk"}');
INSERT INTO "sealed" VALUES(27,'contact',X'AC3ED1C52B0E619A584E4698A589C9FA2028A1FD33E9E1C17479B60307C87871','{"email":"desk@example.org","name":"Contact Desk"}');
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
