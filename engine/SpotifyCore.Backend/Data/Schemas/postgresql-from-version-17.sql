-- From version 17: which device has each account's stream, and how often each has taken it.
ALTER TABLE sessions ADD COLUMN takings BIGINT NOT NULL DEFAULT 0;

CREATE TABLE streams (
  account BIGINT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  session BYTEA REFERENCES sessions(token_hash) ON DELETE SET NULL,
  number  BIGINT NOT NULL,
  state   INTEGER NOT NULL,
  until   BIGINT NOT NULL
);
CREATE INDEX streams_by_session ON streams(session) WHERE session IS NOT NULL;

UPDATE schema SET version = 18;
