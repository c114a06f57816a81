-- Who may call the API. Of a key's secret only the hash is kept: who reads this table cannot call with it.
create table access.api_key (
  id         text        primary key,
  name       text        not null,
  roles      text[]      not null check (cardinality(roles) > 0 and roles <@ array['app', 'producer', 'operator']),
  hash       bytea       not null check (octet_length(hash) = 32),
  created_at timestamptz not null default clock_timestamp(),
  -- From then on it lets nobody in; revoking is to say "now".
  expires_at timestamptz
);
