-- Timers that folds have set: one of each name and key, written in the batch transaction, gone in the one in
-- which it fires. EVENT_TIME ones are due by the generation's watermark, the others by the clock. What a timer
-- says goes back to the message that set it; of several, to the one with the greatest id. A timer whose fold
-- failed is fired again later, and says why.
create table streams.timer (
    generation        int         not null,
    name              text        not null,
    key               text collate "C" not null,
    domain            text        not null check (domain in ('EVENT_TIME', 'WALL_CLOCK')),
    fire_at           timestamptz not null,
    set_by            uuid        not null,
    correlation_id    text,
    caused_by_source  text        not null,
    caused_by_id      text        not null,
    trace_parent      text,
    attempts          int         not null default 0,
    again_at          timestamptz,
    last_error        text,
    primary key (generation, name, key)
) with (fillfactor = 80);
create index timer_due on streams.timer (generation, domain, fire_at);
