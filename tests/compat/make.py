"""Makes tests/compat/VERSION/: what that version leaves on a user's disk, each file written by the version itself.

Run it with the code of that version before the checkout's own, and port 8787 free. For 0.1, which is commit 3d19604:

    git worktree add ../tonearm-0.1 3d19604
    PYTHONPATH=../tonearm-0.1/overlay:../tonearm-0.1/generated:. .venv/bin/python tests/compat/make.py

`ada/` is the home folder of a user who had bad luck: her connection dropped, her computer crashed, a server failed.
`sandbox/` is what the servers have of it (`tonearm sandbox --data`). Nothing is changed afterwards, but for one thing:
in the journals, the temporary folder in which this ran is replaced by /home/ada.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest
from attrs import frozen

import tonearm
from tests.compat import inputs
from tonearm.cli import main as command
from tonearm.sandbox import Fault, Sandbox, library, start

KEYS = {"aioz": "sandbox-public\nsandbox-secret\n", "jellyfin": "sandbox-token\n", "openai": "sandbox-key\n"}


class Ring(keyring.backend.KeyringBackend):
    """A keyring that can be written to a file."""

    priority = 1  # type: ignore[assignment]  # a property in the base class

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[f"{service} {username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[f"{service} {username}"]


@frozen
class Ada:
    """The user, her home folder, and the sandbox that she uses."""

    home: Path
    box: Sandbox

    @property
    def state(self) -> Path:
        """Where the library keeps what it is not told another place for."""
        return self.home / ".local" / "state" / "tonearm"

    def aioz(self) -> tonearm.Aioz:
        """A client that does not try again, so that failures are quick."""
        retry = tonearm.Retry(attempts=1)
        return tonearm.Aioz(
            base_url=self.box.aioz_url, public_key="sandbox-public", secret_key="sandbox-secret", retry=retry
        )

    def jellyfin(self) -> tonearm.Jellyfin:
        """The same for Jellyfin."""
        return tonearm.Jellyfin(self.box.jellyfin_url, token="sandbox-token", retry=tonearm.Retry(attempts=1))

    def openai(self) -> tonearm.OpenAI:
        """The same for OpenAI."""
        retry = tonearm.Retry(attempts=1)
        return tonearm.OpenAI(base_url=self.box.openai_url, api_key="sandbox-key", retry=retry)

    def killed(self, call: str, fault: Fault, ready: Callable[[], bool]) -> None:
        """Let another process do something with Ada's clients, until `fault` holds it up; then kill it."""
        code = "import json, sys; from pathlib import Path; from tests.compat import inputs; import tonearm\n"
        code += "home, urls = Path(sys.argv[1]), json.loads(sys.argv[2])\n" + call
        urls = {"aioz": self.box.aioz_url, "openai": self.box.openai_url}
        with self.box.faults(fault, unused_ok=True):
            process = subprocess.Popen([sys.executable, "-c", code, self.home, json.dumps(urls)])
            while not (fault.hits and ready()):
                assert process.poll() is None
                time.sleep(0.05)
            process.send_signal(signal.SIGKILL)
            process.wait()


def lines(path: Path, word: str) -> int:
    """How many lines of a file have a word in them."""
    return sum(word in line for line in path.read_text().splitlines()) if path.exists() else 0


def found(folder: Path, pattern: str) -> Path:
    """The one file of a name, or a path that is not there."""
    return next(iter(folder.glob(pattern)), folder / "none")


