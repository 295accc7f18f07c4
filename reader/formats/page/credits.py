"""Credits of pictures, in their captions and beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.formats.page.parts import PagePart


_LABEL = (
    r"(?:photos?|images?|pictures?|photographs?|fotos?|bild(?:er)?|bildquelle|crédits?(?: photo)?"
    r"|imagen|imagem|immagine|foto(?:grafía)?|фото|şəkil|fotoğraf|zdjęcie)"
    r"(?:\s+(?:credit|by|courtesy of|von|de|di|par))?"
    r"|(?:photo |image )?credits?|courtesy(?: of)?|quelle"
)
_CREDIT = re.compile(
    rf"[\s(\[|–—-]*(?:(?:{_LABEL})\s*:\s*|©\s*)(?P<name>[^()\[\]]{{2,120}})[)\]]?\s*$",
    re.IGNORECASE,
)
_LONGEST_TEXT = 140
# Characters at the end of a caption among which its credit is.
_CREDIT_WITHIN = 300


def lead_credit(parts: list[PagePart]) -> tuple[str | None, list[PagePart]]:
    """The credit of the picture above the text, and the parts without it.

    Lines that are credits and nothing else are captions wherever they stand.
    """
    credit: str | None = None
    has_begun = False
    kept: list[PagePart] = []
    for part in parts:
        is_line = part.kind == "text" and len(part.text) <= _LONGEST_TEXT
        start = max(0, len(part.text) - _CREDIT_WITHIN)
        match = _CREDIT.search(part.text, start) if part.kind == "caption" or is_line else None
        if match and is_line and match.start() > 0:
            match = None
        if match is None:
            kept.append(part)
            has_begun = has_begun or part.kind == "text"
            continue
        if has_begun or credit is not None:
            kept.append(replace(part, kind="caption", role="text"))
            continue
        credit = re.sub(rf"^(?:{_LABEL})\s*:\s*", "", match["name"].strip(" ."), flags=re.I)
        caption = part.text[: match.start()].rstrip()
        if caption:
            spans = tuple(span for span in part.spans if span.end <= len(caption))
            kept.append(replace(part, kind="caption", text=caption, spans=spans))
    return credit, kept
