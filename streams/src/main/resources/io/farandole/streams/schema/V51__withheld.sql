-- What a generation passes over knowingly, so that its books balance with what was published: 'withheld' was told
-- of users who asked to be forgotten; 'expired' the archive no longer kept when the generation was built from it.
-- Neither was delivered to it.
alter table streams.ledger add column withheld bigint not null default 0;
alter table streams.ledger add column expired bigint not null default 0;

-- What was published before then may be brought to this generation once more: by the subscriptions it began with, or
-- by a repair. That is a replay, in which nothing of forgotten users is told.
alter table streams.generation add column replayed_until timestamptz;

-- Who asked to be forgotten, and when last in event time, as the archive knows it too: told by whichever generation
-- hears of it first.
create table streams.tombstone (
    key     text primary key,
    seconds bigint not null,
    nanos   int    not null,
    source  text   not null,
    id      text   not null
);
