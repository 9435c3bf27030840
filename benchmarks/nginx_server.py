"""An nginx of our own for a folder: on loopback, on a free port, with nothing written outside of one folder."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from trialpages.pages.former_pages import Redirect
from trialpages.pages.headers_nginx import Server, nginx_configuration

PATIENCE_SECONDS = 20.0
"""For its first answer on a busy machine."""

MAIN = """\
daemon off;
worker_processes 2;
pid {work}/nginx.pid;
error_log {work}/error.log warn;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
{servers}
}}
"""


def nginx_path() -> str | None:
    """Return the nginx of `$NGINX`, of PATH or of the system; None where there is none."""
    for name in (os.environ.get("NGINX", ""), "nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx"):
        if name and (found := shutil.which(name)):
            return found
    return None


@contextlib.contextmanager
def serving(
    nginx: str,
    output: Path,
    work: Path,
    base: str = "/",
    *,
    is_preview: bool = False,
    redirects: Sequence[Redirect] = (),
) -> Iterator[str]:
    """Serve a folder as our own configuration says; give the address, with a slash at its end."""
    work.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(
        folder=str(output),
        listen=f"127.0.0.1:{port}",
        base=base,
        is_preview=is_preview,
        redirects=redirects,
    )
    # Started by root it would give its workers to a user who may not read a folder of tests.
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    text = MAIN.format(work=work, user=user, servers=nginx_configuration(server))
    (work / "nginx.conf").write_text(text, "utf-8")
    command = [nginx, "-p", str(work), "-e", str(work / "error.log"), "-c", str(work / "nginx.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, port, work / "error.log")
            yield f"http://127.0.0.1:{port}{base}"
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    said = log.read_text("utf-8", "replace") if log.exists() else ""
    raise RuntimeError(f"nginx does not answer: {said.strip()[-2000:]}")
