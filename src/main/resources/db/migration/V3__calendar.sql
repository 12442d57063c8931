-- The working calendar: when the office is open, and the days that do not follow Monday to Friday. Small tables, read
-- whole into memory by every node.

create table office_hours (
  opens   time primary key,
  closes  time not null check (closes > opens)
);
-- the usual hours of county offices; one row per half-day
insert into office_hours (opens, closes) values ('08:00', '12:00'), ('14:30', '18:00');

-- 放假 and 调休. A year is covered once its 1 October is known as a day off: every yearly notice has it.
create table office_day (
  date        date        primary key,
  kind        text        not null check (kind in ('off', 'work')),
  name        text        not null,
  -- number of the State Council notice, or who says so
  source      text        not null,
  changed_by  text,
  changed_at  timestamptz
);

-- One row. Counts the changes of the tables above: nodes look at it to learn that their calendar is old, and writers
-- lock it so that two changes are never laid over each other.
create table calendar_change (
  one     boolean primary key default true check (one),
  number  bigint  not null
);
insert into calendar_change (number) values (1);
