-- What administrators did: who, when, what, from which value to which. Rows are only ever added.
create table administration_act (
  id       bigint      generated always as identity primary key,
  at       timestamptz not null,
  -- a username, or the word system
  by       text        not null,
  -- unit, official, area, category, delegation, calendar, duty-list, notices
  kind     text        not null,
  -- the key of what was changed, and what people called it then
  subject  text        not null,
  name     text        not null,
  act      text        not null,
  -- [{field, from, to}]
  changes  text        not null
);
create index administration_act_kind on administration_act (kind, id);
create index administration_act_by on administration_act (by, id);
create index administration_act_subject on administration_act (subject, id);

-- 代理: who acts for somebody on leave, from when until when. Ended early by a person, else by the clock alone.
create table delegation (
  id        bigint      generated always as identity primary key,
  absent    text        not null references official,
  delegate  text        not null references official,
  from_at   timestamptz not null,
  until_at  timestamptz not null,
  reason    text        not null,
  made_by   text        not null,
  made_at   timestamptz not null,
  ended_by  text,
  ended_at  timestamptz,
  check (absent <> delegate),
  check (from_at < until_at),
  check ((ended_by is null) = (ended_at is null))
);
create index delegation_absent on delegation (absent, until_at);
create index delegation_delegate on delegation (delegate, until_at);

-- In whose place somebody filed an entry; null: in their own.
alter table entry add column behalf_of text;

-- A draft of the duty list may be told on which day it comes into force.
alter table duty_list_version add column planned_for date;
alter table duty_list_version add column planned_by text;
