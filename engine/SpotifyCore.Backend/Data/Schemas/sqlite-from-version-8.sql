-- From version 8: the files of what nothing shows go after a while.
ALTER TABLE recordings ADD COLUMN idle INTEGER;
CREATE INDEX recordings_by_idle ON recordings(idle) WHERE idle IS NOT NULL;

CREATE TABLE discards (
  file      BLOB PRIMARY KEY,
  recording TEXT NOT NULL,
  claimed   INTEGER
);
CREATE INDEX discards_by_recording ON discards(recording);

PRAGMA user_version = 9;
