-- As before, but a history is told by how many events it has heard, not by how often its row was written: that differs
-- from one generation to the other, and lists that were made of one may be merged into the next.
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
          on history.key = staged.key
         and (history.value ->> 'sequence')::bigint = staged.sequence
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
