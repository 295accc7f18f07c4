"""The tokenizer: divides a text into words and folds them to forms, in one of several modes.

Chinese, Japanese and Korean are written without spaces between words, or with endings joined on.
So are Thai, Lao, Khmer and Burmese. For searching, a run of their characters is divided into each
pair of neighbours and the last character alone, so that a query matches as a phrase of pairs,
wherever it stands in the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from reader.language.clean import IGNORED, combining_marks, fold
from reader.language.word_lists import LANGUAGE

# Increased when tokens or forms change: indexes are then rebuilt.
VERSION = 4

# Letters and figures, with apostrophes inside: don't, O’Neill, Zangazur's.
_APOSTROPHES = "'’ʼ"
_WORD = rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*"
# Words with signs inside: 1,234,567.89 and 2.5, but not 20.05.2021; U.S., e.g.; C++, C#.
_LETTER = r"[^\W\d_]"
_SPECIAL = (
    rf"(?=\d+[.,]\d|{_LETTER}[.+#])(?<![^\W_])(?:"
    r"(?<!\d[.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![.,]?\d)"
    rf"|{_LETTER}(?:\.{_LETTER})+\.?(?![^\W_])|{_LETTER}(?:\+\+|#)(?![^\W_#+]))"
)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")

# Han, Hiragana, Katakana (also of half width), Hangul, Thai, Lao, Burmese and Khmer, by Unicode's
# blocks; 々 repeats a sign.
_CJK = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "々\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Words of letters with hyphens between: co-operation, Al-Qaeda.
_HYPHENS = "-‐‑"


class Mode(Enum):
    """The modes of tokenizing: the pattern of a token, and its form."""

    # For indexing and searching: the form is folded, without a possessive ending.
    SEARCH = "search"
    # For comparing texts word by word: figures and abbreviations are whole, signs such as % are
    # tokens; the form is without case and apostrophes.
    VERBATIM = "verbatim"
    # For features of a text: letters with an apostrophe at most, or figures; in small letters.
    CONTEXT = "context"
    # For names that are folded already.
    NAME = "name"
    # For recognising names: words with their stop, hyphens and case, and every other sign. A run of
    # private-use characters, which stand for masked text, is one token.
    SURFACE = "surface"


class Token(NamedTuple):
    """A token of a text: its span in characters, and its form."""

    start: int
    end: int
    form: str

    @property
    def stem(self) -> str:
        """The form without its endings (Porter2)."""
        return stem(self.form)

    def has_stem(self, expected: str) -> bool:
        """Whether the stem is `expected`. First letters are compared first, which is fast."""
        return self.form[:1] == expected[:1] and stem(self.form) == expected


def tokenize(text: str, mode: Mode = Mode.SEARCH) -> list[Token]:
    """The tokens of the text in order."""
    if mode is not Mode.SEARCH:
        form_of = _FORMS[mode]
        matches = _pattern(mode).finditer(text)
        return [Token(match.start(), match.end(), form_of(match[0])) for match in matches]
    form_of = _form_in_capitals if _is_in_capitals(text) else form
    matches = _search_pattern(text).finditer(text)
    if text.isascii() or not _cjk().search(text):
        return [Token(match.start(), match.end(), form_of(match[0])) for match in matches]
    return [
        Token(match.start() + start, match.start() + end, form)
        for match in matches
        for start, end, form in _divided(match[0])
    ]


def words(text: str, mode: Mode) -> list[str]:
    """The forms of the text's tokens in order."""
    if mode is Mode.SEARCH:
        return forms(text)
    return list(map(_FORMS[mode], _pattern(mode).findall(text)))


# Patterns are compiled when a text first needs them: that takes longer than a search for a word.
@cache
def _pattern(mode: Mode) -> re.Pattern[str]:
    if mode is Mode.SEARCH:
        # Of ASCII text: classes that name its letters are matched in three quarters of the time.
        pattern = f"{_SPECIAL}|{_WORD}".replace(r"[^\W_]", "[A-Za-z0-9]")
        return re.compile(pattern.replace(_LETTER, "[A-Za-z]").replace(_APOSTROPHES, "'"))
    if mode is Mode.VERBATIM:
        return re.compile(
            r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+\b"
            r"|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*['’]?|[%$€£¥§°]"
        )
    if mode is Mode.CONTEXT:
        return re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+")
    if mode is Mode.NAME:
        return re.compile(r"\w+")
    abbreviations = "|".join(LANGUAGE.entries("abbreviations", "titles", "names"))
    return re.compile(
        rf"[\ue000-\uf8ff]+|(?:{abbreviations})\.|(?:[^\W\d_]\.)+(?:[^\W\d_](?!\w))?"
        r"|@?[^\W_]+(?:[’'‑&-][^\W_]+)*(?:[’'](?!\w))?|\S"
    )


