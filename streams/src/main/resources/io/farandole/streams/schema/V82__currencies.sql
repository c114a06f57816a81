-- By what it is known that nothing has changed in what a processor looks up, as its description says: queries of one text
-- by the references' names. A comparison notes the answers, and the switch that is judged by it asks again.
alter table streams.generation add column currencies jsonb;
