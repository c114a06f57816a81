package io.farandole.streams.batch;

/** The questions of a comparison; names in them come from checked descriptions. */
final class ComparisonSql {

    private ComparisonSql() {}

    /** Rows and checksums of both sides, and how many keys are equal, differ, lack. */
    static String counts(String value, String left, String right) {
        return """
            select count(l.hash), count(r.hash), count(*) filter (where l.hash = r.hash),
              count(*) filter (where l.hash <> r.hash), count(*) filter (where r.hash is null),
              count(*) filter (where l.hash is null),
              sum(('x' || substr(md5(l.key || chr(10) || l.hash), 1, 15))::bit(60)::bigint::numeric),
              sum(('x' || substr(md5(r.key || chr(10) || r.hash), 1, 15))::bit(60)::bigint::numeric)
            from (select key, md5(%1$s::text) as hash from %2$s) l
            full join (select key, md5(%1$s::text) as hash from %3$s) r on r.key = l.key
            """
                .formatted(value, left, right);
    }

    /** The first keys that differ, lack or were added, with both values. */
    static String differing(String value, String left, String right) {
        return """
            select coalesce(l.key, r.key), l.value::text, r.value::text
            from (select key, %1$s as value from %2$s) l
            full join (select key, %1$s as value from %3$s) r on r.key = l.key
            where md5(l.value::text) is distinct from md5(r.value::text)
            order by 1 limit ?
            """
                .formatted(value, left, right);
    }

    /** How much of what is ranked is in common. */
    static String overlap(String left, String right) {
        return """
            select count(*), coalesce(avg(o.common::float8 / greatest(o.most, 1)), 1),
              count(*) filter (where o.common = o.most)
            from (
              select
                (select count(*) from
                  (select distinct v from jsonb_array_elements_text(l.ranked) v
                   intersect select distinct v from jsonb_array_elements_text(r.ranked) v) c) as common,
                greatest(
                  (select count(distinct v) from jsonb_array_elements_text(l.ranked) v),
                  (select count(distinct v) from jsonb_array_elements_text(r.ranked) v)) as most
              from (select key, jsonb_path_query_array(value, ?::jsonpath) as ranked from %1$s) l
              join (select key, jsonb_path_query_array(value, ?::jsonpath) as ranked from %2$s) r
                on r.key = l.key) o
                where o.most > 0
            """
                .formatted(left, right);
    }
}
