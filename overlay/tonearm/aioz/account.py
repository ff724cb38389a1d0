"""The account on AIOZ Stream, and its pairs of keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import integer, number, when

if TYPE_CHECKING:
    from tonearm_generated.aioz import models

KeyType: TypeAlias = Literal["full_access", "only_upload"]
"""The permissions of a pair of keys."""


@frozen(repr=False)
class AccountInfo(Answer):
    """The account of the keys; fields that the service does not send are None.

    Attributes:
        id: its id.
        balance: the credit of the account, in the unit of the service, which no document names.
        debt: its debt, in the same unit.
        email: its address.
        name: the name of its owner.
        wallet_address: the address of its wallet.
        raw: the object as the service sent it.
        request_id: the server's name for the request.
    """

    id: str
    balance: float | None
    debt: float | None
    email: str | None
    name: str | None
    wallet_address: str | None
    created_at: datetime | None
    updated_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.User, request_id: str | None) -> Self:
        """Make it from the generated model."""
        names = [name for name in (given(model.first_name), given(model.last_name)) if name]
        return cls(
            id=model.id,
            balance=number(given(model.balance)),
            debt=number(given(model.debt)),
            email=given(model.email),
            name=" ".join(names) or None,
            wallet_address=given(model.wallet_address),
            created_at=when(given(model.created_at)),
            updated_at=when(given(model.updated_at)),
            raw=model.raw,
            request_id=request_id,
        )


@frozen(repr=False)
class ApiKey(Answer):
    """A pair of keys; fields that the service does not send are None.

    Attributes:
        id: its id.
        name: a name for people.
        public_key: the public half.
        secret: the secret half, which only `create_api_key` returns. `repr` and notebooks do not show it, and `raw`
            lacks it; `to_dict` has it.
        truncated_secret: the first and last characters of the secret half, for people.
        type: `full_access` or `only_upload`.
        ttl: seconds from its creation for which it is valid.
        expired_at: when it expires.
        last_requested_at: when it was last used.
        raw: the object as the service sent it, without `secret`.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None
    public_key: str | None
    secret: str | None = field(repr=False)
    truncated_secret: str | None
    type: KeyType | str | None
    ttl: int | None
    expired_at: datetime | None
    last_requested_at: datetime | None
    created_at: datetime | None
    updated_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.ApiKey, request_id: str | None) -> Self:
        """Make it from the generated model."""
        return cls(
            id=model.id,
            name=given(model.name),
            public_key=given(model.public_key),
            secret=given(model.secret),
            truncated_secret=given(model.truncated_secret),
            type=given(model.type_),
            ttl=integer(given(model.ttl)),
            expired_at=when(given(model.expired_at)),
            last_requested_at=when(given(model.last_requested_at)),
            created_at=when(given(model.created_at)),
            updated_at=when(given(model.updated_at)),
            raw={name: value for name, value in model.raw.items() if name != "secret"},
            request_id=request_id,
        )
