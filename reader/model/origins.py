"""The fields of an article with the places that they were read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.article import Article

_FIELDS = ("title", "section", "source", "date", "author", "credit", "url", "language")


class FieldOrigin(NamedTuple):
    """A field of an article, its value as text, None if it is unknown, and the place that it was
    read from, or why it is unknown, worded for the user.
    """

    article: str
    field: str
    value: str | None
    place: str


def field_origins(article: Article) -> Iterator[FieldOrigin]:
    """The fields of an article, in the order of its header."""
    places = {origin.field: origin.place for origin in reversed(article.origins)}
    for name in _FIELDS:
        value = getattr(article, name)
        if value is None:
            # A date that was there and not understood is in the warnings.
            warnings = (text for text in article.warnings if f"the {name} “" in text)
            place = next(warnings, f"no {name} in the file")
        elif name == "title" and name not in places and value == article.id.rpartition("/")[2]:
            place = "the name of the file"
        else:
            place = places.get(name, "the file")
        yield FieldOrigin(article.id, name, None if value is None else str(value), place)
