-- Long work: messages that a fold entrusted to it, whole; queued with the batch, performed outside any
-- transaction under a lease, done in the transaction that says what came of it. All times are the
-- database's own. The fence rises each time the work is taken: who holds an older one ends nothing.
create table streams.work (
    id             bigint generated always as identity primary key,
    generation     int         not null,
    name           text        not null,
    state          text        not null check (state in ('QUEUED', 'DONE', 'FAILED')),
    topic          text        not null,
    event_source   text        not null,
    event_id       text        not null,
    message_id     text        not null,
    ordering_key   text        not null,
    attributes     jsonb       not null,
    payload        bytea       not null,
    published      timestamptz not null,
    published_hour timestamptz not null,
    attempts       int         not null default 0,
    due_at         timestamptz not null default clock_timestamp(),
    owner          text,
    fence          bigint      not null default 0,
    expires_at     timestamptz,
    last_error     text,
    created_at     timestamptz not null default clock_timestamp(),
    began_at       timestamptz,
    finished_at    timestamptz
) with (fillfactor = 50);
create index work_due on streams.work (generation, due_at, id) where state = 'QUEUED';
