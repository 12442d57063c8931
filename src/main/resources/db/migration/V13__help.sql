-- What suggestions of categories learn from: the newest accepted cases, read by every node at its start and then by
-- position every few seconds.
create index milestone_accepted on milestone (id) where key = 'accepted';
