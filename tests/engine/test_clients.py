"""What all clients share, shown on the AIOZ ones: settings, connections that are lent, the generated client, errors."""

import asyncio
import copy
import inspect
import os
import pickle
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from tests.inside.http import AsyncHttpClient, HttpClient
from tests.wire.recorder import HOLD, Recorder, answer
from tonearm import Aioz, AsyncAioz, ConfigurationError, Retry, TimedOut, errors
from tonearm.errors import ConnectionFailed, ServiceFailed, StatusError, TonearmError
from tonearm_generated.aioz.api.audio import get_audio
from tonearm_generated.aioz.models import ErrorResponse, MediaResponse

PAIR = {"public_key": "very-public", "secret_key": "very-secret"}
ONE = answer(json={"status": "success", "data": {"id": "i", "status": "new"}})


def test_options_change_a_twin_that_shares_the_connections() -> None:
    with Recorder([ONE, ONE, answer(status=500), ONE]) as server, Aioz(base_url=server.url, **PAIR) as aioz:
        aioz.get("i")
        tuned = aioz.with_options(timeout=5, deadline=60, retry=Retry(attempts=1))
        assert type(tuned) is Aioz
        with tuned:
            tuned.get("i")
            with pytest.raises(ServiceFailed):
                tuned.get("i")
        assert aioz.get("i").id == "i", "the twin closed what it did not own"
    assert server.connections == 1
    now = tuned._wire.options
    assert (now.timeout, now.deadline, now.retry.attempts) == (5, 60, 1)
    assert aioz._wire.options.deadline is None
    assert aioz.with_options()._wire.options == aioz._wire.options


def test_a_deadline_can_be_kept_changed_and_switched_off() -> None:
    with Aioz(deadline=60, **PAIR) as aioz:
        assert aioz.with_options(timeout=5)._wire.options.deadline == 60
        assert aioz.with_options(deadline="same")._wire.options.deadline == 60
        assert aioz.with_options(deadline=5)._wire.options.deadline == 5
        assert aioz.with_options(deadline=None)._wire.options.deadline is None


def test_a_deadline_of_the_constructor_holds_for_each_call() -> None:
    with (
        Recorder([(HOLD,)]) as server,
        Aioz(base_url=server.url, deadline=0.05, **PAIR) as aioz,
        pytest.raises(TimedOut) as caught,
    ):
        aioz.get("i")
    assert caught.value.deadline


@pytest.mark.parametrize("name", ["timeout", "deadline"])
@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), True, "5"])
def test_times_that_are_none_are_refused(name: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=name):
        Aioz(**PAIR, **{name: value})
    with Aioz(**PAIR) as aioz, pytest.raises(ConfigurationError, match=name):
        aioz.with_options(**{name: value})


def test_closing_closes_the_connections_that_are_its_own() -> None:
    aioz = Aioz(**PAIR)
    made = aioz._wire.client
    assert not made.is_closed
    aioz.close()
    assert made.is_closed

    async def closed() -> bool:
        client = AsyncAioz(**PAIR)
        made = client._wire.client
        async with client.with_options(timeout=1):
            pass
        assert not made.is_closed
        await client.close()
        return made.is_closed

    assert asyncio.run(closed())


def test_what_is_closed_before_anything_was_sent_makes_no_connections() -> None:
    aioz = Aioz(**PAIR)
    tuned = aioz.with_options(timeout=1)
    aioz.close()
    for client in (aioz, tuned):
        with pytest.raises(ConfigurationError, match="the client is closed"):
            client.get("i")
    assert aioz._wire.connections.made is None


def test_a_client_that_was_lent_is_neither_changed_nor_closed() -> None:
    with Recorder([ONE, answer()]) as server, httpx.Client(headers={"X-Own": "1"}, follow_redirects=True) as http:
        before = dict(http.headers), http.timeout, http.base_url, http.follow_redirects, http.event_hooks
        with Aioz(base_url=server.url, http=http, **PAIR) as aioz:
            aioz.get("i")
        assert (dict(http.headers), http.timeout, http.base_url, http.follow_redirects, http.event_hooks) == before
        assert http.get(server.url).status_code == 200
    ours, theirs = server.requests
    assert "stream-secret-key" in ours.headers
    assert "stream-secret-key" not in theirs.headers


def test_an_asynchronous_client_that_was_lent_is_neither_changed_nor_closed() -> None:
    async def lend(url: str) -> int:
        async with httpx.AsyncClient() as http:
            async with AsyncAioz(base_url=url, http=http, **PAIR) as aioz:
                await aioz.get("i")
            return (await http.get(url)).status_code

    with Recorder([ONE, answer()]) as server:
        assert asyncio.run(lend(server.url)) == 200
    assert "stream-secret-key" not in server.requests[1].headers


