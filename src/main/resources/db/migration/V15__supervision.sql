-- 督办: one row per ladder that one late item climbs. It is written first and started as a process of its own a moment
-- later, so that whoever makes an item late (a sweep of thousands) waits for no process. No foreign keys: a share lock
-- on the case row would meet the lock that everybody who changes a case takes first.
create table supervision (
  id           bigint      generated always as identity primary key,
  case_number  text        not null,
  -- the clock of the late item; null until a problem case has reached the stage that is watched
  clock_id     bigint,
  -- extensions the clock had been given: an extension begins a new ladder
  episode      int         not null default 0,
  -- for a problem case: the process instance and the key of the clock that will run next
  of_instance  text,
  of_key       text,
  cause        text        not null check (cause in ('late', 'problem', 'order', 'resumed', 'moved')),
  -- where the ladder begins: how far it had come, or that the order goes out at once
  entry        text        not null check (entry in ('urged', 'order', 'ordered', 'yellow-card', 'red-card')),
  -- the highest rung so far
  reached      text        not null check (reached in ('urged', 'ordered', 'yellow-card', 'red-card')),
  -- from when the rungs are counted; null: the deadline of the clock
  late_since   timestamptz,
  -- by hand: who and why
  opened_by    text,
  note         text,
  opened_at    timestamptz not null,
  start_at     timestamptz not null,
  started_at   timestamptz,
  -- the process instance
  instance     text,
  ordered_at   timestamptz,
  ended_at     timestamptz,
  ended_why    text        check (ended_why in ('finished', 'case-ended', 'extended', 'suspended', 'moved', 'ordered')),
  check ((ended_at is null) = (ended_why is null)),
  check ((started_at is null) = (instance is null))
);
-- One ladder at a time for a clock, and one by itself for each of its deadlines.
create unique index supervision_open on supervision (clock_id) where clock_id is not null and ended_at is null;
create unique index supervision_late on supervision (clock_id, episode) where cause = 'late';
create unique index supervision_instance on supervision (instance) where instance is not null;
create index supervision_waiting on supervision (start_at, id) where started_at is null and ended_at is null;
create index supervision_clock on supervision (clock_id, id);
create index supervision_case on supervision (case_number, id);

-- Set with the first ladder that is started for a clock; together with "alerted" it says whose changes a ladder follows,
-- so that no other clock costs anything.
alter table clock add column supervised boolean not null default false;
