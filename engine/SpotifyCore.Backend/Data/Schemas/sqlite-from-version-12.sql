-- From version 12: accounts are linked with those whom providers of OpenID Connect know, and sessions opened by that.
CREATE TABLE links (
  id      INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  issuer  TEXT NOT NULL,
  subject TEXT NOT NULL,
  created INTEGER NOT NULL,
  used    INTEGER,
  UNIQUE (issuer, subject),
  UNIQUE (account, issuer)
);

ALTER TABLE sessions ADD COLUMN link INTEGER REFERENCES links(id) ON DELETE CASCADE;
CREATE INDEX sessions_by_link ON sessions(link) WHERE link IS NOT NULL;

PRAGMA user_version = 13;
