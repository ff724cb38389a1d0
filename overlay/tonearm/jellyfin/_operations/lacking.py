"""Errors for functions that a server with Jellyfin's protocol does not offer."""

from __future__ import annotations

from typing import TypeVar

from ..._engine import Plan
from ..._http import logger
from ...errors import StatusError
from .._credentials import Lacking

T = TypeVar("T")

_ABSENT = frozenset({404, 405, 501})
"""The statuses of servers for an unknown path or method."""

_HINT = "docs/jellyfin.md lists what servers leave out"


def says_so(error: StatusError) -> bool:
    """Whether a refusal may mean that the server lacks the function; 404 may also mean that the item does not exist."""
    return error.status in _ABSENT


def offered(plan: Plan[T], function: str, *, of_item: bool = False) -> Plan[T]:
    """Run a call, and add a note to its refusal if the server does not offer the function.

    Args:
        plan: the call.
        function: its function, as in "this server does not offer FUNCTION".
        of_item: whether the path has an item, so that 404 may be about the item.
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
    """Run a call that the caller did not request; if the server does not offer the function, warn once."""
    if function in lacking:
        return
    try:
        yield from plan
    except StatusError as error:
        if not says_so(error):
            raise
        lacking.add(function)
        logger.warning("this server does not offer %s", function)
