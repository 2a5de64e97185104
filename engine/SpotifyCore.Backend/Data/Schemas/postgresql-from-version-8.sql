-- From version 8: the files of what nothing shows go after a while.
ALTER TABLE recordings ADD COLUMN idle BIGINT;
CREATE INDEX recordings_by_idle ON recordings(idle) WHERE idle IS NOT NULL;

CREATE TABLE discards (
  file      BYTEA PRIMARY KEY,
  recording TEXT COLLATE "C" NOT NULL,
  claimed   BIGINT
);
CREATE INDEX discards_by_recording ON discards(recording);

UPDATE schema SET version = 9;
