"""Read a YAML or TOML file into a pydantic record; every complaint points to file, line and key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from brieftools.errors import BrieftoolsError, SpecError, nearest

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    M = TypeVar("M", bound=BaseModel)


def read_text(path: Path, *, error: type[BrieftoolsError] = SpecError) -> str:
    """Read a UTF-8 text file.

    Raises
    ------
    BrieftoolsError
        Of the kind `error`: the file is missing, unreadable, not UTF-8 or empty.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise error("the file is not there", where=path, do="create it, or correct the name that leads to it") from None
    except UnicodeDecodeError as e:
        raise error(f"the file is not UTF-8 text (byte {e.start})", where=path, do="save it as UTF-8") from None
    except OSError as e:
        raise error(f"the file cannot be read: {e.strerror}", where=path, do="check the file and its permissions") from None
    if not text.strip():
        raise error("the file is empty", where=path, do="fill it, or restore it from version control")
    return text


def read_yaml(path: Path, *, error: type[BrieftoolsError] = SpecError) -> Any:
    """Read a YAML file as plain data that remembers its line numbers.

    Raises
    ------
    BrieftoolsError
        Of the kind `error`: not readable, not YAML, or with a key twice.
    """
    return parse_yaml(read_text(path, error=error), path, error=error)


def parse_yaml(text: str, path: Path, *, error: type[BrieftoolsError] = SpecError, first_line: int = 1) -> Any:
    """Parse YAML; see `read_yaml`. `first_line` is where the text begins in its file."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    yaml = YAML(typ="rt")  # a safe loader: it builds no Python objects; "rt" keeps line numbers
    try:
        data = yaml.load(text)
    except MarkedYAMLError as e:
        line = e.problem_mark.line + first_line if e.problem_mark else first_line
        what, do = _not_yaml(" ".join(str(e.problem or e.context or "not YAML").split()))
        raise error(f"line {line} is not valid YAML: {what}", where=path, do=do) from None
    except (YAMLError, ValueError, RecursionError) as e:
        where_in_it = _impossible_date(yaml, text, first_line) if isinstance(e, ValueError) else ""
        raise error(
            f"{where_in_it}not valid YAML: {str(e).splitlines()[0]}", where=path, do="check indentation, quotes and dates"
        ) from None
    return data


def _not_yaml(problem: str) -> tuple[str, str]:
    """The loader's words, shortened, and what to do."""
    doubled = re.match(r'found duplicate key "(.*?)" with value', problem)
    if doubled:
        return f"the key {doubled[1]!r} stands twice", "give one of them another name, or take it out"
    if problem.startswith("mapping values are not allowed"):
        return problem, "put quotes around a text that holds a colon, and check the indentation"
    return problem, "check indentation, quotes and doubled keys"


def _impossible_date(yaml: Any, text: str, first_line: int) -> str:
    """The line of the first date that no calendar has, which the loader alone does not tell."""
    import datetime as dt

    for token in yaml.scan(text):
        written = str(getattr(token, "value", ""))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
            try:
                dt.date.fromisoformat(written)
            except ValueError:
                return f"line {token.start_mark.line + first_line}: {written!r} is "
    return ""


def read_record(path: Path, model: type[M], *, error: type[BrieftoolsError] = SpecError) -> M:
    """Read a YAML file into a record.

    Raises
    ------
    BrieftoolsError
        Of the kind `error`, one numbered line for each thing that is wrong.
    """
    return to_record(read_yaml(path, error=error), model, path, error=error)


def to_record(data: Any, model: type[M], path: Path, *, error: type[BrieftoolsError] = SpecError, first_line: int = 1) -> M:
    """Validate plain data as a record; see `read_record`."""
    from pydantic import ValidationError

    if not hasattr(data, "items"):
        raise error("the file does not hold a list of `key: value` lines", where=path, do="see docs/formats.md")
    try:
        return model.model_validate(plain(data))
    except ValidationError as e:
        complaints = _complaints(e, data, model, first_line)
        raise error("\n".join(complaints), where=path, do="correct the file; docs/formats.md lists every key") from None


