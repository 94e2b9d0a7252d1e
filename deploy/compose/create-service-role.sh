#!/bin/sh
# PostgreSQL's container runs this once, when it makes the database. What the role may do, the owner's migration grants it.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$SERVICE_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role audit_service login password :'password';
SQL
