"""The base of all records that come from files."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # BCP 47, as far as fonts and hyphenation go by it


class Record(BaseModel):
    """A frozen record; a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
