-- How far the demo's clock is ahead of real time, so that a restart does not go back. Stays 0 where there is no demo.
create table demo_clock (
  only_row  boolean primary key default true check (only_row),
  ahead_ms  bigint not null
);
insert into demo_clock(ahead_ms) values (0);
