-- 吹哨报到: what a whistle asked for, how each called department answered, and how the township marks it. The process is a
-- model; these rows are what lists, boards and scorecards read. Written in the transaction of the step they record.

-- One row per whistle: the spot against which check-ins are measured.
create table whistle (
  case_number     text        primary key references case_file (number),
  kind            text        not null check (kind in ('joint-enforcement', 'key-work', 'emergency')),
  matter          text        not null,
  -- when the departments are needed, as the township wrote it; null: at once
  needed_at       timestamptz,
  place           text        not null,
  -- the spot; both or neither. Without it no distance is computed
  lng             double precision,
  lat             double precision,
  -- which of the called departments leads, where one does
  lead_department text,
  -- how often departments were called: 2 after county leaders ruled or a suspension ended
  turn            int         not null default 1,
  sounded_at      timestamptz not null,
  -- null while it is unconfirmed: before 派哨, and until an emergency was confirmed afterwards
  confirmed_at    timestamptz,
  check ((lng is null) = (lat is null))
);

-- One row per call of a department: the response rate (报到率) counts these.
-- In time: checked_in_at is not null and not late. Out of the denominator: release = 'objection' (the objection was upheld)
-- and calls that are still within their time (due_at in the future, neither checked in nor released).
create table whistle_call (
  case_number   text        not null references case_file (number),
  -- the whistle's turn in which it was called
  turn          int         not null,
  -- code of the unit; no reference, units dissolve
  department    text        not null,
  kind          text        not null,
  called_at     timestamptz not null,
  -- until when it had to check in
  due_at        timestamptz,
  objected_at   timestamptz,
  objected_by   text,
  -- null while undecided
  objection     text        check (objection in ('upheld', 'refused')),
  -- the time for checking in passed without one; a late check-in keeps it
  no_show_at    timestamptz,
  checked_in_at timestamptz,
  -- username of the official who filed it
  checked_in_by text,
  late          boolean     not null default false,
  lng           double precision,
  lat           double precision,
  -- metres, as the phone said
  accuracy      double precision,
  -- metres between the check-in and the spot, computed here; null when either is unknown
  distance      int,
  -- the department's own result
  filed_at      timestamptz,
  outcome       text,
  released_at   timestamptz,
  released_by   text,
  -- objection: upheld, it need not have come; township: sent home by whoever commands
  release       text        check (release in ('objection', 'township')),
  primary key (case_number, turn, department)
);
create index whistle_call_department on whistle_call (department, called_at);

-- 评哨: the township's marks, 1 to 5, one row per whistle and department, of its latest call. The facts are copied: a mark
-- stands by itself. Scorecards count rows by called_at and read arrival, effort, result; only final ones (final_at) are
-- beyond appeal.
create table whistle_mark (
  case_number    text        not null references case_file (number),
  department     text        not null,
  kind           text        not null,
  called_at      timestamptz not null,
  checked_in_at  timestamptz,
  late           boolean     not null,
  distance       int,
  arrival        int         not null check (arrival between 1 and 5),
  effort         int         not null check (effort between 1 and 5),
  result         int         not null check (result between 1 and 5),
  remark         text,
  marked_by      text        not null,
  marked_at      timestamptz not null,
  appealed_at    timestamptz,
  appealed_by    text,
  -- upheld: the marks are those of the decision; refused: as they were; null: no appeal, or undecided
  appeal_outcome text        check (appeal_outcome in ('upheld', 'refused')),
  decided_by     text,
  -- the appeal was decided, or its window passed
  final_at       timestamptz,
  primary key (case_number, department)
);
create index whistle_mark_department on whistle_mark (department, called_at);

-- Which unit's call a milestone belongs to, where several units are called side by side under one case.
alter table milestone add column unit text;
