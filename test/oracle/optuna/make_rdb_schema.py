"""Writes src/study/storages/rdb/sqlite-tables.ts: the tables of a SQLite database as Optuna creates them.

python test/oracle/optuna/make_rdb_schema.py, from the repository's root
"""

import json
from pathlib import Path
import sqlite3
import tempfile

import optuna

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "study.db"
    optuna.storages.RDBStorage(f"sqlite:///{path}")
    database = sqlite3.connect(path)
    statements = [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    (schema_version,) = database.execute("SELECT schema_version FROM version_info").fetchone()
    (alembic,) = database.execute("SELECT version_num FROM alembic_version").fetchone()

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
