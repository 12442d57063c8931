-- What a matter is about (category), and who answers for it (duty list).

-- 事项分类: a tree of three levels. The code says where a category stands: 01, 0102, 010203.
create table category (
  code     text     primary key check (code ~ '^([0-9]{2}){1,3}$'),
  level    smallint not null check (level = length(code) / 2),
  parent   text     references category (code) check (parent is not distinct from nullif(left(code, -2), '')),
  name     text     not null,
  name_en  text     not null,
  -- not offered any more; old cases keep it
  retired  boolean  not null default false
);
create index category_parent on category (parent);

-- One row. Nodes look at it to learn that their picture of the tree is old; writers lock it.
create table category_change (
  one     boolean primary key default true check (one),
  number  bigint  not null
);
insert into category_change (number) values (1);

-- 权责清单: every version ever in force stays, so that a proposal made under it can still be explained.
create table duty_list_version (
  id            int         primary key,
  status        text        not null check (status in ('draft', 'current', 'past')),
  note          text        not null,
  created_by    text        not null,
  created_at    timestamptz not null,
  published_by  text,
  valid_from    timestamptz,
  valid_until   timestamptz,
  check ((status = 'draft') = (valid_from is null))
);
create unique index duty_list_one_current on duty_list_version (status) where status = 'current';

-- No foreign keys to units, areas and categories: a past version names what there was at its time. What a new version
-- names is checked when it comes in.
create table duty_row (
  version   int     not null references duty_list_version (id),
  row_no    int     not null check (row_no > 0),
  -- a category of any level, and everything below it
  category  text    not null,
  -- an area of any level, and everything in it
  area      text    not null,
  -- a unit's code, or the word township or enforcement-team: that of the area the matter lies in
  unit      text    not null,
  basis     text    not null,
  since     date    not null,
  direct    boolean not null,
  note      text,
  primary key (version, row_no)
);
create index duty_row_match on duty_row (version, category, area);
