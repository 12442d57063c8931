-- 告警: lights that turned on. Two marks on the clock say what was raised for it already, so that "due and not yet
-- alerted" is exact for whatever commits late, is laid again, or fell due while everything was down. An extension takes
-- both marks away: it gives a new deadline, and with it a new reminder.
alter table clock add column warned  boolean not null default false,
                  add column alerted boolean not null default false;
create index clock_to_warn on clock (warn_at, id)
  where not warned and ended_at is null and paused_since is null and kind in ('stage', 'side', 'check-in');
create index clock_to_alert on clock (due_at, id)
  where not alerted and ended_at is null and paused_since is null and kind in ('stage', 'side', 'check-in');

-- Order in which alerts go out on the streams. Taken only by the one sweep that holds the lock, so that positions become
-- visible in their order.
create sequence alert_position;

-- One row per clock, level and episode. No foreign keys: a share lock on the case row would meet the lock that everybody
-- who changes a case takes first.
create table alert (
  id                 bigint      generated always as identity primary key,
  -- null until the next sweep has seen it; then it is shown and sent
  position           bigint      unique,
  level              text        not null check (level in ('warn', 'overdue', 'order', 'yellow-card', 'red-card')),
  at                 timestamptz not null,
  case_number        text        not null,
  process            text        not null,
  -- key of the clock, or for a matter without one what it is about
  task               text        not null,
  name               text,
  name_en            text,
  clock_id           bigint,
  -- extensions the clock had been given
  episode            int         not null,
  item_id            text,
  -- who had to act when it was raised
  unit               text,
  assignee           text,
  due_at             timestamptz,
  acknowledged_by    text,
  acknowledged_unit  text,
  acknowledged_at    timestamptz,
  acknowledged_note  text,
  -- a card that a supervisor took back
  lifted_by          text,
  lifted_at          timestamptz,
  lifted_note        text,
  -- of level overdue: whether the ladder has taken it over
  ladder             text        check (ladder in ('waiting', 'taken')),
  check ((acknowledged_by is null) = (acknowledged_at is null)),
  check ((lifted_by is null) = (lifted_at is null))
);
create unique index alert_once on alert (clock_id, level, episode) where clock_id is not null;
create unique index alert_once_of_case on alert (case_number, task, level, episode) where clock_id is null;
create index alert_case on alert (case_number, id);
create index alert_unit on alert (unit, position desc) where position is not null;
create index alert_level on alert (level, position desc) where position is not null;
create index alert_open on alert (position desc) where position is not null and acknowledged_at is null;
create index alert_new on alert (id) where position is null;
create index alert_ladder on alert (id) where ladder = 'waiting';
alter table alert set (autovacuum_vacuum_scale_factor = 0.01);
