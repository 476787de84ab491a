"""Source records and citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftools.errors import DocumentError, SourceError
from brieftools.source.citation import check_citation, parse_citations
from brieftools.source.record import origins, read_source, read_sources
from projects import SOURCE


def record(folder: Path, text: str = SOURCE, key: str = "smith-2020") -> Path:
    """Write a record and return its path."""
    path = folder / f"{key}.md"
    path.write_text(text.replace("key: smith-2020", f"key: {key}"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("---\n¶1", "¶1"), "the record has no front matter"),
        (("published: 2020", "published: [2020"), "line 7 is not valid YAML"),
        (("published: 2020", "publishd: 2020"), "publishd (line 6): unknown key; did you mean 'published'?"),
        (("reliability: B", "reliability: G"), "reliability (line 8): 'G' is not allowed"),
        (("licence: In copyright; paraphrased\n", ""), "licence: this key is missing"),
        (("licence:", "handling: 'TLP:WHITE'\nlicence:"), "no handling label 'TLP:WHITE'"),
        (("¶2 The", "¶1 The"), "paragraph ¶1 stands twice"),
        (("¶2 The author expects more of them.", "¶2 "), "paragraph ¶2 is empty"),
        (("¶2 The", "¶2The"), "'¶2The author expects more of them.' begins no paragraph"),
        (("¶2 The", "¶2\nThe"), "'¶2' begins no paragraph"),
        (("¶2 The", "¶two The"), "begins no paragraph"),
        (("{family: Smith, given: Ada}", "{given: Ada}"), "an author needs `family`"),
    ],
)
def test_a_damaged_record_says_where(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    """The complaint names the file, and the line where there is one."""
    path = record(tmp_path, SOURCE.replace(*change))
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.do


@pytest.mark.parametrize("text", ["", "  \n", SOURCE.split("¶1")[0]])
def test_an_empty_article_is_an_error(text: str, tmp_path: Path) -> None:
    """An empty file, or a record without one paragraph."""
    with pytest.raises(SourceError, match=r"the file is empty|has no paragraph"):
        read_source(record(tmp_path, text))


def test_other_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    """A file saved by another editor is the same record."""
    plain = read_source(record(tmp_path))
    (tmp_path / "smith-2020.md").write_bytes(b"\xef\xbb\xbf" + SOURCE.replace("\n", "\r\n").encode())
    assert read_source(tmp_path / "smith-2020.md") == plain


def test_the_file_is_called_as_its_key(tmp_path: Path) -> None:
    """Else a citation leads to another record than the file's name says."""
    (tmp_path / "jones-2020.md").write_text(SOURCE, encoding="utf-8")
    with pytest.raises(SourceError, match="'smith-2020' but the file is called 'jones-2020.md'"):
        read_source(tmp_path / "jones-2020.md")


def derived(parent: str) -> str:
    """Return a record that derives from another."""
    return SOURCE.replace("licence:", f"derived_from: [{parent}]\nlicence:")


def test_circular_reporting_is_an_error(tmp_path: Path) -> None:
    """Two sources that rest on each other rest on nothing."""
    record(tmp_path, derived("b"), "a")
    record(tmp_path, derived("a"), "b")
    with pytest.raises(SourceError) as caught:
        read_sources(tmp_path, ["a"])
    assert "circular reporting: a -> b -> a" in str(caught.value)
    assert str(tmp_path / "a.md") in str(caught.value)


def test_a_missing_parent_is_looked_for_in_the_record_that_names_it(tmp_path: Path) -> None:
    """The analyst corrects that file."""
    path = record(tmp_path, derived("bb"), "a")
    record(tmp_path, SOURCE, "bbc")
    with pytest.raises(SourceError) as caught:
        read_sources(tmp_path, ["a"])
    assert "no source called 'bb'; did you mean 'bbc'?" in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("key", ["../smith-2020", "SMITH-2020", "smith-2020.md", "smith 2020", ""])
def test_a_key_is_no_path(key: str, tmp_path: Path) -> None:
    """What is not a plain name is no source, whatever file it might lead to."""
    (tmp_path / "inner").mkdir()
    record(tmp_path)
    with pytest.raises(SourceError, match="no source called"):
        read_sources(tmp_path / "inner", [key])


def test_sources_of_one_origin_are_one_origin(tmp_path: Path) -> None:
    """Two articles on one agency's report do not confirm one another."""
    for key, text in (("agency", SOURCE), ("a", derived("agency")), ("b", derived("a"))):
        record(tmp_path, text, key)
    found = read_sources(tmp_path, ["a", "b"])
    assert list(found) == ["a", "b", "agency"]
    assert origins("a", found) == origins("b", found) == {"agency"}


def test_a_citation_leads_to_a_paragraph_that_is_there(tmp_path: Path) -> None:
    """A span counts with both its ends; a page is not checked; a record without paragraphs holds none."""
    found = read_sources(tmp_path, [record(tmp_path).stem])
    for good in ("@smith-2020", "@smith-2020, ¶1", "@smith-2020, ¶¶1-2", "@smith-2020, p. 99"):
        check_citation(parse_citations(good, where="cell 1")[0], found, where="cell 1")
    bare = read_sources(tmp_path, [record(tmp_path, SOURCE.split("¶1")[0].replace("licence:", "type: book\nlicence:"), "book").stem])
    for bad, known in (("@smith-2020, ¶3", found), ("@smith-2020, ¶1-3", found), ("@smith-2020, ¶0", found), ("@book, ¶1", bare)):
        with pytest.raises(DocumentError, match="has no ¶"):
            check_citation(parse_citations(bad, where="cell 1")[0], known, where="cell 1")
    with pytest.raises(DocumentError, match="did you mean 'smith-2020'"):
        check_citation(parse_citations("@smith-2002", where="cell 1")[0], found, where="cell 1")
