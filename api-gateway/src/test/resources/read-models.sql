-- The read models in the shapes that their processors keep: several generations, one of them active; a partition
-- has an index on its key alone. Statistics are never gathered: plans must do without them.
create schema streams;
create table streams.generation (id int primary key, processor text not null, number int not null, phase text not null);
insert into streams.generation values
  (1, 'personalisation', 1, 'RETIRED'), (2, 'personalisation', 2, 'ACTIVE'), (3, 'personalisation', 3, 'LOADING'),
  (4, 'catalogue', 1, 'ACTIVE'), (5, 'catalogue', 2, 'LOADING'), (6, 'popularity', 1, 'ACTIVE'), (7, 'profile', 1, 'ACTIVE');

create table streams.watermark (generation int not null, worker smallint not null, event_time timestamptz not null, primary key (generation, worker));
insert into streams.watermark values
  (2, 0, '2026-11-28 10:00Z'), (2, 1, '2026-11-28 11:00Z'), (4, 0, '2026-11-28 12:00Z'), (7, 0, '2026-11-28 09:00Z'), (3, 0, '2026-11-28 08:00Z');

create schema personalisation;
create table personalisation.lists (generation int not null, key text collate "C" not null, value jsonb not null, version bigint not null)
  partition by list (generation);
create table personalisation.lists_1 partition of personalisation.lists (primary key (key)) for values in (1) with (autovacuum_enabled = off);
create table personalisation.lists_2 partition of personalisation.lists (primary key (key)) for values in (2) with (autovacuum_enabled = off);
create table personalisation.lists_3 partition of personalisation.lists (primary key (key)) for values in (3) with (autovacuum_enabled = off);

create schema deployment;
create table deployment.releases (release text primary key, number int not null unique, run text not null unique,
  model text not null, spec text not null, phase text not null, dataset text);
create table deployment.serving_set (the_one boolean primary key default true check (the_one), version bigint not null,
  release text not null references deployment.releases, canary text references deployment.releases,
  share int not null default 0);
create function deployment.place_of(account text, release text) returns int language sql immutable parallel safe as
$$
select (('x' || substr(md5(release || ' ' || account), 1, 8))::bit(32)::bigint % 100)::int
$$;
create table deployment.similar (release text, item text, place int, "similar" text not null, score real not null,
  primary key (release, item, place)) with (autovacuum_enabled = off);

create view personalisation.served as
  select l.key, r.release, l.value -> 'lists' -> r.release as list
  from personalisation.lists l
  join streams.generation g on g.id = l.generation and g.processor = 'personalisation' and g.phase = 'ACTIVE'
  left join (select * from deployment.serving_set limit 1) s on true
  cross join lateral (
    select case when deployment.place_of(l.key, s.canary) < s.share then s.canary
                else coalesce(s.release, 'taste') end
  ) r(release)
  where l.value -> 'lists' ? r.release;

create schema catalogue;
create table catalogue.items (generation int not null, key text collate "C" not null, value jsonb not null, version bigint not null)
  partition by list (generation);
create table catalogue.items_4 partition of catalogue.items (primary key (key)) for values in (4) with (autovacuum_enabled = off);
create table catalogue.items_5 partition of catalogue.items (primary key (key)) for values in (5) with (autovacuum_enabled = off);
create table catalogue.offers (generation int not null, key text collate "C" not null, value jsonb not null, version bigint not null)
  partition by list (generation);
create table catalogue.offers_4 partition of catalogue.offers (primary key (key)) for values in (4) with (autovacuum_enabled = off);
create table catalogue.offers_5 partition of catalogue.offers (primary key (key)) for values in (5) with (autovacuum_enabled = off);

create schema profile;
create table profile.users (generation int not null, key text collate "C" not null, value jsonb not null, version bigint not null)
  partition by list (generation);
create table profile.users_7 partition of profile.users (primary key (key)) for values in (7) with (autovacuum_enabled = off);
create table profile.items (generation int not null, key text collate "C" not null, value jsonb not null, version bigint not null)
  partition by list (generation);
create table profile.items_7 partition of profile.items (primary key (key)) for values in (7) with (autovacuum_enabled = off);

create schema popularity;
create table popularity.counted (item text, score bigint, positive bigint, ratings bigint);
create view popularity.scores as select item, score, positive, ratings from popularity.counted;

create table popularity.counted_by_window (item text, back int, positive bigint, elapsed float8);
create view popularity.trends as select item, back, positive, elapsed from popularity.counted_by_window;

create schema access;
create table access.api_key (id text primary key, name text not null, roles text[] not null, hash bytea not null,
  created_at timestamptz not null default clock_timestamp(), expires_at timestamptz);

grant usage on schema access, streams, personalisation, deployment, catalogue, profile, popularity to farandole_reader;
grant select on all tables in schema access, streams, personalisation, deployment, catalogue, profile, popularity to farandole_reader;


create schema gateway;
create table gateway.outbox (event_id uuid primary key, topic text not null, ordering_key text not null,
  attributes jsonb not null, payload text not null, created_at timestamptz not null default clock_timestamp());
grant usage on schema gateway to farandole_gateway;
grant select, insert, update, delete on gateway.outbox to farandole_gateway;
