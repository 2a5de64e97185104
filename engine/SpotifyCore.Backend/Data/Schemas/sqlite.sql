-- Service data, version 19. Ids of albums and covers are 32 hexadecimal digits, of recordings and tracks 22 of base62.
-- Lists of names are joined by U+001F. Times are Unix milliseconds.

-- A password is its hash in the form of the platform's identity hasher: 1, the function (2: HMAC-SHA-512), rounds, bytes
-- of salt, salt and hash; the numbers are u32, big-endian. What is not known is empty.
CREATE TABLE accounts (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL UNIQUE,
  roles        INTEGER NOT NULL,
  password     BLOB NOT NULL,
  created      INTEGER NOT NULL,
  country      TEXT NOT NULL DEFAULT '',
  display_name TEXT NOT NULL DEFAULT '',
  email        TEXT NOT NULL DEFAULT '',
  verified     INTEGER NOT NULL DEFAULT 0, -- 1 when its owner has shown that the address is his
  reference    TEXT NOT NULL DEFAULT '' -- what others keep to name it by: 128 bits of chance in hexadecimal
);
CREATE UNIQUE INDEX accounts_by_reference ON accounts(reference);

-- Passwords for programs that an account does not trust with its own; what lies here can't be typed.
CREATE TABLE app_passwords (
  id        INTEGER PRIMARY KEY,
  account   INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  name      TEXT NOT NULL,
  code_hash BLOB NOT NULL UNIQUE,
  created   INTEGER NOT NULL,
  used      INTEGER,
  UNIQUE (account, name)
);

-- Whom a provider of OpenID Connect calls by that subject may log in to the account; used is when they did last.
CREATE TABLE links (
  id      INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  issuer  TEXT NOT NULL,
  subject TEXT NOT NULL,
  created INTEGER NOT NULL,
  used    INTEGER,
  UNIQUE (issuer, subject),
  UNIQUE (account, issuer)
);

-- A session's token is known to its client alone; what lies here can't be presented. seen and address are of its login or
-- its latest ticket; app_password or link is what it was opened with, if that was not the account's own password; kind is
-- what the client said its device is: 1 a desktop, 2 a phone.
CREATE TABLE sessions (
  token_hash   BLOB PRIMARY KEY,
  account      INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  peer         BLOB NOT NULL,
  pseudonym    BLOB NOT NULL,
  expires      INTEGER NOT NULL,
  device       TEXT NOT NULL DEFAULT '',
  created      INTEGER NOT NULL DEFAULT 0,
  seen         INTEGER NOT NULL DEFAULT 0,
  address      TEXT NOT NULL DEFAULT '',
  app_password INTEGER REFERENCES app_passwords(id) ON DELETE CASCADE,
  kind         INTEGER NOT NULL DEFAULT 1,
  link         INTEGER REFERENCES links(id) ON DELETE CASCADE,
  takings      INTEGER NOT NULL DEFAULT 0 -- until when it has used up how often it may take the account's stream
) WITHOUT ROWID;
CREATE INDEX sessions_by_app_password ON sessions(app_password) WHERE app_password IS NOT NULL;
CREATE INDEX sessions_by_link ON sessions(link) WHERE link IS NOT NULL;
CREATE INDEX sessions_by_account ON sessions(account, expires);
CREATE INDEX sessions_by_expiry ON sessions(expires);

-- Which device has each account's stream, or had it last.
CREATE TABLE streams (
  account INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  session BLOB REFERENCES sessions(token_hash) ON DELETE SET NULL,
  number  INTEGER NOT NULL, -- grows by one with every taking
  state   INTEGER NOT NULL, -- 0: it opened a track; 1: as a listener asked for it; 2: it plays
  until   INTEGER NOT NULL -- past, once it is paused
);
CREATE INDEX streams_by_session ON streams(session) WHERE session IS NOT NULL;

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

