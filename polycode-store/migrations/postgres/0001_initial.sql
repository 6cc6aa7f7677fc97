-- What the engine commits.
--
-- Texts are compared by their bytes (collation "C"), as in every other store. What may hold any
-- character at all, NUL too, is bytes in UTF-8. Documents that are trees are JSON as it was
-- written (json, not jsonb: they come back exactly).

-- A time in RFC 3339, in UTC with all nine decimals: a timestamptz would round it to six.
CREATE DOMAIN moment AS TEXT COLLATE "C"
    CHECK (VALUE ~ '^-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{9}Z$');

CREATE TABLE contents (
    id      UUID   NOT NULL PRIMARY KEY,
    slug    TEXT   COLLATE "C" NOT NULL UNIQUE,
    version BIGINT NOT NULL CHECK (version >= 1)
);

-- Every version that was ever published: submissions are judged by the one they were made to.
CREATE TABLE content_versions (
    content UUID   NOT NULL REFERENCES contents (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    body    JSON   NOT NULL,
    PRIMARY KEY (content, version)
);

CREATE TABLE submissions (
    id              UUID   NOT NULL PRIMARY KEY,
    version         BIGINT NOT NULL CHECK (version >= 1),
    "user"          TEXT   COLLATE "C" NOT NULL,
    content         UUID   NOT NULL,
    content_version BIGINT NOT NULL,
    component       TEXT   COLLATE "C" NOT NULL,
    received_at     moment NOT NULL,
    status          TEXT   COLLATE "C" NOT NULL
                           CHECK (status IN ('pending', 'graded', 'ungradable')),
    verdict         TEXT   COLLATE "C" CHECK ((verdict IS NOT NULL) = (status = 'graded')),
    score           BIGINT CHECK (score BETWEEN 0 AND 1000000)
                           CHECK ((score IS NOT NULL) = (status = 'graded')),
    fuel            BIGINT CHECK (fuel >= 0)
                           CHECK ((fuel IS NOT NULL) = (status = 'graded')),
    judged_at       moment CHECK ((judged_at IS NULL) = (status = 'pending')),
    -- Since when it waits for a person: it is pending, but not for programs.
    review_since    moment CHECK (review_since IS NULL OR status = 'pending'),
    FOREIGN KEY (content, content_version) REFERENCES content_versions (content, version)
);

CREATE INDEX submissions_by_user ON submissions ("user", id);
CREATE INDEX submissions_by_content ON submissions ("user", content, id);
CREATE INDEX submissions_to_content ON submissions (content, id);
CREATE INDEX submissions_pending ON submissions (id)
    WHERE status = 'pending' AND review_since IS NULL;

CREATE TABLE answers (
    submission UUID NOT NULL PRIMARY KEY REFERENCES submissions (id),
    body       JSON NOT NULL
);

CREATE TABLE reports (
    submission UUID NOT NULL PRIMARY KEY REFERENCES submissions (id),
    body       JSON NOT NULL
);

CREATE TABLE progress (
    "user"       TEXT   COLLATE "C" NOT NULL,
    content      UUID   NOT NULL REFERENCES contents (id),
    version      BIGINT NOT NULL CHECK (version >= 1),
    best         JSON   NOT NULL,
    score        BIGINT NOT NULL CHECK (score BETWEEN 0 AND 1000000),
    completed_at moment,
    paid         BIGINT NOT NULL CHECK (paid >= 0),
    PRIMARY KEY ("user", content)
);

CREATE TABLE wallets (
    "user"  TEXT   COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version >= 1),
    balance BIGINT NOT NULL CHECK (balance >= 0)
);

-- Rankings read the fullest wallets first.
CREATE INDEX wallets_by_balance ON wallets (balance DESC, "user");

-- The ledger: each entry takes from one account what it gives to another. Only wallets are many,
-- so only they have a user.
CREATE TABLE entries (
    id          UUID   NOT NULL PRIMARY KEY,
    debit       TEXT   COLLATE "C" NOT NULL,
    debit_user  TEXT   COLLATE "C" REFERENCES wallets ("user")
                       CHECK ((debit_user IS NOT NULL) = (debit = 'wallet')),
    credit      TEXT   COLLATE "C" NOT NULL,
    credit_user TEXT   COLLATE "C" REFERENCES wallets ("user")
                       CHECK ((credit_user IS NOT NULL) = (credit = 'wallet')),
    points      BIGINT NOT NULL CHECK (points > 0),
    reason_key  TEXT   COLLATE "C" NOT NULL UNIQUE,
    reason      JSON   NOT NULL,
    at          moment NOT NULL,
    CHECK (debit <> credit OR debit_user IS DISTINCT FROM credit_user)
);

