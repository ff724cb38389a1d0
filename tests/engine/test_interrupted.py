"""Ctrl-C between two effects: the plan receives it, as it would a failure, so that it can say what is kept."""

import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from types import FrameType

import pytest

from tests.engine.ways import SYNC, Way, both
from tests.inside.base import is_kept
from tests.inside.engine import Fork, Now, Plan, Sleep, Work, runners
from tonearm.aioz import Aioz
from tonearm.jellyfin import Jellyfin
from tonearm.sandbox import start
from tonearm.sandbox.library import PACKAGED, items

RUNNERS = {
    function.__code__
    for runner in (runners._Runner, runners._AsyncRunner)
    for function in (runner.drive, runner.resume)
}


class Left(Exception):
    """Why a plan ends."""


class Interrupt:
    """Raises KeyboardInterrupt before or after one of the calls that a runner's own code makes.

    Those to plans are among them: what comes before and after it is sent into a plan is seen, and Ctrl-C there too.
    """

    def __init__(self, at: int) -> None:
        self.at = at
        self.seen = 0

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        if frame.f_code in RUNNERS and event in {"c_call", "c_return"}:
            self.seen += 1
            if self.seen == self.at:
                raise KeyboardInterrupt


def interrupted(at: int, do: Callable[[], object]) -> KeyboardInterrupt | None:
    """What ends a call when Ctrl-C comes at such a moment; None if the call ends before."""
    interrupt = Interrupt(at)
    sys.setprofile(interrupt)
    try:
        do()
    except KeyboardInterrupt as error:
        return error
    finally:
        sys.setprofile(None)
    assert interrupt.seen < at
    return None


def moments(do: Callable[[], object], step: int = 1) -> Iterator[KeyboardInterrupt]:
    """Do something again and again, each time with Ctrl-C so many moments later, until it ends before."""
    for at in itertools.count(1, step):
        error = interrupted(at, do)
        if error is None:
            return
        yield error


@both
def test_a_plan_that_waits_for_a_result_gets_ctrl_c(way: Way) -> None:
    begun: list[list[str]] = []

    def plan() -> Plan[None]:
        received: list[str] = []
        begun.append(received)
        try:
            yield from Work(lambda: None)
            yield from Now()
        except BaseException as error:
            received.append(type(error).__name__)
            yield from Now()  # a plan may still ask for something
            raise
        received.append("all")

    ends = list(moments(lambda: way.run(plan(), "http://127.0.0.1:9")))
    *stopped, whole = begun  # where it comes before the first effect, the plan has not begun
    assert len(ends) > len(stopped) >= 4
    assert (whole, {*map(tuple, stopped)}) == (["all"], {("KeyboardInterrupt",)})


def test_a_second_ctrl_c_while_forks_are_awaited_hides_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Thread, timeout: float) -> None:
        raise KeyboardInterrupt

    def child() -> Plan[None]:
        yield from Sleep(1000)

    def plan() -> Plan[None]:
        yield from Fork(child())
        raise Left("what the first failure says")

    monkeypatch.setattr(Thread, "join", interrupted)
    with pytest.raises(Left, match="what the first failure says"):
        SYNC.run(plan(), "http://127.0.0.1:9")


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_an_upload_says_that_it_can_be_resumed_wherever_ctrl_c_comes(step: int, tmp_path: Path) -> None:
    file = tmp_path / "talk.flac"
    file.write_bytes(b"0123456789")
    with start() as box, Aioz(public_key="sandbox-public", secret_key="sandbox-secret", base_url=box.aioz_url) as aioz:
        seen = kept = 0
        for error in moments(lambda: aioz.upload(file, part_size=6, workers=2), step):
            paths = [request.path for request in box.requests[seen:]]
            left = aioz.unfinished()
            created = any(path.endswith("/media/create") for path in paths)
            assert is_kept(error) or not created, paths
            for upload in left:
                if upload.id or created:
                    assert is_kept(error)
                    assert aioz.resume(upload.state).size == 10
                    kept += 1
                else:
                    aioz.forget(upload.state)
            seen = len(box.requests)
        assert kept > 20 // step
        assert "new" not in {media.status for media in aioz.list()}


def test_a_download_says_that_it_can_be_resumed_wherever_ctrl_c_comes(tmp_path: Path) -> None:
    out = tmp_path / "talk.flac"
    with start() as box, Jellyfin(box.jellyfin_url, token="sandbox-token") as jellyfin:
        item = str(items(PACKAGED)[-1].id)
        for error in moments(lambda: jellyfin.download(item, out)):
            assert is_kept(error) == out.with_name("talk.flac.part").exists()
            out.unlink(missing_ok=True)
