"""The parameters that a notebook declares in its cell tagged ``parameters``, and those that a call gives."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from brieftools.errors import NotebookError, SpecError, nearest

_KINDS: dict[str, tuple[type, ...]] = {"int": (int,), "float": (float, int), "str": (str,), "bool": (bool,), "list": (list, tuple)}


@dataclass(frozen=True)
class Parameter:
    """One name of the parameters cell.

    Attributes
    ----------
    name : str
    kind : str
        Its annotation (int, float, str, bool, list), or "" when it has none.
    """

    name: str
    kind: str = ""


def declared(cells: Iterable[Mapping[str, Any]], *, where: str) -> tuple[Parameter, ...]:
    """Read the names from the parameters cell.

    Raises
    ------
    NotebookError
        No cell, or more than one, has the tag; or the cell is not Python.
    """
    tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    if len(tagged) != 1:
        count = "no cell" if not tagged else f"{len(tagged)} cells"
        raise NotebookError(
            f"{count} tagged `parameters`", where=where, do="tag one cell `parameters` (in JupyterLab: gear at the top right, Cell Tags)"
        )
    source = tagged[0]["source"]
    try:
        tree = ast.parse(source if isinstance(source, str) else "".join(source))
    except SyntaxError as e:
        raise NotebookError(f"the parameters cell is not Python: {e.msg} (line {e.lineno})", where=where, do="correct the cell") from None
    return tuple(found for statement in tree.body for found in _assigned(statement))


def _assigned(statement: ast.stmt) -> list[Parameter]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [Parameter(statement.target.id, _kind(statement.annotation))]
    if isinstance(statement, ast.Assign):
        return [Parameter(target.id, _kind_of_value(statement.value)) for target in statement.targets if isinstance(target, ast.Name)]
    return []


def _kind(annotation: ast.expr) -> str:
    """``int``, ``int | None`` and ``list[str]`` are int, int and list."""
    names = [node.id for node in ast.walk(annotation) if isinstance(node, ast.Name) and node.id in _KINDS]
    return names[0] if names else ""


def _kind_of_value(value: ast.expr) -> str:
    if isinstance(value, ast.Constant) and value.value is not None:
        return type(value.value).__name__
    return "list" if isinstance(value, ast.List | ast.Tuple) else ""


def check(given: Mapping[str, Any], known: Iterable[Parameter], *, where: str) -> None:
    """Compare given parameters with the declared ones.

    Raises
    ------
    SpecError
        A name that is not declared (the nearest is named), or a value of another type.
    """
    by_name = {parameter.name: parameter for parameter in known}
    for name, value in given.items():
        if name not in by_name:
            raise SpecError(
                f"the template declares no parameter {name!r}; {nearest(name, by_name)}",
                where=where,
                do="correct the name, or declare it in the parameters cell",
            )
        kind = by_name[name].kind
        if value is not None and kind and not _is(value, kind):
            raise SpecError(
                f"parameter {name!r} must be of type {kind}, but is {value!r} ({type(value).__name__})", where=where, do="correct the value"
            )


def _is(value: object, kind: str) -> bool:
    allowed = _KINDS.get(kind)
    # bool is a subclass of int, but `weeks: true` is a mistake.
    return allowed is None or (isinstance(value, allowed) and (kind == "bool" or not isinstance(value, bool)))


def as_value(value: object) -> Any:
    """Return a parameter as papermill and JSON can hold it: a date becomes ISO text, a list a tuple.

    Raises
    ------
    ValueError
        It is no number, text, true, false, date, or list of these.
    """
    if isinstance(value, list | tuple):
        return tuple(_scalar(entry) for entry in value)
    return _scalar(value)


def _scalar(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    # No file format at hand has a way to write NaN or infinity.
    if (value is not None and not isinstance(value, bool | int | float | str)) or (isinstance(value, float) and not isfinite(value)):
        raise ValueError("a parameter is a number, a text, true, false, a date, or a list of these")
    return value


def from_text(text: str) -> tuple[str, Any]:
    """Read ``name=value`` as the command line gives it; the value is YAML, a date stays text.

    Raises
    ------
    SpecError
        There is no ``=``, or the value is not YAML.
    """
    from pathlib import Path

    from brieftools.project.yamlfile import parse_yaml, plain

    name, equals, value = text.partition("=")
    if not equals or not name.strip().isidentifier():
        raise SpecError(f"{text!r} is not a parameter", do="write -p name=value")
    data = plain(parse_yaml(value or "''", Path(f"-p {name}")))
    try:
        found = as_value(data)
    except ValueError as e:
        raise SpecError(f"parameter {name!r}: {e}", where=f"-p {text}", do="correct the value") from None
    return name.strip(), list(found) if isinstance(found, tuple) else found
