"""The plans of logging in: with name and password, and with Quick Connect."""

from __future__ import annotations

from collections.abc import Callable

from .._engine import Plan, Sleep
from ..errors import Forbidden, NotFound, TimedOut, Unauthorized
from . import _operations as calls

APPROVAL = 600.0
"""Seconds that a user has to approve a Quick Connect code, after which the server forgets it."""

_FIRST_POLL = 1.0
_LONGEST_POLL = 5.0


def by_password(username: str, password: str) -> Plan[str]:
    """Get a token for a name and a password."""
    try:
        return (yield from calls.accounts.log_in(username, password))
    except Unauthorized as error:
        error.add_note("the user name or the password is wrong")
        raise
    except Forbidden as error:
        error.add_note("the user is locked out, or may not log in from this address or at this time")
        raise


def pair(show: Callable[[str], object]) -> Plan[calls.accounts.Pairing]:
    """Start a Quick Connect request and show its code."""
    try:
        pairing = yield from calls.accounts.initiate()
    except Unauthorized as error:
        error.add_note("Quick Connect is switched off on this server")
        raise
    show(pairing.code)
    return pairing


def by_approval(pairing: calls.accounts.Pairing) -> Plan[str]:
    """Poll until the user has approved, and get the token."""
    pause = _FIRST_POLL
    try:
        while not (yield from calls.accounts.is_approved(pairing)):
            yield from Sleep(pause)
            pause = min(pause * 1.5, _LONGEST_POLL)
        return (yield from calls.accounts.redeem(pairing))
    except NotFound as error:
        error.add_note(f"the server has forgotten the code {pairing.code}: request a new one")
        raise
    except TimedOut as error:
        if error.deadline:
            error.add_note(f"nobody has approved the code {pairing.code}")
        raise
