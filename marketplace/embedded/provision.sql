-- What a PostgreSQL server (15 or newer) needs for this project: two roles, one database, three extensions, the grants.
-- Idempotent. The embedded server runs this very file at each start; on a server of your own run it as a superuser:
--
--   OWNER_PASSWORD=… APP_PASSWORD=… psql -d postgres -v database=marketplace -f provision.sql
--
-- and run it once more with `-v database=template1` where test databases are to be made.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
SET client_min_messages = warning;
-- A statement that fails because of a password must not put it into the server's log.
SET log_min_error_statement = panic;

-- The owner migrates. CREATEDB is for test databases only: take it away in production if you like.
SELECT 'CREATE ROLE marketplace_owner' WHERE to_regrole('marketplace_owner') IS NULL \gexec
ALTER ROLE marketplace_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE PASSWORD :'owner_password';

-- The application reads and writes rows; it owns nothing, so it can neither change the schema nor disable a trigger.
SELECT 'CREATE ROLE marketplace_app' WHERE to_regrole('marketplace_app') IS NULL \gexec
ALTER ROLE marketplace_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE PASSWORD :'app_password';

-- C.UTF-8, never C: under C the trigrams of Chinese text are empty.
SELECT format('CREATE DATABASE %I OWNER marketplace_owner TEMPLATE template0 ENCODING %L LOCALE %L', :'database', 'UTF8', 'C.UTF-8')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

\connect :database
SET client_min_messages = warning;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS unaccent;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO marketplace_owner;
GRANT USAGE ON SCHEMA public TO marketplace_app;
-- Tables are granted by `manage.py migrate`, one by one: what nobody grants is closed.
