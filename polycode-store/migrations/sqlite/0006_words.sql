-- What documents are found by is searched by word as well: which documents have a word, and whether a
-- document has one.

DROP INDEX document_terms_by_document;
CREATE INDEX document_terms_by_document ON document_terms (kind, key, name, value);

-- Which edition of the terms of a kind is written; the first, unless it says so.
CREATE TABLE term_editions (
    kind    TEXT    NOT NULL PRIMARY KEY,
    edition INTEGER NOT NULL CHECK (edition >= 1)
) STRICT, WITHOUT ROWID;
