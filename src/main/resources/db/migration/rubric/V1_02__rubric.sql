-- One row per text of a rubric, never changed but for the moment from which it is (again) the one in force.
create table rubric_version (
    id             uuid                        not null primary key,
    rubric_key     varchar(100)                not null,
    version        integer                     not null,
    sha256         varchar(64)                 not null,
    source         varchar(1000000)            not null,
    stored_at      timestamp(6) with time zone not null,
    in_force_since timestamp(6) with time zone not null,
    constraint rubric_version_number unique (rubric_key, version),
    constraint rubric_version_text unique (rubric_key, sha256)
);