-- Devices on which accounts keep music for times without a network, by their clients' keys; seen is when they were in touch
-- last, from which their right to play it counts.
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

-- What accounts play, by the latest word of one of their devices: an AccountPlayback of handover.proto, and when it came.
CREATE TABLE playbacks (
  account  INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  peer     BLOB NOT NULL,
  device   TEXT NOT NULL,
  kept     INTEGER NOT NULL,
  playback BLOB NOT NULL
);

-- Who may register, by country; that of no country counts for all that are not named. 0: nobody, 1: who was invited, 2: all.
CREATE TABLE registration (
  country TEXT PRIMARY KEY,
  mode    INTEGER NOT NULL
) WITHOUT ROWID;

-- An invitation's code is known to who was given it alone. Without a giver it is the operator's; taken is when an account
-- was made with it, which may be gone since.
CREATE TABLE invitations (
  code_hash BLOB PRIMARY KEY,
  begins    TEXT NOT NULL,
  giver     INTEGER REFERENCES accounts(id) ON DELETE CASCADE,
  made      INTEGER NOT NULL,
  expires   INTEGER NOT NULL,
  taker     INTEGER REFERENCES accounts(id) ON DELETE SET NULL,
  taken     INTEGER
) WITHOUT ROWID;
CREATE INDEX invitations_by_giver ON invitations(giver);
CREATE INDEX invitations_by_taker ON invitations(taker);

