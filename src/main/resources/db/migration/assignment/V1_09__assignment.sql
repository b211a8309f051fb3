-- How much of an annotator's work checks that work; a project without a row has no checks.
create table check_settings (
    project_id      uuid             not null primary key references project (id),
    repeat_share    double precision not null,
    repeat_distance integer          not null,
    gold_share      double precision not null,
    check (repeat_share >= 0 and gold_share >= 0 and repeat_share + gold_share <= 0.5),
    check (repeat_distance >= 1)
);

-- Comparisons whose verdict was decided in advance. They have no slots: everybody may be asked.
create table gold_comparison (
    comparison_id uuid                        not null primary key references comparison (id),
    project_id    uuid                        not null references project (id),
    expected      varchar(10)                 not null, -- A, B, TIE or BOTH_BAD
    explanation   varchar(4000),
    attention     boolean                     not null,
    marked_at     timestamp(6) with time zone not null,
    marked_by     varchar(100)                not null
);
create index gold_comparison_project on gold_comparison (project_id);

-- What one annotator is asked beside the slots: overlap stays exact because no check ever takes one.
create table assignment_check (
    id                 uuid             not null primary key,
    project_id         uuid             not null references project (id),
    comparison_id      uuid             not null references comparison (id),
    annotator_id       uuid             not null,
    purpose            varchar(10)      not null, -- REPEAT, GOLD or ATTENTION
    state              varchar(10)      not null, -- LEASED, DONE or PASSED
    left_completion_id uuid             not null references completion (id),
    lease_id           uuid             not null unique,
    leased_at          timestamp(6) with time zone not null,
    expires_at         timestamp(6) with time zone not null,
    done_at            timestamp(6) with time zone,
    probability        double precision not null,
    unique (comparison_id, annotator_id)
);
create index assignment_check_annotator on assignment_check (annotator_id, project_id);

alter table assignment_slot add column done_at timestamp(6) with time zone;
update assignment_slot set done_at = leased_at where state = 'DONE';

-- Leases that ran out are found among those that have not.
create index assignment_slot_expiry on assignment_slot (project_id, state, expires_at);
