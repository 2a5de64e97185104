-- Service data, version 6. Ids of albums and covers are 32 hexadecimal digits, of tracks 22 of base62.
-- Lists of names are joined by U+001F. Times are Unix milliseconds.

CREATE TABLE accounts (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  roles      INTEGER NOT NULL,
  salt       BLOB NOT NULL,
  iterations INTEGER NOT NULL,
  hash       BLOB NOT NULL,
  created    INTEGER NOT NULL
);

-- A session's token is known to its client alone; what lies here can't be presented.
CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY,
  account    INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  peer       BLOB NOT NULL,
  pseudonym  BLOB NOT NULL,
  expires    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions(account, expires);
CREATE INDEX sessions_by_expiry ON sessions(expires);

-- What accounts that have ended all their sessions were called last: so they are when they log in again before long.
CREATE TABLE pseudonyms (
  account   INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  pseudonym BLOB NOT NULL,
  until     INTEGER NOT NULL
);

-- Clients that have logged in: whoever guesses at the account's password does not keep them out.
CREATE TABLE devices (
  account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  peer    BLOB NOT NULL,
  seen    INTEGER NOT NULL,
  PRIMARY KEY (account, peer)
) WITHOUT ROWID;

CREATE TABLE albums (
  id      INTEGER PRIMARY KEY,
  album   TEXT NOT NULL UNIQUE,
  title   TEXT NOT NULL,
  artists TEXT NOT NULL
);

CREATE TABLE covers (
  cover      TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  data       BLOB NOT NULL
);

CREATE TABLE tracks (
  id          INTEGER PRIMARY KEY,
  track       TEXT NOT NULL UNIQUE,
  title       TEXT NOT NULL,
  artists     TEXT NOT NULL,
  album       INTEGER REFERENCES albums(id),
  disc        INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  year        INTEGER NOT NULL,
  genre       TEXT NOT NULL,
  loudness    REAL NOT NULL,
  peak        REAL NOT NULL,
  cover       TEXT REFERENCES covers(cover),
  plays       INTEGER NOT NULL DEFAULT 0,
  change      INTEGER NOT NULL DEFAULT 0 -- the number of its last change
);
CREATE INDEX tracks_by_album ON tracks(album, disc, number);
CREATE INDEX tracks_by_cover ON tracks(cover);
CREATE INDEX tracks_by_change ON tracks(change);

-- One row: a number that no other catalogue has, and that of the last change, which what is derived from it follows.
CREATE TABLE catalogue (
  id     INTEGER NOT NULL,
  change INTEGER NOT NULL
);
INSERT INTO catalogue VALUES (random(), 0);

CREATE TABLE files (
  track          INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
  bits           INTEGER NOT NULL,
  file           BLOB NOT NULL,
  manifest       BLOB NOT NULL,
  plaintext_hash BLOB NOT NULL,
  PRIMARY KEY (track, bits)
);
CREATE INDEX files_by_id ON files(file);

CREATE TABLE sources (
  source_hash BLOB NOT NULL,
  encoder     TEXT NOT NULL,
  track       INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  PRIMARY KEY (source_hash, encoder)
) WITHOUT ROWID;
CREATE INDEX sources_by_track ON sources(track);

CREATE VIEW track_rows AS
SELECT t.id, t.track, t.title, t.artists, a.album AS album_id, a.title AS album_title, t.disc, t.number,
  t.duration_ms, t.year, t.genre, t.album AS album_row,
  coalesce(t.cover, (SELECT s.cover FROM tracks s
    WHERE s.album = t.album AND s.cover IS NOT NULL ORDER BY s.disc, s.number, s.id LIMIT 1)) AS cover,
  (SELECT group_concat(bits, ',') FROM (SELECT f.bits FROM files f WHERE f.track = t.id ORDER BY f.bits)) AS bits
FROM tracks t LEFT JOIN albums a ON a.id = t.album;

-- What the service must not lose: "secret" is a hash of the service secret.
CREATE TABLE service (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

PRAGMA user_version = 6;
