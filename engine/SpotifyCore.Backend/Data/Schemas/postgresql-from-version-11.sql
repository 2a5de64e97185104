-- From version 11: sessions say what kind of device they are of, and accounts have plans. Who had an account before plans
-- could do all that there was, and goes on to: Premium without an end, of the operator's hand.
ALTER TABLE sessions ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;

CREATE TABLE subscriptions (
  subscription TEXT COLLATE "C" PRIMARY KEY,
  account      BIGINT REFERENCES accounts(id) ON DELETE SET NULL,
  linked       BIGINT,
  plan         INTEGER NOT NULL DEFAULT 0,
  ends         BIGINT NOT NULL DEFAULT 0,
  renews       INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX subscriptions_by_account ON subscriptions(account);

CREATE TABLE billing_events (
  event        TEXT COLLATE "C" PRIMARY KEY,
  subscription TEXT COLLATE "C" NOT NULL DEFAULT '',
  payment      TEXT COLLATE "C" NOT NULL DEFAULT '',
  kind         INTEGER NOT NULL,
  happened     BIGINT NOT NULL,
  received     BIGINT NOT NULL,
  plan         INTEGER NOT NULL DEFAULT 0,
  ends         BIGINT NOT NULL DEFAULT 0,
  who          TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX billing_events_by_subscription ON billing_events(subscription);
CREATE INDEX billing_events_by_payment ON billing_events(payment) WHERE payment <> '';

INSERT INTO billing_events (event, subscription, kind, happened, received, plan, ends, who)
SELECT 'operator-before-plans-' || id, 'operator-before-plans-' || id, 1, created, CAST(extract(epoch FROM now()) * 1000 AS BIGINT),
  2, 253402300799999, name
FROM accounts;
INSERT INTO subscriptions (subscription, account, linked, plan, ends)
SELECT 'operator-before-plans-' || id, id, created, 2, 253402300799999 FROM accounts;

UPDATE schema SET version = 12;
