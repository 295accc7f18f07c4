"""The stemmers of the library snowballstemmer, each loaded by itself.

The library's own package loads those of all its languages, which takes 15 ms: a sixth of a search.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

_spec = find_spec("snowballstemmer")
# The modules of the library are found as modules of this one.
__path__ = list(_spec.submodule_search_locations or ()) if _spec else []


def stemmer(language: str) -> Callable[[str], str]:
    """The function that gives the stem of a word in small letters.

    `language` is an English name, such as "english". Raises ImportError for one without stemmer.
    """
    module = import_module(f"{__name__}.{language}_stemmer")
    stem: Callable[[str], str] = getattr(module, f"{language.title()}Stemmer")().stemWord
    return stem
