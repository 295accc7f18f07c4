"""Puts off loading modules that the libraries import and that most commands never use."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader

# Together 7 ms of the 70 that Typer and Whoosh take to load: archives for shutil, addresses for
# urllib, HTML for Whoosh's own highlighter.
_SELDOM_USED = frozenset({"bz2", "calendar", "html", "ipaddress", "lzma", "whoosh.highlight"})


class _Finder:
    """Finds these modules as ever, but has them loaded at the first use of anything in them."""

    @staticmethod
    def find_spec(
        name: str,
        path: object = None,
        target: object = None,  # noqa: ARG004
    ) -> ModuleSpec | None:
        if name not in _SELDOM_USED:
            return None
        spec = PathFinder.find_spec(name, path)  # type: ignore[arg-type]
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def put_off_seldom_used() -> None:
    """From now on, load the modules that are seldom used when they are."""
    sys.meta_path.insert(0, _Finder)
