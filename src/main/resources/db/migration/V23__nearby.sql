-- What strangers may be shown of other people's reports: category, about where, since when, how far. Only matters of public
-- ground, such as street lamps and rubbish; nothing between people, about work, health, land, police or officials, where
-- even the place could tell who reported.
create table shown_category (
  -- a category stands for all below it
  category  text primary key
);
insert into shown_category (category) values
  ('0101'), ('0102'), ('0103'), ('0104'), ('0105'), ('010602'),
  ('0301'), ('0302'), ('0303'), ('0304'), ('0305'),
  ('0503'), ('0601'), ('0602'), ('0603'), ('0606'), ('0801'), ('0802'), ('0803'), ('1601'), ('1602');

-- By this a stranger names a case without knowing its number. It lasts as long as the case is open.
alter table open_matter add column ref uuid not null default gen_random_uuid();
create unique index open_matter_ref on open_matter (ref);
