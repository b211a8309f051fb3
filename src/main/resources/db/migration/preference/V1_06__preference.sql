-- A frozen dataset version; its files lie in <tiebreak.data>/datasets/<id>. Rows are added, never changed.
create table dataset_version (
    id               uuid                        not null primary key,
    project_id       uuid                        not null references project (id),
    number           integer                     not null,
    settings         varchar(4000)               not null,
    counts           varchar(4000)               not null,
    sha256           varchar(64)                 not null,
    judgments_sha256 varchar(64)                 not null,
    created_at       timestamp(6) with time zone not null,
    created_by       varchar(100)                not null,
    constraint dataset_version_number unique (project_id, number),
    constraint dataset_version_content unique (project_id, sha256)
);
