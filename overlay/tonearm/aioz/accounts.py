# Made by scripts/twins.py from async_accounts.py; do not edit.
"""The account and its pairs of keys, for the blocking client."""

from __future__ import annotations

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._http import ClientBase
from . import _operations as calls
from .account import AccountInfo, ApiKey


class Accounts(ClientBase):
    """The methods of `Aioz` for the account and its pairs of keys."""

    def account(self) -> AccountInfo:
        """Read the account of the keys: its owner and its balance.

        Raises:
            Forbidden: the keys can only upload.

        (AIOZ Go client, "GetMe")
        """
        return _engine.run(calls.account.get(), self._wire)

    def create_api_key(self, name: str, *, ttl: int, only_upload: bool = False) -> ApiKey:
        """Create a pair of keys. Only this call returns its secret half: keep it.

        Args:
            name: a name for people, 1 to 255 characters.
            ttl: seconds for which the pair is valid, 1 to 2147483647.
            only_upload: whether it can only upload, and not read, change or delete.

        Returns:
            The pair, with its `secret`.

        Raises:
            InvalidInput: the service would refuse a value; nothing was sent.

        (AIOZ Stream documentation, "API keys")
        """
        key = calls.account.NewKey(name=name, ttl=ttl, only_upload=only_upload)
        return _engine.run(calls.account.create(key), self._wire)

    def api_keys(self, *, search: str | None = None) -> Answers[ApiKey]:
        """List the pairs of keys of the account, without their secret halves.

        Args:
            search: text in the name.
        """
        return _engine.run(calls.account.keys(search), self._wire)

    def rename_api_key(self, id: str, name: str) -> None:
        """Give a pair of keys another name.

        Args:
            id: its id.
            name: the new name, 1 to 255 characters.

        Raises:
            NotFound: this account has no such pair.
        """
        return _engine.run(calls.account.rename(id, name), self._wire)

    def delete_api_key(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a pair of keys; requests with it are then refused.

        Args:
            id: its id.
            missing_ok: whether a missing pair is no error.

        Raises:
            NotFound: this account has no such pair.
        """
        return _engine.run(_engine.deleted(calls.account.delete(id), missing_ok=missing_ok), self._wire)
