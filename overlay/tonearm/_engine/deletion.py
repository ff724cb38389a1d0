"""Deletes objects with a request that may have been carried out although its response was lost."""

from __future__ import annotations

from ..errors import NotFound
from .plan import Plan


def deleted(deleting: Plan[None], *, missing_ok: bool = False) -> Plan[None]:
    """Delete something; with `missing_ok` it is no error if it does not exist.

    NotFound after a retry is a success: the first request deleted the object, and only its response was lost.
    """
    try:
        yield from deleting
    except NotFound as error:
        if not missing_ok and error.attempts == 1:
            raise
