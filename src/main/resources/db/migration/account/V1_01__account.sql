create table account (
    id            uuid                        not null primary key,
    username      varchar(100)                not null unique,
    display_name  varchar(200)                not null,
    password_hash varchar(500),
    enabled       boolean                     not null,
    demo          boolean                     not null,
    created_at    timestamp(6) with time zone not null
);

create table account_role (
    account_id uuid        not null references account (id),
    role       varchar(30) not null,
    primary key (account_id, role)
);

-- One-time links with which an invited person chooses a password; only the hash of the token is kept.
create table welcome_link (
    token_hash varchar(64)                 not null primary key,
    account_id uuid                        not null references account (id),
    expires_at timestamp(6) with time zone not null
);

create table audit_entry (
    id       uuid                        not null primary key,
    at       timestamp(6) with time zone not null,
    actor    varchar(100)                not null,
    action   varchar(100)                not null,
    subject  varchar(300)                not null,
    detail   varchar(4000)               not null
);
create index audit_entry_at on audit_entry (at);
