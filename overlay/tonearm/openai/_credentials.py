"""The key and the address of an OpenAI client, from its arguments and the environment."""

from __future__ import annotations

import os

from attrs import evolve, field, frozen

from .._http import Address, address, check_key
from ..errors import ConfigurationError
from ._server import Server, is_azure
from .presets import BASE_URL

SILENCE = 600.0
"""Seconds of silence after which a read or write fails; recognition can take minutes."""

_URL, _KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"


@frozen
class Access:
    """The address of the server, and the headers with the key and the account."""

    where: Address
    keys: dict[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    azure: bool

    def server(self, speech_model: str | None, transcription_model: str | None) -> Server:
        """The server, with the default models of the client."""
        return Server(self.where.url, speech_model, transcription_model, azure=self.azure)


def access(
    api_key: str | None,
    base_url: str | None,
    organization: str | None,
    project: str | None,
    api_version: str | None,
) -> Access:
    """Take the key from the argument, else from the environment; an empty key means a server without keys.

    Azure receives the key as `api-key`, and the version of its API in every query.

    Raises:
        ConfigurationError: no key.
    """
    where = address(base_url, _URL, BASE_URL)
    if api_key is None:
        from_environment = os.environ.get(_KEY) or None
        if from_environment is None or not where.trusted:
            raise ConfigurationError(
                f"no key for {where.url}{where.unused if from_environment else ''}",
                argument="api_key",
                expected="given; it is '' for a server without keys",
                hint=f"give api_key, which is '' for a server without keys, or set {_KEY}",
            )
        api_key = check_key(_KEY, from_environment)
    azure = api_version is not None or is_azure(where.url)
    if api_version is not None:
        where = evolve(where, query={"api-version": check_key("api_version", api_version)})
    keys: dict[str, str] = {}
    if api_key:
        key = check_key("api_key", api_key)
        keys |= {"api-key": key} if azure else {"Authorization": f"Bearer {key}"}
    if organization is not None:
        keys["OpenAI-Organization"] = check_key("organization", organization)
    if project is not None:
        keys["OpenAI-Project"] = check_key("project", project)
    return Access(where, keys, (api_key,) if api_key else (), azure)
