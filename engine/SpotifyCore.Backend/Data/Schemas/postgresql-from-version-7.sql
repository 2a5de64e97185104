-- From version 7: what librarians mend by hand lies over what tags say.
DROP VIEW track_rows;
ALTER TABLE albums ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN shown BIGINT REFERENCES albums(id);
ALTER TABLE tracks ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
UPDATE tracks SET shown = album;
CREATE INDEX tracks_by_shown ON tracks(shown);

CREATE TABLE mended_tracks (
  track   TEXT COLLATE "C" PRIMARY KEY REFERENCES tracks(track) ON DELETE CASCADE,
  title   TEXT COLLATE "C",
  artists TEXT COLLATE "C",
  disc    INTEGER,
  number  INTEGER,
  year    INTEGER,
  genre   TEXT COLLATE "C",
  release TEXT COLLATE "C",
  merged  TEXT COLLATE "C",
  removed BIGINT
);
CREATE INDEX mended_tracks_by_release ON mended_tracks(release) WHERE release IS NOT NULL;
CREATE INDEX mended_tracks_by_merged ON mended_tracks(merged) WHERE merged IS NOT NULL;

CREATE TABLE mended_releases (
  release TEXT COLLATE "C" PRIMARY KEY,
  title   TEXT COLLATE "C",
  artists TEXT COLLATE "C",
  year    INTEGER,
  genre   TEXT COLLATE "C",
  merged  TEXT COLLATE "C"
);
CREATE INDEX mended_releases_by_merged ON mended_releases(merged) WHERE merged IS NOT NULL;

CREATE TABLE mends (
  mend    BIGINT PRIMARY KEY,
  time    BIGINT NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  what    TEXT COLLATE "C" NOT NULL,
  undoes  BIGINT,
  undone  BIGINT
);

CREATE TABLE mend_values (
  mend   BIGINT NOT NULL REFERENCES mends(mend),
  id     TEXT COLLATE "C" NOT NULL,
  field  TEXT COLLATE "C" NOT NULL,
  before TEXT COLLATE "C",
  after  TEXT COLLATE "C",
  PRIMARY KEY (mend, id, field)
);
CREATE INDEX mend_values_by_id ON mend_values(id, field);
CREATE INDEX mend_values_by_after ON mend_values USING hash (after) WHERE after IS NOT NULL;

CREATE VIEW track_rows AS
SELECT t.id, t.track, coalesce(m.title, t.title) AS title, coalesce(m.artists, t.artists) AS artists,
  a.album AS album_id, coalesce(n.title, a.title) AS album_title, coalesce(m.disc, t.disc) AS disc,
  coalesce(m.number, t.number) AS number, r.duration_ms, coalesce(m.year, n.year, t.year) AS year,
  coalesce(m.genre, n.genre, t.genre) AS genre, t.shown AS album_row, t.recording,
  coalesce(t.cover, (SELECT s.cover FROM tracks s
    WHERE s.shown = t.shown AND s.cover IS NOT NULL ORDER BY s.disc, s.number, s.id LIMIT 1)) AS cover,
  (SELECT string_agg(f.bits::text, ',' ORDER BY f.bits) FROM files f WHERE f.recording = t.recording) AS bits
FROM tracks t JOIN recordings r ON r.id = t.recording LEFT JOIN albums a ON a.id = t.shown
  LEFT JOIN mended_tracks m ON m.track = t.track LEFT JOIN mended_releases n ON n.release = a.album
WHERE t.hidden = 0;

UPDATE schema SET version = 8;
