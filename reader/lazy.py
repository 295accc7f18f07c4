"""Puts off loading modules that the libraries import and that most commands never use."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader, module_from_spec
from types import ModuleType

# Loaded at the first use of anything in them. Together 7 ms of the 70 that Typer and Whoosh take to
# load: archives for shutil, addresses for urllib, HTML for Whoosh's own highlighter.
_SELDOM_USED = frozenset({"bz2", "calendar", "html", "ipaddress", "lzma", "whoosh.highlight"})

# Another 5 ms: a table of English endings, of which Whoosh's queries take one function by name,
# which would load it at once. It serves Whoosh's Variations query; nothing here makes one.
_ENDINGS = "whoosh.lang.morph_en"


class _Finder:
    """Finds these modules as ever, but has them loaded later."""

    @staticmethod
    def find_spec(
        name: str,
        path: object = None,
        target: object = None,  # noqa: ARG004
    ) -> ModuleSpec | None:
        if name == _ENDINGS:
            return ModuleSpec(name, _EndingsLater(path))  # type: ignore[arg-type]
        if name not in _SELDOM_USED:
            return None
        spec = PathFinder.find_spec(name, path)  # type: ignore[arg-type]
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


class _EndingsLater:
    """Makes a module whose one function loads the real module when it is called."""

    def __init__(self, path: object) -> None:
        self._path = path

    def create_module(self, spec: ModuleSpec) -> None:  # noqa: ARG002 - an ordinary module
        return None

    def exec_module(self, module: ModuleType) -> None:
        def variations(word: str) -> object:
            spec = PathFinder.find_spec(_ENDINGS, self._path)  # type: ignore[arg-type]
            assert spec is not None
            assert spec.loader is not None
            real = module_from_spec(spec)
            spec.loader.exec_module(real)
            return real.variations(word)

        module.variations = variations  # type: ignore[attr-defined]


def put_off_seldom_used() -> None:
    """From now on, load the modules that are seldom used when they are."""
    sys.meta_path.insert(0, _Finder)
