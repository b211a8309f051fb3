create table project (
    id            uuid                        not null primary key,
    name          varchar(200)                not null unique,
    description   varchar(4000)               not null,
    rubric_key    varchar(200),
    overlap       integer                     not null,
    lease_seconds integer                     not null,
    created_at    timestamp(6) with time zone not null
);

-- turns: a JSON array of {"role","content"}; content_hash: SHA-256 over it, so that the same prompt stands once.
create table prompt (
    id           uuid             not null primary key,
    project_id   uuid             not null references project (id),
    content_hash varchar(64)      not null,
    turns        varchar(1000000) not null,
    external_id  varchar(300),
    ordinal      integer          not null,
    unique (project_id, content_hash)
);
create index prompt_ordinal on prompt (project_id, ordinal);

create table completion (
    id           uuid             not null primary key,
    prompt_id    uuid             not null references prompt (id),
    content_hash varchar(64)      not null,
    text         varchar(1000000) not null,
    source       varchar(300),
    external_id  varchar(300),
    unique (prompt_id, content_hash)
);

create index completion_external on completion (external_id);

-- Canonical order: a and b never swap, whatever side they are shown on.
create table comparison (
    id              uuid    not null primary key,
    project_id      uuid    not null references project (id),
    prompt_id       uuid    not null references prompt (id),
    completion_a_id uuid    not null references completion (id),
    completion_b_id uuid    not null references completion (id),
    ordinal         integer not null,
    external_id     varchar(300),
    unique (completion_a_id, completion_b_id)
);
create index comparison_project on comparison (project_id, ordinal);
create index comparison_prompt on comparison (prompt_id);
create index comparison_external on comparison (project_id, external_id);

-- Somebody whose votes came with a file and who never signs in.
create table imported_annotator (
    id            uuid         not null primary key,
    project_id    uuid         not null references project (id),
    external_name varchar(300) not null,
    unique (project_id, external_name)
);

create table import_run (
    id              uuid                        not null primary key,
    project_id      uuid                        not null references project (id),
    files           varchar(4000)               not null,
    format          varchar(40)                 not null,
    started_at      timestamp(6) with time zone not null,
    started_by      varchar(100)                not null,
    rows_read       bigint                      not null,
    rows_rejected   bigint                      not null,
    new_prompts     bigint                      not null,
    new_completions bigint                      not null,
    new_comparisons bigint                      not null,
    new_votes       bigint                      not null
);
create index import_run_project on import_run (project_id, started_at);
