"""An S3-compatible store as destination: Amazon's, Cloudflare R2, MinIO and others.

Credentials come from the usual places of AWS tools (environment, profile, role) and from nowhere else. A request
that meets a busy or failing store is repeated with growing pauses by the client itself. Each upload carries the MD5
of its content, so that a store refuses what arrived damaged. The list is written on condition that it is still the one that
was read; a store that does not know conditions writes it all the same.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from trialpages.deploying.faults import DeployError
from trialpages.deploying.folder import changed_meanwhile
from trialpages.deploying.s3_faults import code_of, in_words
from trialpages.deploying.store import LIST, Held, Known, Upload

THREADS = 8
ATTEMPTS = 6
CONNECT_SECONDS, READ_SECONDS = 10, 60
LIST_HEADERS = {"ContentType": "application/json", "CacheControl": "no-store"}
FIELDS = {
    "Content-Type": "ContentType",
    "Cache-Control": "CacheControl",
    "Content-Encoding": "ContentEncoding",
}
REFUSED_CONDITION = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
UNKNOWN_CONDITION = {"NotImplemented", "501"}
NOT_THERE = {"NoSuchKey", "404", "NotFound"}


class S3Store:
    """A bucket, or a part of it below a prefix."""

    threads = THREADS
    keeps_headers = True

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Do nothing: a store has no locks; the conditional write of the list stands for one."""
        yield

    def read_list(self) -> tuple[bytes | None, str | None]:
        """Return the list and its mark."""
        with self._in_words():
            try:
                found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + LIST)
                return found["Body"].read(), found["ETag"]
            except Exception as error:
                if code_of(error) in NOT_THERE:
                    return None, None
                raise

    def write_list(self, data: bytes, version: str | None) -> str:
        """Write the list if it is still of that version; refuse otherwise."""
        condition = {"IfMatch": version} if version else {"IfNoneMatch": "*"}
        with self._in_words():
            try:
                return self._write_list(data, condition)
            except Exception as error:
                if code_of(error) in UNKNOWN_CONDITION:
                    return self._write_list(data, {})
                if code_of(error) not in REFUSED_CONDITION | NOT_THERE:
                    raise
        # The client repeats a request whose answer was lost: then the list is our own already.
        found, mark = self.read_list()
        if found == data and mark:
            return mark
        from trialpages.deploying.running import overtaken

        raise overtaken()

    def is_still(self, version: str) -> bool:
        """Ask for the list's mark."""
        with self._in_words():
            try:
                found = self._client.head_object(Bucket=self._bucket, Key=self._prefix + LIST)
            except Exception as error:
                if code_of(error) in NOT_THERE:
                    return False
                raise
            return bool(found["ETag"] == version)

    def listing(self, known: Mapping[str, Known]) -> dict[str, Held]:
        """Return all objects below the prefix, a thousand a request."""
        del known
        found: dict[str, Held] = {}
        with self._in_words():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            )
            for page in pages:
                for each in page.get("Contents", ()):
                    path = each["Key"].removeprefix(self._prefix)
                    found[path] = Held(size=each["Size"], etag=each["ETag"].strip('"'))
        return found

    def put(self, upload: Upload) -> str:
        """Upload one file; the store checks what arrives against its MD5."""
        content = upload.source.read_bytes()
        if _md5(content).hex() != upload.md5:
            raise changed_meanwhile(upload.path)
        headers = {FIELDS[name]: value for name, value in upload.headers.items()}
        with self._in_words():
            answer = self._client.put_object(
                Bucket=self._bucket,
                Key=self._prefix + upload.path,
                Body=content,
                ContentMD5=base64.b64encode(_md5(content)).decode(),
                **headers,
            )
        return str(answer["ETag"]).strip('"')

    def delete(self, path: str) -> None:
        """Delete one object. One request each: the request for many is not the same at all stores."""
        with self._in_words():
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + path)

    def _write_list(self, data: bytes, condition: Mapping[str, str]) -> str:
        key = self._prefix + LIST
        answer = self._client.put_object(Bucket=self._bucket, Key=key, Body=data, **LIST_HEADERS, **condition)
        return str(answer["ETag"])

    def _in_words(self) -> contextlib.AbstractContextManager[None]:
        return in_words(self._bucket, self._client.meta.endpoint_url)


def s3_store(address: str, *, endpoint: str | None, region: str | None) -> S3Store:
    """Return the store of `s3://bucket/prefix`. Raises `DeployError`."""
    bucket, _, prefix = address.removeprefix("s3://").partition("/")
    if not bucket:
        raise DeployError(f"'{address}' names no bucket", "write s3://bucket or s3://bucket/prefix")
    if prefix.startswith("/") or "//" in prefix or ".." in prefix.split("/"):
        raise DeployError(f"'{address}' is no good address", "write s3://bucket/prefix")
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise DeployError(
            "a store needs the library boto3, which is not installed",
            'install it: pip install "trialpages[s3]"',
        ) from error
    if endpoint is not None and not endpoint.startswith(("https://", "http://")):
        raise DeployError(f"--endpoint wants an address such as https://s3.example.org, not '{endpoint}'")
    config = Config(
        retries={"mode": "standard", "max_attempts": ATTEMPTS},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        max_pool_connections=THREADS,
        # Newer checksums are not known to all stores; the MD5 of each upload is.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if endpoint else None,
    )
    with in_words(bucket, endpoint or "Amazon S3"):
        session = boto3.session.Session()
        # A store of one region takes any name; Amazon's own client needs one as well.
        where = region or session.region_name or "us-east-1"
        client = session.client("s3", endpoint_url=endpoint, region_name=where, config=config)
    return S3Store(client, bucket, f"{prefix.strip('/')}/" if prefix.strip("/") else "")


def _md5(content: bytes) -> bytes:
    import hashlib

    return hashlib.md5(content, usedforsecurity=False).digest()
