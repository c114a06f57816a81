-- What is settled is forgotten after a while: found by when it was.
create index dead_letter_resolved on streams.dead_letter (resolved_at) where status = 'RESOLVED';
create index work_done on streams.work (finished_at) where state = 'DONE';