def test_a_client_that_follows_redirects_carries_no_key_elsewhere() -> None:
    with Recorder([answer()]) as elsewhere, Recorder(lambda _: moved) as server:
        moved = answer(json={"message": "moved"}, status=302, headers={"Location": elsewhere.url})
        with httpx.Client(follow_redirects=True) as http, Aioz(base_url=server.url, http=http, **PAIR) as aioz:
            with pytest.raises(StatusError, match="moved"):
                aioz.get("i")
            assert get_audio.sync_detailed("i", client=aioz.generated).status_code == 302
    assert elsewhere.requests == []


def test_the_wrong_kind_of_client_is_refused() -> None:
    with (
        httpx.Client() as http,
        pytest.raises(ConfigurationError, match=r"an httpx\.AsyncClient, or one of httpx2, got <Client>"),
    ):
        AsyncAioz(http=cast("AsyncHttpClient", http), **PAIR)
    lent = httpx.AsyncClient()
    with pytest.raises(ConfigurationError, match=r"an httpx\.Client, or one of httpx2, got <AsyncClient>"):
        Aioz(http=cast("HttpClient", lent), **PAIR)
    asyncio.run(lent.aclose())


def test_the_generated_client_sends_over_the_same_connection_with_the_keys() -> None:
    canned = [ONE, ONE, answer(json={"message": "no"}, status=404)]
    with Recorder(canned) as server, Aioz(base_url=server.url + "/api", **PAIR) as aioz:
        aioz.get("i")
        found = get_audio.sync_detailed("i", client=aioz.generated)
        assert isinstance(found.parsed, MediaResponse)
        assert found.parsed.data.id == "i"
        assert isinstance(get_audio.sync("i", client=aioz.generated), ErrorResponse)
    assert server.connections == 1
    first, second, _ = server.requests
    assert first.target == second.target == "/api/media/i"
    assert second.headers["stream-secret-key"] == "very-secret"
    assert second.headers["stream-public-key"] == "very-public"


def test_the_asynchronous_generated_client_sends_over_the_same_connection_with_the_keys() -> None:
    async def both(url: str) -> Any:
        async with AsyncAioz(base_url=url, token="very-secret") as aioz:
            await aioz.get("i")
            return await get_audio.asyncio("i", client=aioz.generated)

    with Recorder([ONE, ONE]) as server:
        assert isinstance(asyncio.run(both(server.url)), MediaResponse)
    assert server.connections == 1
    assert server.requests[1].headers["authorization"] == "Bearer very-secret"


@pytest.mark.parametrize("asynchronous", [False, True])
def test_the_generated_client_sends_no_key_elsewhere(asynchronous: bool) -> None:
    async def both(url: str, elsewhere: str) -> None:
        async with AsyncAioz(base_url=url, **PAIR) as aioz:
            http = aioz.generated.get_async_httpx_client()
            await http.get("/media", follow_redirects=True)
            await http.get(elsewhere)

    with (
        Recorder([ONE] * 2) as other,
        Recorder([answer(status=302, headers={"Location": f"{other.url}/x"})]) as server,
    ):
        if asynchronous:
            asyncio.run(both(server.url, other.url))
        else:
            with Aioz(base_url=server.url, **PAIR) as aioz:
                http = aioz.generated.get_httpx_client()
                http.get("/media", follow_redirects=True)
                http.get(other.url)
    (asked,) = server.requests
    assert (asked.headers["stream-secret-key"], asked.headers["stream-public-key"]) == ("very-secret", "very-public")
    assert [sent.target for sent in other.requests] == ["/x", "/"]
    assert not any("key" in name or "very" in value for sent in other.requests for name, value in sent.headers.items())


@pytest.mark.parametrize("kind", [Aioz, AsyncAioz])
def test_no_key_is_in_a_repr(kind: type[Any]) -> None:
    client = kind(base_url="http://127.0.0.1:1", **PAIR)
    shown = f"{client!r} {client!s} {client._wire!r} {client.with_options(timeout=1)!r}"
    assert shown.startswith(f"<{kind.__name__} http://127.0.0.1:1>")
    assert "very" not in shown
    if kind is Aioz:
        client.close()
    else:
        asyncio.run(client.close())


def test_nothing_is_left_of_httpx_in_a_failure() -> None:
    nowhere = Aioz(base_url="http://127.0.0.1:1", retry=Retry(attempts=1), **PAIR)
    with nowhere as aioz, pytest.raises(ConnectionFailed) as caught:
        aioz.get("i")
    assert "very" not in f"{caught.value!r}{vars(caught.value)}"
    assert pickle.loads(pickle.dumps(caught.value)).url == "http://127.0.0.1:1/media/i"


