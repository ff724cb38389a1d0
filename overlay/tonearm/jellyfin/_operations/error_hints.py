"""Notes on the possible reasons of a refusal."""

from __future__ import annotations

from typing import TypeVar

from ..._engine import Plan
from ...errors import BadRequest, Unauthorized

T = TypeVar("T")

_NO_TOKEN = (
    "this call needs a token, and the one that was given, if any, was refused; audio may play all the same, as the "
    "server checks no token on its stream operations"
)
_NO_USER = "an API key belongs to no user"


def known(plan: Plan[T], *, for_user: bool = False) -> Plan[T]:
    """Run a call that needs a token or a user, and add a note to a refusal."""
    try:
        return (yield from plan)
    except Unauthorized as error:
        error.add_note(_NO_TOKEN)
        raise
    except BadRequest as error:
        if for_user:
            error.add_note(_NO_USER)
            error.hint = "log in, or make the client for a user (user_id)"
        raise
