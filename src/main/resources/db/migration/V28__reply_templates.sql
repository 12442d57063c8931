-- 回复模板: texts that officials begin an answer to a reporter with.
create table reply_template (
  id        bigint  generated always as identity primary key,
  -- <task>.<key> of the form's question it is written for, e.g. feedback.done
  field     text    not null,
  title     text    not null,
  title_en  text,
  text      text    not null,
  -- code of a category, which stands for everything below it; null: for every matter. The shipped templates may come
  -- before the tree does, so nothing refers to it
  category  text,
  -- null: for everybody
  unit      text    references unit,
  active    boolean not null
);
-- what people tell templates apart by; files have no other key
create unique index reply_template_key
  on reply_template (field, coalesce(category, ''), coalesce(unit, ''), title);
