"""How often and for how long objects are played, as AIOZ Stream counts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import when

if TYPE_CHECKING:
    from tonearm_generated.aioz import models

Moment: TypeAlias = datetime | float
"""A time, which is local when it has no zone, or seconds since 1970."""

Metric: TypeAlias = Literal["play", "start", "end", "impression", "watch_time", "view"]
"""What is counted; `watch_time` is in seconds."""

Aggregation: TypeAlias = Literal["count", "rate", "total", "average", "sum"]
"""How it is counted."""

Breakdown: TypeAlias = Literal[
    "media-id", "media-type", "continent", "country", "device-type", "operator-system", "browser"
]
"""By what it is told apart."""

Interval: TypeAlias = Literal["hour", "day"]
"""For what each row stands."""


@frozen(repr=False)
class MetricRow(Answer):
    """A number for a part of what was counted.

    Attributes:
        value: the number: a count, or seconds of `watch_time`.
        dimension: for which object, country, device or the like it stands; None in a series.
        at: for which hour or day it stands; None in a breakdown.
        raw: the row as the service sent it.
    """

    value: float
    dimension: str | None
    at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)

    @classmethod
    def of(cls, model: models.MetricItem) -> Self:
        """Take over what generated code has read. The year 1 is Go's zero, and stands for no time."""
        at = when(given(model.emitted_at))
        return cls(
            value=given(model.metric_value) or 0.0,
            dimension=given(model.dimension_value) or None,
            at=None if at is None or at.year == 1 else at,
            raw=model.raw,
        )


@frozen(repr=False)
class DataUsage(Answer):
    """What was delivered in an hour or a day.

    Attributes:
        delivery: how much, in the unit of the service, which no document names.
        at: the hour or day.
        raw: the row as the service sent it.
    """

    delivery: float
    at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)

    @classmethod
    def of(cls, model: models.DataUsage) -> Self:
        """Take over what generated code has read."""
        return cls(delivery=given(model.delivery) or 0.0, at=when(given(model.created_at)), raw=model.raw)
