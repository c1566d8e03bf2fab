#!/usr/bin/env bash
# Makes the role of Dossier, which is no superuser: row-level security binds it. Run once, by PostgreSQL's image.
set -euo pipefail
psql --username postgres --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/dossier_password)" <<'SQL'
CREATE ROLE dossier LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE dossier OWNER dossier;
SQL
