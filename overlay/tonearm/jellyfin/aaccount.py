"""Getting into a Jellyfin server, for asyncio; its methods are documented at their twins in `account`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self
from uuid import UUID

from attrs import evolve

from .._base.validate import amount
from .._engine import run_async
from .._http import AsyncClientBase, AsyncHttpClient, discreet, discreet_async
from .._http import options as settings
from ..retry import Retry
from . import _login
from ._credentials import Access, access
from ._operations import accounts as calls
from .account import APPROVAL, SILENCE
from .items import Server, User


class AsyncAccount(AsyncClientBase):
    """The methods of `AsyncJellyfin` for getting in, and for what is known of server and user."""

    _access: Access

    @discreet
    def __init__(
        self,
        base_url: str | None = None,
        *,
        token: str | None = None,
        device_id: str | None = None,
        user_id: str | UUID | None = None,
        key_in_query: bool = False,
        timeout: float | None = None,
        deadline: float | None = None,
        retry: Retry | None = None,
        http: AsyncHttpClient | None = None,
    ) -> None:
        found = access(base_url, token, device_id, user_id, key_in_query=key_in_query)
        self._set_up(found, timeout, deadline, retry, http)

    def _set_up(
        self,
        found: Access,
        timeout: float | None,
        deadline: float | None,
        retry: Retry | None,
        http: AsyncHttpClient | None,
    ) -> None:
        self._access = found
        tuned = settings(timeout, deadline, retry, silence=SILENCE)
        self._connect(http, evolve(found.where, query=found.in_query), found.keys, found.secrets, tuned)

    def _sign(self, token: str | None, hidden: str = "") -> None:
        """Send this token from now on; `hidden` is one more text that no error may show."""
        self._access = evolve(self._access, token=token)
        secrets = (hidden,) if hidden else ()
        self._wire = evolve(
            self._wire,
            keys=self._access.keys,
            query=self._access.in_query,
            secrets=(*secrets, *self._access.secrets),
        )

    @classmethod
    @discreet_async
    async def login(
        cls,
        base_url: str,
        username: str,
        password: str,
        *,
        device_id: str | None = None,
        timeout: float | None = None,
        deadline: float | None = None,
        retry: Retry | None = None,
        http: AsyncHttpClient | None = None,
    ) -> Self:
        """Log in with name and password; the token that this device had before ends."""
        self = cls.__new__(cls)
        self._set_up(access(base_url, None, device_id, ambient=False), timeout, deadline, retry, http)
        try:
            self._sign(None, password)
            self._sign(await run_async(_login.by_password(username, password), self._wire))
        except BaseException:
            await self.close()
            raise
        return self

    @classmethod
    @discreet_async
    async def quick_connect(
        cls,
        base_url: str,
        *,
        show: Callable[[str], object],
        wait: float = APPROVAL,
        device_id: str | None = None,
        timeout: float | None = None,
        deadline: float | None = None,
        retry: Retry | None = None,
        http: AsyncHttpClient | None = None,
    ) -> Self:
        """Log in without a password: the user approves a code in a player where they are logged in already."""
        amount(wait, "wait")
        self = cls.__new__(cls)
        self._set_up(access(base_url, None, device_id, ambient=False), timeout, deadline, retry, http)
        try:
            pairing = await run_async(_login.pair(show), self._wire)
            self._sign(None, pairing.secret)
            self._sign(await run_async(_login.by_approval(pairing), self._wire.within(wait)))
        except BaseException:
            await self.close()
            raise
        return self

    @property
    def token(self) -> str | None:
        """The token, to be kept for another client: a secret, and None when there is none."""
        return self._access.token

    async def logout(self) -> None:
        """End the token, for every client that uses it; this one goes on without."""
        await run_async(calls.log_out(), self._wire)
        self._sign(None)

    async def server(self) -> Server:
        """Ask which server this is; no token is needed."""
        return await run_async(calls.server(), self._wire)

    async def me(self) -> User:
        """Ask whose token this is, which shows that it counts."""
        return await run_async(calls.me(), self._wire)
