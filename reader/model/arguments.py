"""Checks of the arguments that callers pass, before anything is done with them.

Python's own errors are raised, as for any function: TypeError for a value of the wrong type or an
unknown keyword, ValueError for a value that is not allowed, naming those that are.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import Any, cast, get_args


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


def check_text(argument: str, value: object) -> None:
    """Raise TypeError unless the value is a string."""
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a string, not {type(value).__name__}")


def as_texts(argument: str, texts: str | Iterable[str]) -> list[str]:
    """One text or several as a list. Raises TypeError for anything but strings."""
    listed = list(texts) if isinstance(texts, Iterable) and not isinstance(texts, str) else [texts]
    for text in listed:
        check_text(argument, text)
    return listed


def check_keywords(method: str, given: Iterable[str], allowed: Collection[str]) -> None:
    """Raise TypeError for a keyword that a method does not have, as Python does."""
    for name in given:
        if name not in allowed:
            raise TypeError(
                f"{method}() got an unexpected keyword argument {name!r}; "
                f"its filters are {', '.join(sorted(allowed))}"
            )


def _listed(values: Iterable[object]) -> str:
    *first, last = map(repr, values)
    return f"{', '.join(first)} or {last}" if first else last
