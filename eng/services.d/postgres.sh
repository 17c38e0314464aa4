# PostgreSQL 15, as durable as in production: fsync, synchronous_commit and full_page_writes stay on.
# shellcheck shell=bash

# Debian keeps the server programs out of PATH, in a folder per version.
postgres_programs() {
  local folder
  for folder in /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin; do
    if [[ -x $folder/postgres ]]; then
      echo "$folder"
      return
    fi
  done
  folder=$(type -P postgres) && dirname "$folder"
}

give_to_postgres() { if ((EUID == 0)); then chown postgres "$@"; fi; }

postgres_create() {
  local folder=$DATA/postgres secret=$DATA/postgres.secret programs
  programs=$(postgres_programs)
  # A standby cannot follow a new primary.
  rm -f "$DATA/standby.created"
  mkdir -m 700 "$folder"
  install -m 600 "$DATA/password" "$secret"
  give_to_postgres "$folder" "$secret"
  # --no-sync concerns the making of the files only.
  "${AS_POSTGRES[@]}" "$programs/initdb" --pgdata="$folder" --username=ledgerlift --pwfile="$secret" --no-sync \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8
  rm -f "$secret"
  postgres_configuration >>"$folder/postgresql.conf"
  echo 'CREATE DATABASE ledgerlift' |
    "${AS_POSTGRES[@]}" "$programs/postgres" --single -D "$folder" postgres
}

# Settings stand in the file and not on the command line so that a test can change them with ALTER SYSTEM.
postgres_configuration() {
  cat <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 64MB
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = replica
max_wal_senders = 10
max_replication_slots = 10
hot_standby = on
wal_retrieve_retry_interval = 500ms
max_prepared_transactions = 10
log_line_prefix = '%m [%p] %a '
CONF
}

postgres_start() {
  claim_port postgres
  # No process of ours is alive here; an id in this file that was given to somebody else would stop the server.
  if ! alive postgres postgres; then
    rm -f "$DATA/postgres/postmaster.pid"
    launch_postgres postgres
  fi
}

launch_postgres() { # SERVER
  launch "$1" "${AS_POSTGRES[@]}" "$(postgres_programs)/postgres" -D "$DATA/$1" \
    -p "$(port_of "$1")" -c cluster_name="$TAG-$1"
}

sql() { # PORT STATEMENT
  PGPASSWORD=$(password) PGCONNECT_TIMEOUT=5 "$(postgres_programs)/psql" --no-psqlrc --quiet --tuples-only --no-align \
    --set=ON_ERROR_STOP=1 --host=127.0.0.1 --port="$1" --username=ledgerlift --dbname=ledgerlift --command="$2"
}

postgres_answers() { [[ $(sql "$(port_of postgres)" 'select 1' 2>/dev/null) == 1 ]]; }

postgres_settings() {
  local port
  port=$(port_of postgres)
  echo "LEDGERLIFT_TEST_POSTGRES='$(connection_string "$port")'"
  echo "DATABASE_URL='postgres://ledgerlift:$(password)@127.0.0.1:$port/ledgerlift'"
}

connection_string() { # PORT: as Npgsql reads it
  echo "Host=127.0.0.1;Port=$1;Username=ledgerlift;Password=$(password);Database=ledgerlift"
}
