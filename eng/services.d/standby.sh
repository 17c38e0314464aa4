# A second PostgreSQL that follows the first by streaming replication and can be promoted.
# shellcheck shell=bash

standby_slot=ledgerlift_standby

standby_create() {
  local folder=$DATA/standby
  claim_port standby
  mkdir -m 700 "$folder"
  give_to_postgres "$folder"
  standby_drop_slot
  # The slot makes the primary keep what the standby has not read yet, also while the standby is killed.
  PGPASSWORD=$(password) "${AS_POSTGRES[@]}" "$(postgres_programs)/pg_basebackup" --pgdata="$folder" \
    --host=127.0.0.1 --port="$(port_of postgres)" --username=ledgerlift --no-password --checkpoint=fast --no-sync \
    --wal-method=stream --create-slot --slot="$standby_slot" --write-recovery-conf
}

standby_start() {
  # It must follow the primary of now: after a promotion that is nobody, else the port it was made with.
  if [[ -e $DATA/standby/standby.signal ]]; then
    grep -q "port=$(port_of postgres) " "$DATA/standby/postgresql.auto.conf" || return 1
  fi
  if ! alive standby standby; then
    claim_port standby
    rm -f "$DATA/standby/postmaster.pid"
    launch_postgres standby
  fi
}

# "streaming" while it follows, "promoted" when it is a primary of its own, "cut off" in between.
standby_state() {
  sql "$(port_of standby)" "select case when not pg_is_in_recovery() then 'promoted'
    when exists (select from pg_stat_wal_receiver where status = 'streaming') then 'streaming' else 'cut off' end" 2>/dev/null
}

standby_answers() { [[ $(standby_state) == @(streaming|promoted) ]]; }

standby_promote() {
  created standby || die "standby: is not up; use: eng/services up standby"
  if [[ $(standby_state) != promoted ]]; then
    "${AS_POSTGRES[@]}" "$(postgres_programs)/pg_ctl" promote --pgdata="$DATA/standby" --wait >&2
  fi
}

# A slot that nobody reads makes the primary keep its log for ever. It is in use until the primary has noticed that the
# standby is gone.
standby_drop_slot() { wait_until 5 standby_try_drop_slot; }
standby_try_drop_slot() {
  sql "$(port_of postgres)" "select pg_drop_replication_slot(slot_name) from pg_replication_slots
    where slot_name = '$standby_slot'" >/dev/null 2>&1
}

standby_wiped() {
  if alive postgres postgres; then standby_drop_slot || say "standby: its slot $standby_slot stays on the primary"; fi
}

standby_settings() { echo "LEDGERLIFT_TEST_POSTGRES_STANDBY='$(connection_string "$(port_of standby)")'"; }
