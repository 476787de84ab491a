"""What a cell prints, up to a limit: a loop that prints without end must not fill the builder's memory."""

from __future__ import annotations

from ipykernel.iostream import OutStream

MOST = 5_000_000


class LimitedOutStream(OutStream):
    """The kernel's stdout or stderr; beyond `MOST` characters in one run, the cell that prints fails."""

    written = 0

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Write, or fail the cell."""
        self.written += len(string)
        if self.written > MOST:
            raise RuntimeError(f"the notebook printed more than {MOST:,} characters; print less, or write to a file")
        return super().write(string)
