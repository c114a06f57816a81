-- The read models in the shapes that their processors keep: two generations each, one of them active.
create schema streams;
create table streams.generation (id int primary key, processor text not null, number int not null, phase text not null);
insert into streams.generation values
  (1, 'personalisation', 1, 'RETIRED'), (2, 'personalisation', 2, 'ACTIVE'), (3, 'personalisation', 3, 'LOADING'),
  (4, 'catalogue', 1, 'ACTIVE'), (5, 'catalogue', 2, 'LOADING'), (6, 'popularity', 1, 'ACTIVE');

create schema personalisation;
create table personalisation.lists (generation int, key text, value jsonb not null, version bigint not null,
  primary key (generation, key)) partition by list (generation);
create table personalisation.lists_1 partition of personalisation.lists for values in (1);
create table personalisation.lists_2 partition of personalisation.lists for values in (2);
create table personalisation.lists_3 partition of personalisation.lists for values in (3);

create schema catalogue;
create table catalogue.items (generation int, key text, value jsonb not null, version bigint not null,
  primary key (generation, key)) partition by list (generation);
create table catalogue.items_4 partition of catalogue.items for values in (4);
create table catalogue.items_5 partition of catalogue.items for values in (5);
create table catalogue.offers (generation int, key text, value jsonb not null, version bigint not null,
  primary key (generation, key)) partition by list (generation);
create table catalogue.offers_4 partition of catalogue.offers for values in (4);
create table catalogue.offers_5 partition of catalogue.offers for values in (5);

create schema popularity;
create table popularity.counted (item text, score bigint, positive bigint, ratings bigint);
create view popularity.scores as select item, score, positive, ratings from popularity.counted;

grant usage on schema streams, personalisation, catalogue, popularity to farandole_reader;
grant select on all tables in schema streams, personalisation, catalogue, popularity to farandole_reader;
