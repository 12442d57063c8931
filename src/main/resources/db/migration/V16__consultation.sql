-- 会商: who said what in which consultation, and what a ruling may become in the duty list.

-- The process instance an entry was made in and the one that called that: several consultations may run in one case.
alter table entry add column instance text, add column caller text;

-- A unit that is asked beside the case's own course (its opinion, its check-in) may read the case it is asked about.
alter table case_unit drop constraint case_unit_role_check;
alter table case_unit add constraint case_unit_role_check
  check (role in ('reporting', 'lead', 'co-handling', 'handling', 'asked'));

-- What a consultation ruled and the duty list does not say yet. Whoever keeps the list accepts it, which makes a new
-- version, or refuses it.
create table duty_proposal (
  id           bigint      generated always as identity primary key,
  category     text        not null,
  area         text        not null,
  unit         text        not null,
  basis        text        not null,
  -- the case whose consultation proposed it; not referenced: a proposal must not wait for a lock on a case
  case_number  text        not null,
  proposed_by  text        not null,
  proposed_at  timestamptz not null,
  status       text        not null check (status in ('open', 'accepted', 'refused')),
  decided_by   text,
  decided_at   timestamptz,
  -- why it was refused, or a remark on accepting
  note         text,
  -- the version of the list it came into
  version      int         references duty_list_version (id),
  check ((status = 'open') = (decided_at is null)),
  check ((status = 'accepted') = (version is not null))
);
create index duty_proposal_status on duty_proposal (status, id);

-- 撤销: a unit that is no more. It stays in the list of units, because old cases name it; it is asked for nothing new.
create table dissolved_unit (
  unit  text        primary key references unit (code),
  at    timestamptz not null,
  by    text        not null
);
