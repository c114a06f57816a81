-- Work whose user asked to be forgotten after it was queued is not performed.
alter table streams.work drop constraint work_state_check;
alter table streams.work add constraint work_state_check
    check (state in ('QUEUED', 'DONE', 'FAILED', 'WITHHELD'));
