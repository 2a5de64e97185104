-- From version 14: accounts keep music on devices for times without a network.
CREATE TABLE offline_devices (
  id      INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  peer    BLOB NOT NULL,
  device  TEXT NOT NULL,
  since   INTEGER NOT NULL,
  seen    INTEGER NOT NULL,
  UNIQUE (account, peer)
);

CREATE TABLE offline_tracks (
  device INTEGER NOT NULL REFERENCES offline_devices(id) ON DELETE CASCADE,
  track  TEXT NOT NULL,
  PRIMARY KEY (device, track)
) WITHOUT ROWID;

PRAGMA user_version = 15;
