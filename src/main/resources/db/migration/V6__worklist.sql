-- 待办: who must do what now. A read model of the engine's open tasks, written in the engine's own transaction, because
-- no index of the engine spans task and candidate (see decision 0002). One row per item and group that may take it.
create table work_item (
  item_id       text        not null,
  unit          text        not null,
  post          text        not null,
  -- exactly one row of an item carries it, for lists that are not by unit
  first         boolean     not null,
  assignee      text,
  claimed_at    timestamptz,
  case_number   text        not null references case_file (number),
  process       text        not null,
  instance      text        not null,
  task          text        not null,
  name          text        not null,
  name_en       text        not null,
  stage         text        not null,
  side          boolean     not null,
  area          text        not null,
  area_path     text        not null,
  category      text,
  urgency       text        not null,
  title         text        not null,
  round         int         not null,
  -- the task whose unit may not do this one (verification is never the handling unit's)
  not_by        text,
  created_at    timestamptz not null,
  warn_at       timestamptz,
  due_at        timestamptz not null,
  paused_since  timestamptz,
  primary key (item_id, unit, post)
);
create index work_item_pool on work_item (unit, due_at, item_id) where assignee is null;
create index work_item_mine on work_item (assignee, due_at, item_id) where assignee is not null;
create index work_item_due on work_item (due_at, item_id) include (unit, area) where first;
create index work_item_warn on work_item (warn_at) where warn_at is not null and first;
create index work_item_case on work_item (case_number);
alter table work_item set (autovacuum_vacuum_scale_factor = 0.01);

-- Items that are no longer open: who did them and when. What the loser of a race is told.
create table done_item (
  item_id      text        primary key,
  case_number  text        not null references case_file (number),
  task         text        not null,
  round        int         not null,
  outcome      text        not null check (outcome in ('completed', 'cancelled')),
  official     text,
  unit         text,
  created_at   timestamptz not null,
  due_at       timestamptz,
  at           timestamptz not null
);
create index done_item_case on done_item (case_number, at);
