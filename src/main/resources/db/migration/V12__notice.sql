-- 通知: messages that go out. What has to be told stands in outbox, written in the transaction of the event itself;
-- a worker turns it into notices (the inbox on the page) and deliveries (mail, webhook), a sender sends those.

-- Neither cases nor units nor people are referenced: an event must not wait for a lock on a case, and what concerns a
-- unit that dissolves meanwhile still has to be told.
create table outbox (
  id          bigint      generated always as identity primary key,
  -- what has happened, a row of notice_topic; an unknown topic is told in general words
  topic       text        not null check (length(topic) between 1 and 60),
  case_number text,
  -- the unit the matter concerns, from which recipients are found
  unit        text,
  -- the one official it concerns, where there is one
  official    text,
  -- values for the text: codes, names of tasks, times. Never personal data of reporters
  data        jsonb       not null default '{}' check (jsonb_typeof(data) = 'object'),
  -- the same event is told once, however often it is written; goes out in headers
  dedupe_key  text        not null unique check (dedupe_key ~ '^[!-~]{1,200}$'),
  created_at  timestamptz not null,
  -- when its recipients were found
  expanded_at timestamptz
);
create index outbox_open on outbox (id) where expanded_at is null;
create index outbox_created on outbox (created_at);
alter table outbox set (autovacuum_vacuum_scale_factor = 0.01);

-- The inbox: one row per person told.
create table notice (
  id        bigint      generated always as identity primary key,
  outbox_id bigint      not null references outbox on delete cascade,
  recipient text        not null,
  at        timestamptz not null,
  read_at   timestamptz,
  unique (outbox_id, recipient)
);
create index notice_recipient on notice (recipient, id);
create index notice_unread on notice (recipient, id) where read_at is null;

-- What goes to another system: one row per person and target.
create table delivery (
  id         bigint      generated always as identity primary key,
  -- null for a digest, which carries other rows
  outbox_id  bigint      references outbox on delete cascade,
  recipient  text        not null,
  -- mail, or webhook:<name of a configured target>
  target     text        not null,
  -- the same with every try, so that a receiver can know a repetition
  dedupe_key text        not null,
  -- deferred: until quiet hours end; collected: until its digest is made; bundled: inside a digest
  status     text        not null check (status in ('deferred', 'collected', 'bundled', 'waiting', 'sent', 'dead')),
  -- official time before which it does not go out
  open_at    timestamptz not null,
  -- machines' time of the next try; while one is under way, the end of its lease
  next_at    timestamptz not null,
  -- machines' time at which a failure is the last one; set when sending is tried first
  expires_at timestamptz,
  tries      int         not null default 0,
  carried_by bigint      references delivery on delete set null,
  -- why the last try failed
  error      text,
  created_at timestamptz not null,
  done_at    timestamptz,
  unique (target, dedupe_key)
);
create index delivery_waiting on delivery (target, next_at, id) where status = 'waiting';
create index delivery_deferred on delivery (open_at) where status = 'deferred';
create index delivery_collected on delivery (open_at) where status = 'collected';
create index delivery_status on delivery (status, id);
create index delivery_outbox on delivery (outbox_id);
create index delivery_carried on delivery (carried_by) where carried_by is not null;
alter table delivery set (autovacuum_vacuum_scale_factor = 0.01);

-- The words of each topic, with {placeholders} for the values in outbox.data.
create table notice_topic (
  topic    text primary key check (topic ~ '^[a-z][a-z0-9.-]{0,59}$'),
  title_zh text not null,
  title_en text not null,
  text_zh  text not null,
  text_en  text not null
);

-- Who is told of what, by which channels, and what becomes of it at night.
create table notice_rule (
  topic     text    not null references notice_topic on delete cascade,
  recipient text    not null,
  channels  text[]  not null,
  -- in quiet hours: defer until they end, collect for the digest in the morning, or send always
  quiet     text    not null check (quiet in ('defer', 'digest', 'always')),
  -- never at once, only in the next morning's digest
  digest    boolean not null default false,
  primary key (topic, recipient)
);

-- Where an official wants to be told outside the pages.
create table official_contact (
  username       text primary key references official on delete cascade,
  email          text,
  -- name of a configured webhook target
  webhook        text,
  quiet_from     time,
  quiet_to       time,
  -- null: as everybody
  quiet_days_off boolean,
  check ((quiet_from is null) = (quiet_to is null))
);
