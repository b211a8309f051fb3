-- The text that a person last looked at, of each rubric.
create table rubric_seen (
    annotator_id      uuid                        not null,
    rubric_key        varchar(100)                not null,
    rubric_version_id uuid                        not null references rubric_version (id),
    seen_at           timestamp(6) with time zone not null,
    primary key (annotator_id, rubric_key)
);
