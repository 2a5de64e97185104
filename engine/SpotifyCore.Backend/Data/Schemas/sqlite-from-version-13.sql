-- From version 13: adverts, how long who hears them has listened since the last, and how often they were heard.
CREATE TABLE adverts (
  id        INTEGER PRIMARY KEY,
  recording INTEGER NOT NULL UNIQUE REFERENCES recordings(id),
  title     TEXT NOT NULL,
  campaign  TEXT NOT NULL,
  countries TEXT NOT NULL,
  begins    INTEGER NOT NULL,
  ends      INTEGER NOT NULL,
  weight    INTEGER NOT NULL
);

CREATE TABLE listening (
  account    INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  since      INTEGER NOT NULL,
  music      INTEGER NOT NULL,
  track      TEXT NOT NULL DEFAULT '',
  counted    INTEGER NOT NULL DEFAULT 0,
  advert     INTEGER REFERENCES adverts(id) ON DELETE SET NULL,
  impression BLOB,
  given      INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE impressions (
  campaign TEXT NOT NULL,
  advert   TEXT NOT NULL,
  country  TEXT NOT NULL,
  heard    INTEGER NOT NULL,
  PRIMARY KEY (campaign, advert, country)
) WITHOUT ROWID;

PRAGMA user_version = 14;
