-- What a generation was made with, and of what of the archive: hashes of its processor's description and of the class
-- files of its folds, and where in the archive each topic's first event stood.
alter table streams.generation add column description text;
alter table streams.generation add column code text;
alter table streams.backfill add column first bigint;
