"""What tests need of `_engine`: plans are played effect by effect, and both runners are tested by themselves.

No client shows in which order a plan asks for things, and none has a clock that a test can put forward.
"""

from tonearm._engine import AdaptiveLimit, Call, Due, FixedLimit, Limit, Permit, Plan, cleanup, runners
from tonearm._engine.batch import Batch
from tonearm._engine.concurrent import PATIENCE
from tonearm._engine.plan import (
    Effect,
    Failed,
    Fetch,
    First,
    Fork,
    Now,
    Open,
    Policy,
    Sleep,
    Ticket,
    Work,
    attempt,
    call,
)
from tonearm._engine.runners import run, run_async
