-- A storm of deadlines writes a hundred thousand deliveries in seconds. Their key follows from the event and the person,
-- so it need not be stored; one index keeps them unique and finds them by event; lists by status are of the dead.
drop index delivery_outbox;
drop index delivery_status;
alter table delivery drop constraint delivery_target_dedupe_key_key;
alter table delivery drop column dedupe_key;
create unique index delivery_once on delivery (outbox_id, target, recipient) where outbox_id is not null;
create index delivery_digest on delivery (id) where outbox_id is null;
create index delivery_dead on delivery (id) where status = 'dead';
