-- Documents, what was found in them, and what is still owed to the object store. The audit trail has tables of its own.

CREATE TABLE upload_reservations (
    key          text PRIMARY KEY,
    user_id      text NOT NULL,
    file_name    text NOT NULL,
    content_type text NOT NULL,
    file_size    bigint NOT NULL CHECK (file_size > 0),
    sha256       text,
    md5          text,
    upload_id    text UNIQUE,
    part_size    bigint NOT NULL DEFAULT 0,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX upload_reservations_by_expiry ON upload_reservations (expires_at);

CREATE TABLE documents (
    id            uuid PRIMARY KEY,
    user_id       text NOT NULL,
    key           text NOT NULL,
    file_name     text NOT NULL,
    content_type  text NOT NULL,
    file_size     bigint NOT NULL,
    sha256        text NOT NULL,
    status        text NOT NULL CHECK (status IN ('uploaded', 'processing', 'completed', 'failed', 'retrying')),
    error_message text,
    document_date date,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    deleted_at    timestamptz,
    -- The queue: who works on it and until when, how often it was tried, and when it may be tried again.
    lease_id      uuid,
    lease_until   timestamptz,
    attempts      integer NOT NULL DEFAULT 0,
    not_before    timestamptz NOT NULL DEFAULT now()
);
-- What makes a duplicate, per user: the same object, or the same content. Deleted documents do not count.
CREATE UNIQUE INDEX documents_one_per_key ON documents (user_id, key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX documents_one_per_hash ON documents (user_id, sha256) WHERE deleted_at IS NULL;
CREATE INDEX documents_newest_first ON documents (user_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX documents_queue ON documents (not_before) WHERE status IN ('uploaded', 'retrying', 'processing') AND deleted_at IS NULL;

CREATE TABLE artifacts (
    id          uuid PRIMARY KEY,
    document_id uuid NOT NULL REFERENCES documents (id),
    ordinal     integer NOT NULL,
    page        integer NOT NULL,
    type        text NOT NULL,
    engine      text NOT NULL,
    object_key  text,
    confidence  double precision,
    box_x       double precision,
    box_y       double precision,
    box_width   double precision,
    box_height  double precision,
    data        jsonb,
    created_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (document_id, ordinal)
);

-- Objects that nobody owns any more, written in the transaction that let go of them: a crash in between loses none.
CREATE TABLE doomed_objects (
    key       text PRIMARY KEY,
    upload_id text,
    file_size bigint NOT NULL DEFAULT 0,
    part_size bigint NOT NULL DEFAULT 0,
    doomed_at timestamptz NOT NULL DEFAULT now()
);
