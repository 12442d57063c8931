-- Beside the process of its own type a case may have side processes: a consultation, a supervision, the calls of a whistle.
-- What they reach is recorded with the process it belongs to; null: from before there were any, the case's own.
alter table milestone add column process text;

-- Case files that belong together: a whistle and the case it was sounded from. One row; both see it.
create table case_link (
  case_number  text        not null references case_file (number),
  -- the case that was opened from it
  linked       text        not null references case_file (number),
  -- the type of the linked case
  kind         text        not null,
  at           timestamptz not null,
  primary key (case_number, linked)
);
create index case_link_linked on case_link (linked);
