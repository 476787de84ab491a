"""What stands above the first line of a brief: title, dates, handling, notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from brieftools.brief.corrections import read_corrections
from brieftools.brief.inputs import Inputs
from brieftools.house.wording import listing, long_date, span
from brieftools.source.handling import TLP

Node = dict[str, Any]
_WATERMARKS = {"draft": "Draft", "withdrawn": "Withdrawn"}


def meta(inputs: Inputs, state: str) -> Node:
    """Return the `meta` object of a brief.

    Parameters
    ----------
    state : str
        draft, issued, corrected or withdrawn.
    """
    spec, edition = inputs.spec, inputs.spec.edition
    first = " (first issue)" if edition.number == 1 else ""
    dates = [
        ("As of", long_date(edition.as_of)),
        ("Covers", span(spec.period.start, spec.period.end)),
        ("Edition", f"{edition.number}{first}"),
        ("Next issue", edition.next),
    ]
    label = inputs.handling
    return {
        "title": spec.title,
        "kicker": spec.kicker,
        "running": spec.running,
        "slug": spec.slug,
        "lang": inputs.language,
        "authors": list(spec.authors),
        "keywords": list(spec.keywords),
        "as_of": edition.as_of.isoformat(),
        "edition": {"name": spec.edition_name, "line": f"Edition {edition.number}", "state": state},
        "dates": [{"label": name, "value": value} for name, value in dates if value],
        "handling": {"label": label.label, "text": label.text, "foreground": label.foreground, "background": label.background},
        "footer": spec.disclaimer.short,
        "watermark": _WATERMARKS.get(state),
        "contact": spec.contact or inputs.project.settings.defaults.contact,
    }


def meta_alone(title: str, as_of: date) -> Node:
    """Return the `meta` object of a notebook that belongs to no brief."""
    label = TLP[0]
    return {
        "title": title,
        "kicker": "Notebook",
        "running": title,
        "slug": "notebook",
        "lang": "en",
        "authors": [],
        "keywords": [],
        "as_of": as_of.isoformat(),
        "edition": {"name": "draft", "line": "No edition", "state": "draft"},
        "dates": [],
        "handling": {"label": label.label, "text": label.text, "foreground": label.foreground, "background": label.background},
        "footer": "",
        "watermark": "Draft",
        "contact": None,
    }


def notices(inputs: Inputs, body: list[Node]) -> list[Node]:
    """Return what page 1 has to say beside the dates: the brief's own notices, and judgments that nobody reviewed."""
    own = [one.sentence() for one in read_corrections(inputs.folder) if one.edition == inputs.spec.edition_name]
    found = [{"kind": "notice", "c": [{"type": "text", "text": text}]} for text in (*own, *inputs.spec.notices)]
    entries = [entry for block in body if block["type"] == "judgments" for entry in block["items"]]
    waiting = [str(entry["number"]) for entry in entries if not entry["reviewed"]]
    if waiting:
        said = f"{_which(waiting, len(entries))} not been reviewed by a second analyst."
        found.append({"kind": "unreviewed", "c": [{"type": "text", "text": said}]})
    return found


def _which(waiting: list[str], of: int) -> str:
    if len(waiting) == of:
        return "The judgments have" if of > 1 else "The judgment has"
    return f"Judgments {listing(waiting)} have" if len(waiting) > 1 else f"Judgment {waiting[0]} has"
