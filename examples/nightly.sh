#!/bin/sh
# What an office's server does every night: checks the registry against the checkpoint of the night before, stores a new
# one and a backup, and publishes the website.
#
# usage: nightly.sh SITE [LANGUAGE …]   (without languages: those of the settings, else all)
#
# SITE is replaced as a whole, and files that did not change keep their times, so that browsers and mirrors fetch only
# what is new. Prints nothing when all went well, so that cron sends mail only when something failed. A registry that is
# not sound is neither stored nor published: the website and the backups of the nights before remain.
#
# The environment may name:
#   COVENANT_STATE    the folder of the checkpoint and the backups (by default the one of the systemd service, or else
#                     /var/lib/covenant)
#   COVENANT_BACKUPS  how many backups are kept, one a day (14 by default)
set -eu
PATH=$PATH:/usr/local/bin:/usr/bin:/bin # cron looks for programs in the last two only

site=$1
shift
for language in "$@"; do
  shift
  set -- "$@" --lang "$language"
done
state=${COVENANT_STATE:-${STATE_DIRECTORY:-/var/lib/covenant}}
checkpoint=$state/checkpoint
mkdir -p "$state/backups"

against=
[ ! -e "$checkpoint" ] || against=yes
report=$(covenant check ${against:+--against "$checkpoint"} 2>&1) || {
  status=$?
  printf '%s\n' "$report" >&2
  exit "$status"
}

covenant history --checkpoint >"$checkpoint.new"
mv "$checkpoint.new" "$checkpoint"

covenant --quiet backup "$state/backups/registry-$(date +%Y-%m-%d).db"
count=0
for backup in $(printf '%s\n' "$state"/backups/registry-????-??-??.db | sort -r); do
  count=$((count + 1))
  [ "$count" -le "${COVENANT_BACKUPS:-14}" ] || rm -- "$backup"
done

covenant --quiet export --format site --output "$site" "$@"
