-- As many slots a comparison as judgments are wanted of it: overlap is exact because there is no slot beyond it.
create table assignment_slot (
    id                 uuid    not null primary key,
    project_id         uuid    not null references project (id),
    comparison_id      uuid    not null references comparison (id),
    slot_number        integer not null,
    ordinal            integer not null,
    state              varchar(10) not null, -- FREE, LEASED or DONE
    left_completion_id uuid    not null references completion (id),
    annotator_id       uuid,
    lease_id           uuid unique,
    leased_at          timestamp(6) with time zone,
    expires_at         timestamp(6) with time zone,
    probability        double precision,
    unique (comparison_id, slot_number),
    unique (comparison_id, annotator_id)
);
create index assignment_slot_queue on assignment_slot (project_id, state, slot_number, ordinal);
create index assignment_slot_annotator on assignment_slot (annotator_id, project_id);

-- A comparison an annotator passed on is never offered to the same person again.
create table assignment_skip (
    comparison_id uuid not null references comparison (id),
    annotator_id  uuid not null,
    project_id    uuid not null references project (id),
    primary key (comparison_id, annotator_id)
);
create index assignment_skip_annotator on assignment_skip (annotator_id, project_id);
