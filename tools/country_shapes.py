"""Make the country shapes that maps are drawn from; run once per release of Natural Earth, not at install.

    npm pack world-atlas@2.0.2
    python tools/country_shapes.py countries-50m.json iso_3166-1.json src/brieftools/charts/maps/countries-50m.json.gz

The first file is TopoJSON of Natural Earth 1:50m (public domain), the second Debian's iso-codes list, which turns numeric
codes into alpha-3 ones. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

NOTICE = (
    "Made with Natural Earth (1:50m admin 0 countries, public domain, naturalearthdata.com), by way of world-atlas 2.0.2; "
    "boundaries are de facto and imply no endorsement."
)
# Shapes without an ISO code in the source.
CODES = {"Kosovo": "XKX", "N. Cyprus": "XNC", "Somaliland": "XSL", "Siachen Glacier": "XSG", "Indian Ocean Ter.": "IOA"}


def compact(atlas: dict[str, Any], codes: dict[str, str]) -> dict[str, Any]:
    """Return countries as lists of rings (arc numbers), arcs as flat lists of steps; nothing else of the source is kept."""
    countries = []
    for shape in sorted(atlas["objects"]["countries"]["geometries"], key=lambda one: one["properties"]["name"]):
        name = shape["properties"]["name"]
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        code = codes.get(shape.get("id", "")) or CODES.get(name, "")
        countries.append({"name": name, "iso3": code, "polygons": polygons})
    arcs = [[number for point in arc for number in point] for arc in atlas["arcs"]]
    return {"notice": NOTICE, **atlas["transform"], "countries": countries, "arcs": arcs}


def main(atlas: str, codes: str, out: str) -> None:
    """Read, compact, write."""
    listed = json.loads(Path(codes).read_text(encoding="utf-8"))["3166-1"]
    shapes = compact(json.loads(Path(atlas).read_text(encoding="utf-8")), {one["numeric"]: one["alpha_3"] for one in listed})
    text = json.dumps(shapes, ensure_ascii=False, separators=(",", ":"))
    Path(out).write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    bare = [one["name"] for one in shapes["countries"] if not one["iso3"]]
    print(f"{len(shapes['countries'])} shapes, {Path(out).stat().st_size:,} bytes, without a code: {bare}")


if __name__ == "__main__":
    main(*sys.argv[1:])
