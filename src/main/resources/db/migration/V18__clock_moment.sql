-- What is still to be raised, a narrow row for each clock that runs against officials and each of its two moments. A sweep
-- takes rows away; it marks nothing on the wide rows of clock, alert and work_item, whose many indexes would all have to
-- follow. See decision 19.
create table clock_moment (
  clock_id bigint      not null,
  level    text        not null check (level in ('warn', 'overdue')),
  -- raised as soon as this has passed
  at       timestamptz not null,
  -- extensions the clock had been given when this moment was laid
  episode  int         not null,
  primary key (clock_id, level)
);
create index clock_moment_at on clock_moment (at, clock_id);
alter table clock_moment set (autovacuum_vacuum_scale_factor = 0.01);

-- By trigger, so that whatever lays, stops, moves or ends a clock cannot forget it. No foreign key: it would lock the row
-- of the clock with every insert.
create function clock_keeps_its_moments() returns trigger language plpgsql as $$
begin
  if new.ended_at is null and new.paused_since is null then
    insert into clock_moment (clock_id, level, at, episode)
    values (new.id, 'warn', new.warn_at, jsonb_array_length(new.extensions)),
           (new.id, 'overdue', new.due_at, jsonb_array_length(new.extensions))
    on conflict (clock_id, level) do update set at = excluded.at, episode = excluded.episode;
  else
    delete from clock_moment where clock_id = new.id;
  end if;
  return null;
end $$;

create trigger clock_is_laid after insert on clock for each row
  when (new.kind in ('stage', 'side', 'check-in') and new.ended_at is null and new.paused_since is null)
  execute function clock_keeps_its_moments();
create trigger clock_is_changed after update of warn_at, due_at, extensions, paused_since, ended_at on clock for each row
  when (new.kind in ('stage', 'side', 'check-in'))
  execute function clock_keeps_its_moments();

insert into clock_moment (clock_id, level, at, episode)
select id, 'warn', warn_at, jsonb_array_length(extensions) from clock
 where not warned and ended_at is null and paused_since is null and kind in ('stage', 'side', 'check-in')
union all
select id, 'overdue', due_at, jsonb_array_length(extensions) from clock
 where not alerted and ended_at is null and paused_since is null and kind in ('stage', 'side', 'check-in');

-- Late clocks the ladder has not taken over yet; from now on a sweep does that itself, in its transaction.
insert into supervision (case_number, clock_id, episode, cause, entry, reached, opened_at, start_at)
select k.case_number, k.id, jsonb_array_length(k.extensions), 'late', 'urged', 'urged', now(), now()
  from clock k
 where k.id in (select clock_id from alert where ladder = 'waiting')
   and not exists (select 1 from supervision s where s.instance = k.process_instance)
on conflict do nothing;

-- The indexes on these columns go with them. Whose changes a ladder follows: those who have one.
alter table clock drop column warned, drop column alerted, drop column supervised;
alter table alert drop column ladder;

-- The same rule, written so that it costs a fiftieth: a bounded repetition is slow, and so is any locale but C.
alter table outbox drop constraint outbox_dedupe_key_check;
alter table outbox add constraint outbox_dedupe_key_check
  check (dedupe_key collate "C" ~ '^[!-~]+$' and length(dedupe_key) <= 200);
