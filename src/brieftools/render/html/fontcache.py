"""What was learnt from a font file is kept in the user's cache folder: cutting one down takes a tenth of a second.

The cache changes no bytes: its key holds everything that a result depends on, each entry carries its own hash, and an
entry that is damaged, or a folder that cannot be written, counts as absent.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

_DIGEST = 32


def remember(parts: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns for this key, from the cache if it is there.

    Parameters
    ----------
    parts : tuple of str
        Everything that the result depends on.
    make : callable
        Makes the result.
    """
    entry = cache_folder() / sha256("\0".join(parts).encode()).hexdigest()
    found = _read(entry)
    if found is None:
        found = make()
        _write(entry, found)
    return found


def cache_folder() -> Path:
    """Return the folder: ``$XDG_CACHE_HOME/brieftools/fonts``, else under ``~/.cache``."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(given) if os.path.isabs(given) else Path(os.path.expanduser("~")) / ".cache"
    return base / "brieftools" / "fonts"


def _read(entry: Path) -> bytes | None:
    with suppress(OSError):
        stored = entry.read_bytes()
        content = stored[_DIGEST:]
        return content if sha256(content).digest() == stored[:_DIGEST] else None
    return None


def _write(entry: Path, content: bytes) -> None:
    """Write beside the place and rename, so that another process sees a whole entry or none."""
    with suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=entry.parent, delete=False) as draft:
            try:
                draft.write(sha256(content).digest() + content)
            except OSError:
                os.unlink(draft.name)
                raise
        os.replace(draft.name, entry)
