-- Up to when the ticks of each schedule were sent by an embedded clock.
create table ticking.schedule (
  name text primary key,
  reached timestamptz not null
);
