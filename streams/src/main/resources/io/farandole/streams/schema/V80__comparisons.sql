-- How a store's values are told to be the same, as its processor describes it; null: by all of them.
alter table streams.store add column same_by jsonb;

-- What comparisons of a generation with the one that served found: made when it came into SHADOW and before each switch
-- to it. They tell counts and checksums, no key and no value, and outlast the generation.
create table streams.comparison (
    id          bigint generated always as identity primary key,
    generation  int         not null references streams.generation,
    against     int         not null references streams.generation,
    compared_at timestamptz not null default clock_timestamp(),
    unequal     bigint      not null,
    found       jsonb       not null
);
create index comparison_of on streams.comparison (generation, id);

-- Every switch: who asked for it, and what was allowed to differ. 'comparison' is the id of the one it was judged by; null where
-- nothing was compared, as in going back.
create table streams.switch (
    id            bigint generated always as identity primary key,
    retired       int         not null references streams.generation,
    entered       int         not null references streams.generation,
    switched_at   timestamptz not null default clock_timestamp(),
    asked_by      text        not null,
    behind        bigint      not null,
    max_behind    bigint      not null,
    lost          bigint      not null,
    max_lost      bigint      not null,
    comparison    bigint,
    max_differing bigint
);
create index switch_to on streams.switch (entered, id);
