"""Analytics of AIOZ Stream: how often and how long objects are played."""

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
"""A time, which is local if it has no zone, or seconds since 1970."""

Metric: TypeAlias = Literal["play", "start", "end", "impression", "watch_time", "view"]
"""A metric; `watch_time` is in seconds."""

Aggregation: TypeAlias = Literal["count", "rate", "total", "average", "sum"]
"""How a metric is aggregated."""

Breakdown: TypeAlias = Literal[
    "media-id", "media-type", "continent", "country", "device-type", "operator-system", "browser"
]
"""The dimension by which a metric is broken down."""

Interval: TypeAlias = Literal["hour", "day"]
"""The period of each row."""


@frozen(repr=False)
class MetricRow(Answer):
    """One row of a metric.

    Attributes:
        value: a count, or seconds of `watch_time`.
        dimension: the object, country, device or other dimension of the row; None in a series.
        at: the hour or day of the row; None in a breakdown.
        raw: the row as the service sent it.
    """

    value: float
    dimension: str | None
    at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)

    @classmethod
    def of(cls, model: models.MetricItem) -> Self:
        """Make it from the generated model. The year 1 is Go's zero time, and means no time."""
        at = when(given(model.emitted_at))
        return cls(
            value=given(model.metric_value) or 0.0,
            dimension=given(model.dimension_value) or None,
            at=None if at is None or at.year == 1 else at,
            raw=model.raw,
        )


@frozen(repr=False)
class DataUsage(Answer):
    """The data that was delivered in an hour or a day.

    Attributes:
        delivery: its amount, in the unit of the service, which no document names.
        at: the hour or day.
        raw: the row as the service sent it.
    """

    delivery: float
    at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)

    @classmethod
    def of(cls, model: models.DataUsage) -> Self:
        """Make it from the generated model."""
        return cls(delivery=given(model.delivery) or 0.0, at=when(given(model.created_at)), raw=model.raw)
