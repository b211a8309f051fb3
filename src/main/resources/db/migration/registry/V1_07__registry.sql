-- A model whose files lie in a folder: below the data folder as a relative path, elsewhere as an absolute one.
-- Rows are added, never changed.
create table checkpoint (
    id                 uuid                        not null primary key,
    name               varchar(200)                not null,
    kind               varchar(20)                 not null,
    folder             varchar(1000)               not null,
    parent_id          uuid                        references checkpoint (id),
    dataset_version_id uuid                        references dataset_version (id),
    training_run_id    uuid,
    metrics            varchar(8000)               not null,
    created_at         timestamp(6) with time zone not null,
    created_by         varchar(100)                not null,
    constraint checkpoint_folder unique (folder)
);

create index checkpoint_by_kind on checkpoint (kind, created_at);
create index checkpoint_by_parent on checkpoint (parent_id);
create index checkpoint_by_dataset_version on checkpoint (dataset_version_id);
