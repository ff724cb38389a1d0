"""A server of Jellyfin, and the user whose token it knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import field, frozen

from tonearm_generated.reading import UnreadableAnswer, given

from .._base.answers import Answer

if TYPE_CHECKING:
    from tonearm_generated.jellyfin import models


@frozen(repr=False)
class Server(Answer):
    """A Jellyfin server.

    Attributes:
        version: its version, such as `10.11.11`.
        name: the name that its administrator gave it.
        product: the name of the program; some other servers say `Jellyfin Server`, too.
        id: its id.
        ready: whether it has been set up; None when it does not say.
        address: where it is in its own network.
        raw: what it sent.
        request_id: the server's name for the request that brought this.
    """

    version: str
    name: str | None = None
    id: str | None = None
    ready: bool | None = None
    address: str | None = None
    product: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.PublicSystemInfo, request_id: str | None) -> Self:
        """Take over what generated code has read."""
        if not model.version:
            raise UnreadableAnswer("expected a version, got empty text", "Version")
        return cls(
            model.version,
            name=given(model.server_name),
            id=given(model.id),
            ready=given(model.startup_wizard_completed),
            address=given(model.local_address),
            product=given(model.product_name),
            raw=model.raw,
            request_id=request_id,
        )


@frozen(repr=False)
class User(Answer):
    """Whose token it is.

    Attributes:
        id: 32 hexadecimal digits; some other servers have ids of another form.
        name: the user's name.
        is_administrator: whether the user may do everything; None when the server does not say.
        raw: what the server sent.
        request_id: the server's name for the request that brought this.
    """

    id: str
    name: str | None = None
    is_administrator: bool | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.UserDto, request_id: str | None) -> Self:
        """Take over what generated code has read."""
        policy = given(model.policy)
        return cls(
            identity(model.id),
            name=given(model.name),
            is_administrator=given(policy.is_administrator) if policy else None,
            raw=model.raw,
            request_id=request_id,
        )


def identity(id: str) -> str:
    """An id that says something."""
    if not id:
        raise UnreadableAnswer("expected an id, got empty text", "Id")
    return id
