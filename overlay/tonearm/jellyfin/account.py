# Made by scripts/twins.py from async_account.py; do not edit.
"""Address, token, login and user of a Jellyfin server, for the blocking client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Self
from uuid import UUID

from attrs import evolve

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.validate import amount
from .._http import Backend, Certificate, ClientBase, LentClient, discreet
from .._http import options as settings
from ..retry import Retry
from . import _login
from . import _operations as calls
from ._credentials import SILENCE, Access, access, without_line_feed
from ._login import APPROVAL
from .server import Server, User


class Account(ClientBase):
    """The methods of `Jellyfin` for logging in, and for reading the server and the user."""

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
        headers: Mapping[str, str] | None = None,
        certificate: Certificate | None = None,
        http: LentClient | None = None,
        backend: Backend | None = None,
    ) -> None:
        credentials = access(base_url, token, device_id, user_id, key_in_query=key_in_query)
        self._set_up(credentials, timeout, deadline, retry, headers, certificate, http, backend)

    def _set_up(
        self,
        credentials: Access,
        timeout: float | None,
        deadline: float | None,
        retry: Retry | None,
        headers: Mapping[str, str] | None,
        certificate: Certificate | None,
        http: LentClient | None,
        backend: Backend | None,
    ) -> None:
        self._access = credentials
        tuned = settings(timeout, deadline, retry, silence=SILENCE)
        where = evolve(credentials.where, query=credentials.in_query)
        self._connect(http, where, credentials.keys, credentials.secrets, tuned, headers, certificate, backend)

    def _sign(self, token: str | None, hidden: str = "") -> None:
        """Send this token from now on; `hidden` is another text that no error may show."""
        self._access = evolve(self._access, token=token)
        secrets = filter(None, (hidden, *self._access.secrets, *self._wire.secrets))
        self._wire = evolve(
            self._wire,
            keys=self._access.keys,
            query=self._access.in_query,
            secrets=tuple(dict.fromkeys(secrets)),
        )

    @classmethod
    @discreet
    def login(
        cls,
        base_url: str,
        username: str,
        password: str,
        *,
        device_id: str | None = None,
        timeout: float | None = None,
        deadline: float | None = None,
        retry: Retry | None = None,
        headers: Mapping[str, str] | None = None,
        certificate: Certificate | None = None,
        http: LentClient | None = None,
        backend: Backend | None = None,
    ) -> Self:
        """Log in with name and password; an earlier token of this device ends.

        Args:
            base_url: the address of the server, with its base path if it has one.
            username: the user's name.
            password: the user's password, which may be empty; it is not stored. A line feed at its end is not part of
                it.
            device_id: the name under which the server knows this player; when None a random one, which is kept for each
                server with the state of this user.
            timeout: seconds of silence after which a read or write fails (60).
            deadline: seconds that a whole call may take; None for no limit.
            retry: how failed requests are retried.
            headers: headers that a proxy in front of the server wants; they go to this server alone, and are never
                shown.
            certificate: a PEM file with a certificate of the client and its private key, or a pair of files.
            http: an httpx.Client to send with; it is neither changed nor closed.
            backend: the library that sends, "httpx" when None; "httpx2" (extra `httpx2`) is for many calls at once.

        Returns:
            A client with a new token of the user, which `token` returns.

        Raises:
            Unauthorized: the name or the password is wrong.
            Forbidden: the user is locked out.
        """
        self = cls.__new__(cls)
        credentials = access(base_url, None, device_id, ambient=False)
        self._set_up(credentials, timeout, deadline, retry, headers, certificate, http, backend)
        try:
            password = without_line_feed(password)
            self._sign(None, password)
            self._sign(_engine.run(_login.by_password(username, password), self._wire))
        except BaseException:
            self.close()
            raise
        return self

    @classmethod
    @discreet
    def quick_connect(
        cls,
        base_url: str,
        *,
        show: Callable[[str], object],
        wait: float = APPROVAL,
        device_id: str | None = None,
        timeout: float | None = None,
        deadline: float | None = None,
        retry: Retry | None = None,
        headers: Mapping[str, str] | None = None,
        certificate: Certificate | None = None,
        http: LentClient | None = None,
        backend: Backend | None = None,
    ) -> Self:
        """Log in without a password: the user approves a code in a player that is logged in.

        Args:
            base_url: the address of the server, with its base path if it has one.
            show: called with the code, which the user must see.
            wait: seconds to wait for the approval; the server forgets a code after ten minutes.
            device_id: the name under which the server knows this player; when None a random one, which is kept for each
                server with the state of this user.
            timeout: seconds of silence after which a read or write fails (60).
            deadline: seconds that a whole call may take; None for no limit.
            retry: how failed requests are retried.
            headers: headers that a proxy in front of the server wants; they go to this server alone, and are never
                shown.
            certificate: a PEM file with a certificate of the client and its private key, or a pair of files.
            http: an httpx.Client to send with; it is neither changed nor closed.
            backend: the library that sends, "httpx" when None; "httpx2" (extra `httpx2`) is for many calls at once.

        Returns:
            A client with a new token of the user, which `token` returns.

        Raises:
            InvalidInput: `wait` is no number of seconds; nothing was sent.
            Unauthorized: Quick Connect is switched off on this server.
            NotFound: the server has forgotten the code.
            TimedOut: nobody approved in time.
        """
        amount(wait, "wait")
        self = cls.__new__(cls)
        credentials = access(base_url, None, device_id, ambient=False)
        self._set_up(credentials, timeout, deadline, retry, headers, certificate, http, backend)
        try:
            pairing = _engine.run(_login.pair(show), self._wire)
            self._sign(None, pairing.secret)
            self._sign(_engine.run(_login.by_approval(pairing), self._wire.within(wait)))
        except BaseException:
            self.close()
            raise
        return self

    @property
    def token(self) -> str | None:
        """The token, a secret, to be stored for another client; None without a token."""
        return self._access.token

    def logout(self) -> None:
        """End the token for every client that uses it; this client then has none.

        Raises:
            Unauthorized: there is no token, or it has ended already.
        """
        _engine.run(calls.accounts.log_out(), self._wire)
        self._sign(None)

    def server(self) -> Server:
        """Read the server's name, version and id; this needs no token."""
        return _engine.run(calls.accounts.server(), self._wire)

    def me(self) -> User:
        """Read the user of the token, which shows that the server accepts it.

        Raises:
            Unauthorized: there is no token, or the server does not know it.
            BadRequest: it is an API key, which belongs to no user.
        """
        return _engine.run(calls.accounts.me(), self._wire)
