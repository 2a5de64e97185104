-- From version 18: what accounts play is kept, so that another of their devices can go on with it.
CREATE TABLE playbacks (
  account  INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  peer     BLOB NOT NULL,
  device   TEXT NOT NULL,
  kept     INTEGER NOT NULL,
  playback BLOB NOT NULL
);

PRAGMA user_version = 19;
