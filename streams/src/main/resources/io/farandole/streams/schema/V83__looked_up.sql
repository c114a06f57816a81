-- By which state of what its processor looks up a generation was completed when it had read the archive: by the references'
-- names, when they were loaded, and their currencies.
alter table streams.generation add column looked_up jsonb;
