-- What the processors share: generations, what was heard, what is to be said, and the books about both.

-- A processor's state, in one attempt at it. Everything that is kept belongs to a generation.
create table streams.generation (
    id         int generated always as identity primary key,
    processor  text        not null,
    number     int         not null,
    ring       text        not null check (ring in ('SOURCE', 'INTERNAL')),
    phase      text        not null check (phase in ('CREATED', 'BACKFILL', 'CATCHUP', 'SHADOW', 'ACTIVE', 'RETIRED')),
    created_at timestamptz not null default now(),
    unique (processor, number)
);
create unique index generation_active on streams.generation (processor) where phase = 'ACTIVE';

-- The shape of each store's values as last described, so that a change that cannot be read is refused.
create table streams.store (
    generation int   not null references streams.generation,
    name       text  not null,
    shape      jsonb not null,
    primary key (generation, name)
);

-- Read models as they were last made: a view is made anew only when its text changed.
create table streams.read_model (
    processor text not null,
    name      text not null,
    select_as text not null,
    primary key (processor, name)
);

-- Ids of internal events that were heard: by generation, below that a partition a day. No default
-- partition: one cannot be detached concurrently beside it. The key is each generation's own, on the
-- id alone: an index that begins with what is equal in all rows misleads the planner until it has
-- statistics, and a table that was just made has none.
create table streams.inbox (
    generation     int         not null,
    event_id       uuid        not null,
    published_hour timestamptz not null
) partition by list (generation);

-- Identities that carry no time of ours: source events, and internal messages that were refused for
-- their id. Kept without limit.
create table streams.source_inbox (
    published_hour timestamptz not null,
    generation     int         not null,
    identity       uuid        not null,
    primary key (identity, generation)
) partition by hash (identity);

do $$
begin
    for part in 0..15 loop
        execute format(
            'create table streams.source_inbox_h%s partition of streams.source_inbox
                 for values with (modulus 16, remainder %s)', part, part);
    end loop;
end $$;

-- The last number given on each key of a topic; its row is locked while something is said there.
create table streams.sequence (
    topic        text collate "C" not null,
    ordering_key text collate "C" not null,
    last         bigint not null,
    primary key (topic, ordering_key)
) with (fillfactor = 80);

-- What is to be said. Ids are drawn while the key's sequence row is locked: per key, the order of
-- ids is the order of commits.
create table streams.outbox (
    id           bigint generated always as identity primary key,
    shard        smallint    not null,
    topic        text        not null,
    ordering_key text        not null,
    event_id     uuid        not null,
    attributes   jsonb       not null,
    payload      bytea       not null,
    created_at   timestamptz not null default now(),
    published_at timestamptz,
    message_id   text
) with (fillfactor = 80);
create index outbox_unpublished on streams.outbox (shard, id) where published_at is null;

-- Who may publish a shard, and under which fence.
create table streams.relay_lease (
    shard      smallint primary key,
    owner      text        not null,
    fence      bigint      not null,
    expires_at timestamptz not null
);

-- The books: delivered is counted when a batch is claimed, the rest when each outcome is known, and
-- both must agree. Distinct published is delivered - duplicate.
create table streams.ledger (
    generation    int         not null,
    topic         text        not null,
    hour          timestamptz not null,
    worker        smallint    not null,
    delivered     bigint      not null,
    applied       bigint      not null,
    duplicate     bigint      not null,
    late          bigint      not null,
    rejected      bigint      not null,
    dead_lettered bigint      not null,
    waiting       bigint      not null,
    primary key (generation, topic, hour, worker),
    check (delivered = applied + duplicate + late + rejected + dead_lettered + waiting)
) with (fillfactor = 50);

-- Messages that were not applied: whole, with the reason.
create table streams.dead_letter (
    id              bigint generated always as identity primary key,
    generation      int         not null,
    topic           text        not null,
    cause           text        not null check (cause in ('UNDECODABLE', 'REJECTED', 'LATE', 'POISON', 'CLOCK', 'EXPIRED_HORIZON', 'WAITING')),
    status          text        not null check (status in ('OPEN', 'RESOLVED')),
    subject         text,
    identity        uuid        not null,
    message_id      text        not null,
    ordering_key    text        not null,
    attributes      jsonb       not null,
    payload         bytea       not null,
    published       timestamptz not null,
    published_hour  timestamptz not null,
    reason          text        not null,
    place           text        not null,
    fingerprint     text        not null,
    error_class     text,
    awaits          text,
    attempts        int         not null,
    next_attempt_at timestamptz,
    first_seen      timestamptz not null,
    resolved_at     timestamptz
);
create index dead_letter_open on streams.dead_letter (generation, topic, cause) where status = 'OPEN';
create index dead_letter_due on streams.dead_letter (generation, topic, next_attempt_at)
    where cause = 'WAITING' and status = 'OPEN';
create index dead_letter_awaits on streams.dead_letter (generation, awaits)
    where cause = 'WAITING' and status = 'OPEN' and awaits is not null;

-- The greatest event time applied, never in the future.
create table streams.watermark (
    generation int         not null,
    worker     smallint    not null,
    event_time timestamptz not null,
    primary key (generation, worker)
) with (fillfactor = 50);
