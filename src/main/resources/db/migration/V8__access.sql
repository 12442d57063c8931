-- Who may come in: log-in sessions and the counters of failed attempts.

-- Sessions of Spring Session JDBC 3.5, column by column as it wants them. Kept in the database so that the loss of a
-- node logs nobody out. A session holds one attribute, the username.
create table spring_session (
  primary_id            char(36)     not null primary key,
  session_id            char(36)     not null unique,
  creation_time         bigint       not null,
  last_access_time      bigint       not null,
  max_inactive_interval int          not null,
  expiry_time           bigint       not null,
  principal_name        varchar(100)
);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
  session_primary_id char(36)     not null references spring_session on delete cascade,
  attribute_name     varchar(200) not null,
  attribute_bytes    bytea        not null,
  primary key (session_primary_id, attribute_name)
);

-- Buckets of attempts, shared by all nodes (bucket4j). Unlogged: after a crash of the database counting begins anew,
-- which costs nothing, while every failed attempt would otherwise be written twice.
create unlogged table attempt_bucket (
  id         text   primary key,
  state      bytea,
  expires_at bigint
);
create index attempt_bucket_expiry on attempt_bucket (expires_at);