@cache
def _marks() -> str:
    """Combining marks, soft hyphens and joiners, as the inside of a class of characters."""
    return IGNORED + combining_marks()


@cache
def _pattern_with_marks() -> re.Pattern[str]:
    """The pattern of a word that may have marks in it."""
    letters = rf"[^\W_]+(?:[{_marks()}][^\W_]*)*"
    return re.compile(rf"{_SPECIAL}|{letters}(?:[{_APOSTROPHES}]{letters})*")


def _search_pattern(text: str) -> re.Pattern[str]:
    return _pattern(Mode.SEARCH) if text.isascii() else _pattern_with_marks()


@cache
def _cjk() -> re.Pattern[str]:
    return re.compile(f"[{_CJK}]")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_CJK}]+|[^{_CJK}]+")


@cache
def _compound(is_ascii: bool) -> re.Pattern[str]:
    marks = "" if is_ascii else _marks()
    letters = r"[^\W\d_]+" if is_ascii else rf"[^\W\d_]+(?:[{marks}][^\W\d_]*)*"
    part = rf"{letters}(?:[{_APOSTROPHES}]{letters})*"
    # Neither end is part of a longer word: in "1990's-style" the s is the figure's.
    before = rf"(?<![^\W_])(?<![^\W_][{_APOSTROPHES}])(?<!{_LETTER}\.)"
    if marks:
        before += rf"(?<![{marks}])"
    after = rf"(?![{_APOSTROPHES}]?[^\W_])(?!\.{_LETTER})"
    return re.compile(rf"{before}{part}(?:[{_HYPHENS}]{part})+{after}")


def _divided(word: str) -> Iterator[tuple[int, int, str]]:
    """The spans and forms of a word's tokens: pairs of Chinese, Japanese or Korean characters."""
    for match in _runs().finditer(word):
        start, run = match.start(), match[0]
        if not _cjk().match(run):
            if folded := form(run):  # not only marks
                yield start, start + len(run), folded
            continue
        for offset in range(len(run)):
            pair = run[offset : offset + 2]
            yield start + offset, start + offset + len(pair), _compatible(pair)


def query_tokens(text: str) -> list[Token]:
    """The tokens of a query's text. A run of characters at its end loses the last, because a match
    may continue there.
    """
    tokens = tokenize(text)
    if len(tokens) > 1 and tokens[-1].start < tokens[-2].end:
        tokens.pop()
    return tokens


def is_cjk_character(text: str) -> bool:
    """Whether the text is a single Chinese, Japanese or Korean character."""
    return len(text) == 1 and _cjk().match(text) is not None


def form(word: str) -> str:
    """The form of a word: folded, without a possessive ending.

    A number has no commas. An abbreviation has no stops; but an acronym that is a word in small
    letters has them always: US and U.S. are u.s, which is not us.
    """
    plain = _POSSESSIVE.sub("", word)
    return ".".join(plain.lower()) if plain in _acronyms() else _form_in_capitals(word)


def _form_in_capitals(word: str) -> str:
    """The form of a word of a text in capitals, where acronyms cannot be told."""
    folded = fold(_POSSESSIVE.sub("", word))
    if folded[:1].isdigit():
        return folded.replace(",", "")
    if "." not in folded:
        return folded
    joined = folded.replace(".", "")
    return ".".join(joined) if joined.upper() in _acronyms() else joined


def _is_in_capitals(text: str) -> bool:
    """Whether a text of several words has no small letters."""
    return text.isupper() and " " in text.strip()


@cache
def _acronyms() -> frozenset[str]:
    return LANGUAGE.words("acronyms")


def _compatible(text: str) -> str:
    """The text in normalization form KC. (`fold` would decompose syllables of Hangul.)"""
    import unicodedata

    return unicodedata.normalize("NFKC", text)


_VERBATIM_MARKS = str.maketrans("", "", "'’ʼ`.")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")


def _verbatim_form(word: str) -> str:
    plain = _compatible(word).casefold()
    if plain[0].isdigit():
        return _THOUSANDS.sub("", plain)
    return plain.translate(_VERBATIM_MARKS)


_FORMS: dict[Mode, Callable[[str], str]] = {
    Mode.SEARCH: form,
    Mode.VERBATIM: _verbatim_form,
    Mode.CONTEXT: str.lower,
    Mode.NAME: str,
    Mode.SURFACE: str,
}


