#!/bin/sh
# Publishes the public list, for cron:
#
#   30 4 * * *  covenant  /usr/local/share/covenant/nightly.sh /srv/www/partners en lv
#
# usage: nightly.sh FOLDER [LANGUAGE …]
# Each file is replaced as a whole, and only when it changed. Prints nothing when all went well, so that cron sends
# mail only when something failed; then the files that stand are the ones of the night before.
set -eu
folder=$1
shift
[ $# -gt 0 ] || set -- en

for language in "$@"; do
  covenant --quiet export --format html --lang "$language" --output "$folder/partners.$language.html"
done
for format in csv json; do
  covenant --quiet export --format "$format" --output "$folder/partners.$format"
done
