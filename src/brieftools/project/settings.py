"""``brieftools.toml``: the defaults of a project."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import Field

from brieftools.errors import ProjectError
from brieftools.project.record import LANGUAGE, Record
from brieftools.project.yamlfile import read_text, to_record


class Execute(Record):
    """How notebooks are run.

    Attributes
    ----------
    cell_seconds : int
        A cell that runs longer is stopped.
    start_seconds : int
        A kernel that is not ready by then is given up.
    """

    cell_seconds: int = Field(600, ge=1)
    start_seconds: int = Field(60, ge=1)


class Defaults(Record):
    """What a brief inherits when its own ``brief.yml`` is silent."""

    language: str = Field("en-GB", pattern=LANGUAGE)
    lexicon: str = "icd203-1"
    handling: str = "TLP:CLEAR"
    contact: str | None = None


class Settings(Record):
    """Everything in ``brieftools.toml``.

    Attributes
    ----------
    format : int
        Version of this file's format.
    keep_drafts : int
        How many draft builds of an edition are kept, the current one included.
    """

    format: int = Field(1, ge=1, le=1)
    keep_drafts: int = Field(3, ge=1)
    execute: Execute = Execute()
    defaults: Defaults = Defaults()


def read_settings(path: Path) -> Settings:
    """Read ``brieftools.toml``; an empty file means the defaults.

    Raises
    ------
    ProjectError
        Not TOML, or a key or value that is not known.
    """
    if not path.read_bytes().strip():
        return Settings()
    try:
        data = tomllib.loads(read_text(path, error=ProjectError))
    except tomllib.TOMLDecodeError as e:
        raise ProjectError(f"not valid TOML: {e}", where=path, do="correct that line") from None
    return to_record(data, Settings, path, error=ProjectError)
