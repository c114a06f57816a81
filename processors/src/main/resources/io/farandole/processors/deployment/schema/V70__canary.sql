-- A release is tried on a share of the users first, and can be gone back from.
alter table deployment.releases drop constraint releases_phase_check;
alter table deployment.releases add constraint releases_phase_check
    check (phase in ('LOADING', 'CANARY', 'LIVE', 'RETIRED', 'ROLLED_BACK', 'FAILED'));
alter table deployment.releases
    -- Of the users, in percent, on whom it is or was tried; null if on nobody.
    add column share            int check (share between 1 and 99),
    add column canary_at        timestamptz,
    add column rolled_back_at   timestamptz,
    add column model_deleted_at timestamptz;
create unique index releases_canary on deployment.releases (phase) where phase = 'CANARY';

alter table deployment.serving_set
    add column canary text references deployment.releases,
    add column share  int not null default 0 check (share between 0 and 99),
    add constraint canary_has_share check ((canary is null) = (share = 0));

-- What became of each promotion and rollback that was asked for, by whom and why. By the id of the
-- event that asked: doing it again finds it done.
create table deployment.switches (
    command  text        primary key,
    run      text        not null,
    release  text        not null,
    model    text,
    outcome  text        not null check (outcome in ('PROMOTED', 'ROLLED_BACK', 'REFUSED')),
    -- In whose place it came, or what came in its place.
    other    text,
    asked_by text        not null,
    reasons  text[]      not null,
    at       timestamptz not null default clock_timestamp()
);

-- Where a user stands, from 0 to 99, among those on whom a release may be tried: the same users for
-- as long as it is tried, others for each release.
create function deployment.place_of(account text, release text) returns int
    language sql immutable parallel safe as
$$
select (('x' || substr(md5(release || ' ' || account), 1, 8))::bit(32)::bigint % 100)::int
$$;

-- As before, and the lists of the canary are kept too.
create or replace function personalisation.merge_lists(of_release text) returns bigint
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
    from deployment.releases r where r.phase in ('LIVE', 'CANARY', 'LOADING');
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
