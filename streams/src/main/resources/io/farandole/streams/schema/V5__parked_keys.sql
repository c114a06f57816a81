-- Where order matters, a message that fails parks its key: later ones of that key are put aside behind it
-- until it is applied. Whoever stands in such a line names its key; a line's order is that of the ids.
alter table streams.dead_letter drop constraint dead_letter_cause_check;
alter table streams.dead_letter add constraint dead_letter_cause_check
    check (cause in ('UNDECODABLE', 'REJECTED', 'LATE', 'POISON', 'CLOCK', 'EXPIRED_HORIZON', 'WAITING', 'PARKED_BEHIND'));
alter table streams.dead_letter add column line text collate "C";
create index dead_letter_line on streams.dead_letter (generation, topic, line, id)
    where status = 'OPEN' and line is not null;

-- The keys that have a line. Whoever folds a key where order matters holds its row, and makes it first if
-- it is missing: such a row, without a time, never outlives its transaction.
create table streams.parked_key (
    generation int         not null,
    topic      text collate "C" not null,
    key        text collate "C" not null,
    since      timestamptz,
    primary key (generation, topic, key)
) with (fillfactor = 50);

-- What is due is tried, whatever it was put aside for: what waits by itself, the rest when it is redriven.
drop index streams.dead_letter_due;
create index dead_letter_due on streams.dead_letter (generation, topic, next_attempt_at)
    where status = 'OPEN' and next_attempt_at is not null;
create index dead_letter_fingerprint on streams.dead_letter (fingerprint) where status = 'OPEN';
