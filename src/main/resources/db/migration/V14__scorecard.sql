-- 考评: weights and day are data; a frozen month is rows that nobody changes.

-- Of the composite score, in percent; together a hundred. Only rates that are better when higher.
create table scorecard_weight (
  rate    text  primary key check (rate in ('response', 'solving', 'satisfaction', 'on-time', 'check-in')),
  weight  int   not null check (weight between 0 and 100)
);
insert into scorecard_weight (rate, weight)
values ('response', 30), ('solving', 35), ('satisfaction', 35), ('on-time', 0), ('check-in', 0);

-- From which day on the month before is frozen by itself, and how many months back what was not frozen still is.
create table scorecard_rule (
  only_row    boolean  primary key default true check (only_row),
  freeze_day  int      not null check (freeze_day between 1 and 28),
  months_back int      not null check (months_back between 1 and 120)
);
insert into scorecard_rule (freeze_day, months_back) values (5, 12);

-- A month that is frozen; month is its first day.
create table scorecard_month (
  month      date         primary key check (extract(day from month) = 1),
  frozen_at  timestamptz  not null,
  -- null: by itself, on its day
  frozen_by  text
);

-- What every number of a frozen month counted: one row per rate, case and unit that answers.
create table scorecard_line (
  month        date     not null references scorecard_month (month),
  rate         text     not null,
  case_number  text     not null,
  unit         text,
  area         text,
  category     text,
  met          boolean  not null,
  -- marks of the township, where the rate is marks
  arrival      double precision,
  effort       double precision,
  result       double precision
);
create index scorecard_line_rate on scorecard_line (month, rate);

-- The county's cards as they were, as JSON, with a fingerprint of it.
create table scorecard_snapshot (
  month   date   not null references scorecard_month (month),
  by      text   not null check (by in ('unit', 'area', 'category')),
  body    jsonb  not null,
  -- sha256 of body::text, hex
  hash    text   not null,
  primary key (month, by)
);
create trigger scorecard_month_is_immutable before update or delete on scorecard_month
  for each row execute function refuse_change();
create trigger scorecard_line_is_immutable before update or delete on scorecard_line
  for each row execute function refuse_change();
create trigger scorecard_snapshot_is_immutable before update or delete on scorecard_snapshot
  for each row execute function refuse_change();

-- A month is a stretch of time, and rows come in the order of time: block ranges find it at almost no cost for those who
-- write. Ratings are few and come late.
create index clock_due_range on clock using brin (due_at) with (pages_per_range = 32, autosummarize = on);
create index milestone_at_range on milestone using brin (at) with (pages_per_range = 32, autosummarize = on);
create index case_unit_since_range on case_unit using brin (since) with (pages_per_range = 32, autosummarize = on);
create index case_file_rated on case_file (rated_at) where rated_at is not null;

-- Whistles that sound are few among the open cases.
create index case_file_whistle on case_file (number) where open and process = 'whistle';
