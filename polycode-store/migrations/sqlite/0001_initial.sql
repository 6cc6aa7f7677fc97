-- What the engine commits.
--
-- Ids are UUIDs (version 7) as 16-byte blobs: half the size of text, and in an index they sort by
-- age just as they do in the engine. Times are RFC 3339 text in UTC with all nine decimals, so
-- that they come back exactly, sort as text, and can be read by people. Documents that are trees
-- are JSON text.

CREATE TABLE contents (
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    slug    TEXT    NOT NULL UNIQUE,
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT, WITHOUT ROWID;

-- Every version that was ever published: submissions are judged by the one they were made to.
CREATE TABLE content_versions (
    content BLOB    NOT NULL REFERENCES contents (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    body    TEXT    NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (content, version)
) STRICT;

CREATE TABLE submissions (
    id              BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    version         INTEGER NOT NULL CHECK (version >= 1),
    user            TEXT    NOT NULL,
    content         BLOB    NOT NULL,
    content_version INTEGER NOT NULL,
    component       TEXT    NOT NULL,
    received_at     TEXT    NOT NULL,
    status          TEXT    NOT NULL CHECK (status IN ('pending', 'graded', 'ungradable')),
    verdict         TEXT    CHECK ((verdict IS NOT NULL) = (status = 'graded')),
    score           INTEGER CHECK (score BETWEEN 0 AND 1000000)
                            CHECK ((score IS NOT NULL) = (status = 'graded')),
    fuel            INTEGER CHECK (fuel >= 0)
                            CHECK ((fuel IS NOT NULL) = (status = 'graded')),
    judged_at       TEXT    CHECK ((judged_at IS NULL) = (status = 'pending')),
    FOREIGN KEY (content, content_version) REFERENCES content_versions (content, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX submissions_by_user ON submissions (user, id);
CREATE INDEX submissions_by_content ON submissions (user, content, id);
CREATE INDEX submissions_pending ON submissions (id) WHERE status = 'pending';

CREATE TABLE answers (
    submission BLOB NOT NULL PRIMARY KEY REFERENCES submissions (id),
    body       TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE reports (
    submission BLOB NOT NULL PRIMARY KEY REFERENCES submissions (id),
    body       TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE progress (
    user         TEXT    NOT NULL,
    content      BLOB    NOT NULL REFERENCES contents (id),
    version      INTEGER NOT NULL CHECK (version >= 1),
    best         TEXT    NOT NULL CHECK (json_valid(best)),
    score        INTEGER NOT NULL CHECK (score BETWEEN 0 AND 1000000),
    completed_at TEXT,
    paid         INTEGER NOT NULL CHECK (paid >= 0),
    PRIMARY KEY (user, content)
) STRICT, WITHOUT ROWID;

CREATE TABLE wallets (
    user    TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL CHECK (version >= 1),
    balance INTEGER NOT NULL CHECK (balance >= 0)
) STRICT, WITHOUT ROWID;

-- The ledger: each entry takes from one account what it gives to another. Only wallets are many,
-- so only they have a user.
CREATE TABLE entries (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    debit       TEXT    NOT NULL,
    debit_user  TEXT    REFERENCES wallets (user) CHECK ((debit_user IS NOT NULL) = (debit = 'wallet')),
    credit      TEXT    NOT NULL,
    credit_user TEXT    REFERENCES wallets (user) CHECK ((credit_user IS NOT NULL) = (credit = 'wallet')),
    points      INTEGER NOT NULL CHECK (points > 0),
    reason_key  TEXT    NOT NULL UNIQUE,
    reason      TEXT    NOT NULL CHECK (json_valid(reason)),
    at          TEXT    NOT NULL,
    CHECK (debit <> credit OR debit_user IS NOT credit_user)
) STRICT, WITHOUT ROWID;

CREATE INDEX entries_by_debit ON entries (debit_user, id) WHERE debit_user IS NOT NULL;
CREATE INDEX entries_by_credit ON entries (credit_user, id) WHERE credit_user IS NOT NULL;

-- The log of events: audit, and feed of the consumers.
CREATE TABLE events (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    id     BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    at     TEXT    NOT NULL,
    schema INTEGER NOT NULL,
    body   TEXT    NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TRIGGER content_versions_keep_update BEFORE UPDATE ON content_versions
BEGIN SELECT RAISE(ABORT, 'a published version of a content is never changed'); END;
CREATE TRIGGER content_versions_keep_delete BEFORE DELETE ON content_versions
BEGIN SELECT RAISE(ABORT, 'a published version of a content is never removed'); END;

CREATE TRIGGER entries_append_only_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never changed'); END;
CREATE TRIGGER entries_append_only_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never removed'); END;

CREATE TRIGGER events_append_only_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER events_append_only_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
