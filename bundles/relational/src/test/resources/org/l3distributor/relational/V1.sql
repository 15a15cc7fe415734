-- A comment; with a semicolon;
create table one (id integer, name varchar(9), made ${instant}, raw ${bytes});
