"""Velmora, an invented country: its provinces, its towns, and where in the empty South Pacific they are drawn."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]  # degrees east, degrees north

# Drawn on a sheet, x to the right and y downwards, one unit 1.6 km; nothing real lies within 2,000 km of 45 S 125 W.
_MIDDLE, _ORIGIN, _DEGREES = (315.0, 350.0), (-125.0, -45.0), (0.0205, 0.0145)

# Stretches of coast and border from node to node, clockwise around the country; neighbours share a stretch.
_ARCS: dict[str, str] = {
    "northmarch coast": "130,330 118,315 110,300 122,283 150,262 170,252 185,245 205,232 236,221",
    "upper coast": "236,221 248,210 262,208 276,204 300,203 316,209 330,212 344,224 356,234",
    "harrow coast": "356,234 390,230 404,238 428,240 446,252 465,262 478,272 490,275 505,296 518,322",
    "lower coast": "518,322 512,336 505,345 503,362 497,375 480,405 468,412 455,425",
    "brackwater coast": "455,425 447,440 440,450 415,470 398,474 370,485 346,483 322,487",
    "sund coast": "322,487 305,489 290,492 262,497 246,488 230,485 214,477 200,475 184,466 170,463",
    "west coast": "170,463 156,452 148,440 138,418 125,390 128,370 130,350 134,340 130,330",
    "northmarch upper": "236,221 240,240 245,260 240,276 238,290 242,308",
    "northmarch west": "242,308 222,316 200,314 178,324 152,326 130,330",
    "upper harrow": "356,234 350,256 354,278 348,296 347,312",
    "upper capital": "347,312 326,306 300,309 272,303 242,308",
    "harrow lower": "518,322 490,318 462,326 430,320 400,324 372,317 347,312",
    "west capital": "242,308 246,330 240,352 244,372 238,390",
    "west sund": "238,390 224,408 215,420 203,434 190,440 180,455 170,463",
    "capital sund": "238,390 258,396 280,392 298,402 316,408",
    "capital brackwater": "316,408 325,400 336,395",
    "capital lower": "336,395 340,378 338,360 343,342 341,326 347,312",
    "lower brackwater": "336,395 356,402 380,402 400,411 420,415 438,424 455,425",
    "sund brackwater": "316,408 321,424 322,440 317,458 318,470 322,487",
}
_RINGS: dict[str, tuple[str, ...]] = {
    "Upper Tessel": ("upper coast", "upper harrow", "upper capital", "-northmarch upper"),
    "Northmarch": ("northmarch coast", "northmarch upper", "northmarch west"),
    "Capital District": ("-upper capital", "-capital lower", "-capital brackwater", "-capital sund", "-west capital"),
    "Lower Tessel": ("-harrow lower", "lower coast", "-lower brackwater", "capital lower"),
    "West Ridge": ("west coast", "-northmarch west", "west capital", "west sund"),
    "Harrow Coast": ("harrow coast", "harrow lower", "-upper harrow"),
    "Sund": ("capital sund", "sund brackwater", "sund coast", "-west sund"),
    "Brackwater": ("capital brackwater", "lower brackwater", "brackwater coast", "-sund brackwater"),
}
PROVINCES = tuple(_RINGS)

# The first place of a province stands for its districts, too, where a record tells no more.
_PLACES: dict[str, dict[str, tuple[int, int]]] = {
    "Upper Tessel": {"Halvik": (286, 262), "Tessel Bridge": (304, 248), "North road": (290, 228), "Oren": (322, 262), "Dorrin": (268, 244)},
    "Northmarch": {"Ostrel": (179, 306), "Kelling": (150, 298), "Marn": (205, 272), "Varr Ford": (222, 288)},
    "Capital District": {"Velm": (284, 362), "Ministry Quarter": (276, 350), "Ring road south": (308, 384), "East Gate": (318, 352)},
    "Lower Tessel": {"Ferrin": (422, 386), "Tessel Mouth": (480, 344), "Millbank": (382, 348), "Osterly": (464, 374)},
    "West Ridge": {"Ridgefoot": (168, 362), "Calder Pit": (184, 408), "Stonegate": (204, 346)},
    "Harrow Coast": {"Harrow Port": (478, 296), "Salt Quay": (424, 264), "Lanning": (396, 298)},
    "Sund": {"Sund Harbour": (262, 474), "Grell": (232, 448), "Little Sund": (286, 430)},
    "Brackwater": {"Bracken": (372, 436), "Fenmouth": (420, 442), "Deepwell": (352, 462)},
}


def outlines() -> dict[str, list[Point]]:
    """Return each province's outline as one closed ring, shape (n, 2): degrees east and north, first point repeated at the end.

    Neighbours share the points of their border exactly.
    """
    return {province: _ring(arcs) for province, arcs in _RINGS.items()}


def places(province: str) -> list[str]:
    """Return the names of a province's places; the first one is its chief town."""
    return list(_PLACES[province])


def position(province: str, place: str, *, east: float = 0.0, south: float = 0.0) -> Point:
    """Return the longitude and latitude of a place, or of a point some units of 1.6 km away from it."""
    x, y = _PLACES[province][place]
    return _degrees(x + east, y + south)


def _ring(arcs: Sequence[str]) -> list[Point]:
    ring: list[Point] = []
    for arc in arcs:
        points = [_read(point) for point in _ARCS[arc.removeprefix("-")].split()]
        ring += (points[::-1] if arc.startswith("-") else points)[:-1]
    return [*ring, ring[0]]


def _read(point: str) -> Point:
    x, y = point.split(",")
    return _degrees(float(x), float(y))


def _degrees(x: float, y: float) -> Point:
    return (round(_ORIGIN[0] + (x - _MIDDLE[0]) * _DEGREES[0], 4), round(_ORIGIN[1] - (y - _MIDDLE[1]) * _DEGREES[1], 4))
