-- Joint purses: what the wallets of those whom a document names as `member` hold together, so that
-- teams are ranked from an index.

-- Nobody writes a wallet or a term from before they are added up until each writer adds what it changes.
LOCK TABLE wallets, document_terms IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE purses (
    kind    TEXT   COLLATE "C" NOT NULL,
    key     BYTEA  NOT NULL,
    holders BIGINT NOT NULL CHECK (holders >= 0),
    points  BIGINT NOT NULL CHECK (points >= 0),
    PRIMARY KEY (kind, key)
) WITH (fillfactor = 50);

CREATE INDEX purses_by_points ON purses (kind, points DESC, key);
-- In which purses a wallet is.
CREATE INDEX document_terms_by_holder ON document_terms (value) WHERE name = 'member';

-- The name of a user that is written as bytes; none has a NUL.
CREATE FUNCTION holder(value BYTEA) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN position('\x00'::BYTEA IN value) = 0 THEN convert_from(value, 'UTF8') END
$$;

INSERT INTO purses (kind, key, holders, points)
SELECT terms.kind, terms.key, count(*), coalesce(sum(wallets.balance), 0)
FROM document_terms AS terms LEFT JOIN wallets ON wallets."user" = holder(terms.value)
WHERE terms.name = 'member' GROUP BY 1, 2;

-- Whoever writes a wallet and whoever adds its user to a document or takes them away wait for each other:
-- otherwise neither would see what the other has just done.
CREATE FUNCTION hold(who TEXT) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('purse of ' || current_schema() || ' ' || who, 0))
$$;

CREATE FUNCTION note_holder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who  TEXT;
    held BIGINT;
BEGIN
    who = holder(CASE WHEN TG_OP = 'INSERT' THEN NEW.value ELSE OLD.value END);
    PERFORM hold(who);
    SELECT balance INTO held FROM wallets WHERE "user" = who;
    held = coalesce(held, 0);
    IF TG_OP = 'INSERT' THEN
        INSERT INTO purses AS purse (kind, key, holders, points)
        VALUES (NEW.kind, NEW.key, 1, held)
        ON CONFLICT (kind, key) DO UPDATE SET
            holders = purse.holders + 1, points = purse.points + excluded.points;
    ELSE
        UPDATE purses SET holders = holders - 1, points = points - held
        WHERE kind = OLD.kind AND key = OLD.key;
        DELETE FROM purses WHERE kind = OLD.kind AND key = OLD.key AND holders = 0;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER purses_joined AFTER INSERT ON document_terms
    FOR EACH ROW WHEN (NEW.name = 'member') EXECUTE FUNCTION note_holder();
CREATE TRIGGER purses_left AFTER DELETE ON document_terms
    FOR EACH ROW WHEN (OLD.name = 'member') EXECUTE FUNCTION note_holder();

CREATE FUNCTION fill_purses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who     TEXT;
    more    BIGINT;
BEGIN
    IF TG_OP = 'INSERT' THEN
        who = NEW."user";
        more = NEW.balance;
    ELSIF TG_OP = 'DELETE' THEN
        who = OLD."user";
        more = -OLD.balance;
    ELSE
        who = NEW."user";
        more = NEW.balance - OLD.balance;
    END IF;
    PERFORM hold(who);
    UPDATE purses SET points = points + more
    FROM document_terms AS terms
    WHERE terms.name = 'member' AND terms.value = convert_to(who, 'UTF8')
        AND purses.kind = terms.kind AND purses.key = terms.key;
    RETURN NULL;
END $$;

CREATE TRIGGER purses_filled AFTER INSERT OR DELETE OR UPDATE OF balance ON wallets
    FOR EACH ROW EXECUTE FUNCTION fill_purses();
