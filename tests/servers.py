"""Servers on this machine's loopback address that send exactly the bytes they are given."""

import select
import socket
import threading
from contextlib import ExitStack, suppress

# Seconds after which a server gives up on a client, so that a failing test ends.
LONGEST = 30

# The environment of a command that is to reach these servers whatever proxy the tests run behind.
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
NO_PROXY = {name: "" for names in _PROXIES for name in (names, names.upper())}


class RawServer:
    """A server that answers each connection with what a function makes of the request's head.

    The function gets the head as text and gives bytes, or pieces of bytes, which are sent one after
    another; then the connection is closed, with TLS properly unless `ragged`. `context` is the
    server's side of TLS.
    """

    def __init__(self, answer, context=None, ragged=False):
        self.heads = []
        self._answer = answer
        self._context = context
        self._ragged = ragged
        self._threads = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def __enter__(self):
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()
        return self

    def __exit__(self, *error):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._socket.close()
        for thread in self._threads:
            thread.join()

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # shut down
                return
            thread = threading.Thread(target=self._serve, args=[connection])
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        with ExitStack() as stack:
            stack.enter_context(connection)
            connection.settimeout(LONGEST)
            stack.enter_context(suppress(OSError))  # the client went away or did not trust us
            if self._context:
                wrap = self._context.wrap_socket
                connection = stack.enter_context(wrap(connection, server_side=True))
            self.talk(connection)
            if self._context and not self._ragged:
                connection.unwrap()

    def talk(self, connection):
        """Answer one request."""
        head = read_head(connection)
        self.heads.append(head)
        answer = self._answer(head)
        for piece in [answer] if isinstance(answer, bytes) else answer:
            connection.sendall(piece)


class Proxy(RawServer):
    """A proxy that connects to a port of this machine, whichever host it is asked for.

    `refusal` is an answer to give instead.
    """

    def __init__(self, port, refusal=None):
        super().__init__(None)
        self._target = port
        self._refusal = refusal

    def talk(self, connection):
        head = read_head(connection)
        self.heads.append(head)
        if self._refusal:
            connection.sendall(self._refusal)
            return
        with socket.create_connection(("127.0.0.1", self._target), LONGEST) as server:
            if head.startswith("CONNECT "):
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                server.sendall(head.encode("latin-1"))
            self._pass_on(connection, server)

    @staticmethod
    def _pass_on(*ends):
        while ready := select.select(ends, [], [], LONGEST)[0]:
            for end in ready:
                if not (content := end.recv(65536)):
                    return
                ends[1 - ends.index(end)].sendall(content)


def read_head(connection):
    """The request line and headers that a client sends, as text; the first bytes of TLS."""
    head = b""
    while not head.endswith(b"\r\n\r\n") and not head.startswith(b"\x16"):
        if not (piece := connection.recv(65536)):
            break
        head += piece
    return head.decode("latin-1")


def answer(body=b"", kind="text/plain; charset=utf-8", status="200 OK", length=True, **headers):
    """The bytes of an answer; the length of the body is in it if `length`."""
    lines = [f"HTTP/1.1 {status}"]
    if kind:
        lines.append(f"Content-Type: {kind}")
    if length:
        lines.append(f"Content-Length: {len(body) if length is True else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
