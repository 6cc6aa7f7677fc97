-- A page of a ranking begins among equal wallets or after them: two ranges of an index on the columns
-- themselves.

DROP INDEX wallets_by_balance;
CREATE INDEX wallets_by_balance ON wallets (balance DESC, user);
