"""Jellyfin's unit of time: the ticks of .NET, of which ten million make a second (Jellyfin server source)."""

from __future__ import annotations

from datetime import timedelta

from .._base.validate import amount

TICKS = 10_000_000
"""Ticks in a second: one is 100 ns."""

_MOST = 2**63 - 1


def ticks(value: float | timedelta, name: str) -> int:
    """Seconds as ticks.

    Raises:
        InvalidInput: it is negative, or no number.
    """
    given = value.total_seconds() if isinstance(value, timedelta) else value
    return round(amount(given, name, most=_MOST // TICKS) * TICKS)


def seconds(value: int | None) -> float | None:
    """Ticks as seconds; None when there are none, or more than a float holds."""
    try:
        return None if value is None else value / TICKS
    except OverflowError:
        return None
