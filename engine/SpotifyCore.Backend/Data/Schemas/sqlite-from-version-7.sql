-- From version 7: what librarians mend by hand lies over what tags say.
DROP VIEW track_rows;
ALTER TABLE albums ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN shown INTEGER REFERENCES albums(id);
ALTER TABLE tracks ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
UPDATE tracks SET shown = album;
CREATE INDEX tracks_by_shown ON tracks(shown);

CREATE TABLE mended_tracks (
  track   TEXT PRIMARY KEY REFERENCES tracks(track) ON DELETE CASCADE,
  title   TEXT,
  artists TEXT,
  disc    INTEGER,
  number  INTEGER,
  year    INTEGER,
  genre   TEXT,
  release TEXT,
  merged  TEXT,
  removed INTEGER
);
CREATE INDEX mended_tracks_by_release ON mended_tracks(release) WHERE release IS NOT NULL;
CREATE INDEX mended_tracks_by_merged ON mended_tracks(merged) WHERE merged IS NOT NULL;

CREATE TABLE mended_releases (
  release TEXT PRIMARY KEY,
  title   TEXT,
  artists TEXT,
  year    INTEGER,
  genre   TEXT,
  merged  TEXT
);
CREATE INDEX mended_releases_by_merged ON mended_releases(merged) WHERE merged IS NOT NULL;

CREATE TABLE mends (
  mend    INTEGER PRIMARY KEY,
  time    INTEGER NOT NULL,
  account TEXT NOT NULL,
  what    TEXT NOT NULL,
  undoes  INTEGER,
  undone  INTEGER
);

CREATE TABLE mend_values (
  mend   INTEGER NOT NULL REFERENCES mends(mend),
  id     TEXT NOT NULL,
  field  TEXT NOT NULL,
  before TEXT,
  after  TEXT,
  PRIMARY KEY (mend, id, field)
);
CREATE INDEX mend_values_by_id ON mend_values(id, field);
CREATE INDEX mend_values_by_after ON mend_values(after) WHERE after IS NOT NULL;

CREATE VIEW track_rows AS
SELECT t.id, t.track, coalesce(m.title, t.title) AS title, coalesce(m.artists, t.artists) AS artists,
  a.album AS album_id, coalesce(n.title, a.title) AS album_title, coalesce(m.disc, t.disc) AS disc,
  coalesce(m.number, t.number) AS number, r.duration_ms, coalesce(m.year, n.year, t.year) AS year,
  coalesce(m.genre, n.genre, t.genre) AS genre, t.shown AS album_row, t.recording,
  coalesce(t.cover, (SELECT s.cover FROM tracks s
    WHERE s.shown = t.shown AND s.cover IS NOT NULL ORDER BY s.disc, s.number, s.id LIMIT 1)) AS cover,
  (SELECT group_concat(bits, ',')
    FROM (SELECT f.bits FROM files f WHERE f.recording = t.recording ORDER BY f.bits)) AS bits
FROM tracks t JOIN recordings r ON r.id = t.recording LEFT JOIN albums a ON a.id = t.shown
  LEFT JOIN mended_tracks m ON m.track = t.track LEFT JOIN mended_releases n ON n.release = a.album
WHERE t.hidden = 0;

PRAGMA user_version = 8;
