-- The county's outline and its townships', as maps draw them; one row, none until it is imported.
create table county_map (
  one      boolean primary key default true check (one),
  features text not null,
  source   text,
  approval text,
  set_by   text not null,
  set_at   timestamptz not null
);
