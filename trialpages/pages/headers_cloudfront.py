"""The policy of CloudFront for a site in an S3 bucket: the headers that an object cannot carry itself.

An object of S3 carries its type and how long it may be kept. All else is added by what stands before the bucket.
CloudFront knows some headers by name and takes the others as they are.
"""

from __future__ import annotations

import json

from trialpages.pages.headers import EVERYWHERE, PREVIEW

NAME = "trialpages"


def cloudfront_policy(*, is_preview: bool = False) -> str:
    """Return the JSON that `aws cloudfront create-response-headers-policy` takes.

    Every published file may be read by other sites: the policy holds for the whole site, and no file of it is secret.
    """
    headers = {**EVERYWHERE, **(PREVIEW if is_preview else {})}
    policy = headers.pop("Content-Security-Policy")
    referrer = headers.pop("Referrer-Policy")
    del headers["X-Content-Type-Options"]
    own = [{"Header": name, "Value": value, "Override": True} for name, value in headers.items()]
    made = {
        "Name": NAME,
        "CorsConfig": {
            "AccessControlAllowOrigins": {"Quantity": 1, "Items": ["*"]},
            "AccessControlAllowHeaders": {"Quantity": 1, "Items": ["*"]},
            "AccessControlAllowMethods": {"Quantity": 2, "Items": ["GET", "HEAD"]},
            "AccessControlAllowCredentials": False,
            "OriginOverride": True,
        },
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {"Override": True, "ContentSecurityPolicy": policy},
            "ContentTypeOptions": {"Override": True},
            "ReferrerPolicy": {"Override": True, "ReferrerPolicy": referrer},
        },
        "CustomHeadersConfig": {"Quantity": len(own), "Items": own},
    }
    return json.dumps(made, indent=2) + "\n"
