-- From version 9: a file that is as it was is not read again.
ALTER TABLE sources ADD COLUMN stamp BYTEA;

UPDATE schema SET version = 10;
