-- How many wallets hold how much, so that a rank is read from a few thousand rows at most, however
-- many wallets hold more: level 0 counts the wallets of each balance, level 1 those of 1,024 balances
-- at a time, level 2 those of 1,024 times as many, and so on.

-- Nobody writes a wallet from before they are counted until each writer notes what it changes.
LOCK TABLE wallets IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE wallet_counts (
    level   INTEGER NOT NULL CHECK (level BETWEEN 0 AND 6),
    slot    BIGINT  NOT NULL CHECK (slot >= 0),
    wallets BIGINT  NOT NULL,
    PRIMARY KEY (level, slot)
) WITH (fillfactor = 50);

INSERT INTO wallet_counts (level, slot, wallets)
SELECT level, balance >> (10 * level), count(*)
FROM wallets, generate_series(0, 6) AS level
GROUP BY 1, 2;

-- What was written since, not counted in yet. A count is a row that everybody would write, and wait for
-- each other; here each writer adds rows of its own.
CREATE TABLE wallet_changes (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    balance BIGINT NOT NULL CHECK (balance >= 0),
    wallets BIGINT NOT NULL CHECK (wallets IN (-1, 1))
);

-- Whose turn it is to count them in: whoever holds the one row.
CREATE TABLE wallet_counting (
    id BIGINT NOT NULL DEFAULT 1 PRIMARY KEY CHECK (id = 1)
);
INSERT INTO wallet_counting DEFAULT VALUES;

-- Counts the changes in once they are many, unless somebody else is just doing so. Not by who writes:
-- rows that one transaction adds and removes lie in its way until it ends.
CREATE FUNCTION count_wallets(many BIGINT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT 1 FROM wallet_changes LIMIT many) AS changes) < many THEN
        RETURN;
    END IF;
    PERFORM 1 FROM wallet_counting FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    WITH taken AS (
        DELETE FROM wallet_changes RETURNING balance, wallets
    )
    INSERT INTO wallet_counts AS counts (level, slot, wallets)
    SELECT level, balance >> (10 * level), sum(taken.wallets)
    FROM taken, generate_series(0, 6) AS level
    GROUP BY 1, 2 HAVING sum(taken.wallets) <> 0
    ON CONFLICT (level, slot) DO UPDATE SET wallets = counts.wallets + excluded.wallets;
END $$;

CREATE FUNCTION note_wallet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.balance = NEW.balance THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO wallet_changes (balance, wallets) VALUES (OLD.balance, -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO wallet_changes (balance, wallets) VALUES (NEW.balance, 1);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER wallets_noted AFTER INSERT OR DELETE OR UPDATE OF balance ON wallets
    FOR EACH ROW EXECUTE FUNCTION note_wallet();
