"""Deleting: a request that may have been carried out although its response was lost."""

from __future__ import annotations

from ..errors import NotFound
from .plan import Plan


def deleted(deleting: Plan[None], *, missing_ok: bool = False) -> Plan[None]:
    """Delete something, and with `missing_ok` perhaps also what does not exist.

    When a repeated request gets NotFound, the first one deleted it and only its response was lost: that is a success.
    """
    try:
        yield from deleting
    except NotFound as error:
        if not missing_ok and error.attempts == 1:
            raise
