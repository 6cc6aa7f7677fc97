-- An event is never removed, so its place need not hold it: the reference locked each event that got a
-- place, and so wrote the event anew.

ALTER TABLE places DROP CONSTRAINT places_arrival_fkey;
