"""The keys and the address of an AIOZ client, from its arguments and the environment."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256
from typing import Any

from attrs import field, frozen

from .._http import Address, Wire, address, check_key
from ..errors import ConfigurationError

BASE_URL = "https://api.aiozstream.network/api"
SILENCE = 60.0
"""Seconds of silence after which a read or write fails."""

_URL, _PUBLIC, _SECRET, _TOKEN = (f"AIOZ_STREAM_{name}" for name in ("BASE_URL", "PUBLIC_KEY", "SECRET_KEY", "TOKEN"))


@frozen
class Account:
    """The owner of an upload: the server, and a hash of the key (of a pair, of its public half)."""

    base_url: str
    fingerprint: str

    @classmethod
    def of(cls, wire: Wire[Any]) -> Account:
        """The account of a wire's keys."""
        name = wire.keys.get("stream-public-key") or wire.keys["Authorization"]
        return cls(wire.base_url, sha256(f"{wire.base_url} {name}".encode()).hexdigest())


@frozen
class Access:
    """The address of the service, and the headers with the keys."""

    where: Address
    keys: dict[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


def access(public_key: str | None, secret_key: str | None, token: str | None, base_url: str | None) -> Access:
    """Take the keys from the arguments, else from the environment.

    Raises:
        ConfigurationError: there is no key, only half of a pair, or both a pair and a token.
    """
    where = address(base_url, _URL, BASE_URL)
    given = _choose(public_key, secret_key, token, "public_key and secret_key", "token")
    if given is None:
        from_environment = _choose(_env(_PUBLIC), _env(_SECRET), _env(_TOKEN), f"{_PUBLIC} and {_SECRET}", _TOKEN)
        if from_environment is None or not where.trusted:
            unused = where.unused if from_environment else ""
            raise ConfigurationError(
                f"no key for AIOZ Stream{unused}",
                argument="public_key",
                expected="given with secret_key, or token alone",
                hint=f"give public_key and secret_key, or token; or set {_PUBLIC} and {_SECRET}, or {_TOKEN}",
            )
        given = from_environment
    return Access(where, *given)


def _env(name: str) -> str | None:
    return os.environ.get(name) or None


def _choose(
    public: str | None, secret: str | None, token: str | None, pair_name: str, token_name: str
) -> tuple[dict[str, str], tuple[str, ...]] | None:
    if token is not None and (public is not None or secret is not None):
        raise ConfigurationError(f"{pair_name} or {token_name}, not both")
    if (public is None) != (secret is None):
        raise ConfigurationError(f"{pair_name} belong together: one of them is missing")
    if token is not None:
        return {"Authorization": f"Bearer {check_key(token_name, token)}"}, (token,)
    if public is None or secret is None:
        return None
    check_key(pair_name, public)
    check_key(pair_name, secret)
    basic = b64encode(f"{public}:{secret}".encode()).decode()
    return {"stream-public-key": public, "stream-secret-key": secret}, (secret, public, basic)
