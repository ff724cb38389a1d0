"""Plays an item of a Jellyfin server to its end, also when the server is restarted meanwhile.

python examples/player.py http://nas:8096 TOKEN ITEM | ffplay -nodisp -autoexit -
"""

import sys
from typing import BinaryIO

import tonearm

BYTES_PER_SECOND = 128_000 // 8
"""What the preset makes: its bit rate is constant, so bytes tell where we are."""


def play(jellyfin: tonearm.Jellyfin, item_id: str, speaker: BinaryIO) -> None:
    """Write an item to a player as MP3, from wherever the server left off."""
    whole = jellyfin.item(item_id).duration or 0.0
    played = 0.0
    with jellyfin.stream(item_id, preset="mp3_128") as audio:
        while True:
            try:
                for block in audio:
                    speaker.write(block)
                    played += len(block) / BYTES_PER_SECOND
            except tonearm.ConnectionFailed as error:
                sys.stderr.write(f"at {played:.0f} s: {error}\n")
            if played >= whole - 1.0:  # a server that goes down may also end the stream as if it were done
                return
            audio.restart(at=played)  # waits until the server is there again, and has started


if __name__ == "__main__":
    url, token, item = sys.argv[1:]
    with tonearm.Jellyfin(url, token=token, retry=tonearm.Retry(attempts=30)) as jellyfin:
        play(jellyfin, item, sys.stdout.buffer)
