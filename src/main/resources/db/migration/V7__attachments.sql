-- Pictures and documents of case files. The row says what a file is; its bytes lie apart, so that they can move to an
-- object store without touching this table.

create table attachment (
  -- 128 random bits: knowing one id tells nothing about another
  id              text        primary key,
  case_number     text        not null references case_file (number),
  kind            text        not null check (kind in ('before', 'after', 'evidence', 'document')),
  name            text        not null,
  media_type      text        not null check (media_type in ('image/jpeg', 'image/png', 'application/pdf')),
  size            bigint      not null check (size > 0),
  sha256          text        not null,
  width           int,
  height          int,
  taken_in_round  int         not null,
  -- null: the reporter, who has no account
  uploaded_by     text,
  uploaded_at     timestamptz not null,
  thumbnail       bytea
);
create index attachment_case on attachment (case_number, uploaded_at, id);

-- The bytes, cut into parts so that neither writing nor reading holds a whole file in memory. Written before the row
-- above, in the same transaction: size and digest are known only when the last byte has passed.
create table attachment_content (
  attachment_id   text        not null references attachment (id) on delete cascade deferrable initially deferred,
  part            int         not null,
  bytes           bytea       not null,
  primary key (attachment_id, part)
);
-- photos and PDF are compressed already; trying again costs time and gains nothing
alter table attachment_content alter column bytes set storage external;
alter table attachment alter column thumbnail set storage external;
