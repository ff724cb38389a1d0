"""Jellyfin's unit of time: the ticks of .NET, of which ten million make a second (Jellyfin server source)."""

from __future__ import annotations

from datetime import timedelta

from .._base.validate import amount

TICKS = 10_000_000
"""Ticks in a second: a tick is 100 ns."""

_MOST = 2**63 - 1


def ticks(value: float | timedelta, name: str) -> int:
    """Convert seconds to ticks.

    Raises:
        InvalidInput: the value is negative, or no number.
    """
    given = value.total_seconds() if isinstance(value, timedelta) else value
    return round(amount(given, name, most=_MOST // TICKS) * TICKS)


def seconds(value: int | None) -> float | None:
    """Convert ticks to seconds; None for None, or for more than a float can hold."""
    try:
        return None if value is None else value / TICKS
    except OverflowError:
        return None
