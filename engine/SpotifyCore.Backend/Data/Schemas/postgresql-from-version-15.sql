-- From version 15: each account has a reference, which others keep to name it by.
ALTER TABLE accounts ADD COLUMN reference TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE accounts SET reference = replace(gen_random_uuid()::text, '-', '');
CREATE UNIQUE INDEX accounts_by_reference ON accounts(reference);

UPDATE schema SET version = 16;
