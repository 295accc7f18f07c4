"""Runs work in processes of its own, one for each task, as many at a time as there are processors.

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
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Called with the number of steps done since the last call.
ReportSteps = Callable[[int], None]


def processors() -> int:
    """The number of processes that can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(
    work: Callable[[Task, ReportSteps], Result],
    tasks: Iterable[Task],
    report: ReportSteps,
    limit: int,
    close: Sequence[int] = (),
) -> Iterator[Result]:
    """The results of the work on each task, as they come; at most `limit` processes at a time.

    The processes close the inherited file descriptors in `close`. An exception that the work raises
    is raised here; MemoryError if a process is killed.
    """
    running = _Processes(work, iter(tasks), close)
    try:
        running.start(limit)
        while running:
            for connection in wait(list(running.connections)):
                assert isinstance(connection, Connection)
                try:
                    kind, value = connection.recv()
                except EOFError:
                    raise MemoryError("a process that made the index was killed") from None
                if kind == "steps":
                    report(value)
                    continue
                running.join(connection)
                if kind == "error":
                    raise value
                running.start(limit)
                yield value
    finally:
        running.terminate()


class _Processes(Generic[Task, Result]):
    """The processes that are running, by the connection that each answers on."""

    def __init__(
        self,
        work: Callable[[Task, ReportSteps], Result],
        tasks: Iterator[Task],
        close: Sequence[int],
    ) -> None:
        # Forking shares what is loaded; except on Linux it is not safe with system libraries.
        self._forks = sys.platform == "linux"
        self._context = multiprocessing.get_context("fork" if self._forks else "spawn")
        self._work, self._tasks, self._close = work, tasks, close
        self.connections: dict[Connection, multiprocessing.process.BaseProcess] = {}

    def __bool__(self) -> bool:
        return bool(self.connections)

    def start(self, limit: int) -> None:
        """Start tasks until `limit` processes are running."""
        while len(self.connections) < limit:
            task = next(self._tasks, None)
            if task is None:
                return
            receiver, sender = self._context.Pipe(duplex=False)
            inherited = (*self._close, *(c.fileno() for c in [*self.connections, receiver]))
            process = self._context.Process(  # type: ignore[attr-defined, unused-ignore]
                target=_run,
                args=(sender, self._work, task, inherited if self._forks else ()),
                daemon=True,
            )
            process.start()
            sender.close()
            self.connections[receiver] = process

    def join(self, connection: Connection) -> None:
        """Wait for a process that has answered."""
        self.connections.pop(connection).join()
        connection.close()

    def terminate(self) -> None:
        """End all that are running."""
        for connection, process in self.connections.items():
            process.terminate()
            process.join()
            connection.close()


def _run(
    connection: Connection,
    work: Callable[[Task, ReportSteps], Result],
    task: Task,
    close: Sequence[int],
) -> None:
    """Do a task in this process, and send the result, or the exception that it raises."""
    # Ctrl-C reaches every process of the terminal; the one that started this one handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for descriptor in close:
        os.close(descriptor)
    # What is inherited is shared until it is written to, as collecting garbage in it would do.
    gc.freeze()
    try:
        connection.send(("result", work(task, lambda steps: connection.send(("steps", steps)))))
    except BrokenPipeError:  # nobody waits for it any more
        os._exit(1)
    except Exception as error:
        connection.send(("error", error))
