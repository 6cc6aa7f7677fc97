-- Sign-in by an OpenID Connect provider.

-- As whom the provider knows the owner of an account: one person of each provider at most.
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user TEXT NOT NULL REFERENCES accounts (user) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user, issuer)
) STRICT;

-- Those who have been sent to the provider and are not back yet. `browser` is the digest of a
-- cookie: who comes back in another browser is somebody else.
CREATE TABLE sign_ins (
    state BLOB PRIMARY KEY,
    browser BLOB NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    next TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_ins_by_end ON sign_ins (expires_at);

-- What the provider gave with a session; it is good only together with the client's own secret.
CREATE TABLE provider_sessions (
    digest BLOB PRIMARY KEY REFERENCES sessions (digest) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    id_token TEXT NOT NULL,
    refresh_token TEXT,
    fresh_until INTEGER NOT NULL
) STRICT;
