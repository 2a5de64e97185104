-- From version 6: a sound and the places where it appears come apart. Every track stays, with its id, as the one
-- appearance of its recording so far; what its sources say of their releases is not known until they are seen again.
DROP VIEW track_rows;
DROP INDEX tracks_by_album;
DROP INDEX tracks_by_cover;
DROP INDEX tracks_by_change;
DROP INDEX files_by_id;
DROP INDEX sources_by_track;
ALTER TABLE tracks RENAME TO former_tracks;
ALTER TABLE files RENAME TO former_files;
ALTER TABLE sources RENAME TO former_sources;
ALTER TABLE albums ADD COLUMN origin INTEGER;
ALTER TABLE albums ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;
CREATE INDEX albums_by_title ON albums(title);
CREATE INDEX albums_by_origin ON albums(origin);

CREATE TABLE recordings (
  id          INTEGER PRIMARY KEY,
  recording   TEXT NOT NULL UNIQUE,
  duration_ms INTEGER NOT NULL,
  loudness    REAL NOT NULL,
  peak        REAL NOT NULL
);

CREATE TABLE encodings (
  recording INTEGER NOT NULL REFERENCES recordings(id),
  encoder   TEXT NOT NULL,
  PRIMARY KEY (recording, encoder)
) WITHOUT ROWID;

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

CREATE TABLE removals (
  change INTEGER PRIMARY KEY,
  track  TEXT NOT NULL
);

CREATE TABLE files (
  recording      INTEGER NOT NULL REFERENCES recordings(id),
  bits           INTEGER NOT NULL,
  file           BLOB NOT NULL,
  manifest       BLOB NOT NULL,
  plaintext_hash BLOB NOT NULL,
  PRIMARY KEY (recording, bits)
);
CREATE INDEX files_by_id ON files(file);

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

INSERT INTO recordings SELECT id, track, duration_ms, loudness, peak FROM former_tracks;
INSERT INTO encodings SELECT DISTINCT track, encoder FROM former_sources;
INSERT INTO tracks (id, track, recording, title, artists, album, disc, number, year, genre, cover, plays, change)
SELECT id, track, id, title, artists, album, disc, number, year, genre, cover, plays, change FROM former_tracks;
INSERT INTO files SELECT track, bits, file, manifest, plaintext_hash FROM former_files;
INSERT INTO sources (source_hash, encoder, track, name)
SELECT source_hash, encoder, track, name FROM former_sources ORDER BY track, name;

DROP TABLE former_files;
DROP TABLE former_sources;
DROP TABLE former_tracks;

PRAGMA user_version = 7;
