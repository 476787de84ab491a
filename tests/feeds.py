"""SYNTHETIC rows in the exact layouts of ACLED, GTD and GDELT: no line of them was ever published."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_ACLED_NEW_TEXT = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2
assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude
geo_precision source source_scale notes fatalities tags timestamp
"""
ACLED_NEW = _ACLED_NEW_TEXT.split()
# A release of 2019 and before: ids of the row, alpha-3 codes, numbers for the kind of actor, no type of disorder.
_ACLED_OLD_TEXT = """
data_id iso event_id_cnty event_id_no_cnty event_date year time_precision event_type sub_event_type actor1 assoc_actor_1 inter1
actor2 assoc_actor_2 inter2 interaction region country admin1 admin2 admin3 location latitude longitude geo_precision source
source_scale notes fatalities timestamp iso3
"""
ACLED_OLD = _ACLED_OLD_TEXT.split()
_GTD_TEXT = """
eventid iyear imonth iday approxdate extended resolution country country_txt region region_txt provstate city latitude longitude
specificity vicinity location summary crit1 crit2 crit3 doubtterr alternative alternative_txt multiple success suicide attacktype1
attacktype1_txt attacktype2 attacktype2_txt attacktype3 attacktype3_txt targtype1 targtype1_txt targsubtype1 targsubtype1_txt corp1
target1 natlty1 natlty1_txt targtype2 targtype2_txt targsubtype2 targsubtype2_txt corp2 target2 natlty2 natlty2_txt targtype3
targtype3_txt targsubtype3 targsubtype3_txt corp3 target3 natlty3 natlty3_txt gname gsubname gname2 gsubname2 gname3 gsubname3 motive
guncertain1 guncertain2 guncertain3 individual nperps nperpcap claimed claimmode claimmode_txt claim2 claimmode2 claimmode2_txt claim3
claimmode3 claimmode3_txt compclaim weaptype1 weaptype1_txt weapsubtype1 weapsubtype1_txt weaptype2 weaptype2_txt weapsubtype2
weapsubtype2_txt weaptype3 weaptype3_txt weapsubtype3 weapsubtype3_txt weaptype4 weaptype4_txt weapsubtype4 weapsubtype4_txt weapdetail
nkill nkillus nkillter nwound nwoundus nwoundte property propextent propextent_txt propvalue propcomment ishostkid nhostkid nhostkidus
nhours ndays divert kidhijcountry ransom ransomamt ransomamtus ransompaid ransompaidus ransomnote hostkidoutcome hostkidoutcome_txt
nreleased addnotes scite1 scite2 scite3 dbsource INT_LOG INT_IDEO INT_MISC INT_ANY related
"""
GTD = _GTD_TEXT.split()
_ACTOR = [
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
]
_MIDDLE = [
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
]
_PLACE = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
GDELT2 = [
    *["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"],
    *[f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR],
    *_MIDDLE,
    *[f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in _PLACE],
    "DATEADDED",
    "SOURCEURL",
]
GDELT1 = [column for column in GDELT2 if "ADM2" not in column]
GDELT1_SHORT = GDELT1[:-1]


def acled(number: int, **other: str) -> dict[str, str]:
    """One synthetic event of ACLED."""
    return {
        "event_id_cnty": f"IRQ{number}",
        "event_date": "2022-02-23",
        "year": "2022",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "SYNTHETIC Forces",
        "inter1": "State forces",
        "actor2": "SYNTHETIC Group",
        "inter2": "Rebel group",
        "iso": "368",
        "country": "Iraq",
        "admin1": "Ninewa",
        "location": "Synthetic Village",
        "latitude": "36.125",
        "longitude": "43.375",
        "geo_precision": "1",
        "source": "Paper One; Paper Two",
        "notes": "SYNTHETIC: two lines\nof a note, with a comma",
        "fatalities": "4",
        "timestamp": "1646000000",
        "data_id": str(9_000_000 + number),
        "iso3": "IRQ",
    } | other


def gtd(number: int, **other: str) -> dict[str, str]:
    """One synthetic incident of GTD."""
    return {
        "eventid": f"20160501{number:04}",
        "iyear": "2016",
        "imonth": "5",
        "iday": "1",
        "extended": "0",
        "country": "95",
        "country_txt": "Iraq",
        "provstate": "Nineveh",
        "city": "Synthétic Village",
        "latitude": "36.125",
        "longitude": "43.375",
        "specificity": "1",
        "vicinity": "0",
        "summary": "SYNTHETIC summary",
        "attacktype1": "3",
        "attacktype1_txt": "Bombing/Explosion",
        "gname": "SYNTHETIC Group",
        "nkill": "4",
        "nwound": "7",
        "nperps": "-99",
        "scite1": "SYNTHETIC cite",
        "INT_ANY": "-9",
    } | other


def gdelt(number: int, **other: str) -> dict[str, str]:
    """One synthetic report of GDELT 2.0; without its time of day the date of entry is that of 1.0."""
    return {
        "GLOBALEVENTID": str(900_000_000 + number),
        "SQLDATE": "20191024",
        "MonthYear": "201910",
        "Year": "2019",
        "FractionDate": "2019.8055",
        "Actor1Code": "GOV",
        "Actor1Name": "SYNTHETIC MINISTRY",
        "IsRootEvent": "1",
        "EventCode": "010",
        "EventBaseCode": "010",
        "EventRootCode": "01",
        "QuadClass": "1",
        "GoldsteinScale": "0.0",
        "NumMentions": "3",
        "NumSources": "1",
        "NumArticles": "3",
        "AvgTone": "2.0",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Synthetic, Minsk, Belarus",
        "ActionGeo_CountryCode": "BO",
        "ActionGeo_ADM1Code": "BO04",
        "ActionGeo_ADM2Code": "5840",
        "ActionGeo_Lat": "53.9",
        "ActionGeo_Long": "27.5667",
        "ActionGeo_FeatureID": "-1",
        "DATEADDED": "20191024143000",
        "SOURCEURL": "https://example.org/synthetic",
    } | other


def gdelt_one(number: int, **other: str) -> dict[str, str]:
    """One synthetic report of GDELT 1.0."""
    return gdelt(number, **({"DATEADDED": "20191024"} | other))


def table(columns: Sequence[str], rows: Iterable[dict[str, str]], *, delimiter: str = ",", header: bool = True) -> str:
    """A file of such rows."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    if header:
        writer.writerow(columns)
    writer.writerows([row.get(column.lower() if column.isupper() else column, row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue()


def tabs(columns: Sequence[str], *rows: dict[str, str]) -> str:
    """A file of GDELT as published: tab-separated, no header."""
    return table(columns, rows, delimiter="\t", header=False)
