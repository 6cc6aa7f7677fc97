-- Joint purses: what the wallets of those whom a document names as `member` hold together, so that
-- teams are ranked from an index. Written by what writes wallets and terms.

CREATE TABLE purses (
    kind    TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    holders INTEGER NOT NULL CHECK (holders >= 0),
    points  INTEGER NOT NULL CHECK (points >= 0),
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX purses_by_points ON purses (kind, points DESC, key);
-- In which purses a wallet is.
CREATE INDEX document_terms_by_holder ON document_terms (value) WHERE name = 'member';

INSERT INTO purses (kind, key, holders, points)
SELECT terms.kind, terms.key, count(*), coalesce(sum(wallets.balance), 0)
FROM document_terms AS terms LEFT JOIN wallets ON wallets.user = terms.value
WHERE terms.name = 'member' GROUP BY 1, 2;

CREATE TRIGGER purses_joined AFTER INSERT ON document_terms WHEN NEW.name = 'member'
BEGIN
    INSERT INTO purses (kind, key, holders, points)
    SELECT NEW.kind, NEW.key, 1, coalesce((SELECT balance FROM wallets WHERE user = NEW.value), 0)
    WHERE TRUE
    ON CONFLICT (kind, key) DO UPDATE SET
        holders = holders + 1, points = points + excluded.points;
END;

CREATE TRIGGER purses_left AFTER DELETE ON document_terms WHEN OLD.name = 'member'
BEGIN
    UPDATE purses SET
        holders = holders - 1,
        points = points - coalesce((SELECT balance FROM wallets WHERE user = OLD.value), 0)
    WHERE kind = OLD.kind AND key = OLD.key;
    DELETE FROM purses WHERE kind = OLD.kind AND key = OLD.key AND holders = 0;
END;

CREATE TRIGGER purses_filled_insert AFTER INSERT ON wallets
BEGIN
    UPDATE purses SET points = points + NEW.balance
    FROM document_terms AS terms
    WHERE terms.name = 'member' AND terms.value = NEW.user
        AND purses.kind = terms.kind AND purses.key = terms.key;
END;

CREATE TRIGGER purses_filled_update AFTER UPDATE OF balance ON wallets
WHEN OLD.balance <> NEW.balance
BEGIN
    UPDATE purses SET points = points + (NEW.balance - OLD.balance)
    FROM document_terms AS terms
    WHERE terms.name = 'member' AND terms.value = NEW.user
        AND purses.kind = terms.kind AND purses.key = terms.key;
END;

CREATE TRIGGER purses_filled_delete AFTER DELETE ON wallets
BEGIN
    UPDATE purses SET points = points - OLD.balance
    FROM document_terms AS terms
    WHERE terms.name = 'member' AND terms.value = OLD.user
        AND purses.kind = terms.kind AND purses.key = terms.key;
END;
