-- From version 16: of what an account opened last it is known until when it may be heard.
ALTER TABLE listening RENAME COLUMN counted TO begins;
ALTER TABLE listening ADD COLUMN ends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listening ADD COLUMN former TEXT NOT NULL DEFAULT '';
ALTER TABLE listening ADD COLUMN former_ends INTEGER NOT NULL DEFAULT 0;

PRAGMA user_version = 17;
