"""``tracegraph serve``: the pages and the REST API on this computer."""

from __future__ import annotations

import errno
import signal
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager

import click

from tracegraph.cli.common import say, settings_of
from tracegraph.errors import TracegraphError, UsageError

DEFAULT_PORT = 8765


class PortError(TracegraphError):
    """The address to listen on is taken or not ours."""

    code = "port"


@click.command(name="serve")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="พอร์ต / port; 0 = any free"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="ที่อยู่ที่รับฟัง / address to listen on")
@click.option("--allow-remote", is_flag=True, help="ให้เครื่องอื่นเปิดได้ / let other computers in (no sign-in)")
@click.option("--no-open", is_flag=True, help="ไม่เปิดเบราว์เซอร์ / do not open the browser")
@click.pass_context
def command(ctx: click.Context, port: int, host: str, allow_remote: bool, no_open: bool) -> None:
    """เปิดหน้าเว็บและ API บนเครื่องนี้ / serve the pages and the REST API on this computer."""
    from api.security import is_loopback

    if not allow_remote and not is_loopback(host):
        raise UsageError(
            f"{host} เปิดให้เครื่องอื่นเข้าถึงได้ จึงไม่เปิดให้",
            f"{host} would let other computers in, refused",
            hint_th="ใช้ 127.0.0.1 หรือเพิ่ม --allow-remote หากตั้งใจ (ไม่มีการลงชื่อเข้าใช้)",
            hint_en="use 127.0.0.1, or add --allow-remote if you mean it (there is no sign-in)",
        )
    listener = open_listener(host, port)
    with listener:
        _serve(ctx, listener, remote=allow_remote, browser=not no_open)


def open_listener(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything slow starts; PortError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows lets two programs share a port unless told otherwise
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise _port_error(error, host, port) from error
    return listener


def _port_error(error: OSError, host: str, port: int) -> PortError:
    taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
    th = f"พอร์ต {port} ของ {host} มีโปรแกรมอื่นใช้อยู่หรือใช้ไม่ได้" if taken else f"รับฟังที่ {host}:{port} ไม่ได้"
    en = (
        f"port {port} of {host} is taken or not allowed"
        if taken
        else f"cannot listen on {host}:{port} ({error.strerror})"
    )
    return PortError(
        th,
        en,
        hint_th=f"ปิดโปรแกรมนั้น หรือใช้ --port {port + 1 if port else DEFAULT_PORT}",
        hint_en=f"close that program, or use --port {port + 1 if port else DEFAULT_PORT}",
    )


def _serve(ctx: click.Context, listener: socket.socket, *, remote: bool, browser: bool) -> None:
    import uvicorn

    from api import create_app
    from tracegraph.graph.store import open_store

    settings = settings_of(ctx)
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    with open_store(settings) as store:
        app = create_app(settings, store=store, remote=remote, warm=True)
        config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)
        server = uvicorn.Server(config)
        click.echo(address)
        say(f"เปิดที่ {address} (กด Ctrl+C เพื่อปิด)", "open the address above; Ctrl+C stops")
        if browser:
            timer = threading.Timer(0.8, webbrowser.open, [address])
            timer.daemon = True
            timer.start()
        with _stopping_quietly():
            server.run(sockets=[listener])
    say("ปิดแล้ว", "stopped")


@contextmanager
def _stopping_quietly() -> Iterator[None]:
    """Ctrl+C and SIGTERM end the server only: it raises them again when it is done, before the store is closed."""
    if threading.current_thread() is not threading.main_thread():  # only there signals can be handled
        yield
        return
    before = {number: signal.signal(number, _ignore) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore(number: int, frame: object) -> None:
    """Nothing: what was asked for has happened."""