class _FormCache(dict[str, str]):
    """The forms of words: looking one up is three times as fast as a call."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_CACHED:
            self.clear()
        self[word] = cached = form(word)
        return cached


_MOST_CACHED = 200_000
_form_of = _FormCache().__getitem__


@lru_cache(maxsize=_MOST_CACHED)
def stem(form: str) -> str:
    """The stem of a folded form (Snowball's English); a form with signs or with letters beyond
    ASCII is unchanged.
    """
    if not form.isascii() or "." in form or form[-1:].isdigit():
        return form
    if _REVISED.match(form):
        return _EXCEPTIONS.get(form) or _english()(form)
    return _porter2()(form)


# Words that Snowball treats otherwise since it was first published as Porter2, which takes a third
# of the time: for all others both give the same stem (61,000 words of news and abstracts compared).
_REVISED = re.compile(
    r"emerg|even|inter|later|organ|past|univers|[a-z]*ogist|.ying|[aeiouy]([a-z])\1(?:ed|ing)"
)


# Words whose stem would be that of another word, even.
_EXCEPTIONS = {"evening": "evening", "evenings": "evening"}


@cache
def _porter2() -> Callable[[str], str]:
    from whoosh.lang.porter2 import stem

    stem_word: Callable[[str], str] = stem
    return stem_word


@cache
def _english() -> Callable[[str], str]:
    # Loaded when a word is stemmed: most commands do without.
    from reader.language.snowball import stemmer

    return stemmer("english")


def forms(text: str) -> list[str]:
    """The forms of the text's words in order, as they are indexed."""
    if not text.isascii() and _cjk().search(text):
        return [token.form for token in tokenize(text)]
    words = _search_pattern(text).findall(text)
    return list(map(_form_in_capitals if _is_in_capitals(text) else _form_of, words))


def compounds(text: str) -> list[tuple[int, str]]:
    """The hyphenated words of the text as if written without hyphens: co-operation as cooperation.

    Each comes with the position of its first word among the words of the text.
    """
    joined = []
    position = offset = 0
    for token in compound_tokens(text):
        position += len(forms(text[offset : token.start]))
        offset = token.start
        joined.append((position, token.form))
    return joined


def compound_tokens(text: str) -> list[Token]:
    """The hyphenated words of the text as if written without hyphens."""
    if not _has_hyphen(text):
        return []
    return [
        Token(match.start(), match.end(), join_compound(match[0]))
        for match in _compound(text.isascii()).finditer(text)
        if not _cjk().search(match[0])
    ]


def join_compound(compound: str) -> str:
    """The form of a hyphenated word as if written without hyphens."""
    return form("".join(letter for letter in compound if letter not in _HYPHENS))


def is_compound(text: str) -> bool:
    """Whether a text is one hyphenated word."""
    return _has_hyphen(text) and _compound(text.isascii()).fullmatch(text) is not None


def _has_hyphen(text: str) -> bool:
    return "-" in text or (not text.isascii() and any(hyphen in text for hyphen in _HYPHENS))


# Vowels with two dots, and how they are written where the keyboard lacks them. Both lose the dots,
# too: Müller, Mueller, Muller.
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
# Letters. Changing a shorter name makes another one of it: Jo, Joe.
_SHORTEST_NAME = 5


def spelling_variants(text: str) -> tuple[str, ...]:
    """The forms of other spellings of a name in a query: Mueller for Müller, Müller (which has the
    form muller) for Mueller, Mueller for Muller. None for a word in small letters without umlaut.
    """
    words = _search_pattern(text).findall(text)
    if len(words) != 1 or not words[0].isalpha():
        return ()
    import unicodedata

    word = unicodedata.normalize("NFC", words[0])
    plain, lowered = form(word), word.lower()
    if any(vowel in lowered for vowel in _UMLAUTS):
        for vowel, pair in _UMLAUTS.items():
            lowered = lowered.replace(vowel, pair)
        return (form(lowered),)
    if not word[0].isupper() or len(word) < _SHORTEST_NAME or not plain.isascii():
        return ()
    if any(pair in plain for pair in _UMLAUTS.values()):
        for pair in _UMLAUTS.values():
            plain = plain.replace(pair, pair[0])
        return (plain,)
    vowels = (at for at, letter in enumerate(plain) if letter in "aou")
    return tuple(f"{plain[: at + 1]}e{plain[at + 1 :]}" for at in vowels)
