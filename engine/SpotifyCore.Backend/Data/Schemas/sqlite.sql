-- Service data, version 7. Ids of albums and covers are 32 hexadecimal digits, of recordings and tracks 22 of base62.
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

-- Releases. origin is the row of the release that the first track of this one was moved from, moved how many were.
CREATE TABLE albums (
  id      INTEGER PRIMARY KEY,
  album   TEXT NOT NULL UNIQUE,
  title   TEXT NOT NULL,
  artists TEXT NOT NULL,
  origin  INTEGER,
  moved   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX albums_by_title ON albums(title);
CREATE INDEX albums_by_origin ON albums(origin);

CREATE TABLE covers (
  cover      TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  data       BLOB NOT NULL
);

-- Sounds. One that no track shows stays here, as its files do at the masters.
CREATE TABLE recordings (
  id          INTEGER PRIMARY KEY,
  recording   TEXT NOT NULL UNIQUE,
  duration_ms INTEGER NOT NULL,
  loudness    REAL NOT NULL,
  peak        REAL NOT NULL
);

-- Which encoders, with which parameters, a recording was encoded by.
CREATE TABLE encodings (
  recording INTEGER NOT NULL REFERENCES recordings(id),
  encoder   TEXT NOT NULL,
  PRIMARY KEY (recording, encoder)
) WITHOUT ROWID;

-- Appearances of recordings: each at its place on a release.
CREATE TABLE tracks (
  id        INTEGER PRIMARY KEY,
  track     TEXT NOT NULL UNIQUE,
  recording INTEGER NOT NULL REFERENCES recordings(id),
  title     TEXT NOT NULL,
  artists   TEXT NOT NULL,
  album     INTEGER REFERENCES albums(id),
  disc      INTEGER NOT NULL,
  number    INTEGER NOT NULL,
  year      INTEGER NOT NULL,
  genre     TEXT NOT NULL,
  cover     TEXT REFERENCES covers(cover),
  plays     INTEGER NOT NULL DEFAULT 0,
  change    INTEGER NOT NULL DEFAULT 0 -- the number of its last change
);
CREATE INDEX tracks_by_recording ON tracks(recording);
CREATE INDEX tracks_by_album ON tracks(album, disc, number);
CREATE INDEX tracks_by_cover ON tracks(cover);
CREATE INDEX tracks_by_change ON tracks(change);

-- Tracks that have left the catalogue, by the number of that change.
CREATE TABLE removals (
  change INTEGER PRIMARY KEY,
  track  TEXT NOT NULL
);

-- One row: a number that no other catalogue has, and that of the last change, which what is derived from it follows.
CREATE TABLE catalogue (
  id     INTEGER NOT NULL,
  change INTEGER NOT NULL
);
INSERT INTO catalogue VALUES (random(), 0);

CREATE TABLE files (
  recording      INTEGER NOT NULL REFERENCES recordings(id),
  bits           INTEGER NOT NULL,
  file           BLOB NOT NULL,
  manifest       BLOB NOT NULL,
  plaintext_hash BLOB NOT NULL,
  PRIMARY KEY (recording, bits)
);
CREATE INDEX files_by_id ON files(file);

-- The files that tracks were made of. Without a location: imported before there were any, and not seen since. release
-- is what the source says of its release, in the words of ReleaseKey; null where it belongs to none, or that is not known.
CREATE TABLE sources (
  id            INTEGER PRIMARY KEY,
  location      TEXT UNIQUE,
  source_hash   BLOB NOT NULL,
  essence       BLOB,
  encoder       TEXT NOT NULL,
  track         INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
  name          TEXT NOT NULL,
  folder        TEXT NOT NULL DEFAULT '',
  release       TEXT,
  album_title   TEXT NOT NULL DEFAULT '',
  album_artists TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sources_by_hash ON sources(source_hash);
CREATE INDEX sources_by_essence ON sources(essence) WHERE essence IS NOT NULL;
CREATE INDEX sources_by_track ON sources(track);
CREATE INDEX sources_by_release ON sources(release) WHERE release IS NOT NULL;

CREATE VIEW track_rows AS
SELECT t.id, t.track, t.title, t.artists, a.album AS album_id, a.title AS album_title, t.disc, t.number,
  r.duration_ms, t.year, t.genre, t.album AS album_row, t.recording,
  coalesce(t.cover, (SELECT s.cover FROM tracks s
    WHERE s.album = t.album AND s.cover IS NOT NULL ORDER BY s.disc, s.number, s.id LIMIT 1)) AS cover,
  (SELECT group_concat(bits, ',')
    FROM (SELECT f.bits FROM files f WHERE f.recording = t.recording ORDER BY f.bits)) AS bits
FROM tracks t JOIN recordings r ON r.id = t.recording LEFT JOIN albums a ON a.id = t.album;

-- What the service must not lose: "secret" is a hash of the service secret.
CREATE TABLE service (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

PRAGMA user_version = 7;
