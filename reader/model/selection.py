"""Paragraphs of an article that a locator selects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.model.locator import Locator

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.quotation import Quotation


@dataclass(frozen=True)
class Selection:
    """The paragraphs of an article that a locator selects; all of them without a range.

    `content` is the article with the selected paragraphs only. `first` and `last` are their
    numbers, None without a range. `quotations` finds those of the whole article when it is called:
    plain output does not need them.
    """

    content: Article
    first: int | None
    last: int | None
    quotations: Callable[[], Sequence[Quotation]] = field(compare=False, repr=False)

    @property
    def article(self) -> str:
        """The article's id."""
        return self.content.id

    @property
    def locator(self) -> str:
        """The locator of the article or the paragraphs."""
        return str(Locator(self.content.id, self.first, self.last))

    @property
    def is_whole(self) -> bool:
        """Whether the whole article is selected."""
        return self.first is None
