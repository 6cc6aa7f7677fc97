-- Everything that is stored whole: teams, campaigns, candidates and the like.

CREATE TABLE documents (
    kind    TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    body    TEXT    NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (kind, key)
) STRICT;

-- What documents are found by: the lists that they stand in, and where.
CREATE TABLE document_terms (
    kind      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    sort      TEXT    NOT NULL,
    key       TEXT    NOT NULL,
    is_unique INTEGER NOT NULL CHECK (is_unique IN (0, 1)),
    PRIMARY KEY (kind, name, value, sort, key),
    FOREIGN KEY (kind, key) REFERENCES documents (kind, key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX document_terms_unique ON document_terms (kind, name, value) WHERE is_unique;
CREATE INDEX document_terms_by_document ON document_terms (kind, key);

-- Rankings read the fullest wallets first.
CREATE INDEX wallets_by_balance ON wallets (-balance, user);

-- Everybody's submissions to a content, to judge them again or to compare them.
CREATE INDEX submissions_to_content ON submissions (content, id);