# Errors

KINDS = [
    kind
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, TonearmError) and not name.startswith("_")
]
ARGUMENTS: dict[str, Any] = {
    "method": "GET",
    "url": "http://server/x",
    "sent": True,
    "attempts": 3,
    "deadline": True,
    "status": 418,
    "code": "teapot",
    "request_id": "r1",
    "body": "short and stout",
    "retry_after": 1.5,
    "headers": {"x": "y"},
    "done": 1,
    "total": 2,
    "id": "i",
    "state": Path("state"),
    "path": Path("part"),
    "media": {"id": "i"},
    "text": "so far",
}


def make(kind: type[TonearmError]) -> TonearmError:
    names = inspect.signature(kind.__init__).parameters
    return kind("because", **{name: ARGUMENTS[name] for name in names if name in ARGUMENTS})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_can_be_pickled_and_copied(kind: type[TonearmError]) -> None:
    error = make(kind)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is kind
        assert (vars(twin), twin.args, str(twin)) == (vars(error), error.args, str(error))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_is_one_line_of_text(kind: type[TonearmError]) -> None:
    assert "because" in str(make(kind))
    assert "\n" not in str(make(kind))


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    drawn: dict[str, str | None] = {}
    above: list[str] = []
    for line in (inspect.getdoc(errors) or "").splitlines():
        name = line.split()[0] if line.split() else ""
        if name in {kind.__name__ for kind in KINDS} and line.startswith(" "):
            depth = (len(line) - len(line.lstrip())) // 2 - 2
            above[depth:] = [name]
            drawn[name] = above[depth - 1] if depth else None
    assert drawn == {
        kind.__name__: next((base.__name__ for base in kind.__mro__[1:] if base in (TonearmError, *KINDS)), None)
        for kind in KINDS
    }


@pytest.mark.parametrize(
    ("kind", "also"),
    [
        (errors.ConfigurationError, ValueError),
        (errors.InvalidInput, ValueError),
        (errors.MissingFile, FileNotFoundError),
        (errors.MissingFile, ValueError),
    ],
)
def test_an_error_is_also_what_python_calls_it(kind: type[TonearmError], also: type[Exception]) -> None:
    with pytest.raises(also):
        raise make(kind)


def test_an_error_without_headers_has_none() -> None:
    error = StatusError("no", method="GET", url="u", status=400)
    assert (error.headers, str(error)) == ({}, "GET u -> 400: no")


def test_a_lent_client_with_an_auth_of_its_own_is_refused_where_it_would_replace_the_key() -> None:
    with httpx.Client(auth=("proxy", "password")) as http:
        with pytest.raises(ConfigurationError, match="the auth of the http client"):
            Aioz(http=http, token="t")
        Aioz(http=http, **PAIR).close()


def test_a_closed_client_says_so() -> None:
    aioz = Aioz(**PAIR)
    aioz.close()
    with pytest.raises(ConfigurationError, match="the client is closed"):
        aioz.get("i")


def test_a_closed_asynchronous_client_says_so() -> None:
    async def use() -> None:
        aioz = AsyncAioz(**PAIR)
        await aioz.close()
        await aioz.get("i")

    with pytest.raises(ConfigurationError, match="the client is closed"):
        asyncio.run(use())


def test_a_client_refuses_to_work_in_a_forked_process() -> None:
    with Recorder([ONE, ONE]) as server, Aioz(base_url=server.url, **PAIR) as aioz:
        assert aioz.get("i").id == "i"
        child = os.fork()
        if child == 0:
            refused = 0
            for use in (aioz, aioz.with_options(timeout=5)):
                try:
                    use.get("i")
                except ConfigurationError as error:
                    refused += "another process" in str(error)
            os._exit(refused)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
        assert aioz.get("i").id == "i", "the parent goes on"
    assert server.connections == 1


def test_every_way_to_send_refuses_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    async def use() -> None:
        async with AsyncAioz(token="t") as client:
            monkeypatch.setattr("os.getpid", lambda: -1)
            with pytest.raises(ConfigurationError, match=r"another process .make one in each process"):
                await client.get("i")
            with pytest.raises(ConfigurationError, match="another process"):
                await get_audio.asyncio("i", client=client.generated)
            monkeypatch.undo()

    asyncio.run(use())
    with Aioz(token="t") as aioz:
        monkeypatch.setattr("os.getpid", lambda: -1)
        with pytest.raises(ConfigurationError, match="another process"):
            get_audio.sync("i", client=aioz.generated)
        monkeypatch.undo()
