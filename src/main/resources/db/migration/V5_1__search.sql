-- Search and likeness, apart from case_file: that row changes at every step of a case, and each change would write some
-- hundreds of index entries anew, while the text of a case is written once.

-- The pairs of neighbouring characters of a text, each as one number (two code points of 21 bits). pg_trgm's index does
-- not serve two characters, the length of most Chinese words. Capital A-Z count as small letters; collation "C" keeps the
-- index independent of the version of ICU.
create function bigrams(searched text) returns bigint[]
  language plpgsql immutable strict parallel safe cost 1000 as $$
declare
  pairs   bigint[] := '{}';
  before  bigint;
  this    bigint;
  letter  text;
begin
  foreach letter in array string_to_array(lower(searched collate "C"), null) loop
    this := ascii(letter);
    if before is not null then
      pairs := pairs || (before << 21 | this);
    end if;
    before := this;
  end loop;
  return pairs;
end $$;

-- What a search for words, parted by single blanks, needs: the pairs of all of them for the index, and for each word the
-- pattern that decides.
create function search_bigrams(words text) returns setof bigint language sql immutable strict parallel safe as $$
  select distinct unnest(bigrams(word)) from unnest(string_to_array(words, ' ')) as word
$$;
create function search_patterns(words text) returns setof text language sql immutable strict parallel safe as $$
  select '%' || replace(replace(replace(lower(word collate "C"), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    from unnest(string_to_array(words, ' ')) as word
$$;

create table case_words (
  case_number  text primary key references case_file (number) on delete cascade,
  -- number, title and text in small letters, a line each: no word can reach from one into the next
  words        text not null
);
create table open_matter (
  case_number  text primary key references case_file (number) on delete cascade,
  title        text not null,
  lng          double precision,
  lat          double precision
);

create function keep_case_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.title <> old.title or new.description <> old.description then
    insert into case_words (case_number, words)
    values (new.number, lower((new.number || E'\n' || new.title || E'\n' || new.description) collate "C"))
    on conflict (case_number) do update set words = excluded.words;
  end if;
  if new.open then
    insert into open_matter (case_number, title, lng, lat) values (new.number, new.title, new.lng, new.lat)
    on conflict (case_number) do update
      set title = excluded.title, lng = excluded.lng, lat = excluded.lat;
  else
    delete from open_matter where case_number = new.number;
  end if;
  return null;
end $$;
create trigger case_words_are_kept
  after insert or update of title, description, open, lng, lat on case_file
  for each row execute function keep_case_words();

-- Cases that were there before this migration.
insert into case_words (case_number, words)
select number, lower((number || E'\n' || title || E'\n' || description) collate "C") from case_file;
insert into open_matter (case_number, title, lng, lat)
select number, title, lng, lat from case_file where open;

create index case_words_bigrams on case_words using gin (bigrams(words));
create index open_matter_title on open_matter using gin (title gin_trgm_ops);
create index open_matter_place on open_matter (lat, lng) where lat is not null;

-- Who reported: its own index, used only for those who may see reporters.
create function reporter_words(name text, phone text) returns text language sql immutable parallel safe
  return lower((coalesce(name, '') || E'\n' || coalesce(phone, '')) collate "C");
create index case_reporter_bigrams on case_reporter using gin (bigrams(reporter_words(name, phone)));

-- Open cases that may be about the same thing, best first. Titles decide, the text and the place help.
-- Distances on a flat ground, good enough within some hundred metres.
create function similar_cases(a_title text, a_description text, an_area text, a_lng double precision,
                              a_lat double precision, most int)
  returns table (case_number text, likeness double precision)
  language sql stable
  -- low on purpose: this only fetches what is then weighed
  set pg_trgm.similarity_threshold = 0.15 as $$
  with fetched as (
    (select m.case_number from open_matter m
      where m.title % a_title order by similarity(m.title, a_title) desc limit 200)
    union
    (select m.case_number from open_matter m
      where m.lat between a_lat - 0.0045 and a_lat + 0.0045 and m.lng between a_lng - 0.0045 and a_lng + 0.0045
      order by (m.lat - a_lat) ^ 2 + (m.lng - a_lng) ^ 2 limit 100)
  ), weighed as (
    select c.number,
           similarity(c.title, a_title) as titles,
           similarity(left(c.description, 300), left(a_description, 300)) as texts,
           coalesce(greatest(0, 1 - sqrt(((c.lat - a_lat) * 111320) ^ 2
                                         + ((c.lng - a_lng) * 111320 * cos(radians(a_lat))) ^ 2) / 500),
                    case when c.area = an_area then 0.5 else 0 end) as near
      from fetched f join case_file c on c.number = f.case_number
  )
  select number, 0.6 * titles + 0.25 * texts + 0.15 * near
    from weighed
   where titles > 0.05 and 0.6 * titles + 0.25 * texts + 0.15 * near >= 0.15
   order by 2 desc, 1 limit most
$$;
