"""Take the pictures of docs/gallery.md that need a browser: the sandbox's page, and the page of a transcript.

They are made with Chromium, which has to be on PATH; `scripts/picture.py` and `scripts/docs` make the others.
"""

import base64
import sys
import tempfile
from pathlib import Path

import tonearm
from tonearm.openai import Transcript
from tonearm.sandbox import Sandbox, library, start

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.sandbox import chromium  # noqa: E402  # the folder of the checkout is on the path only now

PLACE = ROOT / "docs"
CLIP = library.PACKAGED / "history.flac"
_LARGEST = 150_000
"""Bytes that a picture may have: it is cloned with the project."""


def main() -> int:
    if chromium.PROGRAM is None:
        print("Chromium is not on PATH. Debian, Ubuntu: apt-get install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, start() as box, chromium.browser(Path(folder) / "profile") as tab:
        page = Path(folder) / "history.html"
        transcript = _used(box, Path(folder))
        page.write_text(transcript.to_html(audio=CLIP, title="History"), encoding="utf-8")

        tab.open(page.as_uri())
        tab.wait("audio.readyState >= 1")
        tab.value("document.querySelectorAll('.w')[3].click()")
        tab.wait("document.querySelector('.lit')")
        _take(tab, "transcript.png", width=900, height=420)

        tab.open(f"{box.url}/")
        tab.wait("document.querySelector('#heard button') && document.querySelector('#media button')")
        tab.value("document.querySelector(`#heard [aria-label^='Open']`).click()")
        tab.wait("document.querySelectorAll('#text span').length")
        tab.wait("document.getElementById('player').readyState >= 1")
        _take(tab, "console.png", width=1240, height=760)
        tab.value("(location.hash = '#speech', 0)")
        _take(tab, "console-phone.png", width=390, height=844, scheme="dark")
    return 0


def _used(box: Sandbox, folder: Path) -> Transcript:
    """Ask a sandbox for something of everything."""
    with tonearm.Aioz(base_url=box.aioz_url, token="sandbox-token") as aioz:
        aioz.upload(CLIP, title="History", is_public=True, preset=["standard", "dash:good"], wait=True)
    with tonearm.OpenAI(base_url=box.openai_url, api_key="sandbox-key") as openai:
        openai.speak("The history of the evening is short.", folder / "speech.mp3", voice="coral", model="tts-1")
        return openai.transcribe(CLIP, model="whisper-1", words=True)


def _take(tab: chromium.Page, name: str, *, width: int, height: int, scheme: str = "light") -> None:
    tab.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    tab.command(
        "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
    )
    # Two frames later the page has drawn what it was told.
    tab.value("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => go(0))))")
    picture = base64.b64decode(tab.command("Page.captureScreenshot")["data"])
    if len(picture) > _LARGEST:
        raise SystemExit(f"{name} has {len(picture)} bytes, more than {_LARGEST}")
    (PLACE / name).write_bytes(picture)
    print(f"docs/{name}: {len(picture)} bytes")


if __name__ == "__main__":
    sys.exit(main())
