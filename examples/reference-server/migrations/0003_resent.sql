-- What a request makes has the same id each time it is sent: `made` is chosen before the first.
-- `is_free` says that nobody works at it, so that it can be sent again.
ALTER TABLE replies ADD COLUMN made TEXT;
ALTER TABLE replies ADD COLUMN is_free INTEGER NOT NULL DEFAULT 0;
