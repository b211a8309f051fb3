-- A training run; its files lie in <tiebreak.data>/runs/<id>. `attempt` counts how often it was put into the queue, so
-- that an execution of an earlier attempt cannot touch a later one.
create table training_run (
    id                 uuid                        not null primary key,
    name               varchar(150)                not null,
    dataset_version_id uuid                        not null references dataset_version (id),
    dataset_sha256     varchar(64)                 not null,
    base_checkpoint_id uuid                        not null references checkpoint (id),
    method             varchar(10)                 not null,
    settings           varchar(4000)               not null,
    seed               bigint                      not null,
    code_version       varchar(100)                not null,
    state              varchar(20)                 not null,
    attempt            integer                     not null,
    message            varchar(2000),
    device             varchar(100),
    device_reason      varchar(500),
    step               integer                     not null,
    total_steps        integer                     not null,
    process_id         bigint,
    process_started_at timestamp(6) with time zone,
    created_at         timestamp(6) with time zone not null,
    created_by         varchar(100)                not null,
    started_at         timestamp(6) with time zone,
    ended_at           timestamp(6) with time zone,
    checkpoint_id      uuid                        references checkpoint (id)
);

create index training_run_by_created_at on training_run (created_at);

-- db-scheduler's table, as its documentation gives it.
create table scheduled_tasks (
    task_name            varchar(100)                not null,
    task_instance        varchar(100)                not null,
    task_data            bytea,
    execution_time       timestamp(6) with time zone not null,
    picked               boolean                     not null,
    picked_by            varchar(100),
    last_success         timestamp(6) with time zone,
    last_failure         timestamp(6) with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp(6) with time zone,
    version              bigint                      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_by_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
