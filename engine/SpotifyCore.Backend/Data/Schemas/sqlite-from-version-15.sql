-- From version 15: each account has a reference, which others keep to name it by.
ALTER TABLE accounts ADD COLUMN reference TEXT NOT NULL DEFAULT '';
UPDATE accounts SET reference = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX accounts_by_reference ON accounts(reference);

PRAGMA user_version = 16;
