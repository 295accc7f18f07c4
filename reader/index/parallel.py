"""Runs work in processes of its own, a process a task, as many at a time as there are processors.

A process a task, not a pool: when this process is killed, each other one ends with its task at the
latest, and nothing waits for work that never comes.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Told with a number of steps that were done since the last time.
Tell = Callable[[int], None]


def processors() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(
    work: Callable[[Task, Tell], Result],
    tasks: Iterable[Task],
    tell: Tell,
    most: int,
    without: Sequence[int] = (),
) -> Iterator[Result]:
    """The results of the work on each task, as they come; at most so many processes at a time.

    The processes close the file descriptors in `without`, if they inherit them. An exception that
    the work raises is raised here; MemoryError if a process is killed.
    """
    # Forking shares what is loaded; elsewhere than on Linux it is not safe with system libraries.
    context = (
        multiprocessing.get_context("fork")
        if sys.platform == "linux"
        else multiprocessing.get_context("spawn")
    )
    remaining = iter(tasks)
    running: dict[Connection, multiprocessing.process.BaseProcess] = {}

    def start() -> None:
        for task in remaining:
            ours, theirs = context.Pipe(duplex=False)
            inherited = (*without, *(c.fileno() for c in [*running, ours]))
            process = context.Process(
                target=_run,
                args=(theirs, work, task, inherited if sys.platform == "linux" else ()),
                daemon=True,
            )
            process.start()
            theirs.close()
            running[ours] = process
            if len(running) >= most:
                return

    try:
        start()
        while running:
            for connection in wait(list(running)):
                assert isinstance(connection, Connection)
                try:
                    kind, value = connection.recv()
                except EOFError:
                    raise MemoryError("a process that made the index was killed") from None
                if kind == "done":
                    tell(value)
                    continue
                running.pop(connection).join()
                connection.close()
                if kind == "error":
                    raise value
                start()
                yield value
    finally:
        for connection, process in running.items():
            process.terminate()
            process.join()
            connection.close()


def _run(
    connection: Connection,
    work: Callable[[Task, Tell], Result],
    task: Task,
    without: Sequence[int],
) -> None:
    """Do a task in this process, and send what comes of it."""
    # Ctrl-C reaches every process of the terminal; the one that started this one deals with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for descriptor in without:
        os.close(descriptor)
    # What is inherited is shared until it is written to, as collecting garbage in it would do.
    gc.freeze()
    try:
        connection.send(("result", work(task, lambda steps: connection.send(("done", steps)))))
    except BrokenPipeError:  # nobody waits for it any more
        os._exit(1)
    except Exception as error:
        connection.send(("error", error))
