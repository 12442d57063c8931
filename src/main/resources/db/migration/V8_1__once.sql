-- Answers already given, by the caller's Idempotency-Key: what is sent twice happens once. Kept for seven days.
create table idempotency (
  -- username, or 'public' for people without an account
  actor       text        not null,
  key         text        not null,
  -- method and path
  operation   text        not null,
  -- SHA-256 of the canonical JSON of the body, hex; the body itself is not kept
  body_hash   text        not null,
  -- null only inside the transaction that does the work: a committed row has its answer
  status      int,
  answer      text,
  created_at  timestamptz not null,
  primary key (actor, key)
);
create index idempotency_created on idempotency (created_at);
alter table idempotency set (autovacuum_vacuum_scale_factor = 0.01);
