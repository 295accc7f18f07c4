"""Quotations that articles give to different speakers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from reader.language.clean import fold

_Quotation = TypeVar("_Quotation", bound=Hashable)

# Words. Shorter quotations are the same by coincidence.
_LEAST_WORDS = 5
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def disputed(
    quotations: Iterable[_Quotation],
    text_of: Callable[[_Quotation], str],
    article_of: Callable[[_Quotation], Hashable],
    person_of: Callable[[_Quotation], str | None],
) -> set[_Quotation]:
    """The quotations whose words, of five or more, another article gives to another person, or to
    nobody; without case, accents and punctuation.
    """
    by_words: defaultdict[str, list[_Quotation]] = defaultdict(list)
    for quotation in quotations:
        words = _BETWEEN_WORDS.sub(" ", fold(text_of(quotation))).strip()
        if words.count(" ") >= _LEAST_WORDS - 1:
            by_words[words].append(quotation)
    return {
        quotation
        for same in by_words.values()
        if len(same) > 1
        for quotation in same
        if any(
            article_of(other) != article_of(quotation) and person_of(other) != person_of(quotation)
            for other in same
        )
    }
