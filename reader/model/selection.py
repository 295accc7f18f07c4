"""An article or some of its paragraphs, chosen to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.model.locator import Locator

if TYPE_CHECKING:
    from reader.model.article import Article, Quotation


@dataclass(frozen=True)
class Selection:
    """An article, or the paragraphs of it that a locator names, chosen to be read.

    `content` is the article, with the chosen paragraphs only; `first` and `last` are their numbers,
    None for the whole article. `quotations` finds the quotations of the whole article, which takes
    time that plain output does without.
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
        """Whether all of the article is chosen."""
        return self.first is None
