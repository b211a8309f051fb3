-- Appended, never updated. strength is canonical: above 0 completion a of the comparison is better.
create table judgment (
    id                 uuid                        not null primary key,
    project_id         uuid                        not null references project (id),
    comparison_id      uuid                        not null references comparison (id),
    annotator_id       uuid                        not null,
    verdict            varchar(12)                 not null,
    strength           integer                     not null,
    left_completion_id uuid references completion (id),
    reason             varchar(4000),
    active_millis      bigint,
    judged_at          timestamp(6) with time zone not null,
    recorded_at        timestamp(6) with time zone not null,
    rubric_version_id  uuid references rubric_version (id),
    probability        double precision,
    supersedes         uuid unique references judgment (id),
    origin             varchar(40)                 not null,
    check (strength between -3 and 3),
    check ((verdict = 'PREFERENCE') = (strength <> 0))
);
create index judgment_project on judgment (project_id, comparison_id);
create index judgment_annotator on judgment (annotator_id, project_id, recorded_at);
