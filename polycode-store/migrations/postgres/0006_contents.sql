-- One index for the submissions of a user, to one content too: a second one took a page of its own for
-- each submission, and a user's submissions are few enough to be looked through in the index.

DROP INDEX submissions_by_content;
DROP INDEX submissions_by_user;
CREATE INDEX submissions_by_user ON submissions ("user", id, content);