def plain(data: Any) -> Any:
    """Return ruamel's data as builtin types (its own strings and numbers are subclasses)."""
    if hasattr(data, "items"):
        return {str(key): plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    for kind in (bool, int, float, str):
        if isinstance(data, kind):
            return bool(data) if type(data).__name__ == "ScalarBoolean" else kind(data)  # `&anchor true` is an int to ruamel
    return _plain_scalar(data)


def _plain_scalar(data: Any) -> Any:
    import datetime as dt

    if isinstance(data, dt.datetime):
        return dt.datetime.fromisoformat(data.isoformat())
    return data


def _complaints(e: ValidationError, data: Any, model: type[BaseModel], first_line: int) -> list[str]:
    lines = []
    for problem in e.errors():
        place = problem["loc"]
        key = ".".join(str(part) for part in place) or "the file"
        line = line_of(data, place, first_line=first_line)
        lines.append(f"{key} (line {line}): {_wording(problem, place, model)}" if line else f"{key}: {_wording(problem, place, model)}")
    return lines


def _wording(problem: Any, place: tuple[Any, ...], model: type[BaseModel]) -> str:
    kind, message = problem["type"], problem["msg"]
    if kind == "extra_forbidden":
        return f"unknown key; {nearest(str(place[-1]), _keys_at(model, place[:-1]))}"
    if kind == "missing":
        return "this key is missing"
    if problem["input"] is None and kind != "value_error":
        return "this key has no value"
    if kind == "literal_error":
        return f"{problem['input']!r} is not allowed; {message[0].lower()}{message[1:]}"
    if kind == "string_too_short":
        return "the text is empty"
    if kind == "too_short":
        fewest = problem["ctx"]["min_length"]
        return f"needs {fewest} {'entry' if fewest == 1 else 'entries'} or more, and has {problem['ctx']['actual_length']}"
    given = "" if isinstance(problem["input"], dict | list) or kind == "value_error" else f" (given: {problem['input']!r})"
    message = message.removeprefix("Value error, ").replace("tuple", "list").replace("dictionary", "list of `key: value` lines")
    return f"{message[0].lower()}{message[1:]}{given}"


def _keys_at(model: Any, place: tuple[Any, ...]) -> list[str]:
    """The keys that a nested record knows, following field names through annotations."""
    from typing import get_args

    from pydantic import BaseModel

    for part in place:
        field = getattr(model, "model_fields", {}).get(part) if isinstance(part, str) else None
        annotation = field.annotation if field else model
        found = [a for a in _flat(annotation, get_args) if isinstance(a, type) and issubclass(a, BaseModel)]
        model = found[0] if found else model
    return list(getattr(model, "model_fields", {}))


def _flat(annotation: Any, get_args: Any) -> list[Any]:
    inner = [found for arg in get_args(annotation) for found in _flat(arg, get_args)]
    return [annotation, *inner]


def line_of(data: Any, place: tuple[Any, ...], *, first_line: int = 1) -> int | None:
    """Return the line of a key in the file that `read_yaml` read, or of its nearest parent that has one."""
    found: int | None = None
    for part in place:
        marks = getattr(data, "lc", None)
        try:
            found = marks.key(part)[0] if hasattr(data, "items") else marks.item(part)[0]  # type: ignore[union-attr]
            data = data[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return None if found is None else found + first_line


def write_yaml(path: Path, data: Any) -> None:
    """Write plain data as block YAML, keys in their order; whole or not at all."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 150
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="utf-8") as file:
        yaml.dump(_lists(data), file)
    temporary.replace(path)


def _lists(data: Any) -> Any:
    """Tuples as lists, which is how YAML has them."""
    if isinstance(data, dict):
        return {key: _lists(value) for key, value in data.items()}
    return [_lists(value) for value in data] if isinstance(data, list | tuple) else data
