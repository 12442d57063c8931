-- The path of each run of a side process apart: three departments called at once go three ways. Null where the case's own
-- process passed, which is nearly everywhere: such rows take no more room than before.
alter table passage add column instance text;

-- 停表: when a clock stood still. The reason stands in the entry that was filed then.
create table clock_stop (
  clock_id   bigint      not null references clock (id),
  stopped_at timestamptz not null,
  -- null while it stands still, and where the clock ended without running on
  resumed_at timestamptz,
  primary key (clock_id, stopped_at)
);
insert into clock_stop (clock_id, stopped_at) select id, paused_since from clock where paused_since is not null;
