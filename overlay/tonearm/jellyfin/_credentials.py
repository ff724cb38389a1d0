"""The address of a Jellyfin server, and the token and device id that a client sends to it."""

from __future__ import annotations

import logging
import os
import platform
import re
from hashlib import sha256
from typing import TypeAlias, TypeVar, cast
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid4

from attrs import field, frozen

from .._base.validate import encodable
from .._base.version import __version__
from .._files import kept_text, state_folder
from .._http import Address, address, check_key, logger
from ..errors import ConfigurationError, InvalidInput
from ._ids import id_of

T = TypeVar("T")

SILENCE = 60.0
"""Seconds of silence after which a read or write fails."""

_DEVICE = re.compile("[0-9a-f]{32}")
_KEY = re.compile(r"\b(ApiKey|secret)=[^&#\s]*")
_URL, _TOKEN, _USER = "JELLYFIN_URL", "JELLYFIN_TOKEN", "JELLYFIN_USER_ID"
Lacking: TypeAlias = "set[str]"
"""Functions that a server has turned out not to offer, and that are therefore not requested again."""

_KNOWN: dict[str, str] = {}
"""Ids of this process as a device, by server, that could not be kept on the disk."""


@frozen
class Access:
    """The address of the server, with device, token and user; without a token the server knows no user."""

    where: Address
    device_id: str
    token: str | None = field(repr=False)
    user_id: str | None = None
    key_in_query: bool = False
    lacking: Lacking = field(factory=set[str], repr=False, eq=False)

    @property
    def keys(self) -> dict[str, str]:
        """The header that identifies client and user (Jellyfin server source, AuthorizationContext)."""
        if self.key_in_query:
            return {}
        fields = {
            "Client": "tonearm",
            "Device": platform.node() or "tonearm",
            "DeviceId": self.device_id,
            "Version": __version__,
            "Token": self.token,
        }
        pairs = (f'{name}="{quote(value, safe="")}"' for name, value in fields.items() if value is not None)
        return {"Authorization": f"MediaBrowser {', '.join(pairs)}"}

    @property
    def in_query(self) -> dict[str, str]:
        """The parameters in the query of every request."""
        return self.query if self.key_in_query and self.token is not None else {}

    @property
    def query(self) -> dict[str, str]:
        """The token as a query parameter, for players that send no headers."""
        if self.token is None:
            raise ConfigurationError("there is no key to put into a URL", hint=f"give a token, or set {_TOKEN}")
        return {"ApiKey": self.token}

    @property
    def secrets(self) -> tuple[str, ...]:
        """Texts that must never be shown: the token, plain and quoted."""
        return () if self.token is None else (quote(self.token, safe=""), self.token)


def access(
    base_url: str | None,
    token: str | None,
    device_id: str | None,
    user_id: str | UUID | None = None,
    *,
    ambient: bool = True,
    key_in_query: bool = False,
) -> Access:
    """Take address and token from the arguments, else, with `ambient`, from the environment; a token is not required.

    Raises:
        ConfigurationError: the base URL is missing or invalid, the device id is empty, or the token or the user id is
            invalid.
    """
    where = address(base_url, _URL, None)
    if device_id == "":
        raise ConfigurationError.of("device_id", device_id, "text that is not empty")
    try:
        device_id = None if device_id is None else encodable(device_id, "device_id")
        if user_id is None and ambient and (where.trusted or not os.environ.get(_URL)):
            user_id = (os.environ.get(_USER) or "").strip() or None
        user = None if user_id is None else id_of(without_line_feed(user_id), "user_id")
    except InvalidInput as error:
        raise ConfigurationError.because(error) from None
    if token is None and ambient and (from_environment := os.environ.get(_TOKEN)):
        if where.trusted:
            token = from_environment
        else:
            logger.warning("%s is left unused: it belongs to the server of %s, not to %s", _TOKEN, _URL, where.url)
    if key_in_query:
        hide_keys()
    token = None if token is None else check_key("token", token)
    if device_id is None:
        device_id = device(where.url, kept=token is not None or not ambient)
    return Access(where, device_id, token, user, key_in_query)


def without_line_feed(value: T) -> T:
    """A secret or an id without the line feed at its end, as it has when it is read from a file."""
    return cast("T", value.rstrip("\r\n")) if isinstance(value, str) else value


def hide_keys() -> None:
    """Remove keys from the URLs of requests in the log of httpx, from now on."""
    logging.getLogger("httpx").addFilter(_without_keys)


def _without_keys(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(_KEY.sub(r"\1=***", str(arg)) if _KEY.search(str(arg)) else arg for arg in record.args)
    return True


def device(base_url: str, *, kept: bool) -> str:
    """The id of this installation at a server.

    A server ends the token of a device that logs in again. The id is therefore random, so that another machine of the
    same name ends no token; it is made once and kept in the state folder. If it cannot be kept, or without a token, it
    is made once for each process.
    """
    parts = urlsplit(base_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    kept_id = ""
    if kept:
        name = sha256(origin.encode()).hexdigest()[:32]
        try:
            kept_id = kept_text(state_folder() / "devices" / name, lambda: uuid4().hex)
        except (OSError, ValueError) as error:
            logger.info("the id of this device is not kept: %s", error)
    return kept_id if _DEVICE.fullmatch(kept_id) else _KNOWN.setdefault(origin, uuid4().hex)
