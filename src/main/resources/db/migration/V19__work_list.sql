-- A work list is asked for by unit and post. With the post in the key, a page of every group is read in its order, and its
-- counts by light without reading the rows; by unit alone, one post's page read past all the others'.
create index work_item_group on work_item (unit, post, due_at, item_id) include (first, warn_at, paused_since);
drop index work_item_unit;
-- The counts of everything, from the index that gives its order. No statement asked for unit and area there.
create index work_item_soonest on work_item (due_at, item_id) include (warn_at, paused_since) where first;
drop index work_item_due;
-- Sweeps look at clock_moment; nobody asks for items by their warning.
drop index work_item_warn;
