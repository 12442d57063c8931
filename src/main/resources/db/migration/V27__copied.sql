-- 抄送: a unit that only needs to know may read the case it was sent a copy of.
alter table case_unit drop constraint case_unit_role_check;
alter table case_unit add constraint case_unit_role_check
  check (role in ('reporting', 'lead', 'co-handling', 'handling', 'asked', 'copied'));
