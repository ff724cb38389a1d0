import gc
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from tonearm import sandbox as package
from tonearm.sandbox import Sandbox


def test_it_answers_as_soon_as_start_returns() -> None:
    with package.start() as sandbox:
        assert httpx.get(f"{sandbox.url}/_sandbox/requests").json() == []


def test_the_urls_of_the_services_lie_under_the_sandbox(sandbox: Sandbox) -> None:
    assert sandbox.url.startswith("http://127.0.0.1:")
    assert sandbox.aioz_url == f"{sandbox.url}/aioz/api"
    assert sandbox.jellyfin_url == f"{sandbox.url}/jellyfin"
    assert sandbox.openai_url == f"{sandbox.url}/openai/v1"


def test_stop_leaves_no_thread_no_port_and_no_temporary_folder() -> None:
    before = set(threading.enumerate())
    with package.start() as sandbox, httpx.Client(base_url=sandbox.aioz_url) as client:
        # An answer through a worker thread, and a connection that stays open.
        client.get("/media/cost")
        client.post("/media", headers={"authorization": "Bearer sandbox-token"}, json={})
        data = sandbox._context.data
        assert data.is_dir()
        sandbox.stop()
        sandbox.stop()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
    assert set(threading.enumerate()) <= before  # what others had begun may have ended meanwhile
    assert not data.exists()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", int(sandbox.url.rpartition(":")[2])))


def test_stop_ends_an_answer_that_is_held_back() -> None:
    with package.start() as sandbox:
        sandbox.fault(status=200, body=b"held back", stall_after=4, stall=3600)
        with httpx.stream("GET", f"{sandbox.url}/x") as answer:
            sandbox.stop()
            assert answer.read() == b"held back"


def test_stop_cuts_off_a_client_that_does_not_read(caplog: pytest.LogCaptureFixture) -> None:
    with package.start() as sandbox:
        sandbox.fault(status=200, body=b"x" * 30_000_000)
        with socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2]))) as wire:
            wire.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
            assert wire.recv(5) == b"HTTP/"
            sandbox.stop()
    gc.collect()
    assert caplog.records == []


def test_a_port_that_is_taken_is_an_error(sandbox: Sandbox) -> None:
    with pytest.raises(OSError, match="in use"):
        package.start(port=int(sandbox.url.rpartition(":")[2]))


def test_a_server_that_cannot_begin_is_an_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise OSError("too many open files")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("uvicorn.Server.startup", fail)
    with pytest.raises(OSError, match="too many open files"):
        package.start()
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_cannot_begin_again_is_told_to_whoever_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(port: int) -> None:
        raise OSError(f"port {port} is in use")

    with package.start() as sandbox:
        monkeypatch.setattr("tonearm.sandbox.running.bound", taken)
        sandbox.fault(drop_headers=True, restart=0.0)
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{sandbox.url}/x")
        with pytest.raises(RuntimeError, match="the server has failed"):
            sandbox.wait_idle()


def test_a_given_data_folder_is_made_and_kept(tmp_path: Path) -> None:
    data = tmp_path / "not" / "there"
    with package.start(data=data):
        pass
    assert any(data.iterdir())


def test_a_data_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(OSError, match="file"):
        package.start(data=file)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_when_it_is_ready_and_ends_cleanly_on_a_signal(number: signal.Signals, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from tonearm.sandbox import serve; "
        "serve(port=0, data=pathlib.Path(sys.argv[1]), quiet=True)"
    )
    command = [sys.executable, "-W", "error", "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready, _, url = process.stdout.readline().strip().rpartition(" ")
        assert ready == "tonearm sandbox ready on"
        assert httpx.get(f"{url}/_sandbox/faults").json() == []
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")


def test_requests_are_logged_in_order_with_what_was_read_and_sent(sandbox: Sandbox) -> None:
    start = len(sandbox.requests)
    httpx.post(
        f"{sandbox.aioz_url}/media?a=1&b=%20", content=b"x" * 100, headers={"authorization": "Bearer sandbox-token"}
    )
    answer = httpx.get(f"{sandbox.aioz_url}/media/cost")
    first, second = sandbox.requests[start:]
    assert (first.method, first.path, first.query) == ("POST", "/aioz/api/media", "a=1&b=%20")
    assert (first.status, first.received, first.fault) == (400, 100, False)
    assert (second.method, second.status, second.received) == ("GET", 401, 0)
    assert second.sent == len(answer.content)
    assert second.header("Host") == sandbox.url.removeprefix("http://")
    assert second.header("absent") is None


def test_the_log_shows_no_keys(sandbox: Sandbox) -> None:
    secret = "very-secret"
    names = ["authorization", "stream-public-key", "stream-secret-key", "x-emby-token", "cookie", "api-key"]
    httpx.get(f"{sandbox.url}/jellyfin/x?api_key={secret}&ApiKey={secret}&keep=1", headers=dict.fromkeys(names, secret))
    shown = httpx.get(f"{sandbox.url}/_sandbox/requests").text
    assert secret not in shown
    assert secret not in repr(sandbox.requests)
    assert sandbox.requests[-1].query == "api_key=***&ApiKey=***&keep=1"
    assert sandbox.requests[-1].header("authorization") == "***"


def test_the_log_over_http_is_the_log(sandbox: Sandbox) -> None:
    httpx.get(f"{sandbox.url}/one")
    shown = httpx.get(f"{sandbox.url}/_sandbox/requests").json()[-1]
    assert (shown["path"], shown["status"], shown["fault"]) == ("/one", 404, False)
    assert ["accept", "*/*"] in shown["headers"]


def test_two_sandboxes_run_side_by_side() -> None:
    keys = {"authorization": "Bearer sandbox-token"}
    with package.start() as one, package.start() as other:
        httpx.post(f"{one.aioz_url}/media/create", headers=keys, json={"title": "t", "type": "audio"})
        totals = [
            httpx.post(f"{box.aioz_url}/media", headers=keys, json={}).json()["data"]["total"] for box in (one, other)
        ]
    assert totals == [1, 0]
