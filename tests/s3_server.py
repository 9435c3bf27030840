"""A real S3-compatible server on loopback, which records what it is asked and can fail or stop where a test wants."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

BUCKET = "made-up-bucket"


@dataclass
class Request:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: dict[str, str]

    @property
    def key(self) -> str:
        """The object's key."""
        return self.path.removeprefix(f"/{BUCKET}").lstrip("/")


Answer = tuple[int, str]
"""A status and the store's code of an error."""


@dataclass
class Server:
    """What a test knows of the server; `answer` may take a request's place, and may wait."""

    endpoint: str = ""
    requests: list[Request] = field(default_factory=list)
    answer: Callable[[Request], Answer | None] | None = None
    app: Any = None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        request = Request(
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
            {
                name[5:].replace("_", "-").lower(): value
                for name, value in environ.items()
                if name[:5] == "HTTP_"
            },
        )
        self.requests.append(request)
        failure = self.answer(request) if self.answer else None
        if failure is None:
            return self.app(environ, start)
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        status, code = failure
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>made up</Message></Error>".encode()
        start(f"{status} Made Up", [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
        return [body] if request.method != "HEAD" else [b""]

    @property
    def client(self) -> Any:
        """A client of its own, for a look at what the store holds."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="made-up",
            aws_secret_access_key="made-up",
        )

    def listed(self) -> list[str]:
        """Return the keys of all objects."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return [each["Key"] for page in pages for each in page.get("Contents", ())]

    def get(self, key: str) -> bytes:
        """Return an object's content."""
        content: bytes = self.client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
        return content

    def asked(self, *methods: str) -> list[str]:
        """Return the keys of the requests so far with one of these methods, and forget all requests."""
        found = [each.key for each in self.requests if each.method in methods and each.key]
        self.requests.clear()
        return found


@contextlib.contextmanager
def s3_server() -> Iterator[Server]:
    """Run the server on a free port."""
    server = Server(app=DomainDispatcherApplication(create_backend_app))
    with contextlib.redirect_stderr(io.StringIO()):
        http = make_server("127.0.0.1", 0, server, threaded=True)
    server.endpoint = f"http://127.0.0.1:{http.port}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
