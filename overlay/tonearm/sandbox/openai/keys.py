"""The keys of the service: each is an account whose server behaves differently."""

import math
import time
from threading import Lock

from attrs import define, field, frozen
from starlette.datastructures import Headers

from tonearm.sandbox.openai.refusal import Envelope, Refusal


@frozen(kw_only=True)
class Account:
    """The behaviour of the server for a key.

    Attributes:
        envelope: the form of errors.
        audio_field: the field of speech events that holds the audio. Mistral has `audio_data` (AreevAI/flowcat,
            issue 19), vLLM-Omni `delta`, with an event of its own for errors (vllm-omni, pull request 4490).
        requests: how many requests are allowed at once, and per `seconds` after that.
        seconds: the time of `requests`.
        quota: whether the account has credit.
        overloaded: whether every request is answered 503, with a header against retries.
        breaks: whether event streams fail after their first event.
    """

    envelope: Envelope = "openai"
    audio_field: str = "audio"
    requests: int = 100_000
    seconds: float = 60.0
    quota: bool = True
    overloaded: bool = False
    breaks: bool = False


ACCOUNTS = {
    "sandbox-key": Account(),
    "sandbox-key-limited": Account(requests=2, seconds=2.0),
    "sandbox-key-no-quota": Account(quota=False),
    "sandbox-key-overloaded": Account(overloaded=True),
    "sandbox-key-breaking": Account(breaks=True),
    "sandbox-key-fastapi": Account(envelope="fastapi"),
    "sandbox-key-litellm": Account(envelope="litellm"),
    "sandbox-key-mistral": Account(audio_field="audio_data"),
    "sandbox-key-vllm": Account(audio_field="delta"),
    "sandbox-key-vllm-breaking": Account(audio_field="delta", breaks=True),
}


def key(headers: Headers) -> str:
    """Return the key of a request, one of ACCOUNTS: a bearer token, or `api-key` as on Azure.

    Raises:
        Refusal: there is no key, or an unknown one.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else ""
    given = given or headers.get("api-key", "").strip()
    if not given:
        raise Refusal("You didn't provide an API key. Send it as `Authorization: Bearer KEY`.", status=401)
    if given not in ACCOUNTS:
        raise Refusal("Incorrect API key provided.", status=401, code="invalid_api_key")
    return given


@define
class _Bucket:
    """The requests that an account may still send; they are refilled one by one."""

    account: Account
    remaining: float
    at: float

    def take(self) -> tuple[bool, dict[str, str]]:
        """Use up a request, if one remains; return whether, and the rate headers."""
        now, rate = time.monotonic(), self.account.requests / self.account.seconds
        self.remaining = min(self.remaining + (now - self.at) * rate, self.account.requests)
        self.at = now
        allowed = self.remaining >= 1
        self.remaining -= allowed
        headers = {
            "x-ratelimit-limit-requests": str(self.account.requests),
            "x-ratelimit-remaining-requests": str(int(self.remaining)),
            "x-ratelimit-reset-requests": _span((self.account.requests - self.remaining) / rate),
        }
        if not allowed:
            wait = (1 - self.remaining) / rate
            headers |= {
                "retry-after": str(math.ceil(wait)),
                "retry-after-ms": str(math.ceil(wait * 1000)),
                "x-should-retry": "true",
            }
        return allowed, headers


@define
class Limits:
    """The rate limits of the accounts of one service; safe to use from any thread."""

    _buckets: dict[str, _Bucket] = field(factory=dict[str, _Bucket], init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def admit(self, key: str) -> dict[str, str]:
        """Count a request; return the rate headers of its response.

        Raises:
            Refusal: 429 for a rate limit, with the time to wait, or for a used-up quota, without a time, as waiting
                does not help (openai/openai-openapi, pull request 564); 503.
        """
        account = ACCOUNTS[key]
        if account.overloaded:
            message = "The engine is currently overloaded, please try again later."
            raise Refusal(message, status=503, kind="server_error", headers={"x-should-retry": "false"})
        if not account.quota:
            kind = "insufficient_quota"
            message = "You exceeded your current quota, please check your plan and billing details."
            raise Refusal(message, status=429, kind=kind, code=kind)
        with self._lock:
            bucket = self._buckets.setdefault(key, _Bucket(account, account.requests, time.monotonic()))
            allowed, headers = bucket.take()
        if not allowed:
            message = f"Rate limit reached on requests: limit {account.requests} per {_span(account.seconds)}."
            raise Refusal(message, status=429, kind="requests", code="rate_limit_exceeded", headers=headers)
        return headers


def _span(seconds: float) -> str:
    """Write a time as the rate headers do: `20ms`, `1.2s`, `6m0s`."""
    if seconds < 1:
        return f"{math.ceil(seconds * 1000)}ms"
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}m{math.ceil(rest)}s" if minutes else f"{rest:.3g}s"
