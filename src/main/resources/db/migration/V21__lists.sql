-- Who took which list away as a file, narrowed to what, and how many rows of it. Nothing here is ever removed by the product.
create table list_export (
  id bigint generated always as identity primary key,
  kind text not null,
  format text not null,
  official text not null,
  unit text not null,
  filter text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  row_count int,
  outcome text
);
create index list_export_by on list_export (official, started_at);

-- Filters people gave a name to; theirs alone.
create table saved_filter (
  official text not null,
  list text not null,
  name text not null,
  query text not null,
  saved_at timestamptz not null,
  primary key (official, list, name)
);
