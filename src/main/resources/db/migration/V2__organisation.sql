-- Units, officials, posts and areas: who there is. Small tables, read whole into memory by every node.

create table area (
  code   text primary key,
  name   text not null,
  level  text not null check (level in ('county', 'township', 'village', 'grid')),
  parent text references area,
  -- codes from the county down, each followed by a slash, so that "lies within" is a prefix test
  path   text not null unique,
  check ((level = 'county') = (parent is null))
);

create table unit (
  code   text primary key,
  name   text not null,
  kind   text not null check (kind in ('command-centre', 'department', 'township', 'village', 'grid',
                                       'enforcement-team')),
  parent text references unit,
  area   text references area
);

create table official (
  username      text primary key,
  name          text not null,
  unit          text not null references unit,
  phone         text,
  -- an encoded hash with its algorithm in front; null: nobody can log in with this account yet
  password_hash text,
  enabled       boolean not null default true,
  must_change   boolean not null default false
);

create index official_unit on official (unit);

create table official_post (
  username text not null references official on delete cascade,
  post     text not null check (post in ('dispatcher', 'handler', 'verifier', 'duty-leader', 'county-leader',
                                         'supervisor', 'designer', 'administrator')),
  primary key (username, post)
);

-- One row. Counts the changes of the tables above: nodes look at it to learn that their picture is old, and writers
-- lock it so that two changes are never checked against each other's past.
create table organisation_change (
  one    boolean primary key default true check (one),
  number bigint not null
);

insert into organisation_change (number) values (1);
