"""DuckDB, set up so that it never goes to a network and never grows without bound."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "threads": 2,  # a fixed number: results must not depend on the machine
    "preserve_insertion_order": "true",
}


@contextmanager
def database(*, memory: str = "450MB", scratch: Path | None = None, macros: bool = False) -> Iterator[DuckDBPyConnection]:
    """Open a database in memory.

    Parameters
    ----------
    memory : str
        What it may use before it writes to disk.
    scratch : Path, optional
        Where it writes then.
    macros : bool
        Define the functions of ``formats/macros.sql``.
    """
    import duckdb

    # Nothing is spilled where no folder is given: an empty folder name switches it off.
    connection = duckdb.connect(config=_SETTINGS | {"memory_limit": memory, "temp_directory": str(scratch) if scratch else ""})
    try:
        if macros:
            connection.execute(files("brieftools.incidents.formats").joinpath("macros.sql").read_text(encoding="utf-8"))
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def name(column: str) -> str:
    """Quote a column's name for SQL."""
    return '"' + column.replace('"', '""') + '"'


def text(value: str | Path) -> str:
    """Quote a value for SQL, where a parameter cannot stand."""
    return "'" + str(value).replace("'", "''") + "'"


def parquet(path: Path, *, record: bool = False) -> str:
    """Return the expression that reads a Parquet file, with the number of each row as `file_row_number` if asked."""
    return f"read_parquet({text(path)}, file_row_number = {'true' if record else 'false'})"
