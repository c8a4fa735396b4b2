#!/bin/sh
# Runs once, when the volume of PostgreSQL is empty: one database per service with a role of its own, and nobody else in it.
set -eu

role() {
  psql -v ON_ERROR_STOP=1 -v role="$1" -v password="$2" -U "$POSTGRES_USER" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
SQL
}

database() {
  psql -v ON_ERROR_STOP=1 -v database="$1" -v owner="$2" -U "$POSTGRES_USER" <<'SQL'
CREATE DATABASE :"database" OWNER :"owner";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
}

role lms "$LMS_PASSWORD"
role asset_store "$ASSET_STORE_PASSWORD"
role rule_evaluator "$RULE_EVALUATOR_PASSWORD"
role certificate_generator "$CERTIFICATE_GENERATOR_PASSWORD"
role certificate_registry "$CERTIFICATE_REGISTRY_PASSWORD"
role webhook_dispatcher "$WEBHOOK_DISPATCHER_PASSWORD"

database lms lms
database assets asset_store
database rules rule_evaluator
database certificates certificate_generator
database webhooks webhook_dispatcher

# What certificate_registry may touch there is granted by the migrations.
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -c 'GRANT CONNECT ON DATABASE certificates TO certificate_registry'
