-- Until when a retired generation's timers speak, by the clock and in event time: a timer is the one's that was active at its time,
-- whichever generation comes to it first. Null for switches of before, and of event time while none has come.
alter table streams.switch
    add column wall_clock_until timestamptz,
    add column event_time_until timestamptz;

-- The generation that says what this timer says. One that is fed no more says nothing.
create function streams.speaker_of_timer(of_processor text, in_domain text, at timestamptz) returns int
    language sql stable as
$$
select coalesce(
    (select s.retired
     from streams.switch s join streams.generation r on r.id = s.retired
     where r.processor = of_processor and r.fed
       and case in_domain when 'EVENT_TIME' then s.event_time_until else s.wall_clock_until end >= at
     order by s.id limit 1),
    (select a.id from streams.generation a where a.processor = of_processor and a.phase = 'ACTIVE'))
$$;
