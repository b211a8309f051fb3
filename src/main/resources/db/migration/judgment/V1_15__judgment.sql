-- How a project treats its annotators; a project without a row has the defaults.
create table workplace (
    project_id     uuid    not null primary key references project (id),
    reopen_seconds bigint  not null,
    shows_feedback boolean not null,
    check (reopen_seconds >= 0)
);

-- One's own last judgments, over all projects.
create index judgment_history on judgment (annotator_id, recorded_at);
