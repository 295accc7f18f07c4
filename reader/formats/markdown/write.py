"""Writes an article as Markdown that reads as the same article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Final

from reader.formats.front_matter import FORMAT_KEY, SUMMARY
from reader.formats.markdown.blocks import BodyPart, read_body
from reader.formats.markdown.spans import FOOTNOTE_TARGET, nested
from reader.model.article import Article, Paragraph, StyledSpan

if TYPE_CHECKING:
    import datetime

# The version of the Markdown that is written here. Such a file is read to the letter: no title,
# source or date is looked for in its text.
_FORMAT = 2

# Characters. Longer front matter is not read as YAML.
_LONGEST_PAGES = 32_000

_MARKS: Final = {"emphasis": "*", "strong": "**", "strike": "~~", "mark": "=="}
_TAGS: Final = {"emphasis": "em", "strong": "strong", "strike": "s", "mark": "mark", "code": "code"}
_BEGINNING = re.compile(r"(?=[#>+=~-])|(?<=\d)(?=[.)](?:\s|\Z))")
_NUMBER = re.compile(r"\d{1,9}(?=[.)](?:\s|\Z))")
# Brackets that Markdown could take for a link, a footnote, a definition, a callout.
_BRACKETS = re.compile(r"\]\(|\]\[|\]:|\[\[|\[\^|\A\[!")


def as_markdown(article: Article, added: datetime.date) -> str:
    """The article as a Markdown file with front matter, which reads as the same article."""
    import yaml  # takes 18 ms to load

    date = article.date
    fields: Mapping[str, object] = {
        "title": article.title,
        "author": article.author,
        "date": date if not date or date.day else date.isoformat(),
        "source": article.source,
        "section": article.section,
        "credit": article.credit,
        "url": article.url,
        "tags": list(article.tags) or None,
        "language": article.language,
        "pages": _pages(article),
        # Not the article, and read again as what it is.
        "text": "summary" if SUMMARY in article.origins else None,
        "added": added,
        FORMAT_KEY: _FORMAT,
    }
    filled = {name: value for name, value in fields.items() if value is not None}
    front = yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=10_000)
    body = "\n\n".join(_blocks(article))
    return f"---\n{front}---\n\n{body}\n"


def _pages(article: Article) -> str | None:
    """The number of each paragraph's page, 0 for an unknown one; None if none is known.

    One a paragraph: where the user adds or deletes paragraphs, none is taken for another's.
    """
    if not any(paragraph.page for paragraph in article.paragraphs):
        return None
    pages = " ".join(str(paragraph.page or 0) for paragraph in article.paragraphs)
    return pages if len(pages) <= _LONGEST_PAGES else None


def _blocks(article: Article) -> Iterator[str]:
    footnotes = 0
    for content in article.parts:
        if isinstance(content, Paragraph):
            part = BodyPart(content.role, content.text, content.spans)
        else:
            part = BodyPart(content.kind, content.text, content.spans, content.level)
            footnotes += part.kind == "footnote"
        written = [*_candidates(part, footnotes)]
        # Where styles that touch would be read as others, they are written as tags of HTML, and
        # those that no Markdown has are left out: the text comes first.
        same = (text for text in written[:-1] if _reads_as(text, part))
        yield next(same, written[-1])


def _candidates(part: BodyPart, footnote: int) -> Iterator[str]:
    """The part as Markdown, with tags for all styles, without styles."""
    if part.kind == "rule":
        yield "---"
    elif part.kind == "code":
        fence = "`" * max(3, _longest_run(part.text) + 1)
        yield f"{fence}\n{part.text}\n{fence}"
    elif part.kind == "caption":
        yield _caption(part, False)
        yield _caption(part, True)
        # A caption such as "300" would be taken for the size of its image.
        address = next((span.target for span in part.spans if span.style == "link"), None)
        text = escape(part.text, quote=False)
        shown = f'<a href="{escape(address)}">{text}</a>' if address else text
        yield f"<figure><figcaption>{shown}</figcaption></figure>"
    elif part.kind == "table":
        for spans, as_tags in ((part.spans, False), (part.spans, True), ((), False)):
            yield _table(part.text, spans, as_tags)
    else:
        begin = {
            "quoted": "> ",
            "item": "- ",
            "heading": "#" * min(max(part.level, 1), 6) + " ",
            "footnote": f"[^{footnote}]: ",
        }.get(part.kind, "")
        for spans, as_tags in ((part.spans, False), (part.spans, True), ((), False)):
            text = _styled(part.text, spans, as_tags)
            if part.kind == "heading":
                text = re.sub(r"(?<!\S)#+\Z", r"\\\g<0>", text)
            yield begin + _with_safe_beginning(text)


def _reads_as(written: str, part: BodyPart) -> bool:
    marks = {span.target for span in part.spans if span.start == span.end and span.target}
    numbers = sorted(int(match[1]) for m in marks if (match := FOOTNOTE_TARGET.fullmatch(m)))
    # Definitions, without which no mark of a footnote is read; they are numbered in their order.
    notes = "".join(f"\n\n[^{n}]: x" for n in range(1, numbers[-1] + 1)) if numbers else ""
    read = read_body(written + notes).parts
    same = part._replace(spans=tuple(nested(part.spans)), lines="")
    return len(read) == 1 + notes.count("\n\n") and read[0]._replace(lines="") == same


def _caption(part: BodyPart, as_tags: bool) -> str:
    spans = list(part.spans)
    address = next((s for s in spans if s[:3] == (0, len(part.text), "link")), None)
    if address:
        spans.remove(address)
    target = _address(address.target or "") if address else ""
    return f"![{_styled(part.text, tuple(spans), as_tags, in_link=True)}]({target})"


def _table(text: str, spans: tuple[StyledSpan, ...], as_tags: bool) -> str:
    rows: list[list[str]] = []
    start = 0
    for line in text.split("\n"):
        rows.append([])
        for cell in line.split("\t"):
            end = start + len(cell)
            own = tuple(
                span._replace(start=span.start - start, end=span.end - start)
                for span in spans
                if start <= span.start and span.end <= end
            )
            rows[-1].append(_styled(cell, own, as_tags).replace("|", "\\|"))
            start = end + 1
    columns = max(map(len, rows))
    rows.insert(1, ["---"] * columns)
    padded = (row + [""] * (columns - len(row)) for row in rows)
    return "\n".join("| " + " | ".join(row) + " |" for row in padded)


def _with_safe_beginning(text: str) -> str:
    """The text so that its beginning is not taken for that of a heading, list or quotation."""
    if number := _NUMBER.match(text):
        return f"{number[0]}\\{text[number.end() :]}"
    return f"\\{text}" if text[:1] and text[0] in "#>+=~-" else text


def _styled(text: str, spans: tuple[StyledSpan, ...], as_tags: bool, in_link: bool = False) -> str:
    """A text on one line with its styles."""
    styles = nested(spans)
    if not styles:
        return _escaped(text, in_link)
    edges = Counter(edge for span in styles for edge in {span.start, span.end})
    written: list[str] = []
    ends: list[tuple[int, str]] = []
    position = 0

    def write_to(offset: int) -> None:
        nonlocal position
        while ends and ends[-1][0] <= offset:
            end, mark = ends.pop()
            written.extend((_escaped(text[position:end], True), mark))
            position = max(position, end)
        written.append(_escaped(text[position:offset], True))
        position = max(position, offset)

    for index, span in enumerate(styles):
        write_to(span.start)
        if span.start == span.end:
            written.append(f"[^{FOOTNOTE_TARGET.fullmatch(span.target or '')[1]}]")  # type: ignore[index]
            continue
        following = styles[index + 1] if index + 1 < len(styles) else None
        is_leaf = following is None or following.start >= span.end
        if span.style == "code" and is_leaf and not as_tags:
            written.append(_code(text[span.start : span.end]))
            position = span.end
            continue
        is_apart = edges[span.start] == edges[span.end] == 1
        begin, end = _marks(span, text, as_tags, is_apart)
        written.append(begin)
        ends.append((span.end, end))
    write_to(len(text))
    return "".join(written)


def _marks(span: StyledSpan, text: str, as_tags: bool, is_apart: bool) -> tuple[str, str]:
    """What stands before and behind a style's text."""
    if span.style == "link":
        if span.target and not as_tags:
            return "[", f"]({_address(span.target)})"
        return (f'<a href="{escape(span.target)}">' if span.target else "<a>"), "</a>"
    # A mark beside a sign, a blank or another mark does not count in all places.
    is_safe = is_apart and text[span.start].isalnum() and text[span.end - 1].isalnum()
    if is_safe and not as_tags and span.style in _MARKS:
        return _MARKS[span.style], _MARKS[span.style]
    return f"<{_TAGS[span.style]}>", f"</{_TAGS[span.style]}>"


def _escaped(text: str, in_span: bool) -> str:
    """The text so that no character in it has a meaning in Markdown.

    `in_span`: marks of Markdown stand beside it or around it.
    """
    always = r"[\\`*<]" + (r"|[\[\]~=]|!\Z" if in_span or _BRACKETS.search(text) else "")
    return re.sub(
        rf"{always}|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|=(?==)|(?<==)=|&(?=#?\w+;)|(?<!\S)\^",
        r"\\\g<0>",
        text,
    )


def _code(text: str) -> str:
    fence = "`" * (_longest_run(text) + 1)
    is_padded = text.startswith(("`", " ")) or text.endswith(("`", " "))
    return f"{fence} {text} {fence}" if is_padded else f"{fence}{text}{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _address(target: str) -> str:
    if re.fullmatch(r"[^\s()<>\\&]+", target):
        return target
    escaped = re.sub(r"[\\<>]|&(?=#?\w+;)", r"\\\g<0>", target)
    return f"<{escaped}>"
