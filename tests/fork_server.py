"""Runs `reader` in forks of a process that has loaded its modules already.

Starting Python and loading the libraries take most of a short command's time: a fork takes a third
of it or less. The server is a process apart from pytest, so that threads, patches, warm caches and
buffered output of the tests never reach a command, and so that a command ends as Python ends, with
the status that Python gives it. A command that depends on how Python starts cannot be forked.

Requests come one at a time from the socket that is standard input: the length of what follows with
the command's three streams, then its arguments, environment, working directory and whether the
streams are a terminal to be controlled. The answers are the process id, then the exit status.
"""

import fcntl
import gc
import json
import os
import pkgutil
import signal
import socket
import struct
import sys
import termios
import time
from importlib import import_module

# A number of the protocol.
NUMBER = struct.Struct("!i")


def take_terminal():
    """Begin a session whose controlling terminal is standard input."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _load():
    """Load every module of the package, and with them the libraries."""
    import reader

    for module in pkgutil.walk_packages(reader.__path__, "reader."):
        try:
            import_module(module.name)
        except ModuleNotFoundError as error:  # the library of an extra that is not installed
            if (error.name or "").startswith("reader"):
                raise


def _serve(connection):
    """Fork for each request until the tests end. Returns in the forks, ready to run a command."""
    while request := _next_request(connection):
        streams, rest = request
        process = os.fork()
        if not process:
            connection.close()
            _become(streams, *rest)
            return
        for stream in streams:
            os.close(stream)
        connection.sendall(NUMBER.pack(process))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        connection.sendall(NUMBER.pack(status))
    sys.exit()


def _next_request(connection):
    message, streams, _, _ = socket.recv_fds(connection, NUMBER.size, 3)
    if not message:
        return None
    (length,) = NUMBER.unpack(message)
    return streams, json.loads(connection.recv(length, socket.MSG_WAITALL))


def _become(streams, argv, env, cwd, terminal):
    """Make this process what one would be that was started with these arguments."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    for stream in streams:
        os.close(stream)
    if terminal:
        take_terminal()
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    sys.argv = argv
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old = getattr(sys, name)
        new = open(  # noqa: SIM115 - as long as the process
            number,
            old.mode,
            buffering=1 if name == "stderr" else -1,
            encoding=old.encoding,
            errors=old.errors,
            closefd=False,
        )
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)


if __name__ == "__main__":
    requests = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests, which end this process
    sys.path[0] = os.path.dirname(sys.executable)  # as for the installed script
    _load()
    gc.freeze()
    _serve(requests)

    from reader.__main__ import main

    main()
