"""The marks of exports: lines that no other file has, looked for in every text that is read."""

from __future__ import annotations

import re
from functools import cache

# Each mark has one of these; "length" stands in files that have lost all other marks.
_HINTS = ("ocument", "OCUMENT", "okument", "LENGTH:", "Length:", "LÄNGE:", "LONGUEUR")


@cache
def _mark() -> re.Pattern[str]:
    of = "(?:of|sur|von|de|van|di)"
    marks = (
        rf"[\d.,]+ {of} [\d.,]+ DO[CK]UMENT\w{{0,4}}",
        rf"(?:Do[ck]ument[eo]?|DO[CK]UMENT[EO]?) [\d.,]+ {of} [\d.,]+",
        r"(?:End of Document|Ende des Dokuments|Fin d[ue] document|Fin del documento)",
        # Factiva's number of a document: a code, a date, letters.
        r"(?:AN\b[\s|]*)?Do[ck]umento? [A-Z][A-Za-z0-9]{3,}\d{8}\w{4,20}",
        r"(?:LENGTH|Length|LÄNGE|Länge|LONGUEUR|Longueur)\s?:[^\S\n]?\d[\d.,]*(?: \d+)?[^\S\n]+\w+",
        # ProQuest's and Europresse's numbers of documents.
        r"ProQuest document (?:ID: \d+|link)",
        r"Num[ée]ro de document\s?: ?news.\d{8}.\w.*",
    )
    return re.compile(rf"^[^\S\n]*(?:{'|'.join(marks)})[^\S\n]*$", re.MULTILINE)


def may_be_export(text: str) -> bool:
    """Whether there is a mark of an export in the text."""
    return any(hint in text for hint in _HINTS) and _mark().search(text) is not None