CREATE INDEX entries_by_debit ON entries (debit_user, id) WHERE debit_user IS NOT NULL;
CREATE INDEX entries_by_credit ON entries (credit_user, id) WHERE credit_user IS NOT NULL;

-- Everything that is stored whole: teams, campaigns, candidates and the like.
CREATE TABLE documents (
    kind    TEXT   COLLATE "C" NOT NULL,
    key     BYTEA  NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    body    JSON   NOT NULL,
    PRIMARY KEY (kind, key)
);

-- What documents are found by: the lists that they stand in, and where.
CREATE TABLE document_terms (
    kind      TEXT    COLLATE "C" NOT NULL,
    name      TEXT    COLLATE "C" NOT NULL,
    value     BYTEA   NOT NULL,
    sort      BYTEA   NOT NULL,
    key       BYTEA   NOT NULL,
    is_unique BOOLEAN NOT NULL,
    PRIMARY KEY (kind, name, value, sort, key),
    FOREIGN KEY (kind, key) REFERENCES documents (kind, key) ON DELETE CASCADE
);

CREATE UNIQUE INDEX document_terms_unique ON document_terms (kind, name, value) WHERE is_unique;
CREATE INDEX document_terms_by_document ON document_terms (kind, key);

-- The log of events: audit, and feed of the consumers.
--
-- Transactions end in another order than they begin, so an event has no place in the log when it is
-- written: whoever reads the log gives places to the events that are there by then. Nobody can read
-- past an event that is still to come, and writers never wait for each other.
CREATE TABLE events (
    arrival BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id      UUID    NOT NULL UNIQUE,
    at      moment  NOT NULL,
    schema  BIGINT  NOT NULL,
    body    JSON    NOT NULL
);

CREATE TABLE places (
    cursor  BIGINT NOT NULL PRIMARY KEY CHECK (cursor >= 1),
    arrival BIGINT NOT NULL UNIQUE REFERENCES events (arrival)
);

-- The events without a place: a few, so that looking for them is quick whatever the log's length.
CREATE TABLE arrivals (
    arrival BIGINT NOT NULL PRIMARY KEY
);

-- How far the log goes; one row.
CREATE TABLE feed (
    id     BIGINT NOT NULL DEFAULT 1 PRIMARY KEY CHECK (id = 1),
    length BIGINT NOT NULL CHECK (length >= 0)
);
INSERT INTO feed (length) VALUES (0);

CREATE FUNCTION note_arrivals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO arrivals SELECT arrival FROM arrived;
    RETURN NULL;
END $$;

CREATE TRIGGER events_arrive AFTER INSERT ON events
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION note_arrivals();

-- Gives the oldest events without a place the next ones.
CREATE FUNCTION place_events(at_most BIGINT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    reached BIGINT;
    placed  BIGINT;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM arrivals) THEN
        RETURN;
    END IF;
    -- One at a time; the next statement sees what the one before placed.
    SELECT length INTO STRICT reached FROM feed FOR UPDATE;
    WITH taken AS (
        DELETE FROM arrivals
        WHERE arrival IN (SELECT arrival FROM arrivals ORDER BY arrival LIMIT at_most)
        RETURNING arrival
    )
    INSERT INTO places (cursor, arrival)
    SELECT reached + row_number() OVER (ORDER BY arrival), arrival FROM taken;
    GET DIAGNOSTICS placed = ROW_COUNT;
    UPDATE feed SET length = reached + placed;
END $$;

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER content_versions_keep BEFORE UPDATE OR DELETE ON content_versions FOR EACH ROW
    EXECUTE FUNCTION refuse('a published version of a content is never changed');
CREATE TRIGGER content_versions_keep_all BEFORE TRUNCATE ON content_versions
    EXECUTE FUNCTION refuse('a published version of a content is never removed');

CREATE TRIGGER entries_append_only BEFORE UPDATE OR DELETE ON entries FOR EACH ROW
    EXECUTE FUNCTION refuse('an entry of the ledger is never changed');
CREATE TRIGGER entries_append_only_all BEFORE TRUNCATE ON entries
    EXECUTE FUNCTION refuse('an entry of the ledger is never removed');

CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW
    EXECUTE FUNCTION refuse('an event is never changed');
CREATE TRIGGER events_append_only_all BEFORE TRUNCATE ON events
    EXECUTE FUNCTION refuse('an event is never removed');

CREATE TRIGGER places_append_only BEFORE UPDATE OR DELETE ON places FOR EACH ROW
    EXECUTE FUNCTION refuse('the place of an event is never changed');
CREATE TRIGGER places_append_only_all BEFORE TRUNCATE ON places
    EXECUTE FUNCTION refuse('the place of an event is never removed');
