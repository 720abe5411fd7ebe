#!/usr/bin/env bash
# Make a streaming replica of the primary on the first start, then serve it to readers.
set -euo pipefail
data=/var/lib/postgresql/data/pgdata
export PGPASSWORD="$POSTGRES_PASSWORD"
if [ ! -s "$data/PG_VERSION" ]; then
    rm -rf "$data"
    until pg_isready --quiet --host=primary; do sleep 1; done # after a reboot nothing waits for it
    pg_basebackup --host=primary --username="$POSTGRES_USER" --pgdata="$data" \
        --write-recovery-conf --wal-method=stream --checkpoint=fast
    chmod 700 "$data"
fi
exec postgres -D "$data" -c hot_standby=on -c hot_standby_feedback=on \
    -c listen_addresses='*'
