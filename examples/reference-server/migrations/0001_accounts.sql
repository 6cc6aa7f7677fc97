-- Accounts of the reference server. Times are milliseconds since 1970; of what only its holder
-- knows, the SHA-256 is kept.

CREATE TABLE accounts (
    user TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    roles TEXT NOT NULL DEFAULT '[]',
    confirmed_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    digest BLOB PRIMARY KEY,
    user TEXT NOT NULL REFERENCES accounts (user) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Links that were mailed: each is good for one purpose, once, for a time. `about` is the address
-- or the team that it is about.
CREATE TABLE links (
    digest BLOB PRIMARY KEY,
    user TEXT NOT NULL REFERENCES accounts (user) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    about TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX links_of_user ON links (user, purpose, about);
CREATE INDEX links_by_end ON links (expires_at);

CREATE TABLE api_tokens (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    user TEXT NOT NULL REFERENCES accounts (user) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX api_tokens_of_user ON api_tokens (user, id);

-- The mails that are to be sent, and that were; what they say is erased once they are.
CREATE TABLE mails (
    id TEXT PRIMARY KEY,
    letter TEXT,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mails_due ON mails (state, due_at);

-- How far each reader of the engine's events has come.
CREATE TABLE cursors (
    reader TEXT PRIMARY KEY,
    cursor INTEGER NOT NULL
) STRICT;

-- Replies to requests that carried an idempotency key; without a status while under way.
CREATE TABLE replies (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    request BLOB NOT NULL,
    status INTEGER,
    headers TEXT NOT NULL DEFAULT '[]',
    body BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (caller, key)
) STRICT;
CREATE INDEX replies_by_age ON replies (created_at);

-- Who changed what, and who was refused.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    request TEXT NOT NULL,
    caller TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER NOT NULL
) STRICT;
