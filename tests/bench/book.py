"""The axis `book`: the CPU time of speaking a long text into an MP3, against encoding as much sound.

As a program it is one run: `encode` or `speak`, the number of characters, and the server's base URL.
"""

import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import tonearm
from tests.bench import peers
from tests.bench.contest import Goal, Run, contest
from tests.bench.process import cpu, module
from tests.bench.report import Report, Settings

CHARACTERS, FEW = 100_000, 10_000
SENTENCE = "The quick brown fox jumps over the lazy dog near the river bank. "
ABOUT = f"""\
CPU time of speaking a text of {{characters:,}} characters into an MP3 of 128 kbit/s: cut, asked for as WAV, joined as
samples and encoded once, in a state folder that is new each time. The server answers at once, with a second of 24 kHz
for {peers.SPOKEN} characters. Against it, PyAV encodes as many samples. Each run is a process from its start to its
end, the loading of Python, PyAV and httpx included; the server's CPU does not count: the median of {{{{pairs}}}} (the
least to the greatest)."""
GOALS = [Goal("speak", "encoding alone", 1.3)]


def measure(settings: Settings) -> Report:
    """Run both in turns."""
    characters = CHARACTERS if settings.full else FEW
    with peers.started() as url:
        runs: dict[str, Run | None] = {
            "encoding alone": partial(cpu, module("book", "encode", str(characters), url)),
            "speak": partial(cpu, module("book", "speak", str(characters), url)),
        }
        return contest(settings, "book", ABOUT.format(characters=characters), "CPU, s", runs, GOALS)


def encode(characters: int, folder: Path) -> None:
    """Encode as many samples as the server would send for so many characters."""
    import av
    import numpy as np

    second = np.frombuffer(peers.sound(1.0), dtype="<i2").reshape(1, -1)
    with av.open(str(folder / "book.mp3"), "w") as file:
        stream = file.add_stream("libmp3lame", rate=peers.RATE, layout="mono")
        stream.bit_rate = 128_000
        for _ in range(characters // peers.SPOKEN):
            frame = av.AudioFrame.from_ndarray(second, format="s16p", layout="mono")
            frame.sample_rate = peers.RATE
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def speak(characters: int, url: str, folder: Path) -> None:
    """Speak so many characters."""
    text = (SENTENCE * (characters // len(SENTENCE) + 1))[:characters]
    with tonearm.OpenAI(api_key="bench", base_url=f"{url}/v1") as ai:
        spoken = ai.speak(text, folder / "book.mp3", model="tts-1", voice="alloy", state=folder / "state")
    assert spoken.pieces > 1


if __name__ == "__main__":
    _, what, characters, url = sys.argv
    with TemporaryDirectory(prefix="tonearm-bench-") as name:
        if what == "encode":
            encode(int(characters), Path(name))
        else:
            speak(int(characters), url, Path(name))
