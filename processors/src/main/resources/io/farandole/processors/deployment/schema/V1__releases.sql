-- What is served: releases of models, and which of them answers are read from.

create table deployment.releases (
    release    text        primary key,
    number     int         not null unique,
    -- A run is released once, however often the step is done again.
    run        text        not null unique,
    model      text        not null,
    spec       text        not null,
    phase      text        not null check (phase in ('LOADING', 'LIVE', 'RETIRED', 'FAILED')),
    users      int,
    items      int,
    loading_at timestamptz not null default clock_timestamp(),
    live_at    timestamptz,
    retired_at timestamptz
);
create unique index releases_live on deployment.releases (phase) where phase = 'LIVE';

-- One row: an answer reads it with all else in one select, and so never mixes releases.
create table deployment.serving_set (
    the_one boolean primary key default true check (the_one),
    version bigint  not null,
    release text    not null references deployment.releases
);

create table deployment.similar (
    release text,
    item    text,
    place   int,
    "similar" text not null,
    score   real not null,
    primary key (release, item, place)
);

create table deployment.staged_lists (
    release  text,
    key      text collate "C",
    -- How much of the history is in the list, and the version of the history's row.
    sequence bigint not null,
    version  bigint not null,
    list     jsonb  not null,
    primary key (release, key)
);

-- The one way in which lists that were made aside come among those that personalisation keeps: only
-- where the history is still the one that the list was made from. Where it has moved on, its last
-- batch wrote the list itself, or removed it with the user. Lists of releases that are gone go too.
-- In the order of the keys, as batches lock.
create schema if not exists personalisation;
create function personalisation.merge_lists(of_release text) returns bigint
    language plpgsql as
$$
declare
    generation_id int;
    kept_releases text[];
    merged        bigint;
begin
    select g.id into strict generation_id
    from streams.generation g where g.processor = 'personalisation' and g.phase = 'ACTIVE';
    select coalesce(array_agg(r.release), '{}') into kept_releases
    from deployment.releases r where r.phase in ('LIVE', 'LOADING');
    execute format(
        $merge$
        insert into personalisation.%I as kept (generation, key, value, version)
        select %s, staged.key,
               jsonb_build_object('user', staged.key,
                                  'lists', jsonb_build_object(staged.release, staged.list)),
               1
        from deployment.staged_lists staged
        join personalisation.%I history
          on history.key = staged.key and history.version = staged.version
        where staged.release = $1
        order by staged.key
        on conflict (key) do update
          set value = jsonb_build_object(
                'user', kept.key,
                'lists',
                coalesce((select jsonb_object_agg(l.key, l.value)
                          from jsonb_each(kept.value -> 'lists') l
                          where l.key = any ($2)), '{}'::jsonb)
                  || (excluded.value -> 'lists')),
              version = kept.version + 1
          where coalesce((kept.value #>> array['lists', $1, 'sequence'])::bigint, -1)
                < (excluded.value #>> array['lists', $1, 'sequence'])::bigint
        $merge$, 'lists_g' || generation_id, generation_id, 'histories_g' || generation_id)
        using of_release, kept_releases;
    get diagnostics merged = row_count;
    return merged;
end
$$;
