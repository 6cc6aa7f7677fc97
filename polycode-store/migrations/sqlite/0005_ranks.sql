-- How many wallets hold how much, so that a rank is read from a few thousand rows at most, however
-- many wallets hold more: level 0 counts the wallets of each balance, level 1 those of 1,024 balances
-- at a time, level 2 those of 1,024 times as many, and so on. Written by what writes wallets.

CREATE TABLE wallet_counts (
    level   INTEGER NOT NULL CHECK (level BETWEEN 0 AND 6),
    slot    INTEGER NOT NULL CHECK (slot >= 0),
    wallets INTEGER NOT NULL CHECK (wallets >= 0),
    PRIMARY KEY (level, slot)
) STRICT, WITHOUT ROWID;

INSERT INTO wallet_counts (level, slot, wallets)
SELECT levels.column1, balance >> (10 * levels.column1), count(*)
FROM wallets, (VALUES (0), (1), (2), (3), (4), (5), (6)) AS levels
GROUP BY 1, 2;

CREATE TRIGGER wallets_counted_insert AFTER INSERT ON wallets
BEGIN
    INSERT INTO wallet_counts (level, slot, wallets)
    SELECT column1, NEW.balance >> (10 * column1), 1
    FROM (VALUES (0), (1), (2), (3), (4), (5), (6)) WHERE TRUE
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
END;

CREATE TRIGGER wallets_counted_update AFTER UPDATE OF balance ON wallets
WHEN OLD.balance <> NEW.balance
BEGIN
    UPDATE wallet_counts SET wallets = wallets - 1
    FROM (VALUES (0), (1), (2), (3), (4), (5), (6)) AS levels
    WHERE level = levels.column1 AND slot = OLD.balance >> (10 * levels.column1)
        AND slot <> NEW.balance >> (10 * levels.column1);
    INSERT INTO wallet_counts (level, slot, wallets)
    SELECT column1, NEW.balance >> (10 * column1), 1
    FROM (VALUES (0), (1), (2), (3), (4), (5), (6))
    WHERE OLD.balance >> (10 * column1) <> NEW.balance >> (10 * column1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
END;

CREATE TRIGGER wallets_counted_delete AFTER DELETE ON wallets
BEGIN
    UPDATE wallet_counts SET wallets = wallets - 1
    FROM (VALUES (0), (1), (2), (3), (4), (5), (6)) AS levels
    WHERE level = levels.column1 AND slot = OLD.balance >> (10 * levels.column1);
END;
