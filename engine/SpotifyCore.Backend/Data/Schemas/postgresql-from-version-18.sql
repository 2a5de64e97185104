-- From version 18: what accounts play is kept, so that another of their devices can go on with it.
CREATE TABLE playbacks (
  account  BIGINT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  peer     BYTEA NOT NULL,
  device   TEXT COLLATE "C" NOT NULL,
  kept     BIGINT NOT NULL,
  playback BYTEA NOT NULL
);

UPDATE schema SET version = 19;
