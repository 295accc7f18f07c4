"""How the tests run a command: started or forked, with pipes or on a terminal."""

import fcntl
import json
import os
import pty
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import fork_server
from fork_server import NUMBER

# Seconds that a command may take before it is taken to hang.
LONGEST = 120


class Installed:
    """Starts the installed command."""

    def __init__(self, command):
        self.command = command

    def start(self, arguments, streams, env, cwd, terminal=False):
        """Start it with file descriptors as its stdin, stdout and stderr, which may be a terminal
        to be controlled.
        """
        return subprocess.Popen(
            [self.command, *arguments],
            env=env,
            cwd=cwd,
            preexec_fn=fork_server.take_terminal if terminal else None,
            **dict(zip(("stdin", "stdout", "stderr"), streams, strict=True)),
        )


class Server:
    """Starts the command in forks of a server process, one at a time; see fork_server.py."""

    def __init__(self, command):
        self.command = command
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # type: ignore[call-overload]
                [sys.executable, fork_server.__file__], stdin=theirs, stdout=subprocess.DEVNULL
            )

    def start(self, arguments, streams, env, cwd, terminal=False):
        """As `Installed.start`."""
        rest = [self.command, *arguments], env, str(cwd or Path.cwd()), terminal
        request = json.dumps(rest).encode()
        socket.send_fds(self._socket, [NUMBER.pack(len(request))], streams)
        self._socket.sendall(request)
        return Forked(self._socket)

    def close(self):
        """End the server."""
        self._socket.close()
        self._process.wait(LONGEST)


class Forked:
    """A forked command, with what is used of `subprocess.Popen`."""

    def __init__(self, connection):
        self._socket = connection
        self.pid = self._answer(LONGEST)

    def kill(self):
        """End it at once."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout):
        """Wait for its end; returns its status, negative for a signal."""
        return self._answer(timeout)

    def _answer(self, timeout):
        if not select.select([self._socket], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("reader", timeout)
        answer = self._socket.recv(NUMBER.size, socket.MSG_WAITALL)
        assert answer, "the fork server has ended: what it said is on stderr"
        return NUMBER.unpack(answer)[0]


def into_pipes(starter, *arguments, env=None, cwd=None, input="", stdin=None, stdout=None):
    """Run a command as `subprocess.run` would; gives its status, stdout and stderr.

    `env` is added to the environment. stdin and stdout are pipes if no files are given for them,
    stderr always is. All text is UTF-8.
    """
    with ExitStack() as stack:

        def pipe():
            return [
                stack.enter_context(open(end, mode, buffering=0))
                for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True)
            ]

        theirs_in, ours_in = pipe()
        ours_out, theirs_out = pipe()
        ours_err, theirs_err = pipe()
        streams = [(stdin or theirs_in), (stdout or theirs_out), theirs_err]
        process = starter.start(
            list(map(str, arguments)),
            [stream.fileno() for stream in streams],
            {**os.environ, **(env or {})},
            cwd,
        )
        for end in (theirs_in, theirs_out, theirs_err):
            end.close()
        out, err = _communicate(process, input.encode(), ours_in, ours_out, ours_err)
    status = process.wait(LONGEST)
    return subprocess.CompletedProcess(arguments, status, out.decode(), err.decode())


def _communicate(process, input, to, *sources):
    """Write `input` and read what comes, whichever is possible, to the end of both."""
    until = time.monotonic() + LONGEST
    read = dict.fromkeys(sources, b"")
    with selectors.DefaultSelector() as selector:
        selector.register(to, selectors.EVENT_WRITE)
        for source in sources:
            selector.register(source, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(until - time.monotonic(), 0))
            if not ready:
                process.kill()
                process.wait(LONGEST)
                raise subprocess.TimeoutExpired("reader", LONGEST, *read.values())
            for key, _ in ready:
                if key.fileobj is not to:
                    piece = key.fileobj.read(65536)  # type: ignore[union-attr]
                    read[key.fileobj] += piece
                    more = bool(piece)
                else:
                    try:
                        input = input[to.write(input[: select.PIPE_BUF]) :]  # type: ignore[union-attr]
                    except BrokenPipeError:  # it reads no more
                        input = b""
                    more = bool(input)
                if not more:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()  # type: ignore[union-attr]
    return read.values()


def on_a_terminal(starter, *arguments, columns=80, lines=200, env=None, keys=b""):
    """Run a command on a terminal; gives its status and what the screen got.

    `env` is added to the environment. `keys` are typed when something is on the screen.
    """
    screen, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    environment = {**os.environ, **(env or {})}
    process = starter.start(
        list(map(str, arguments)), [terminal] * 3, environment, None, terminal=True
    )
    os.close(terminal)
    output = b""
    until = time.monotonic() + LONGEST
    with open(screen, "r+b", buffering=0) as screen_file:
        while select.select([screen_file], [], [], max(until - time.monotonic(), 0))[0]:
            try:
                piece = screen_file.read(65536)
            except OSError:  # Linux: the other end is closed
                break
            if not piece:
                break
            output += piece
            if keys:
                screen_file.write(keys)
                keys = b""
        else:
            process.kill()
        status = process.wait(10)
    return status, output.decode().replace("\r\n", "\n")
