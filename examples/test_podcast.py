"""Tests of your own program, here of podcast.py, against the sandbox: no key, no bill, no network.

    pip install 'tonearm[sandbox]' pytest
    pytest examples/test_podcast.py

The fixture `tonearm_sandbox` starts a sandbox for a test, and clients that are made without an address use it.
"""

from pathlib import Path

import pytest
from podcast import publish

import tonearm
from tonearm.sandbox import Fault, Sandbox

pytest_plugins = ["tonearm.sandbox.pytest_plugin"]


@pytest.fixture
def episode(tmp_path: Path, tonearm_sandbox: Sandbox) -> Path:
    """A recording: one of the clips that the sandbox has."""
    path = tmp_path / "episode.flac"
    with tonearm.Jellyfin(tonearm_sandbox.jellyfin_url) as jellyfin:
        jellyfin.download(next(jellyfin.items()).id, path)
    return path


@pytest.fixture
def chapters(tmp_path: Path) -> Path:
    """A file with one chapter."""
    path = tmp_path / "chapters.vtt"
    path.write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome\n", encoding="utf-8")
    return path


@pytest.mark.usefixtures("tonearm_sandbox")
def test_an_episode_is_published_with_captions_and_chapters(episode: Path, chapters: Path) -> None:
    """The program takes address and keys from the environment, where the fixture has put those of the sandbox."""
    published = publish(episode, chapters, "whisper-1")
    media = published.media
    assert media.status == "done"
    assert [track.language for track in media.captions] == ["en"]
    assert [track.language for track in media.chapters] == ["en"]
    assert "-->" in str(published.captions)


def test_an_interrupted_upload_is_resumed(tonearm_sandbox: Sandbox, episode: Path, chapters: Path) -> None:
    """Every connection breaks after 1,000 bytes, until the program gives up; when it is run again, none does."""
    broken = Fault(path="*/part", drop_request=1_000, times=None)
    with tonearm_sandbox.faults(broken), pytest.raises(tonearm.WorkInterrupted):
        publish(episode, chapters, "whisper-1")
    assert publish(episode, chapters, "whisper-1").media.status == "done"
    created = [request for request in tonearm_sandbox.requests if request.path.endswith("/media/create")]
    assert len(created) == 1
