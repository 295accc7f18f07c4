"""Checks of the library's arguments, made before any work is done.

Python's own errors are raised, as for any function: TypeError for a value of the wrong type or an
unknown keyword, ValueError for a value that is not allowed, naming those that are.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args, get_type_hints


def check_choice(argument: str, value: object, choices: Any) -> None:
    """Raise ValueError unless the value is one of a Literal's."""
    allowed = get_args(choices)
    if not any(value == choice for choice in allowed):
        raise ValueError(f"{argument} must be {_listed(allowed)}, not {value!r}")


def as_count(argument: str, value: object, least: int = 0) -> int:
    """An integer, but none greater than Python can count to. Raises as `check_count`."""
    check_count(argument, value, least)
    return min(cast("int", value), sys.maxsize)


def check_count(argument: str, value: object, least: int = 0) -> None:
    """Raise TypeError unless the value is an integer, ValueError if it is less than `least`."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{argument} must be an integer, not {type(value).__name__}")
    if value < least:
        raise ValueError(f"{argument} must be {least} or more, not {value}")


def check_type(argument: str, value: object, expected: Any) -> None:
    """Raise TypeError unless the value is of a type, or of one of a union's."""
    if not isinstance(value, expected):
        kinds = " or ".join(_NAMES.get(kind, kind.__name__) for kind in _members(expected))
        raise TypeError(f"{argument} must be {kinds}, not {type(value).__name__}")


def check_text(argument: str, value: object) -> None:
    """Raise TypeError unless the value is a string."""
    check_type(argument, value, str)


def as_encoding(name: object) -> str | None:
    """Python's name of an encoding of text, None for None. Raises TypeError, ValueError."""
    if name is None:
        return None
    check_text("encoding", name)
    if not is_encoding(cast("str", name)):
        raise ValueError(f"encoding must be the name of an encoding of text, not {name!r}")
    return codecs.lookup(cast("str", name)).name


def is_encoding(name: str) -> bool:
    """Whether a name is that of an encoding of text."""
    try:
        "".encode(name)  # of what is no text, such as "base64", this raises LookupError
    except (LookupError, ValueError):
        return False
    return not _NO_TEXT.fullmatch(codecs.lookup(name).name)


# Encodings that Python knows and no text has: decoding them takes time that grows with the square
# of the length, or reads escapes.
_NO_TEXT = re.compile(r"punycode|idna|.*escape|undefined|mbcs|oem", re.IGNORECASE)


def check_callables(**values: object) -> None:
    """Raise TypeError unless the values, by the names of their arguments, can be called."""
    for argument, value in values.items():
        if not callable(value):
            raise TypeError(f"{argument} must be a function, not {type(value).__name__}")


def as_texts(argument: str, texts: str | Iterable[str]) -> list[str]:
    """One text or several as a list. Raises TypeError for anything but strings."""
    listed = list(texts) if isinstance(texts, Iterable) and not isinstance(texts, str) else [texts]
    for text in listed:
        check_text(argument, text)
    return listed


def as_rows(argument: str, rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Groups of texts. Raises TypeError for anything else, also for a text instead of a group."""
    listed = [rows] if isinstance(rows, str) else list(rows)
    if any(isinstance(row, str) for row in listed):
        raise TypeError(f"{argument} must be rows of strings, as in [['Zangazur', 'Zangezur']]")
    return tuple(tuple(as_texts(argument, row)) for row in listed)


def check_filters(method: str, given: Mapping[str, object], filters: type) -> None:
    """Raise TypeError for a keyword that a TypedDict does not have, and for a value that does not
    fit its annotation.
    """
    kinds = get_type_hints(filters)
    for name, value in given.items():
        if name not in kinds:
            raise TypeError(
                f"{method}() got an unexpected keyword argument {name!r}; "
                f"its filters are {', '.join(sorted(kinds))}"
            )
        check_type(name, value, kinds[name])


# Types by their names in messages.
_NAMES = {str: "a string", bool: "True or False", type(None): "None"}


def _members(expected: Any) -> tuple[type, ...]:
    """The types of a union; a type alone."""
    return get_args(expected) or (expected,)


def _listed(values: Iterable[object]) -> str:
    *first, last = map(repr, values)
    return f"{', '.join(first)} or {last}" if first else last
