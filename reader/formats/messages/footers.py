"""Lines around the text of a newsletter: how to read it elsewhere, how to have no more of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Paragraph

# Words of a paragraph that may be such a line.
_MOST_WORDS = 60
# Paragraphs at the beginning and at the end among which they are looked for.
_FIRST = 4
_LAST = 15
_MOST_WORDS_BELOW = 25

# English, German, French, Spanish and Portuguese, Italian, Dutch, Swedish, Russian.
_IN_BROWSER = re.compile(
    r"(?:view|read|open|see|trouble|problems?)\b.{0,60}\bin (?:your|a|the) (?:web )?browser\b"
    r"|view (?:it |this e-?mail )?(?:online|on the web)\b|\bweb version\b|read online$"
    r"|im browser (?:an|öffnen|lesen)|(?:webversion|online) (?:ansehen|anzeigen)"
    r"|dans (?:votre|le|un) navigateur|version en ligne|en (?:tu|su|el) navegador"
    r"|em seu navegador|nel (?:tuo )?browser|in (?:je|uw) browser|i webbläsaren|в браузере",
    re.IGNORECASE,
)
_UNSUBSCRIBE = re.compile(
    r"\bunsubscribe\b|\bopt[- ]out\b|manage (?:your )?(?:subscription|(?:e-?mail )?preferences)"
    r"|update (?:your )?(?:(?:e-?mail|subscription) )?preferences|e-?mail preferences"
    r"|you(?:['’]re| are| have) (?:receiv|subscrib)|you received this (?:e-?mail|message|news)"
    r"|this (?:e-?mail|newsletter|message) was sent|add us to your address book"
    r"|\b(?:abmelden|abbestellen|abbestellung|austragen)\b|d[ée]sinscri|d[ée]sabonn"
    r"|darse de baja|cancelar (?:la |tu |su |a |sua )?(?:suscripci|inscri|assinatura)"
    r"|annulla(?:re)? l['’]iscrizione|disiscri|uitschrijven|afmelden|avregistrera|отписаться"
    r"|copyright (?:©|\(c\))|^©.*all rights reserved|^all rights reserved",
    re.IGNORECASE,
)
# Characters of such a line, whatever its words are.
_LONGEST = 2000
_SENTENCE = re.compile(r"[.!?…]['\"”’»)]*$")


def find_footers(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The numbers of the paragraphs that are such lines; none if that would be all."""
    numbers = {
        paragraph.number
        for paragraph in paragraphs[:_FIRST]
        if _is_short(paragraph, _MOST_WORDS) and _IN_BROWSER.search(paragraph.text)
    }
    is_below = False
    for paragraph in paragraphs[-_LAST:]:
        if not _is_short(paragraph, _MOST_WORDS):
            continue
        is_unsubscribing = _UNSUBSCRIBE.search(paragraph.text) is not None
        # Below are the address of the sender and the names of its pages.
        is_last = is_below and _is_below(paragraph)
        if is_unsubscribing or is_last or _IN_BROWSER.search(paragraph.text):
            numbers.add(paragraph.number)
        is_below = is_below or is_unsubscribing
    return numbers if len(numbers) < len(paragraphs) else set()


def _is_short(paragraph: Paragraph, most: int) -> bool:
    return len(paragraph.text) < _LONGEST and paragraph.text.count(" ") < most


def _is_below(paragraph: Paragraph) -> bool:
    return _is_short(paragraph, _MOST_WORDS_BELOW) and not _SENTENCE.search(paragraph.text)
