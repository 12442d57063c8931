-- 时限: the clocks that run for a case, stopped and ended ones included. The single source of every warning and
-- deadline; work items and the case register carry copies for their lists.
create table clock (
  id                bigint      generated always as identity primary key,
  case_number       text        not null references case_file (number),
  process           text        not null,
  process_instance  text        not null,
  key               text        not null,
  kind              text        not null check (kind in ('stage', 'check-in', 'rung', 'suspension', 'answer', 'side')),
  activity          text        not null,
  item_id           text,
  unit_code         text,
  round             int         not null,
  started_at        timestamptz not null,
  -- the allowance; for a date chosen by a person the longest that could have been chosen
  amount            int         not null,
  unit              text        not null check (unit in ('MINUTES', 'WORKING_HOURS', 'WORKING_DAYS', 'DAYS')),
  warn_fraction     double precision not null,
  warn_at           timestamptz not null,
  due_at            timestamptz not null,
  -- as laid at the start; extensions are measured against it
  original_due_at   timestamptz not null,
  -- how the deadline was last laid, so that it can be laid again when the calendar changes: from when, how much (seconds,
  -- or days for the units counted in days; null for a chosen date), and how many extensions that already contains
  laid_from         timestamptz not null,
  laid_amount       bigint,
  laid_extensions   int         not null default 0,
  chosen_on         date,
  -- seconds before the deadline at which the light turns yellow: office time for the working units, else clock time
  warn_before       bigint      not null,
  paused_since      timestamptz,
  -- what was left when the clock was stopped, as laid_amount; -1 when it was late already
  remaining         bigint,
  ended_at          timestamptz,
  -- [{amount, unit, by, at, due}]
  extensions        jsonb       not null default '[]',
  check ((paused_since is null) = (remaining is null))
);
create unique index clock_open on clock (case_number, process_instance, key) where ended_at is null;
create index clock_open_due on clock (due_at, id) where ended_at is null;
create index clock_open_unit on clock (unit_code, due_at, id) where ended_at is null;
create index clock_open_item on clock (item_id) where ended_at is null and item_id is not null;
create index clock_case on clock (case_number, id);
alter table clock set (autovacuum_vacuum_scale_factor = 0.01);
