"""Values that a shell completes, by what the shells run."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.main import get_command

from tests.inside.cli import _complete, app
from tonearm.aioz.presets import PresetName as Quality
from tonearm.cli import main
from tonearm.jellyfin import PresetName
from tonearm.openai.presets import RECOGNISERS, VOICES

COMMAND: Any = get_command(app)
PROFILES = """[default.openai]
base_url = "http://nas:8000/v1"
api_key = ""
transcription_model = "parakeet"
speech_model = "kokoro"
voice = "af_heart"

[work.aioz]
token = "canary"
"""

LINES = {
    "aioz upload --preset": list(get_args(Quality)),
    "aioz list --status": ["new", "transcoding", "done", "fail", "deleted"],
    "aioz list --sort-by": ["created_at", "updated_at", "title", "size"],
    "aioz list --order-by": ["asc", "desc"],
    "aioz update x --clear": ["description", "tags", "metadata"],
    "aioz list --profile": ["default", "work"],
    "doctor --profile": ["default", "work"],
    "jellyfin download --preset": list(get_args(PresetName)),
    "jellyfin download --run-time": ["measure", "trust"],
    "jellyfin search --kind": ["audio", "albums", "artists", "playlists"],
    "openai transcribe --model": ["parakeet", *RECOGNISERS],
    "openai translate --model": ["parakeet", *RECOGNISERS],
    "openai speak --model": ["kokoro", *VOICES],
    "openai estimate --model": ["kokoro", *VOICES, "parakeet", *RECOGNISERS],
    "openai speak --voice": ["af_heart", *sorted(frozenset().union(*VOICES.values()))],
    "openai speak --format": ["mp3", "opus", "aac", "flac", "wav", "pcm", "m4a", "m4b"],
    "openai transcribe --to": ["txt", "srt", "vtt", "lrc", "html", "json"],
    "openai transcribe --format": ["json", "verbose_json", "diarized_json"],
    "openai login --speech-model": ["kokoro", *VOICES],
    "openai login --transcription-model": ["parakeet", *RECOGNISERS],
    "bulk transcribe --model": ["parakeet", *RECOGNISERS],
    "bulk transcribe --to": ["txt", "srt", "vtt", "lrc", "json"],
    "bulk speak --voice": ["af_heart", *sorted(frozenset().union(*VOICES.values()))],
    "bulk upload --preset": list(get_args(Quality)),
    "bulk export x --to": ["csv", "jsonl", "parquet"],
}


@pytest.fixture(autouse=True)
def _profiles(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "tonearm"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(PROFILES)
    (folder / "config.toml").chmod(0o600)


def offered(line: str, begun: str) -> list[str]:
    """What is offered for the word that is being typed."""
    shell = import_module("typer._completion_classes").BashComplete(COMMAND, {}, "tonearm", "_TONEARM_COMPLETE")
    return [item.value for item in shell.get_completions(line.split(), begun)]


@pytest.mark.parametrize("line", LINES)
def test_an_option_is_offered_the_words_that_it_takes(line: str) -> None:
    words = LINES[line]
    assert offered(line, "") == words
    begun = words[-1][:2]
    assert offered(line, begun) == [word for word in words if word.startswith(begun)]


def test_of_several_words_with_commas_the_last_is_completed() -> None:
    assert _complete.listed("txt", "srt")("txt,") == ["txt,srt"]
    assert _complete.listed("txt", "srt")("txt,s") == ["txt,srt"]


def test_profiles_that_cannot_be_read_are_none(tmp_path: Path) -> None:
    (tmp_path / "config" / "tonearm" / "config.toml").write_text("[")
    assert offered("aioz list --profile", "") == []
    assert offered("openai speak --model", "k") == []


SHELLS = {
    "bash": ({"COMP_WORDS": "tonearm jellyfin search --kind a", "COMP_CWORD": "4"}, "audio\nalbums\nartists"),
    "zsh": (
        {"_TYPER_COMPLETE_ARGS": "tonearm jellyfin search --kind a"},
        '_arguments \'*: :(("audio"\n"albums"\n"artists"))\'',
    ),
    "fish": (
        {"_TYPER_COMPLETE_ARGS": "tonearm jellyfin search --kind a", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "audio\nalbums\nartists",
    ),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_receives_them(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, said = SHELLS[shell]
    for name, value in {**asked, "_TONEARM_COMPLETE": f"complete_{shell}"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        main([])
    assert capsys.readouterr().out.strip() == said


def test_bash_completes_a_value(tmp_path: Path) -> None:
    program = tmp_path / "tonearm"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tonearm "$@"\n')
    program.chmod(0o755)
    words = "COMP_WORDS=(tonearm openai transcribe --model gpt-4o-t); COMP_CWORD=4"
    script = f'eval "$(tonearm completions bash)"; {words}; _tonearm_completion tonearm; echo "${{COMPREPLY[@]}}"'
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.split() == ["gpt-4o-transcribe", "gpt-4o-transcribe-diarize"]
