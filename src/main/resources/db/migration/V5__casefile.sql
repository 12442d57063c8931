-- The case register: what happened. One row per case file, its reporters, the units concerned, and what was recorded.
-- Nothing here points into the engine's tables: a case outlives its process.

create sequence case_number_seq;

create table case_file (
  number          text        primary key,
  process         text        not null,
  title           text        not null,
  description     text        not null,
  category        text        references category (code),
  area            text        not null references area (code),
  -- copied from area: "lies within" is a prefix test, for sight and for lists
  area_path       text        not null,
  lng             double precision,
  lat             double precision,
  urgency         text        not null,
  channel         text        not null,
  stage           text        not null,
  open            boolean     not null,
  round           int         not null default 1,
  lead_unit       text,
  -- the unit's result and the reporter's are kept apart: closed is not solved
  result          text,
  solved          boolean,
  satisfaction    int         check (satisfaction between 1 and 5),
  rating_comment  text,
  rated_at        timestamptz,
  tracking_code   text        not null unique,
  merged_into     text        references case_file (number),
  occurred_at     timestamptz,
  opened_at       timestamptz not null,
  closed_at       timestamptz,
  -- worst running clock, copied so that lists and boards need no join: earliest warning and deadline of the clocks that
  -- run, and since when all of them stand still
  warn_at         timestamptz,
  due_at          timestamptz,
  paused_since    timestamptz
);
create index case_file_opened on case_file (opened_at desc, number desc);
create index case_file_open_due on case_file (due_at, number) where open;
create index case_file_stage on case_file (stage, opened_at desc) where open;
create index case_file_area on case_file (area_path text_pattern_ops, opened_at desc);
create index case_file_merged on case_file (merged_into) where merged_into is not null;
create index case_file_closed on case_file (closed_at) where closed_at is not null;

-- Personal data, apart from everything else: who may see a case need not see who reported it.
create table case_reporter (
  case_number  text    primary key references case_file (number),
  name         text,
  phone        text,
  anonymous    boolean not null
);

-- Units concerned with a case: what they were concerned with once stays visible to them.
create table case_unit (
  case_number  text        not null references case_file (number),
  unit         text        not null,
  role         text        not null check (role in ('reporting', 'lead', 'co-handling', 'handling')),
  since        timestamptz not null,
  primary key (case_number, unit, role)
);
create index case_unit_unit on case_unit (unit, case_number);

-- The audit trail and the reporter's status text: events of the diagram that were reached, in order.
create table milestone (
  id           bigint      generated always as identity primary key,
  case_number  text        not null references case_file (number),
  key          text        not null,
  name         text        not null,
  name_en      text        not null,
  round        int         not null,
  at           timestamptz not null
);
create index milestone_case on milestone (case_number, id);

-- 办理记录: one immutable answer to one form, or one system fact. The legal record, by month.
create table entry (
  id           bigint      generated always as identity,
  case_number  text        not null,
  round        int         not null,
  at           timestamptz not null,
  kind         text        not null check (kind in ('report', 'answer', 'action', 'fact', 'supplement', 'rating')),
  key          text        not null,
  name         text        not null,
  name_en      text        not null,
  official     text,
  unit         text,
  item_id      text,
  answers      jsonb       not null default '{}',
  -- what of it the reporter may read
  public_text  text,
  primary key (id, at)
) partition by range (at);
create index entry_case on entry (case_number, at);
create table entry_other partition of entry default;

-- Makes the monthly partitions from the given day on; called at every start and once a day.
create function ensure_entry_partitions(first_day date, months int) returns void language plpgsql as $$
declare
  month date := date_trunc('month', first_day);
begin
  for i in 1..months loop
    if to_regclass('entry_' || to_char(month, 'YYYY_MM')) is null
       and not exists (select 1 from entry_other
                       where at >= month::timestamptz and at < (month + interval '1 month')::timestamptz) then
      execute format('create table %I partition of entry for values from (%L) to (%L)',
                     'entry_' || to_char(month, 'YYYY_MM'), month::timestamptz, (month + interval '1 month')::timestamptz);
    end if;
    month := month + interval '1 month';
  end loop;
end $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was recorded is not changed (%)', tg_table_name;
end $$;
create trigger entry_is_immutable before update or delete on entry for each row execute function refuse_change();
create trigger milestone_is_immutable before update or delete on milestone for each row execute function refuse_change();

-- Which elements of the diagram a case passed, flows included: the path really taken. The engine's history has no flows.
create table passage (
  id           bigint      generated always as identity primary key,
  case_number  text        not null,
  process      text        not null,
  element      text        not null,
  kind         text        not null check (kind in ('node', 'flow')),
  at           timestamptz not null
);
create index passage_case on passage (case_number, id);
