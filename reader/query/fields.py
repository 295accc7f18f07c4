"""The fields of a query, and the index terms of its words.

Every form (a folded word) is a term of the index. A word of a query, in all its inflections, is a
term that begins with a mark, which no form begins with:

- the mark and a stem: the forms with that stem, in a field that is stemmed;
- the mark and several stems with hyphens between: a word with hyphens, whose parts follow each
  other in the text, or which is written as one word, whose stem is the last;
- the mark, a Chinese, Japanese or Korean character and an asterisk: the pairs that begin with it.

In a field that is not stemmed a form stands for its stem.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.language.clean import fold
from reader.language.tokens import is_cjk_character, is_compound, join_compound, query_tokens, stem

MARK = "\x01"


class Field(NamedTuple):
    """How a field is indexed: by stems too or only by forms, for paragraphs or for articles."""

    stemmed: bool
    of_article: bool = False


# The fields of words. A query can name one more, that of days.
FIELDS = {
    "title": Field(stemmed=True, of_article=True),
    "text": Field(stemmed=True),
    "speaker": Field(stemmed=False),
    "quote": Field(stemmed=True),
    "source": Field(stemmed=False, of_article=True),
    "section": Field(stemmed=False, of_article=True),
    "author": Field(stemmed=False, of_article=True),
    "tag": Field(stemmed=False, of_article=True),
}
QUERY_FIELDS = (*FIELDS, "date")
# The fields whose terms are found in a paragraph's text.
TEXT_FIELDS = frozenset({"text", "quote"})


def stemmed_term(form: str, stemmed: bool) -> str:
    """The term for a form in all its inflections."""
    return MARK + stem(form) if stemmed else form


def compound_term(parts: list[str], whole: str, stemmed: bool) -> str:
    """The term for a word with hyphens, given the forms of its parts and that of the whole."""
    forms = [*parts, whole]
    return MARK + "-".join(map(stem, forms) if stemmed else forms)


def query_terms(text: str, stemmed: bool) -> list[str]:
    """The index terms of a query's words, in order: one, or those of a phrase."""
    forms = [token.form for token in query_tokens(text)]
    if len(forms) == 1 and is_cjk_character(forms[0]):
        return [f"{MARK}{forms[0]}*"]
    if is_compound(text):
        return [compound_term(forms, join_compound(text), stemmed)]
    return [stemmed_term(form, stemmed) for form in forms]


def folded_pattern(text: str) -> str:
    """A prefix or pattern, folded as forms are: without punctuation, each run of `*` reduced to
    one.
    """
    return re.sub(r"\*+", "*", re.sub(r"[^\w*?]", "", fold(text)))


def fuzzy_form(text: str) -> str:
    """The form of a text taken as a single word, for edit distances."""
    return "".join(token.form for token in query_tokens(text))
