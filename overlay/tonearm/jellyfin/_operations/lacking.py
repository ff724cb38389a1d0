"""Functions that a server does not offer, although it speaks the protocol: they are named in plain words."""

from __future__ import annotations

from typing import TypeVar

from ..._engine import Plan
from ..._http import logger
from ...errors import StatusError
from .._credentials import Lacking

T = TypeVar("T")

_ABSENT = frozenset({404, 405, 501})
"""What servers answer to a path or a method that they do not know."""

_HINT = "docs/jellyfin.md lists what servers leave out"


def says_so(error: StatusError) -> bool:
    """Whether a refusal may say that the server has no such function; 404 may also mean that there is no such item."""
    return error.status in _ABSENT


def offered(plan: Plan[T], function: str, *, of_item: bool = False) -> Plan[T]:
    """Perform a call; a note on its refusal says that the server does not offer the function.

    Args:
        plan: the call.
        function: what it is for, as in "this server does not offer FUNCTION".
        of_item: whether the path names an item, so that 404 may be about that.
    """
    try:
        return (yield from plan)
    except StatusError as error:
        if of_item and error.status == 404:
            error.add_note(f"or this server does not offer {function}")
        elif says_so(error):
            error.add_note(f"this server does not offer {function}")
            error.hint = _HINT
        raise


def if_offered(plan: Plan[None], function: str, lacking: Lacking) -> Plan[None]:
    """Perform a call that nobody asked for; where the server does not offer the function, say so once."""
    if function in lacking:
        return
    try:
        yield from plan
    except StatusError as error:
        if not says_so(error):
            raise
        lacking.add(function)
        logger.warning("this server does not offer %s", function)
