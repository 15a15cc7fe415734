create table three (id integer);
create table no such syntax;
