-- From version 17: which device has each account's stream, and how often each has taken it.
ALTER TABLE sessions ADD COLUMN takings INTEGER NOT NULL DEFAULT 0;

CREATE TABLE streams (
  account INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  session BLOB REFERENCES sessions(token_hash) ON DELETE SET NULL,
  number  INTEGER NOT NULL,
  state   INTEGER NOT NULL,
  until   INTEGER NOT NULL
);
CREATE INDEX streams_by_session ON streams(session) WHERE session IS NOT NULL;

PRAGMA user_version = 18;