def uploads(ada: Ada) -> None:
    """Journals of uploads: one file each, named by `state=` or in the folder for state."""
    talk, options = ada.home / "talk.flac", {"preset": "standard", "part_size": inputs.PART}
    with ada.aioz() as aioz:
        unheard = Fault(path="*/complete", drop_headers=True), Fault(method="GET", path="*/media/*", status=503)
        for name, faults in {
            "one-worker": [Fault(path="*/part", status=500, skip=3)],  # the fourth part failed
            "complete-refused": [Fault(path="*/complete", status=503)],  # nothing is missing, and it is not complete
            "complete-lost": unheard,  # it is complete, and nobody heard of it
        }.items():
            with ada.box.faults(*faults), pytest.raises(tonearm.UploadInterrupted):
                aioz.upload(talk, title=name, state=ada.home / f"{name}.jsonl", **options)
    client = "with tonearm.Aioz(base_url=urls['aioz'], public_key='sandbox-public', secret_key='sandbox-secret') as a:"
    journal = "aioz-upload-*.jsonl"
    upload = f"{client} a.upload(home / 'talk.flac', title='killed', workers=3, part_size=inputs.PART)"
    held = Fault(path="*/part", skip=1, every=3, times=2, delay=600.0)  # two are under way: the fourth and the last
    ada.killed(upload, held, lambda: lines(found(ada.state, journal), "done") == 5)
    (journal_of_killed,) = ada.state.glob(journal)
    empty = f"{client} a.upload(home / 'talk.flac', title='not made')"
    held = Fault(path="*/create", delay=600.0)  # killed before the object was there: the journal is empty
    ada.killed(empty, held, lambda: len(list(ada.state.glob(journal))) == 2)
    assert journal_of_killed.stat().st_size


def transcripts(ada: Ada) -> None:
    """Answers of interrupted transcriptions and translations."""
    talk = ada.home / "talk.wav"
    with ada.openai() as ai:
        asked: Mapping[str, Callable[..., Any]] = {
            "hinted": lambda **options: ai.transcribe(talk, **inputs.HINTED, **options),
            "diarized": lambda **options: ai.transcribe(talk, **inputs.DIARIZED, **options),
        }
        for name, ask in asked.items():
            failure = Fault(path="*", status=500, skip=2)  # two answers came, the third request failed
            with ada.box.faults(failure), pytest.raises(tonearm.WorkInterrupted):
                ask(state=ada.home / f"{name}.jsonl")
        with ada.box.faults(Fault(path="*/translations", status=500, skip=3)), pytest.raises(tonearm.WorkInterrupted):
            ai.translate(talk, **inputs.HEARD)  # in the folder for state
    work = "with tonearm.OpenAI(base_url=urls['openai'], api_key='sandbox-key') as ai:"
    work += " ai.transcribe(home / 'talk.wav', workers=2, **inputs.HEARD)"
    held = Fault(path="*/transcriptions", skip=2, times=None, delay=600.0)  # two answers came, two are under way
    pieces = partial(found, ada.state, "*.pieces")
    ready = lambda: lines(pieces().with_suffix(""), "answer") == len(list(pieces().glob("*.wav"))) == 2  # noqa: E731
    ada.killed(work, held, ready)


def speech(ada: Ada) -> None:
    """Pieces of an interrupted speech: a folder, named by `state=` or after the work."""
    with (
        ada.openai() as ai,
        ada.box.faults(Fault(path="*/speech", status=500, skip=2)),
        pytest.raises(tonearm.WorkInterrupted),
    ):
        ai.speak(inputs.BOOK, ada.home / "book.wav", **inputs.SPOKEN, workers=1, state=ada.home / "book")
    work = "with tonearm.OpenAI(base_url=urls['openai'], api_key='sandbox-key') as ai:"
    work += " ai.speak(inputs.BOOK, home / 'killed.wav', workers=1, **inputs.SPOKEN)"
    held = Fault(path="*/speech", skip=3, delay=600.0)
    ada.killed(work, held, lambda: bool(list(ada.state.glob("openai-speech-*/.00003.wav.*.part"))))


