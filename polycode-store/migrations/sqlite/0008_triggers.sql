-- The same triggers in statements that SQLite runs without a table of their own in memory: to make and
-- drop one took longer than all else that a wallet's change needs. Whose owner holds for nobody fills
-- no purse.

DROP TRIGGER wallets_counted_insert;
DROP TRIGGER wallets_counted_update;
DROP TRIGGER wallets_counted_delete;
DROP TRIGGER purses_filled_insert;
DROP TRIGGER purses_filled_update;
DROP TRIGGER purses_filled_delete;

CREATE TRIGGER wallets_counted_insert AFTER INSERT ON wallets
BEGIN
    INSERT INTO wallet_counts (level, slot, wallets) VALUES (0, NEW.balance, 1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) VALUES (1, NEW.balance >> 10, 1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) VALUES (2, NEW.balance >> 20, 1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) VALUES (3, NEW.balance >> 30, 1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) VALUES (4, NEW.balance >> 40, 1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) VALUES (5, NEW.balance >> 50, 1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) VALUES (6, NEW.balance >> 60, 1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
END;

CREATE TRIGGER wallets_counted_update AFTER UPDATE OF balance ON wallets
WHEN OLD.balance <> NEW.balance
BEGIN
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 0 AND slot = OLD.balance;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 1 AND slot = OLD.balance >> 10
        AND OLD.balance >> 10 <> NEW.balance >> 10;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 2 AND slot = OLD.balance >> 20
        AND OLD.balance >> 20 <> NEW.balance >> 20;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 3 AND slot = OLD.balance >> 30
        AND OLD.balance >> 30 <> NEW.balance >> 30;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 4 AND slot = OLD.balance >> 40
        AND OLD.balance >> 40 <> NEW.balance >> 40;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 5 AND slot = OLD.balance >> 50
        AND OLD.balance >> 50 <> NEW.balance >> 50;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 6 AND slot = OLD.balance >> 60
        AND OLD.balance >> 60 <> NEW.balance >> 60;
    INSERT INTO wallet_counts (level, slot, wallets) VALUES (0, NEW.balance, 1)
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) SELECT 1, NEW.balance >> 10, 1
    WHERE OLD.balance >> 10 <> NEW.balance >> 10
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) SELECT 2, NEW.balance >> 20, 1
    WHERE OLD.balance >> 20 <> NEW.balance >> 20
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) SELECT 3, NEW.balance >> 30, 1
    WHERE OLD.balance >> 30 <> NEW.balance >> 30
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) SELECT 4, NEW.balance >> 40, 1
    WHERE OLD.balance >> 40 <> NEW.balance >> 40
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) SELECT 5, NEW.balance >> 50, 1
    WHERE OLD.balance >> 50 <> NEW.balance >> 50
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
    INSERT INTO wallet_counts (level, slot, wallets) SELECT 6, NEW.balance >> 60, 1
    WHERE OLD.balance >> 60 <> NEW.balance >> 60
    ON CONFLICT (level, slot) DO UPDATE SET wallets = wallets + 1;
END;

CREATE TRIGGER wallets_counted_delete AFTER DELETE ON wallets
BEGIN
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 0 AND slot = OLD.balance;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 1 AND slot = OLD.balance >> 10;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 2 AND slot = OLD.balance >> 20;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 3 AND slot = OLD.balance >> 30;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 4 AND slot = OLD.balance >> 40;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 5 AND slot = OLD.balance >> 50;
    UPDATE wallet_counts SET wallets = wallets - 1
    WHERE level = 6 AND slot = OLD.balance >> 60;
END;

CREATE TRIGGER purses_filled_insert AFTER INSERT ON wallets
WHEN EXISTS (SELECT 1 FROM document_terms WHERE name = 'member' AND value = NEW.user)
BEGIN
    UPDATE purses SET points = points + NEW.balance
    FROM document_terms AS terms
    WHERE terms.name = 'member' AND terms.value = NEW.user
        AND purses.kind = terms.kind AND purses.key = terms.key;
END;

CREATE TRIGGER purses_filled_update AFTER UPDATE OF balance ON wallets
WHEN OLD.balance <> NEW.balance AND EXISTS (SELECT 1 FROM document_terms WHERE name = 'member' AND value = NEW.user)
BEGIN
    UPDATE purses SET points = points + (NEW.balance - OLD.balance)
    FROM document_terms AS terms
    WHERE terms.name = 'member' AND terms.value = NEW.user
        AND purses.kind = terms.kind AND purses.key = terms.key;
END;

CREATE TRIGGER purses_filled_delete AFTER DELETE ON wallets
WHEN EXISTS (SELECT 1 FROM document_terms WHERE name = 'member' AND value = OLD.user)
BEGIN
    UPDATE purses SET points = points - OLD.balance
    FROM document_terms AS terms
    WHERE terms.name = 'member' AND terms.value = OLD.user
        AND purses.kind = terms.kind AND purses.key = terms.key;
END;
