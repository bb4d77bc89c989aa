#!/bin/sh
# Publishes the public section, for cron:
#
#   30 4 * * *  covenant  /usr/local/share/covenant/nightly.sh /srv/www/partners en lv
#
# usage: nightly.sh FOLDER [LANGUAGE …]   (without languages: those of the settings, else all)
# The folder is replaced as a whole, and files that did not change keep their times, so that browsers and mirrors fetch
# only what is new. Prints nothing when all went well, so that cron sends mail only when something failed; then the
# folder that is there is the one of the night before.
set -eu
folder=$1
shift
for language in "$@"; do
  shift
  set -- "$@" --lang "$language"
done

covenant --quiet export --format site --output "$folder" "$@"