def downloads(ada: Ada) -> None:
    """Partial files of broken downloads, and what stands beside them."""
    with (
        ada.jellyfin() as jellyfin,
        ada.box.faults(Fault(path="*/stream", drop_response=8_000)),
        pytest.raises(tonearm.DownloadInterrupted),
    ):
        jellyfin.download(library.item_id("Blue/1.flac"), ada.home / "song.flac")
    with ada.aioz() as aioz:
        media = aioz.upload(ada.home / "talk.flac", title="published", preset="standard")
        ada.box.wait_idle()
        source = found(ada.home.parent / "sandbox" / "aioz", f"{media.id}/source")
        os.utime(source, (inputs.MODIFIED, inputs.MODIFIED))  # as a clone of this repository keeps no times
        with ada.box.faults(Fault(path="*/source", drop_response=8_000)), pytest.raises(tonearm.DownloadInterrupted):
            aioz.download_source(media.id, ada.home / "published.flac")


def copies(ada: Ada) -> None:
    """Folders of copies: originals, what the server encoded, and one of which a track is missing."""
    with ada.jellyfin() as jellyfin:
        album = next(jellyfin.albums())
        jellyfin.download_all(album.id, ada.home / "Blue")
        jellyfin.download_all(album.id, ada.home / "Blue-opus", preset="opus_96")
        broken = Fault(path=f"*/{library.item_id('Blue/2.flac')}/stream", drop_response=8_000)
        with ada.box.faults(broken):
            jellyfin.download_all(album.id, ada.home / "Blue-broken", workers=1)


def profiles(ada: Ada) -> None:
    """The command's file of profiles, its lock, and a keyring."""
    ring = Ring()
    keyring.core._keyring_backend = ring  # type: ignore[attr-defined]  # as set_keyring() loads what is configured too
    urls = {"aioz": ada.box.aioz_url, "jellyfin": ada.box.jellyfin_url, "openai": ada.box.openai_url}
    for profile, words in {"default": ["--key-stdin"], "on the ring": ["--key-stdin", "--keyring"]}.items():
        for service, url in urls.items():
            place = [url, "--token"] if service == "jellyfin" else ["--base-url", url]
            sys.stdin = io.TextIOWrapper(io.BytesIO(KEYS[service].encode()))
            assert command([service, "login", *place, *words, "--profile", profile]) == 0
    assert command(["openai", "login", "--transcription-model", "marker", "--voice", "alloy"]) == 0
    (ada.home / "keyring.json").write_text(json.dumps(ring.kept, indent=1) + "\n")


def results(ada: Ada) -> None:
    """A paid transcript that could not go to standard output, as the disk there was full."""
    words = [sys.executable, "-m", "tonearm", "openai", "transcribe", ada.home / "talk.flac", "--model", "marker"]
    with Path("/dev/full").open("wb") as full:
        subprocess.run([*words, "--profile", "default"], stdout=full, check=False)
    assert list((ada.state / "results").iterdir())


def main() -> None:
    """Make the folder of the version that is on the path."""
    version = ".".join(tonearm.__version__.split(".")[:2])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        home = work / "ada"
        home.mkdir()
        os.environ |= {
            "HOME": str(home),
            "XDG_STATE_HOME": str(home / ".local/state"),
            "XDG_CONFIG_HOME": str(home / ".config"),
        }
        shutil.copytree(inputs.HERE / "library", work / "library")
        shutil.copy(work / "library/Blue/1.flac", home / "talk.flac")
        for path in (inputs.talk(home), home / "talk.flac", *(work / "library").rglob("*.flac")):
            os.utime(path, (inputs.MODIFIED, inputs.MODIFIED))
        with start(port=inputs.PORT, library=work / "library", data=work / "sandbox") as box:
            ada = Ada(home, box)
            for part in (uploads, transcripts, speech, downloads, copies, profiles, results):
                part(ada)
        for name in ("talk.wav", "talk.flac"):
            (home / name).unlink()  # the tests have them
        for path in (*home.rglob("*.jsonl"), *home.rglob("*.json")):
            path.write_text(path.read_text().replace(str(home), inputs.HOME))
        made = inputs.HERE / version
        shutil.rmtree(made, ignore_errors=True)
        shutil.copytree(home, made / "ada")
        shutil.copytree(work / "sandbox", made / "sandbox")


if __name__ == "__main__":
    main()
