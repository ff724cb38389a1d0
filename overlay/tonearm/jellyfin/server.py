"""A Jellyfin server, and the user of a token."""

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
        product: the name of the program; some other servers send `Jellyfin Server`, too.
        id: its id.
        ready: whether it has been set up; None if it does not say.
        address: its address in its own network.
        raw: the object as it sent it.
        request_id: the server's name for the request.
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
        """Make it from the generated model."""
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
    """The user of a token.

    Attributes:
        id: 32 hexadecimal digits; some other servers have ids of another form.
        name: the user's name.
        is_administrator: whether the user may do everything; None if the server does not say.
        raw: the user as the server sent it.
        request_id: the server's name for the request.
    """

    id: str
    name: str | None = None
    is_administrator: bool | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.UserDto, request_id: str | None) -> Self:
        """Make it from the generated model."""
        policy = given(model.policy)
        return cls(
            identity(model.id),
            name=given(model.name),
            is_administrator=given(policy.is_administrator) if policy else None,
            raw=model.raw,
            request_id=request_id,
        )


def identity(id: str) -> str:
    """Check that an id is not empty."""
    if not id:
        raise UnreadableAnswer("expected an id, got empty text", "Id")
    return id
