create table registration (
  id varchar(36) not null primary key,
  owner_kind varchar(16) not null,
  owner_id varchar(64) not null,
  vip varchar(45) not null,
  nexthop varchar(45) not null,
  peer_id varchar(64) not null
);
create unique index registration_natural_key on registration (vip, nexthop, owner_kind, owner_id, peer_id);
create table override (
  name varchar(200) not null primary key,
  text text not null,
  updated bigint not null
);
