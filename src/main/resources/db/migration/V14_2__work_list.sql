-- A unit's list shows what is claimed, too, so an index of the unclaimed does not serve it: every page read and sorted all of
-- the unit's items. This one gives a page in its order, and the counts by light without reading the rows.
create index work_item_unit on work_item (unit, due_at, item_id) include (post, warn_at, paused_since);
drop index work_item_pool;
