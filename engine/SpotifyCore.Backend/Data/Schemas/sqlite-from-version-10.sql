-- From version 10: accounts have a country and a profile, are registered and invited; sessions say where they are. A
-- password's hash is one value in the form of the platform's identity hasher: 1, the function (2: HMAC-SHA-512), rounds,
-- bytes of salt, salt and hash; the numbers are u32, big-endian.
ALTER TABLE accounts RENAME COLUMN hash TO password;
UPDATE accounts SET password =
  unhex('0100000002' || printf('%08x%08x', iterations, length(salt)) || hex(salt) || hex(password));
ALTER TABLE accounts DROP COLUMN salt;
ALTER TABLE accounts DROP COLUMN iterations;
ALTER TABLE accounts ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN display_name TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;

CREATE TABLE app_passwords (
  id        INTEGER PRIMARY KEY,
  account   INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  name      TEXT NOT NULL,
  code_hash BLOB NOT NULL UNIQUE,
  created   INTEGER NOT NULL,
  used      INTEGER,
  UNIQUE (account, name)
);

ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN app_password INTEGER REFERENCES app_passwords(id) ON DELETE CASCADE;
CREATE INDEX sessions_by_app_password ON sessions(app_password) WHERE app_password IS NOT NULL;

CREATE TABLE registration (
  country TEXT PRIMARY KEY,
  mode    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE invitations (
  code_hash BLOB PRIMARY KEY,
  begins    TEXT NOT NULL,
  giver     INTEGER REFERENCES accounts(id) ON DELETE CASCADE,
  made      INTEGER NOT NULL,
  expires   INTEGER NOT NULL,
  taker     INTEGER REFERENCES accounts(id) ON DELETE SET NULL,
  taken     INTEGER
) WITHOUT ROWID;
CREATE INDEX invitations_by_giver ON invitations(giver);
CREATE INDEX invitations_by_taker ON invitations(taker);

CREATE TABLE mail_codes (
  code_hash BLOB PRIMARY KEY,
  account   INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  purpose   INTEGER NOT NULL,
  email     TEXT NOT NULL,
  expires   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX mail_codes_by_account ON mail_codes(account, purpose);

PRAGMA user_version = 11;
