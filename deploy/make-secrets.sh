#!/usr/bin/env bash
# Makes the secrets of deploy/compose.yaml in deploy/secrets/, once; what is there is kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if [ -e secrets ]; then
    echo "make-secrets: deploy/secrets is there already; remove it only together with the volumes." >&2
    exit 1
fi
umask 077
made="$(mktemp -d secrets.XXXXXX)"
secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

secret > "$made/postgres_password"
secret > "$made/dossier_password"
secret > "$made/s3_secret_key"
printf 'postgresql://dossier:%s@postgres:5432/dossier' "$(cat "$made/dossier_password")" > "$made/database_url"
cat > "$made/s3_identities" <<JSON
{"identities": [{"name": "dossier",
  "credentials": [{"accessKey": "dossier", "secretKey": "$(cat "$made/s3_secret_key")"}],
  "actions": ["Read:dossier", "Write:dossier", "List:dossier"]}]}
JSON
# The processes in the containers are other users; the folder keeps everybody else out.
chmod 644 "$made"/*
mv "$made" secrets
echo "make-secrets: made deploy/secrets" >&2
