"""SVG drawings, taken apart and put together again from what is known to be harmless.

The page's Content-Security-Policy forbids style attributes, so they become presentation attributes; the colours of
the house become classes, so that a chart follows the dark page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from brieftools.errors import RenderError
from brieftools.render.html.markup import Html, classes, el, text
from brieftools.render.html.palette import tokens
from brieftools.render.html.scope import OWN, Scope
from brieftools.render.html.svgattrs import COLOUR, FORMS, LOCAL, PAINTS, PICTURE, PRESENTATION, REFERENCES, SHAPES, declarations

_DOCTYPE = re.compile(r'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1\.1//EN"\s+"http://www\.w3\.org/Graphics/SVG/1\.1/DTD/svg11\.dtd">')
_STILL = re.compile(r"rotate\(-?0(?:\.0+)?(?:[\s,][^()]*)?\)")
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class _Drawing:
    """One drawing on its way to the page."""

    scope: Scope
    prefix: str
    colours: dict[str, str]
    ids: dict[str, str] = field(default_factory=dict)
    compound: set[str] = field(default_factory=set)


def drawing(svg: str, scope: Scope, *, alt: str, cls: str, where: str, width: int | None = None) -> Html:
    """Return an SVG drawing that can be set into the page.

    Parameters
    ----------
    svg : str
        The drawing, untrusted.
    scope : Scope
        The place.
    alt : str
        What it shows; empty hides it from screen readers.
    cls : str
        Class names for the outer element.
    where : str
        What to call it in an error.
    width : int, optional
        Natural width in CSS px; its height follows from the view box.

    Raises
    ------
    RenderError
        If it is no SVG, or declares a document type or entities.
    """
    root = _parse(svg, where)
    scope.found.drawings += 1
    known = tokens(scope.house.light)
    plate = not _house_text(root, known)
    made = _Drawing(scope, f"{OWN}d{scope.found.drawings}-", {} if plate else known)
    _name_targets(root, made)
    return el(
        "svg",
        *_content(root, made),
        cls=classes(cls, "plate" if plate else None),
        viewBox=_view_box(root, where),
        width=width,
        role="img" if alt else None,
        aria_label=alt or None,
        aria_hidden=None if alt else "true",
        # What matplotlib says for everything by a style element.
        stroke_linejoin="round",
        stroke_linecap="butt",
    )


def _parse(svg: str, where: str) -> ElementTree.Element:
    source = _DOCTYPE.sub("", svg, count=1)
    if "<!DOCTYPE" in source or "<!ENTITY" in source:
        raise RenderError("a drawing declares a document type of its own", where=where, do="save it as a plain SVG, or as a PNG")
    try:
        root = ElementTree.fromstring(source)
    except (ElementTree.ParseError, ValueError) as error:
        raise RenderError(f"a drawing is not readable as SVG ({error})", where=where, do="save it as a plain SVG, or as a PNG") from error
    if _local(root) != "svg":
        raise RenderError("a drawing is XML, but not SVG", where=where, do="save it as a plain SVG, or as a PNG")
    return root


def _local(element: ElementTree.Element) -> str:
    """Return the name of an SVG element, empty for anything of another namespace."""
    name = element.tag if isinstance(element.tag, str) else ""
    if name.startswith("{"):
        return name.removeprefix(_SVG) if name.startswith(_SVG) else ""
    return name


def _view_box(root: ElementTree.Element, where: str) -> str:
    given = root.get("viewBox")
    if given and len(re.findall(r"[-+]?[\d.]+", given)) == 4 and FORMS["viewBox"].fullmatch(given):
        return " ".join(given.replace(",", " ").split())
    sizes = [re.match(r"\d+\.?\d*", root.get(side, "")) for side in ("width", "height")]
    if not all(sizes):
        raise RenderError("a drawing has neither a view box nor a size", where=where, do="give its svg element a viewBox")
    return "0 0 " + " ".join(size[0] for size in sizes if size)


def _house_text(root: ElementTree.Element, known: dict[str, str]) -> bool:
    """Tell whether all text is in colours of the house; if not, the drawing keeps its colours on a white plate."""
    words = ("text", "tspan")
    speaking = (e for e in root.iter() if _local(e) in words or (_local(e) == "g" and any(_local(inner) in words for inner in e.iter())))
    fills = {_styled(e).get("fill", "none").lower() for e in speaking}
    return all(fill in known or fill in ("none", "inherit", "currentcolor") or not COLOUR.fullmatch(fill) for fill in fills)


def _styled(element: ElementTree.Element) -> dict[str, str]:
    """Return attributes and style of an element as one; style wins, as in CSS."""
    own = {("href" if name == _XLINK else name): value for name, value in element.attrib.items()}
    style = declarations(own.pop("style", ""))
    if "font" in own:
        own.pop("font")
    return own | {name: value for name, value in style.items() if name in PRESENTATION | PAINTS | REFERENCES or name.startswith("font-")}


def _name_targets(root: ElementTree.Element, made: _Drawing) -> None:
    """Give a new name to each id that something in the drawing refers to."""
    wanted = {name for element in root.iter() for name in _wanted(element)}
    for element in root.iter():
        name = element.get("id")
        if name in wanted and name is not None and name not in made.ids and _local(element) in SHAPES:
            made.ids[name] = f"{made.prefix}{len(made.ids) + 1}"
            # A use of a use can grow without bound; matplotlib never writes one.
            if any(_local(inner) == "use" for inner in element.iter()):
                made.compound.add(name)


def _wanted(element: ElementTree.Element) -> Iterator[str]:
    for value in _styled(element).values():
        if value.startswith("#"):
            yield value[1:]
        yield from LOCAL.findall(value)


def _content(element: ElementTree.Element, made: _Drawing) -> Iterator[Html]:
    speaks = _local(element) in ("text", "tspan")
    if speaks and element.text:
        yield text(element.text)
    for child in element:
        yield from _child(child, made)
        if speaks and child.tail:
            yield text(child.tail)


def _child(element: ElementTree.Element, made: _Drawing) -> Iterator[Html]:
    name = _local(element)
    if name == "a":
        yield el("g", *_content(element, made))
    elif name in SHAPES:
        attrs = _attributes(element, name, made)
        content = list(_content(element, made))
        empty = not content and name in ("g", "defs")
        if attrs is not None and not empty:
            yield el(name, *content, cls=_classes(element, made), **attrs)


def _attributes(element: ElementTree.Element, name: str, made: _Drawing) -> dict[str, str | int | bool | None] | None:
    """Return the attributes that stay; None if the element cannot stay without one that goes."""
    kept: dict[str, str | int | bool | None] = {}
    for key, value in _styled(element).items():
        if key == "id":
            kept["id"] = made.ids.get(value)
        elif key == "href":
            kept["href"] = _target(name, value, made)
        elif key in REFERENCES:
            kept[key] = _local_url(value, made)
        elif key in PAINTS:
            kept[key] = _paint(value, made)
        elif (form := FORMS.get(key)) and form.fullmatch(value) and not _STILL.fullmatch(value):
            kept[key] = " ".join(value.split())
    if name in ("use", "image") and not kept.get("href"):
        return None
    return kept


def _target(name: str, value: str, made: _Drawing) -> str | None:
    if name == "image":
        return "".join(value.split()) if PICTURE.fullmatch(value) else None
    target = value.removeprefix("#")
    if value == target or target in made.compound or target not in made.ids:
        return None
    return f"#{made.ids[target]}"


def _local_url(value: str, made: _Drawing) -> str | None:
    match = LOCAL.fullmatch(value)
    return f"url(#{made.ids[match[1]]})" if match and match[1] in made.ids else None


def _paint(value: str, made: _Drawing) -> str | None:
    if value.lower() in made.colours:
        return None
    return _local_url(value, made) or (value if COLOUR.fullmatch(value) else "none")


def _classes(element: ElementTree.Element, made: _Drawing) -> str | None:
    """Return classes for the house's colours, for the typeface and its weight."""
    style = _styled(element)
    names = []
    for paint in sorted(PAINTS & style.keys()):
        if token := made.colours.get(style[paint].lower()):
            names.append(made.scope.rule(f"{paint}-{token}", f"{paint}:var(--{token})"))
    if "font-family" in style:
        names.append(_face(style["font-family"], made.scope))
    weight = style.get("font-weight", "")
    if weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600):
        names.append("f-600")
    if style.get("font-style") in ("italic", "oblique"):
        made.scope.found.italic["sans"].update("".join(element.itertext()))
    return classes(*names)


def _face(family: str, scope: Scope) -> str:
    wanted = family.lower()
    if "mono" in wanted or scope.house.mono.lower() in wanted:
        return "f-mono"
    return "f-serif" if scope.house.serif.lower() in wanted else "f-sans"
