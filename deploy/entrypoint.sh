#!/bin/sh
# What a container of the image runs. "serve", the default, prepares the database, one container at a
# time, and serves; "daily PATH…" prepares it, too, and makes the daily run every two hours; any other
# command is run as it is.
set -eu

every_two_hours() {
    trap 'kill "$running"; wait "$running" || :; exit 0' TERM INT
    while :; do
        python manage.py daily "$@" & running=$!
        wait "$running" || : # it has said what failed, and the next run tries again
        sleep 7200 & running=$!
        wait "$running"
    done
}

case "$1" in
    serve)
        python manage.py prepare --node
        exec python -m gunicorn ;;
    daily)
        shift
        python manage.py prepare --node
        every_two_hours "$@" ;;
    *)
        exec "$@" ;;
esac
