"""Every cassette, played through the public API without any network."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from vcr.errors import CannotOverwriteExistingCassetteException as NotRecorded

from tests.cassettes.cases import CASES, Case
from tests.cassettes.checks import CLIP
from tests.cassettes.play import PLACES, play, play_async
from tests.cassettes.tape import Scrub, fixed_uuid, tape
from tonearm import Aioz, AsyncAioz

ID = fixed_uuid(1)
PART = next(case.path for case in CASES if case.name == "upload_audio_part.success")
LIST = next(case.path for case in CASES if case.name == "list_audio.success")
GET = next(case.path for case in CASES if case.name == "get_audio.success")


class Unplugged(Exception):
    """Something wanted to use the network, loopback included."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise Unplugged(*args)

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


def test_the_network_is_unplugged() -> None:
    with pytest.raises(Unplugged):
        httpx.get("http://127.0.0.1:9")


def cases(*, turn: int) -> pytest.MarkDecorator:
    """Every cassette of a success; those of refusals take turns, as no method does anything of its own about one."""
    refusals = [case for case in CASES if case.fails is not None]
    chosen = [case for case in CASES if case not in refusals[turn::2]]
    return pytest.mark.parametrize("case", chosen, ids=lambda case: f"{case.service}-{case.name}")


@cases(turn=0)
def test_a_cassette_plays_to_the_blocking_client(case: Case) -> None:
    play(case, case.path).check(case)


@cases(turn=1)
def test_a_cassette_plays_to_the_asynchronous_client(case: Case) -> None:
    asyncio.run(play_async(case, case.path)).check(case)


def _part(aioz: Any, *, id: str = ID, step: int = 1, **options: Any) -> Any:
    clip = CLIP.read_bytes()
    return aioz.upload_part(id, clip[::step], **{"index": 1, "start": 0, "total": len(clip), **options})


OTHERS: dict[str, tuple[Path, Callable[[Any], Any]]] = {
    "method": (GET, lambda aioz: aioz.delete(ID)),
    "path": (PART, lambda aioz: _part(aioz, id=fixed_uuid(7))),
    "range": (PART, lambda aioz: _part(aioz, total=CLIP.stat().st_size + 1)),
    "bytes": (PART, lambda aioz: _part(aioz, step=-1)),
    "form field": (PART, lambda aioz: _part(aioz, index=2)),
    "JSON field": (LIST, lambda aioz: aioz.page(limit=3, order_by="desc", status="new", search="tonearm cassette")),
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_request_that_differs_from_the_recorded_one_gets_no_answer(other: str) -> None:
    path, call = OTHERS[other]
    with (
        tape(path, Scrub(), record=False),
        Aioz(base_url=PLACES["aioz"], public_key="p", secret_key="s") as aioz,
        pytest.raises(NotRecorded),
    ):
        call(aioz)


def test_a_query_that_differs_gets_no_answer() -> None:
    async def ask() -> None:
        async with AsyncAioz(base_url=PLACES["aioz"], token="t") as aioz:
            await aioz.cost(["standard", "highest"], duration=283.6)

    path = next(case.path for case in CASES if case.name == "audio_cost.success")
    with tape(path, Scrub(), record=False), pytest.raises(NotRecorded):
        asyncio.run(ask())
