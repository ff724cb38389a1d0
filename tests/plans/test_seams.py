"""Texts without times are joined with hardly a word lost or said twice; scripts/soak tries many more seams."""

from __future__ import annotations

from math import sqrt

import pytest

from tests.plans.seam_trials import CONDITIONS, Condition, allowed, rates

SEAMS = 14


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_few_seams_lose_a_word_or_say_it_twice(condition: Condition) -> None:
    found, most = rates(condition, SEAMS), allowed(condition)
    assert found.lost <= _in_few(most.lost)
    assert found.doubled <= _in_few(most.doubled)


@pytest.mark.soak
@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_few_of_many_seams_lose_a_word_or_say_it_twice(condition: Condition) -> None:
    found, most = rates(condition, 5000), allowed(condition)
    assert found.lost <= most.lost
    assert found.doubled <= most.doubled


def _in_few(rate: float) -> float:
    """The rate that chance leaves possible in so few seams: three standard deviations more."""
    return rate + 3 * sqrt(rate * (1 - rate) / SEAMS)
