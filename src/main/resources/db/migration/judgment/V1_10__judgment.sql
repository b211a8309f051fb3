-- Why somebody was asked: only what was asked for its own sake (REGULAR) counts for consensus, agreement and datasets.
alter table judgment add column purpose varchar(10) default 'REGULAR' not null;
