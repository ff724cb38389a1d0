"""The clock of AIOZ objects: from this process, and over the control routes."""

import httpx
import pytest

from tests.sandbox import aioz_upload
from tonearm.sandbox import Sandbox, library

CLIP = (library.PACKAGED / "evening.flac").read_bytes()


@pytest.fixture
def control(sandbox: Sandbox) -> httpx.Client:
    return httpx.Client(base_url=f"{sandbox.url}/_sandbox/aioz")


def test_an_object_is_held_until_it_is_let_go(sandbox: Sandbox, aioz: httpx.Client) -> None:
    media = aioz_upload.create(aioz, qualities=[aioz_upload.quality()])
    sandbox.aioz.hold(media)
    aioz_upload.upload(aioz, media, CLIP)
    sandbox.wait_idle()
    assert aioz_upload.detail(aioz, media)["status"] == "transcoding"
    sandbox.aioz.release(media)
    sandbox.wait_idle()
    assert aioz_upload.detail(aioz, media)["status"] == "done"


def test_lives_are_ordered_over_http_too(sandbox: Sandbox, aioz: httpx.Client, control: httpx.Client) -> None:
    with control:
        assert control.post("/hold").status_code == 204
        media = aioz_upload.create(aioz, qualities=[aioz_upload.quality()])
        aioz_upload.upload(aioz, media, CLIP)
        sandbox.wait_idle()
        assert aioz_upload.detail(aioz, media)["status"] == "transcoding"
        assert control.post("/fail_next", json={"count": 1}).status_code == 204
        assert control.post("/release", json={}).status_code == 204
        sandbox.wait_idle()
        assert aioz_upload.detail(aioz, media)["status"] == "fail"


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"unknown": 1}'])
def test_an_order_that_is_none_is_refused(control: httpx.Client, body: bytes) -> None:
    with control:
        answer = control.post("/release", content=body)
        assert (answer.status_code, control.post("/stop").status_code) == (400, 404)
        assert answer.json()["error"]
