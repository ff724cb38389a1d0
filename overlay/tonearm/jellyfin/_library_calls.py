"""The seam for what there is to hear: items, and lists of them."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.user_library import get_item
from tonearm_generated.jellyfin.types import UNSET

from .._answer import Answer
from .._plan import Plan, Request, call
from ..errors import BadRequest, Unauthorized
from .items import Item

T = TypeVar("T")

_NO_TOKEN = (
    "the token was refused, or none was given (that audio plays proves nothing: the server checks no token on streams)"
)
_NO_USER = "; with an API key, which belongs to no user, give user_id= or log in"


def known(plan: Plan[T]) -> Plan[T]:
    """Perform a call that only someone with a token may make; a refusal says what may be wrong with it."""
    try:
        return (yield from plan)
    except Unauthorized as error:
        error.message = f"{_NO_TOKEN}; the server: {error.message}"
        raise
    except BadRequest as error:
        error.message += _NO_USER
        raise


def item(item_id: UUID, user_id: UUID | None) -> Plan[Item]:
    """Read one item."""
    kwargs = get_item.request_kwargs(item_id, user_id=UNSET if user_id is None else user_id)
    return known(call(Request.of(kwargs), _item))


def _item(answer: Answer) -> Item:
    data = answer.object()
    answer.read(models.BaseItemDto.from_dict, data)
    return answer.read(lambda raw: Item.of(raw, answer.request_id), data)
