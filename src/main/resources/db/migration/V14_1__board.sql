-- The board counts all open cases every two seconds: everything it looks at in one index of open cases only, so that it
-- reads neither the texts of cases nor the closed ones between them.
create index case_file_board on case_file (process, stage) include (lead_unit, area, warn_at, due_at, paused_since)
  where open;
