"""What a store, or the way to it, answers when something is wrong, in words that say what to do. No secret is named."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from trialpages.deploying.faults import AGAIN, DeployError

SETTINGS = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; see docs/deploying.md"

ANSWERS: Mapping[str, tuple[str, str]] = {
    "InvalidAccessKeyId": ("the store does not know this access key", f"check it: {SETTINGS}"),
    "SignatureDoesNotMatch": ("the secret key does not fit the access key", f"check both: {SETTINGS}"),
    "ExpiredToken": ("the credentials have run out", "log in again, or renew AWS_SESSION_TOKEN"),
    "InvalidToken": ("the session token is not valid", "log in again, or renew AWS_SESSION_TOKEN"),
    "AccessDenied": (
        "these credentials may not do this in the bucket '{bucket}'",
        "allow s3:ListBucket for the bucket, and s3:GetObject, s3:PutObject and s3:DeleteObject for its objects",
    ),
    "NoSuchBucket": ("there is no bucket '{bucket}' at {place}", "make it first, or correct the name"),
    "InvalidBucketName": ("'{bucket}' is no name of a bucket", "write s3://bucket or s3://bucket/prefix"),
    "PermanentRedirect": ("the bucket '{bucket}' is in another region", "name its region: --region"),
    "IllegalLocationConstraintException": (
        "the bucket '{bucket}' is in another region",
        "name its region: --region",
    ),
    "AuthorizationHeaderMalformed": (
        "the bucket '{bucket}' is in another region, or the store wants another region's name",
        "name its region: --region",
    ),
    "RequestTimeTooSkewed": (
        "this machine's clock differs too much from the store's",
        "set the clock of this machine, and run it again",
    ),
    "BadDigest": ("a file arrived damaged at the store", AGAIN),
    "InvalidDigest": ("a file arrived damaged at the store", AGAIN),
    "QuotaExceeded": ("the store has no room left for this account", f"make room; {AGAIN}"),
    "XMinioStorageFull": ("the disk of the store is full", f"make room there; {AGAIN}"),
    "SlowDown": ("the store asks to go slower, after several tries", f"wait some minutes; {AGAIN}"),
    "ServiceUnavailable": ("the store does not answer, after several tries", f"wait some minutes; {AGAIN}"),
    "InternalError": ("the store failed, after several tries", f"wait some minutes; {AGAIN}"),
}
SAME: Mapping[str, str] = {
    "403": "AccessDenied",
    "Forbidden": "AccessDenied",
    "AllAccessDisabled": "AccessDenied",
    "UnauthorizedAccess": "AccessDenied",
    "AccountProblem": "AccessDenied",
    "301": "PermanentRedirect",
    "TokenRefreshRequired": "ExpiredToken",
    "InvalidRegionName": "AuthorizationHeaderMalformed",
    "InvalidLocationConstraint": "AuthorizationHeaderMalformed",
    "RequestExpired": "RequestTimeTooSkewed",
    "503": "ServiceUnavailable",
    "Throttling": "SlowDown",
    "TooManyRequests": "SlowDown",
    "RequestLimitExceeded": "SlowDown",
    "429": "SlowDown",
    "500": "InternalError",
    "502": "ServiceUnavailable",
    "504": "ServiceUnavailable",
    "XMinioStorageQuotaExceeded": "QuotaExceeded",
}

NAMED_FAULTS: Mapping[str, tuple[str, str]] = {
    "NoCredentialsError": ("there are no credentials for the store", SETTINGS),
    "PartialCredentialsError": ("half of the credentials is missing", SETTINGS),
    "CredentialRetrievalError": ("the credentials cannot be had", SETTINGS),
    "ProfileNotFound": ("there is no profile of the name in AWS_PROFILE", "correct AWS_PROFILE, or unset it"),
    "NoRegionError": ("no region is named", "name it: --region"),
    "InvalidRegionError": ("this is no name of a region", "correct --region"),
    "UnauthorizedSSOTokenError": ("the log-in has run out", "log in again: aws sso login"),
    "SSOTokenLoadError": ("nobody is logged in", "log in: aws sso login"),
    "TokenRetrievalError": ("the log-in has run out", "log in again: aws sso login"),
    "SSLError": (
        "no safe connection to {place}: its certificate is not accepted",
        "check --endpoint; for a certificate of your own set AWS_CA_BUNDLE to the file that signs it",
    ),
    "EndpointConnectionError": ("nothing answers at {place}", "check --endpoint, --region and the network"),
    "ConnectTimeoutError": ("nothing answers at {place}", "check --endpoint, --region and the network"),
    "ProxyConnectionError": ("the proxy does not answer", "check HTTPS_PROXY"),
    "ReadTimeoutError": ("the store stopped answering", f"check the network; {AGAIN}"),
    "ConnectionClosedError": ("the connection to {place} was cut", f"check the network; {AGAIN}"),
    "ResponseStreamingError": ("the connection to {place} was cut", f"check the network; {AGAIN}"),
    "IncompleteReadError": ("the connection to {place} was cut", f"check the network; {AGAIN}"),
    "HTTPClientError": ("the connection to {place} was cut", f"check the network; {AGAIN}"),
    "ParamValidationError": ("'{bucket}' is no name of a bucket", "write s3://bucket or s3://bucket/prefix"),
    "ResponseParserError": ("what answers at {place} is no S3-compatible store", "check --endpoint"),
}


def code_of(error: Exception) -> str:
    """Return the store's code of an answer; empty for another fault."""
    answer = getattr(error, "response", None)
    if not isinstance(answer, dict):
        return ""
    return str(answer.get("Error", {}).get("Code", ""))


@contextlib.contextmanager
def in_words(bucket: str, place: str) -> Iterator[None]:
    """Turn every fault of the client inside into a `DeployError`."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except DeployError:
        raise
    except (BotoCoreError, ClientError, ValueError, OSError) as error:
        raise told(error, bucket, place) from error


def told(error: Exception, bucket: str, place: str) -> DeployError:
    """Return the words for a fault; one that nobody has words for is shown as the client says it."""
    code = code_of(error)
    found = ANSWERS.get(SAME.get(code, code))
    if found is None and not code:
        names = (kind.__name__ for kind in type(error).__mro__)
        found = next((NAMED_FAULTS[name] for name in names if name in NAMED_FAULTS), None)
    if found is None:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return DeployError(f"the store or the way to it failed: {first}", AGAIN)
    what, help_text = (text.format(bucket=bucket, place=place) for text in found)
    return DeployError(what, help_text)
