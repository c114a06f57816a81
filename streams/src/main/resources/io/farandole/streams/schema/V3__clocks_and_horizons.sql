-- A message whose id lies in the future waits until its time has come: this id is claimed only then.
alter table streams.dead_letter add column claims uuid;

-- The days before this one were forgotten: they are not made anew when the horizon is lengthened.
alter table streams.generation add column forgotten_before date;
