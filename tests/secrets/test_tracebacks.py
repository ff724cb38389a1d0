"""No traceback shows a key, not even one that prints the variables of every frame."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from rich.traceback import Traceback

import tonearm

ITEM = "4c3b2a19-0000-4000-8000-000000000000"
HALVES = "canary", "9f3c71"
ONCE = tonearm.Retry(attempts=1)


def key() -> str:
    """A key that no line of this file spells, as a traceback quotes the lines."""
    return "".join(HALVES)


def ask_aioz(url: str) -> object:
    return tonearm.Aioz(public_key=key(), secret_key=key(), base_url=url, retry=ONCE).get(ITEM)


def ask_aioz_async(url: str) -> object:
    return asyncio.run(tonearm.AsyncAioz(token=key(), base_url=url, retry=ONCE).get(ITEM))


def ask_jellyfin(url: str) -> object:
    return tonearm.Jellyfin(url, token=key(), retry=ONCE).me()


def ask_jellyfin_async(url: str) -> object:
    return asyncio.run(tonearm.AsyncJellyfin(url, token=key(), retry=ONCE).me())


def log_in(url: str) -> object:
    return tonearm.Jellyfin.login(url, "ann", key(), retry=ONCE)


def log_in_async(url: str) -> object:
    return asyncio.run(tonearm.AsyncJellyfin.login(url, "ann", key(), retry=ONCE))


def ask_openai(url: str) -> object:
    return tonearm.OpenAI(base_url=url, api_key=key(), retry=ONCE).transcribe(b"fLaC" * 9, model="m")


def ask_openai_async(url: str) -> object:
    return asyncio.run(tonearm.AsyncOpenAI(base_url=url, api_key=key(), retry=ONCE).transcribe(b"fLaC", model="m"))


CALLS = [ask_aioz, ask_aioz_async, ask_jellyfin, ask_jellyfin_async, log_in, log_in_async, ask_openai, ask_openai_async]


def cut(peer: socket.socket) -> None:
    peer.recv(10)


def speak_no_http(peer: socket.socket) -> None:
    peer.recv(65536)
    peer.sendall(b"220 mail ready\r\n\r\n")


def echo_in_a_broken_head(peer: socket.socket) -> None:
    peer.recv(65536)
    peer.sendall(f"HTTP/1.1 200 OK\r\nbad header {key()}\r\n\r\n".encode())


def answer(status: int, body: str) -> Callable[[socket.socket], None]:
    def behave(peer: socket.socket) -> None:
        peer.recv(65536)
        head = f"HTTP/1.1 {status} Odd\r\nContent-Type: application/json\r\nConnection: close\r\n"
        peer.sendall(f"{head}X-Echo: {key()}\r\n\r\n{body}".encode())
        peer.shutdown(socket.SHUT_WR)
        while peer.recv(65536):
            pass

    return behave


ECHO = f"refused: {key()}"
PEERS = {
    "cut": cut,
    "no HTTP": speak_no_http,
    "an echo in a broken head": echo_in_a_broken_head,
    "an echo in an error": answer(401, f'{{"message": "{ECHO}"}}'),
    "an echo in plain text": answer(500, ECHO),
    "an echo where JSON is due": answer(200, f"<p>{ECHO}"),
}


@contextmanager
def peer(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that treats every connection so."""

    def serve() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller, suppress(OSError):
                behave(caller)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def shown(error: BaseException) -> str:
    """What a traceback of rich tells, with the variables of each frame, as long as they are."""
    whole = Traceback.extract(
        type(error), error, error.__traceback__, show_locals=True, locals_max_length=None, locals_max_string=None
    )
    lines: list[str] = []
    for stack in whole.stacks:
        lines += [f"{stack.exc_type}: {stack.exc_value}", *stack.notes]
        for frame in stack.frames:
            lines += [frame.line, *(f"{name} = {value}" for name, value in (frame.locals or {}).items())]
    return "\n".join(lines)


def names_a_key(text: str) -> bool:
    return key() in text


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # clients of a moment, which nobody closes
@pytest.mark.parametrize(
    ("call", "behaviour"),
    [
        # The blocking and the asynchronous client of a service take turns; long runs have all.
        pytest.param(call, peer, marks=() if (row + row // 2 + column) % 2 else pytest.mark.soak)
        for row, call in enumerate(CALLS)
        for column, peer in enumerate(PEERS)
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_failed_call_shows_no_key(call: Callable[[str], object], behaviour: str) -> None:
    with peer(PEERS[behaviour]) as url, pytest.raises(tonearm.TonearmError) as caught:
        call(url)
    text = shown(caught.value)
    assert type(caught.value).__name__ in text
    assert not names_a_key(text)


def test_a_server_that_is_not_there_shows_no_key() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    for call in CALLS:
        with pytest.raises(tonearm.ConnectionFailed) as caught:
            call(url)
        assert not names_a_key(shown(caught.value))


@pytest.mark.parametrize("bad", ["\nb", " ", "\N{SNOWMAN}"])
@pytest.mark.parametrize(
    "make",
    [
        lambda bad: tonearm.Aioz(public_key=key() + bad, secret_key=key() + bad),
        lambda bad: tonearm.AsyncAioz(token=key() + bad),
        lambda bad: tonearm.Aioz(token=key() + bad, secret_key=key() + bad),
        lambda bad: tonearm.Jellyfin("http://127.0.0.1:1", token=key() + bad),
        lambda bad: tonearm.AsyncJellyfin("http://127.0.0.1:1", token=key() + bad),
        lambda bad: tonearm.OpenAI(api_key=key() + bad),
        lambda bad: tonearm.AsyncOpenAI(api_key=key() + bad),
        lambda bad: tonearm.OpenAI(api_key=key() + bad, base_url="nowhere"),
    ],
)
def test_a_key_that_is_refused_is_not_shown(make: Callable[[str], object], bad: str) -> None:
    with pytest.raises(tonearm.ConfigurationError) as caught:
        make(bad)
    text = shown(caught.value)
    assert "ConfigurationError" in text
    assert not names_a_key(text)
