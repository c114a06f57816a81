-- A second generation is built beside the live one, from the archive and then from subscriptions of its own.
-- A retired one goes on being fed, silently, until it is dropped: so going back to it misses nothing.
alter table streams.generation add column fed boolean not null default true;
alter table streams.generation add column emits boolean not null default true;
alter table streams.generation add column switched_at timestamptz;
alter table streams.generation add column dropped_at timestamptz;
alter table streams.generation add column trouble text;

-- How far a generation has read each topic of the archive: changed with the batch, and only by whoever knows
-- what it was before.
create table streams.backfill (
    generation int    not null references streams.generation,
    topic      text   not null,
    position   bigint not null default 0,
    events     bigint not null default 0,
    withheld   bigint not null default 0,
    primary key (generation, topic)
) with (fillfactor = 50);

-- At a switch, one generation has heard some events that the other is still to hear. Who says what follows
-- from those is settled in the switch: 'says' overrules the phase for one event in one generation.
create table streams.owed (
    generation int     not null,
    event_id   uuid    not null,
    says       boolean not null,
    primary key (generation, event_id)
);

-- What operators ask for, and what came of it; taken up by a process that runs the processor.
create table streams.replay_request (
    id           bigint generated always as identity primary key,
    kind         text        not null check (kind in ('START', 'KEY', 'REPAIR', 'DROP')),
    processor    text        not null,
    arguments    jsonb       not null,
    state        text        not null default 'ASKED' check (state in ('ASKED', 'TAKEN', 'DONE', 'REFUSED', 'FAILED')),
    answer       jsonb,
    reason       text,
    asked_at     timestamptz not null default clock_timestamp(),
    taken_at     timestamptz,
    answered_at  timestamptz
);
create index replay_request_asked on streams.replay_request (id) where state in ('ASKED', 'TAKEN');

-- One is built at a time.
create unique index generation_new on streams.generation (processor)
    where fed and phase in ('CREATED', 'BACKFILL', 'CATCHUP', 'SHADOW');
