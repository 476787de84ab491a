"""Step 5, places: where a record names a place but no position, a gazetteer proposes one; nothing is overwritten.

A proposal stands in columns of its own (``proposed_latitude``, ``proposed_longitude``, ``proposed_precision``,
``proposed_from``) and is used by nobody who does not ask for it. It is made only where one place of that name, and no other, is
known in the record's country.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from brieftools.incidents.engine import parquet, text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COLUMNS = {
    "proposed_latitude": "DOUBLE",
    "proposed_longitude": "DOUBLE",
    "proposed_precision": "VARCHAR",
    "proposed_from": "VARCHAR",
}
_BARE = "latitude IS NULL AND longitude IS NULL AND country IS NOT NULL AND coalesce(place, admin1) IS NOT NULL"


def propose(db: DuckDBPyConnection) -> int:
    """Lay a table ``proposals`` down (record and `COLUMNS`) for the records of `mapped`, and return how many there are."""
    listed = ", ".join(f"{column} {kind}" for column, kind in COLUMNS.items())
    db.execute(f"CREATE TEMP TABLE proposals (record BIGINT, {listed})")
    bare = f"SELECT record, country, plain_name(coalesce(place, admin1)) AS wanted, place IS NULL AS coarse FROM mapped WHERE {_BARE}"
    if not db.execute(f"SELECT 1 FROM ({bare}) LIMIT 1").fetchall():
        return 0
    with as_file(files("brieftools.incidents.places")) as folder:
        cities, regions = parquet(folder / "cities.parquet"), f"read_csv({text(folder / 'regions.csv')}, header = true)"
        known = (
            "SELECT country, unnest(names) AS wanted, latitude, longitude, 'near' AS precision, "
            f"'GeoNames ' || id || ' ' || name AS origin FROM {cities} UNION ALL "
            "SELECT country, unnest(list_transform(list_append(string_split(coalesce(also, ''), ';'), name), lambda n: plain_name(n))), "
            f"latitude, longitude, precision, 'brieftools regions, ' || name FROM {regions}"
        )
        db.execute(
            f"INSERT INTO proposals SELECT record, any_value(latitude), any_value(longitude), any_value(precision), any_value(origin) "
            f"FROM ({bare}) JOIN (SELECT DISTINCT * FROM ({known})) USING (country, wanted) WHERE NOT coarse OR precision <> 'near' "
            "GROUP BY record HAVING count(*) = 1"
        )
    return int((db.execute("SELECT count(*) FROM proposals").fetchone() or (0,))[0])
