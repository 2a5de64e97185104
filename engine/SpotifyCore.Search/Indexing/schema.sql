-- The search's index, version 1: derived from the catalogue, and made anew from it when it is lost.
-- A place is an entry's rank: its class of popularity (the most played first), then the order in which it came.

CREATE TABLE entries (
  place   INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  plays   INTEGER NOT NULL,
  title   TEXT NOT NULL, -- the terms of each, between spaces
  artists TEXT NOT NULL,
  album   TEXT NOT NULL,
  keys    TEXT NOT NULL  -- exact keys with their marks, between spaces
);

-- Words are cut before they come here: every character but a space belongs to one.
CREATE VIRTUAL TABLE terms USING fts5(
  words,
  content='', contentless_delete=1, detail=none,
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* P* S* Co Cn'",
  prefix='1 2 3 4 5 6'
);
INSERT INTO terms (terms, rank) VALUES ('usermerge', 2);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(terms, 'row');

CREATE TABLE state (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO state VALUES ('next', 1), ('change', 0), ('catalogue', $catalogue);

PRAGMA user_version = 1;
