-- The audit trail of LedgerLift.Auditing.Postgres, version 1. Run by the owner of the schema; every statement may be run again.

CREATE SCHEMA IF NOT EXISTS {schema};

CREATE TABLE IF NOT EXISTS {schema}.audit_schema
(
    version int PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- details is text because jsonb changes numbers and the order of members, and what was hashed must stay what it was.
-- xact tells the sealer which rows can no longer be joined by older ones; clients cannot write it.
CREATE TABLE IF NOT EXISTS {schema}.audit_entries
(
    ts timestamptz NOT NULL,
    id uuid NOT NULL,
    xact xid8 NOT NULL DEFAULT pg_catalog.pg_current_xact_id(),
    action text NOT NULL,
    resource_type text NOT NULL,
    result text NOT NULL,
    resource_id text,
    user_id text,
    ip_address text,
    user_agent text,
    request_id text,
    trace_id text,
    details text,
    salt bytea,
    erased bytea,
    PRIMARY KEY (ts, id)
) PARTITION BY RANGE (ts);

-- An entry whose month has no partition is kept here until that month gets one.
CREATE TABLE IF NOT EXISTS {schema}.audit_entries_default PARTITION OF {schema}.audit_entries DEFAULT;

CREATE INDEX IF NOT EXISTS audit_entries_xact ON {schema}.audit_entries (xact, id);
CREATE INDEX IF NOT EXISTS audit_entries_user ON {schema}.audit_entries (user_id, ts, id) WHERE user_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS audit_entries_resource ON {schema}.audit_entries (resource_id, ts, id) WHERE resource_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS audit_entries_action ON {schema}.audit_entries (action, ts, id);
CREATE INDEX IF NOT EXISTS audit_entries_request ON {schema}.audit_entries (request_id, ts, id) WHERE request_id IS NOT NULL;

-- One row a Merkle batch: of the entries after (after_xact, after_id) and up to (last_xact, last_id), those of the header's month. Batches of several
-- months that were sealed together have the same bounds. ids and leaves stand in the order of the tree, 16 and 32 bytes each.
CREATE TABLE IF NOT EXISTS {schema}.audit_batches
(
    number bigint PRIMARY KEY,
    after_xact xid8 NOT NULL,
    after_id uuid NOT NULL,
    last_xact xid8 NOT NULL,
    last_id uuid NOT NULL,
    ids bytea NOT NULL,
    leaves bytea NOT NULL,
    header text NOT NULL,
    checkpoint text NOT NULL
);

-- The signed proofs of what was erased or dropped by right.
CREATE TABLE IF NOT EXISTS {schema}.audit_tombstones
(
    kind text NOT NULL,
    subject text NOT NULL,
    tombstone text NOT NULL,
    PRIMARY KEY (kind, subject)
);

-- Append-only, also for the owner: what may change is what the functions below do, and only in their form.
CREATE OR REPLACE FUNCTION {schema}.audit_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    IF TG_LEVEL = 'ROW' AND TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_entries_default'
        AND current_setting('ledgerlift.audit_duty', true) = 'move' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The audit trail is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$body$;

CREATE OR REPLACE FUNCTION {schema}.audit_refuse_update() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    erased {schema}.audit_entries := OLD;
BEGIN
    IF current_setting('ledgerlift.audit_duty', true) = 'erase' AND OLD.details IS NOT NULL THEN
        erased.erased := sha256(OLD.salt || convert_to(OLD.details, 'UTF8'));
        erased.details := NULL;
        erased.salt := NULL;
        IF NEW IS NOT DISTINCT FROM erased THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'The audit trail is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$body$;

CREATE OR REPLACE TRIGGER audit_no_update BEFORE UPDATE ON {schema}.audit_entries
    FOR EACH ROW EXECUTE FUNCTION {schema}.audit_refuse_update();
CREATE OR REPLACE TRIGGER audit_no_delete BEFORE DELETE ON {schema}.audit_entries
    FOR EACH ROW EXECUTE FUNCTION {schema}.audit_refuse();
CREATE OR REPLACE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {schema}.audit_batches
    FOR EACH ROW EXECUTE FUNCTION {schema}.audit_refuse();
CREATE OR REPLACE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {schema}.audit_tombstones
    FOR EACH ROW EXECUTE FUNCTION {schema}.audit_refuse();
CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {schema}.audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_refuse();
CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {schema}.audit_entries_default
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_refuse();
CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {schema}.audit_batches
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_refuse();
CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {schema}.audit_tombstones
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_refuse();

-- Makes the partitions of some months from the one of first_month on, and moves to them what the default partition holds of their time.
-- The table is built beside the trail and then attached: writers wait for moments only.
CREATE OR REPLACE FUNCTION {schema}.audit_make_partitions(first_month timestamptz, months int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    made int := 0;
    starts timestamptz;
    ends timestamptz;
    name text;
BEGIN
    IF months NOT BETWEEN 1 AND 120 THEN
        RAISE EXCEPTION 'months must be from 1 to 120, but is %', months;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('{schema}.audit_make_partitions', 0));
    FOR step IN 0 .. months - 1 LOOP
        starts := (date_trunc('month', first_month AT TIME ZONE 'UTC') + make_interval(months => step)) AT TIME ZONE 'UTC';
        ends := (starts AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
        name := 'audit_entries_' || to_char(starts AT TIME ZONE 'UTC', 'YYYYMM');
        CONTINUE WHEN to_regclass(format('%I.%I', '{schema}', name)) IS NOT NULL
            OR EXISTS (SELECT FROM {schema}.audit_tombstones
                WHERE kind = 'partition' AND subject = to_char(starts AT TIME ZONE 'UTC', 'YYYY-MM'));
        EXECUTE format('CREATE TABLE {schema}.%I (LIKE {schema}.audit_entries INCLUDING ALL)', name);
        IF EXISTS (SELECT FROM {schema}.audit_entries_default WHERE ts >= starts AND ts < ends) THEN
            LOCK TABLE {schema}.audit_entries_default IN ACCESS EXCLUSIVE MODE;
            PERFORM set_config('ledgerlift.audit_duty', 'move', true);
            EXECUTE format('WITH moved AS (DELETE FROM {schema}.audit_entries_default WHERE ts >= %L AND ts < %L RETURNING *) '
                'INSERT INTO {schema}.%I SELECT * FROM moved', starts, ends, name);
            PERFORM set_config('ledgerlift.audit_duty', '', true);
        END IF;
        EXECUTE format('ALTER TABLE {schema}.audit_entries ATTACH PARTITION {schema}.%I FOR VALUES FROM (%L) TO (%L)', name, starts, ends);
        EXECUTE format('CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {schema}.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION {schema}.audit_refuse()', name);
        made := made + 1;
    END LOOP;
    RETURN made;
END
$body$;

-- Takes the details of one entry away and leaves their hash, which the entry's leaf is made of. Says whether there were any.
CREATE OR REPLACE FUNCTION {schema}.audit_erase(entry_ts timestamptz, entry_id uuid, proof text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    found_rows bigint;
BEGIN
    PERFORM set_config('ledgerlift.audit_duty', 'erase', true);
    UPDATE {schema}.audit_entries SET erased = sha256(salt || convert_to(details, 'UTF8')), details = NULL, salt = NULL
        WHERE ts = entry_ts AND id = entry_id AND details IS NOT NULL;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    PERFORM set_config('ledgerlift.audit_duty', '', true);
    IF found_rows > 0 THEN
        INSERT INTO {schema}.audit_tombstones (kind, subject, tombstone) VALUES ('details', entry_id::text, proof) ON CONFLICT DO NOTHING;
    END IF;
    RETURN found_rows > 0;
END
$body$;

REVOKE ALL ON FUNCTION {schema}.audit_make_partitions(timestamptz, int), {schema}.audit_erase(timestamptz, uuid, text) FROM PUBLIC;
INSERT INTO {schema}.audit_schema (version) VALUES (1) ON CONFLICT DO NOTHING;
