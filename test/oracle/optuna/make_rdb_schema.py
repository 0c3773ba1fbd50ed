"""Writes src/study/storages/rdb/sqlite-tables.ts and postgresql-tables.ts: the tables of a database as Optuna creates them.

python test/oracle/optuna/make_rdb_schema.py, from the repository's root
"""

import json
from pathlib import Path
import sqlite3
import tempfile

import optuna
from optuna.storages._rdb import models
import sqlalchemy
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import CreateEnumType

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "study.db"
    optuna.storages.RDBStorage(f"sqlite:///{path}")
    database = sqlite3.connect(path)
    statements = [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    (schema_version,) = database.execute("SELECT schema_version FROM version_info").fetchone()
    (alembic,) = database.execute("SELECT version_num FROM alembic_version").fetchone()



def tidy(statement):
    return " ".join(str(statement).split()).replace("( ", "(").replace(" )", ")")


dialect = postgresql.dialect()
tables = models.BaseModel.metadata.sorted_tables
types = {c.type.name: c.type for table in tables for c in table.columns if isinstance(c.type, sqlalchemy.Enum)}
postgres = [tidy(CreateEnumType(kind.dialect_impl(dialect)).compile(dialect=dialect)) for kind in types.values()]
for table in tables:
    postgres.append(tidy(sqlalchemy.schema.CreateTable(table).compile(dialect=dialect)))
    postgres += [tidy(sqlalchemy.schema.CreateIndex(index).compile(dialect=dialect)) for index in table.indexes]
postgres.append(next(tidy(sql) for sql in statements if "alembic_version" in sql))
postgres_lines = "\n".join(f"  {json.dumps(sql)}," for sql in postgres)
Path("src/study/storages/rdb/postgresql-tables.ts").write_text(
    f"""// Made by test/oracle/optuna/make_rdb_schema.py; do not edit.

/** Types, tables and indexes as Optuna creates them in PostgreSQL. */
export const POSTGRESQL_TABLES: readonly string[] = [
{postgres_lines}
]
"""
)

lines = "\n".join(f"  {json.dumps(' '.join(sql.split()).replace('( ', '(').replace(' )', ')'))}," for sql in statements)
Path("src/study/storages/rdb/sqlite-tables.ts").write_text(
    f"""// Made by test/oracle/optuna/make_rdb_schema.py; do not edit.

/** Optuna's number of this schema, in `version_info`. */
export const SCHEMA_VERSION = {schema_version}
/** The revision of this schema, in `alembic_version`. */
export const REVISION = {json.dumps(alembic)}

/** Tables and indexes as Optuna creates them in SQLite. */
export const SQLITE_TABLES: readonly string[] = [
{lines}
]
"""
)
