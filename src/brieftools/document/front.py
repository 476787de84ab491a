"""What stands above the first line of a brief: title, dates, handling, notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from brieftools.brief.corrections import read_corrections
from brieftools.brief.inputs import Inputs
from brieftools.house.wording import Words, long_date, words
from brieftools.source.handling import TLP

Node = dict[str, Any]
_WATERMARKS = ("draft", "withdrawn")


def meta(inputs: Inputs, state: str) -> Node:
    """Return the `meta` object of a brief.

    Parameters
    ----------
    state : str
        draft, issued, corrected or withdrawn.
    """
    spec, edition, said = inputs.spec, inputs.spec.edition, inputs.words
    as_of = (said["as_of"], said.long_date(edition.as_of))
    covers = (said["covers"], said.span(spec.period.start, spec.period.end))
    dates = [
        *([as_of, covers] if spec.week is None else [(said["week"], said.span(spec.week.start, spec.week.end)), as_of]),
        (said["edition"], said["first_issue"].format(number=1) if edition.number == 1 else str(edition.number)),
        (said["next_issue"], edition.next),
    ]
    label = inputs.handling
    return {
        "title": spec.title,
        "kicker": said["kicker"] if spec.kicker is None else spec.kicker,
        "running": spec.running,
        "slug": spec.slug,
        "lang": inputs.language,
        "labels_lang": said.language,
        "house": inputs.house.name or None,
        "authors": list(spec.authors),
        "keywords": list(spec.keywords),
        "as_of": edition.as_of.isoformat(),
        "edition": {"name": spec.edition_name, "line": said["edition_line"].format(number=edition.number), "state": state},
        "dates": [{"label": name, "value": value} for name, value in dates if value],
        "handling": {"label": label.label, "text": _allows(inputs), "foreground": label.foreground, "background": label.background},
        "footer": inputs.disclaimer[1],
        "watermark": said[state] if state in _WATERMARKS else None,
        "banner": spec.banner,
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
        "labels_lang": "en",
        "house": None,
        "authors": [],
        "keywords": [],
        "as_of": as_of.isoformat(),
        "edition": {"name": "draft", "line": "No edition", "state": "draft"},
        "dates": [],
        "handling": {"label": label.label, "text": label.text, "foreground": label.foreground, "background": label.background},
        "footer": "",
        "watermark": words("en")["draft"],
        "contact": None,
    }


def notices(inputs: Inputs, body: list[Node]) -> list[Node]:
    """Return what page 1 has to say beside the dates: the brief's own notices, and judgments that nobody reviewed."""
    own = [one.sentence() for one in read_corrections(inputs.folder) if one.edition == inputs.spec.edition_name]
    found = [{"kind": "notice", "c": [{"type": "text", "text": text}]} for text in (*own, *_late_data(inputs), *inputs.spec.notices)]
    entries = [entry for block in body if block["type"] == "judgments" for entry in block["items"]]
    waiting = [str(entry["number"]) for entry in entries if not entry["reviewed"]]
    if waiting:
        found.append({"kind": "unreviewed", "c": [{"type": "text", "text": _unreviewed(waiting, len(entries), inputs.words)}]})
    return found


def _unreviewed(waiting: list[str], of: int, said: Words) -> str:
    if len(waiting) == of:
        return said["unreviewed_all" if of > 1 else "unreviewed_only"]
    return said["unreviewed_some" if len(waiting) > 1 else "unreviewed_one"].format(which=said.listing(waiting))


def _allows(inputs: Inputs) -> str:
    """What the handling label allows, in the language of the labels; the label itself is never translated (TLP 2.0)."""
    return inputs.words.handling.get(inputs.handling.label, inputs.handling.text)


def _late_data(inputs: Inputs) -> list[str]:
    """A weekly edition whose own release was missed rests on a later one, which knows more than was known then."""
    if inputs.spec.week is None:
        return []
    sidecars = [dataset.sidecar for dataset in inputs.datasets.values()]
    return [
        f"No release of “{one.title}” of its own time reaches this week: it is shown as known on {long_date(one.accessed)}."
        for one in sidecars
        if one.accessed is not None and one.accessed > inputs.spec.edition.as_of
    ]
