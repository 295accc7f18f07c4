"""The progress bar on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from reader.views.terminal.page import FAINT, CleanText


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr that leaves no trace when it ends."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress


class _RateColumn(ProgressColumn):
    """The number a second."""

    def render(self, task: Task) -> Text:
        return CleanText(f"{task.speed:,.0f}/s" if task.speed else "", style=FAINT)
