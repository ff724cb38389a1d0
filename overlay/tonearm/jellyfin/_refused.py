"""What a server's refusal may mean, in words that help."""

from __future__ import annotations

from typing import TypeVar

from .._plan import Plan
from ..errors import BadRequest, Unauthorized

T = TypeVar("T")

_NO_TOKEN = (
    "this call needs a token, and the one that was given, if any, was refused; that audio plays proves nothing, as the "
    "server checks no token on its stream operations"
)
_NO_USER = "with an API key, which belongs to no user, give user_id= or log in"


def known(plan: Plan[T]) -> Plan[T]:
    """Perform a call that only someone with a token may make; a refusal says what may be wrong with it."""
    try:
        return (yield from plan)
    except Unauthorized as error:
        error.message = f"{error.message} ({_NO_TOKEN})"
        raise
    except BadRequest as error:
        error.message = f"{error.message} ({_NO_USER})"
        raise
