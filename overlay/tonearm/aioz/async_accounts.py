"""The account and its pairs of keys, for the asyncio client."""

from __future__ import annotations

from .. import _engine  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.answers import Answers
from .._http import AsyncClientBase
from . import _operations as calls
from .account import AccountInfo, ApiKey


class AsyncAccounts(AsyncClientBase):
    """The methods of `AsyncAioz` for the account and its pairs of keys."""

    async def account(self) -> AccountInfo:
        """Read the account of the keys: its owner and its balance.

        Raises:
            Forbidden: the keys can only upload.

        (AIOZ Go client, "GetMe")
        """
        return await _engine.run_async(calls.account.get(), self._wire)

    async def create_api_key(self, name: str, *, ttl: int, only_upload: bool = False) -> ApiKey:
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
        return await _engine.run_async(calls.account.create(key), self._wire)

    async def api_keys(self, *, search: str | None = None) -> Answers[ApiKey]:
        """List the pairs of keys of the account, without their secret halves.

        Args:
            search: text in the name.
        """
        return await _engine.run_async(calls.account.keys(search), self._wire)

    async def rename_api_key(self, id: str, name: str) -> None:
        """Give a pair of keys another name.

        Args:
            id: its id.
            name: the new name, 1 to 255 characters.

        Raises:
            NotFound: this account has no such pair.
        """
        return await _engine.run_async(calls.account.rename(id, name), self._wire)

    async def delete_api_key(self, id: str, *, missing_ok: bool = False) -> None:
        """Delete a pair of keys; requests with it are then refused.

        Args:
            id: its id.
            missing_ok: whether a missing pair is no error.

        Raises:
            NotFound: this account has no such pair.
        """
        return await _engine.run_async(_engine.deleted(calls.account.delete(id), missing_ok=missing_ok), self._wire)