-- Codes that went to an account's address, each good once while that is its address. 1 shows whose it is, 2 sets a password.
CREATE TABLE mail_codes (
  code_hash BLOB PRIMARY KEY,
  account   INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  purpose   INTEGER NOT NULL,
  email     TEXT NOT NULL,
  expires   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX mail_codes_by_account ON mail_codes(account, purpose);

-- Time that was paid for, or given, of a plan: 1 Unlimited, 2 Premium. All of it follows from billing_events but whose it
-- is: account is null before an event has said so, and once that account is gone; linked is that event's own time. It ends
-- then, unless it renews: then some time of grace after that.
CREATE TABLE subscriptions (
  subscription TEXT PRIMARY KEY,
  account      INTEGER REFERENCES accounts(id) ON DELETE SET NULL,
  linked       INTEGER,
  plan         INTEGER NOT NULL DEFAULT 0,
  ends         INTEGER NOT NULL DEFAULT 0,
  renews       INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX subscriptions_by_account ON subscriptions(account);

-- What an operator or a provider has said of subscriptions, each once; kind is a BillingEventKind, happened its own time. A
-- refund names the payment that is given back, and not the subscription. who is the account's name, where it was said.
CREATE TABLE billing_events (
  event        TEXT PRIMARY KEY,
  subscription TEXT NOT NULL DEFAULT '',
  payment      TEXT NOT NULL DEFAULT '',
  kind         INTEGER NOT NULL,
  happened     INTEGER NOT NULL,
  received     INTEGER NOT NULL,
  plan         INTEGER NOT NULL DEFAULT 0,
  ends         INTEGER NOT NULL DEFAULT 0,
  who          TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX billing_events_by_subscription ON billing_events(subscription);
CREATE INDEX billing_events_by_payment ON billing_events(payment) WHERE payment <> '';

-- Releases. origin is the row of the release that the first track of this one was moved from, moved how many were. made
-- is 1 of one that no source tells of: a librarian made it for tracks of others.
CREATE TABLE albums (
  id      INTEGER PRIMARY KEY,
  album   TEXT NOT NULL UNIQUE,
  title   TEXT NOT NULL,
  artists TEXT NOT NULL,
  origin  INTEGER,
  moved   INTEGER NOT NULL DEFAULT 0,
  made    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX albums_by_title ON albums(title);
CREATE INDEX albums_by_origin ON albums(origin);

CREATE TABLE covers (
  cover      TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  data       BLOB NOT NULL
);

-- Sounds. One that no track shows stays here; idle is when that was found, and some time later its files go.
CREATE TABLE recordings (
  id          INTEGER PRIMARY KEY,
  recording   TEXT NOT NULL UNIQUE,
  duration_ms INTEGER NOT NULL,
  loudness    REAL NOT NULL,
  peak        REAL NOT NULL,
  idle        INTEGER
);
CREATE INDEX recordings_by_idle ON recordings(idle) WHERE idle IS NOT NULL;

-- Files that masters may delete, unless an import has claimed them lately: it may be bringing them back.
CREATE TABLE discards (
  file      BLOB PRIMARY KEY,
  recording TEXT NOT NULL,
  claimed   INTEGER
);
CREATE INDEX discards_by_recording ON discards(recording);

-- Which encoders, with which parameters, a recording was encoded by.
CREATE TABLE encodings (
  recording INTEGER NOT NULL REFERENCES recordings(id),
  encoder   TEXT NOT NULL,
  PRIMARY KEY (recording, encoder)
) WITHOUT ROWID;

-- Appearances of recordings: each at its place on a release, as its sources' tags say. shown is the release that it is
-- shown on, after what was mended by hand; it is shown on none while it is hidden.
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
  change    INTEGER NOT NULL DEFAULT 0, -- the number of its last change
  shown     INTEGER REFERENCES albums(id),
  hidden    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX tracks_by_recording ON tracks(recording);
CREATE INDEX tracks_by_album ON tracks(album, disc, number);
CREATE INDEX tracks_by_shown ON tracks(shown);
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
-- is what the source says of its release, in the words of ReleaseKey; null where it belongs to none, or that is not known. stamp
-- is what the import knows the file by while it is as it was, without reading it; null where it has to read it.
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
  album_artists TEXT NOT NULL DEFAULT '',
  stamp         BLOB
);
CREATE INDEX sources_by_hash ON sources(source_hash);
CREATE INDEX sources_by_essence ON sources(essence) WHERE essence IS NOT NULL;
CREATE INDEX sources_by_track ON sources(track);
CREATE INDEX sources_by_release ON sources(release) WHERE release IS NOT NULL;

-- What librarians have mended by hand, which counts instead of what tags say; null is as the tags say. release is the one
-- that a track was put on, merged the track or release that this one is one with, removed the mend that took it out.
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

-- The log of what was mended, and what each mend made of which field, so that it can be undone.
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

-- Sounds that are heard between tracks. Countries are two letters each between commas, as ',DE,SE,', empty for all; ends is
-- the first moment at which it is over.
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

-- How long accounts that hear adverts may have listened since the last one: music is the length, in milliseconds, of the
-- tracks whose keys were given since then. advert is the last that was given, impression what names that it is heard,
-- until it was, and given when its key was.
CREATE TABLE listening (
  account    INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  since      INTEGER NOT NULL,
  music      INTEGER NOT NULL,
  track      TEXT NOT NULL DEFAULT '', -- that was counted last: begins and ends say when it is heard, if all before it is
  begins     INTEGER NOT NULL DEFAULT 0,
  advert     INTEGER REFERENCES adverts(id) ON DELETE SET NULL,
  impression BLOB,
  given      INTEGER NOT NULL DEFAULT 0,
  ends       INTEGER NOT NULL DEFAULT 0,
  former     TEXT NOT NULL DEFAULT '', -- that was counted before it
  former_ends INTEGER NOT NULL DEFAULT 0
);

-- How often adverts were heard, also those that are gone: by campaign, recording, and country of the account.
CREATE TABLE impressions (
  campaign TEXT NOT NULL,
  advert   TEXT NOT NULL,
  country  TEXT NOT NULL,
  heard    INTEGER NOT NULL,
  PRIMARY KEY (campaign, advert, country)
) WITHOUT ROWID;

-- What the service must not lose: "secret" is a hash of the service secret.
CREATE TABLE service (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

PRAGMA user_version = 19;
