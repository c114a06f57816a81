-- What the API has to say and could not yet: whole messages, by the time in front of their ids. A row goes when the
-- broker has acknowledged its message; whoever says it twice says the same id.
create table gateway.outbox (
  event_id     uuid        primary key,
  topic        text        not null,
  ordering_key text        not null,
  attributes   jsonb       not null,
  payload      text        not null,
  created_at   timestamptz not null default clock_timestamp()
);
