"""Step 1, bytes: whatever comes becomes UTF-8 text with LF, counted, in bounded memory."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from brieftools.errors import IncidentError

CHUNK = 1 << 22
LONGEST = 1_000_000  # bytes of a line
LARGEST = 1 << 36  # bytes unpacked
_BOMB = 500, 1 << 30  # unpacked to so many times its size, and beyond so many bytes: no table is that regular
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BINARY = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
}

Progress = Callable[[float], None]


@dataclass
class Text:
    """A normalised file.

    Attributes
    ----------
    path : Path
        UTF-8, LF, the last line ended.
    sha256 : str
        Of the file as it came.
    bytes, lines, nul, undecodable : int
        Size as it came; lines; NUL bytes and bytes that are no text, both kept visible (``␀``, ``\\x9f``).
    encoding : str
    notes : list of str
        What was found and done, for the user.
    """

    path: Path
    sha256: str
    bytes: int
    encoding: str
    lines: int = 0
    nul: int = 0
    undecodable: int = 0
    notes: list[str] = field(default_factory=list)


def normalise(source: Path, target: Path, *, sheet: str | None = None, progress: Progress | None = None) -> Text:
    """Write a file as UTF-8 text with LF line ends.

    Raises
    ------
    IncidentError
        The file is empty, binary, damaged, an archive of several tables, or has a line of more than 1 MB.
    """
    digest, size = _digest(source)
    if size == 0:
        raise IncidentError("the file is empty", where=source, do="export it again")
    with source.open("rb") as file:
        head = file.read(8)
    if head.startswith(_EXCEL) and _is_workbook(source, head):
        from brieftools.incidents.intake.workbook import workbook_to_csv

        text = Text(target, digest, size, "Excel")
        text.notes.append(workbook_to_csv(source, target, sheet=sheet))
        text.lines = _count(target)
        return text
    with _open(source, head) as opened:
        probe = opened.read(1 << 16)
        encoding = _encoding(probe, source)
    if encoding == "utf-8" and not _is_utf8(source, head):
        encoding = _legacy(source, head)
    text = Text(target, digest, size, encoding)
    with _open(source, head) as opened, target.open("wb") as out:
        _copy(opened, out, text, source, progress)
    return text


def _digest(source: Path) -> tuple[str, int]:
    try:
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise IncidentError("the file is not there", where=source, do="check its name") from None
    except OSError as e:
        raise IncidentError(f"the file cannot be read: {e.strerror}", where=source, do="name a file that can be read") from None
    return digest, source.stat().st_size


def _is_workbook(source: Path, head: bytes) -> bool:
    if head.startswith(b"\xd0\xcf"):
        return True
    try:
        with zipfile.ZipFile(source) as archive:
            return any(name.startswith(("xl/", "content.xml")) for name in archive.namelist())
    except zipfile.BadZipFile:
        raise IncidentError("the zip file is damaged", where=source, do="download or export it again") from None


@contextmanager
def _open(source: Path, head: bytes) -> Iterator[IO[bytes]]:
    """Open the one table in a file, unpacked."""
    try:
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(source) as file:
                yield file  # type: ignore[misc]
        elif head.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(source) as archive, archive.open(_member(archive, source)) as member:
                yield member
        else:
            with source.open("rb") as plain:
                yield plain
    except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError, RuntimeError) as e:
        raise IncidentError(f"the archive cannot be unpacked: {e}", where=source, do="download or export it again") from None


def _member(archive: zipfile.ZipFile, source: Path) -> str:
    names = [
        i.filename
        for i in archive.infolist()
        if not i.is_dir() and not i.filename.startswith("__MACOSX") and i.filename.lower().endswith((".csv", ".tsv", ".txt"))
    ]
    tables = [n for n in names if not n.lower().endswith(".txt")] or names
    if len(tables) != 1:
        raise IncidentError(
            f"the zip file holds {len(tables)} tables", where=source, do="unpack it and import one table at a time (.csv, .tsv)"
        )
    return tables[0]


def _encoding(probe: bytes, source: Path) -> str:
    for magic, what in _BINARY.items():
        if probe.startswith(magic):
            raise IncidentError(f"the file is {what}, not a table", where=source, do="export the data as CSV or xlsx")
    for bom, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if probe.startswith(bom):
            return encoding
    control = sum(probe.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    if control > len(probe) * 0.02 or probe.count(0) > len(probe) * 0.1:
        raise IncidentError("the file is binary, not a table", where=source, do="export the data as CSV in UTF-8, or as xlsx")
    return "utf-8"


def _is_utf8(source: Path, head: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with _open(source, head) as file:
            while chunk := file.read(CHUNK):
                if not (chunk.isascii() and not decoder.getstate()[0]):
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _legacy(source: Path, head: bytes) -> str:
    """UTF-8 with damage keeps its good letters; a file without a single good one is Windows-1252."""
    good = bad = 0
    with _open(source, head) as file:
        while chunk := file.read(CHUNK):
            if not chunk.isascii():
                text = chunk.decode("utf-8", "replace")
                bad += text.count("\ufffd")
                good += sum(char > "\x7f" for char in text) - text.count("\ufffd")
    return "utf-8" if good > bad else "cp1252"


def _copy(source: IO[bytes], out: IO[bytes], text: Text, where: Path, progress: Progress | None) -> None:
    decoder = None if text.encoding == "utf-8" else codecs.getincrementaldecoder(text.encoding)("backslashreplace")
    rest, pending, read, run = b"", b"", 0, 0
    first = True
    lenient = codecs.getincrementaldecoder("utf-8")("backslashreplace")
    while True:
        chunk = source.read(CHUNK)
        read += len(chunk)
        if read > LARGEST:
            raise IncidentError("the file unpacks to more than 64 GiB", where=where, do="cut it into parts")
        if read > max(_BOMB[0] * text.bytes, _BOMB[1]):
            raise IncidentError(f"the file unpacks to more than {_BOMB[0]} times its size", where=where, do="check where it comes from")
        data = decoder.decode(chunk, final=not chunk).encode() if decoder else pending + chunk
        if decoder is None:
            pending = b""
            if not data.isascii():
                data = _valid(data, lenient, final=not chunk, text=text)
        if first and data:
            data, first = data.removeprefix(codecs.BOM_UTF8), False
        data = rest + data
        rest = b""
        if data.endswith(b"\r") and chunk:
            data, rest = data[:-1], b"\r"
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b"\0" in data:
            text.nul += data.count(b"\0")
            data = data.replace(b"\0", "␀".encode())
        run = _longest(data, run, where)
        text.lines += data.count(b"\n")
        out.write(data)
        if not chunk:
            break
        if progress:
            progress(read / max(text.bytes, read))
    if run:
        out.write(b"\n")
        text.lines += 1


def _valid(data: bytes, lenient: codecs.IncrementalDecoder, *, final: bool, text: Text) -> bytes:
    decoded = lenient.decode(data, final)
    encoded = decoded.encode()
    # Each damaged byte became four characters of ASCII.
    text.undecodable += max(0, (len(encoded) - len(data))) // 3
    return encoded


def _longest(data: bytes, run: int, where: Path) -> int:
    """Follow the length of the unfinished line; a line that never ends is no table."""
    end = data.rfind(b"\n")
    if end < 0:
        run += len(data)
    else:
        run = len(data) - end - 1
    if run > LONGEST:
        raise IncidentError(
            "the file has a line of more than 1 MB", where=where, do="check that it is a table; export it again with line ends"
        )
    return run


def _count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))
