-- From version 10: accounts have a country and a profile, are registered and invited; sessions say where they are. A
-- password's hash is one value in the form of the platform's identity hasher (sqlite.sql says which).
ALTER TABLE accounts RENAME COLUMN hash TO password;
UPDATE accounts SET password = decode(
  '0100000002' || lpad(to_hex(iterations), 8, '0') || lpad(to_hex(length(salt)), 8, '0') || encode(salt, 'hex')
  || encode(password, 'hex'), 'hex');
ALTER TABLE accounts DROP COLUMN salt;
ALTER TABLE accounts DROP COLUMN iterations;
ALTER TABLE accounts ADD COLUMN country TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN display_name TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN email TEXT COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE sessions ADD COLUMN device TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN created BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN seen BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN address TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE registration (
  country TEXT COLLATE "C" PRIMARY KEY,
  mode    INTEGER NOT NULL
);

CREATE TABLE invitations (
  code_hash BYTEA PRIMARY KEY,
  begins    TEXT COLLATE "C" NOT NULL,
  giver     BIGINT REFERENCES accounts(id) ON DELETE CASCADE,
  made      BIGINT NOT NULL,
  expires   BIGINT NOT NULL,
  taker     BIGINT REFERENCES accounts(id) ON DELETE SET NULL,
  taken     BIGINT
);
CREATE INDEX invitations_by_giver ON invitations(giver);
CREATE INDEX invitations_by_taker ON invitations(taker);

UPDATE schema SET version = 11;
