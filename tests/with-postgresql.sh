#!/usr/bin/env bash
# Run a command with a fresh PostgreSQL, which is gone afterwards:
#   tests/with-postgresql.sh .venv/bin/python -m pytest tests/web
# The command finds it in SEALWRIGHT_TEST_DATABASE. As root the server runs as `nobody`. It
# does not wait for the disk, which tests need not; benchmarks say SYNC=on.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL …"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes \
        --no-install-recommends postgresql; } >/dev/null
    bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  else
    echo "PostgreSQL is needed: its programs were not found under /usr/lib/postgresql." >&2
    exit 1
  fi
fi
folder=$(mktemp -d)
as=()
if [ "$(id -u)" -eq 0 ]; then
  chown nobody "$folder"
  as=(runuser -u nobody --)
fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
stop() {
  "${as[@]}" "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate --silent stop || true
  rm -rf "$folder"
}
trap stop EXIT
cd_back=$PWD
cd "$folder"
"${as[@]}" "$bin/initdb" --pgdata "$folder/data" --username sealwright --auth trust \
  --encoding UTF8 --no-sync >/dev/null
"${as[@]}" "$bin/pg_ctl" --pgdata "$folder/data" --silent --wait --log "$folder/log" \
  --options "-p $port -c listen_addresses=127.0.0.1 -k $folder -c fsync=${SYNC:-off}" start
cd "$cd_back"
export SEALWRIGHT_TEST_DATABASE="postgresql://sealwright@127.0.0.1:$port/postgres"
"$@"
