-- A task that is over is never due: claims look for due ones by l3d_task_due, and meet none that are over.
update l3d_task set not_before = 9223372036854775807 where open_key is null;
-- Its text ends at 64 kB, where others' has no end.
alter table l3d_task modify data mediumtext not null;
alter table l3d_task modify error mediumtext;
