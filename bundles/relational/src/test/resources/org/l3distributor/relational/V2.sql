alter table one rename column name to label;
create table two (came_from varchar(20));
insert into two values ('V2.sql');
