-- Three indexes the engine lacks. Without them every completion and every poll of the job executor reads a whole table:
-- the sub-tasks of a task, the jobs by due date, and the jobs of an instance that are being executed.
create index px_task_parent on act_ru_task(parent_task_id_) where parent_task_id_ is not null;
create index px_job_due     on act_ru_job(duedate_);
create index px_job_locked  on act_ru_job(process_instance_id_) where lock_owner_ is not null;
