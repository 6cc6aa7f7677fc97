-- Submissions that wait for a person are pending, but not for programs.

ALTER TABLE submissions ADD COLUMN review_since TEXT
    CHECK (review_since IS NULL OR status = 'pending');

DROP INDEX submissions_pending;
CREATE INDEX submissions_pending ON submissions (id)
    WHERE status = 'pending' AND review_since IS NULL;
