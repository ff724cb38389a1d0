"""Plays an item of a Jellyfin server to its end, also when the server restarts meanwhile.

    export JELLYFIN_URL=http://nas:8096 JELLYFIN_TOKEN=...
    python examples/player.py ITEM | ffplay -nodisp -autoexit -

ITEM is an id, as `tonearm jellyfin search` prints it.
"""

import sys
from itertools import chain
from typing import BinaryIO

import tonearm

MPEG1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
LATER = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Bit rates of MP3 in kbit/s, by their number in a frame; LATER are those of MPEG-2, for low sampling rates."""


def bytes_per_second(start: bytes) -> float | None:
    """Read the bit rate from the first frame; None if there is none.

    It is constant, so bytes tell the time, but the server may lower it.
    """
    frame = 0
    if start.startswith(b"ID3"):  # a tag comes first; its size has four times seven bits
        frame = 10 + sum(byte << 7 * place for place, byte in enumerate(reversed(start[6:10])))
    if len(start) < frame + 3:
        return None
    rates = MPEG1 if start[frame + 1] >> 3 & 3 == 3 else LATER
    return rates[(start[frame + 2] >> 4) - 1] * 1000 / 8


def play(jellyfin: tonearm.Jellyfin, item_id: str, speaker: BinaryIO) -> None:
    """Write an item to a player as MP3; after an interruption continue where the stream ended."""
    whole = jellyfin.item(item_id).duration or 0.0
    latest = max(0.0, whole - 5.0)  # the server starts no stream later than that
    played = began = 0.0
    again = False
    with jellyfin.stream(item_id, preset="mp3_128") as audio:
        while True:
            heard, ended = played, False
            try:
                start = audio.read(4096)
                rate = bytes_per_second(start)
                if rate is None:  # there is a tag and no audio: it began where the recording ends
                    return
                skip = round((played - began) * rate)
                for block in chain([start], audio):
                    speaker.write(block[skip:])
                    played += len(block[skip:]) / rate
                    skip = max(0, skip - len(block))
                ended = True
            except tonearm.ConnectionFailed as error:
                sys.stderr.write(f"at {played:.0f} s: {error}\n")
            if played >= whole - 1.0:  # a stream that ends earlier was cut by a server that stops
                return
            if again and ended and played - heard < 1.0:  # the audio is shorter than the item says
                return
            began, again = min(played, latest), True
            try:
                audio.restart(at=began)  # retries until the server has restarted
            except tonearm.UnexpectedAnswer:  # the same: the response has no audio
                return


if __name__ == "__main__":
    _, item = sys.argv
    try:
        with tonearm.Jellyfin(retry=tonearm.Retry(attempts=30)) as jellyfin:
            play(jellyfin, item, sys.stdout.buffer)
    except tonearm.TonearmError as error:
        sys.exit(str(error))
