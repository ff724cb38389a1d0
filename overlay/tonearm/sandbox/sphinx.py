# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportUnknownArgumentType=false
# pocketsphinx ships no types; its few calls are all here.
"""Recognise utterances with pocketsphinx: the worker process behind `recogniser.py`.

It holds the interpreter's lock while it works, which would block a server in the same process. Each request on standard
input is a 4-byte big-endian length and that many bytes of 16 kHz mono samples, signed 16 bit little-endian; each
answer on standard output is one JSON line: a list of `[word, start, end, probability]` with times in seconds. The
argument, if there is one, is a language model to use instead of pocketsphinx's own.
"""

import json
import struct
import sys
from typing import BinaryIO

from pocketsphinx import Decoder

_FRAME = 0.01  # seconds

_BEAMS = {"beam": 1e-40, "wbeam": 1e-25, "pbeam": 1e-40, "maxhmmpf": 3000}
"""How unlikely a guess may be, and how many are followed at a time. With pocketsphinx's own, the same words take twice
as long."""


def recognise(decoder: Decoder, samples: bytes) -> list[tuple[str, float, float, float]]:
    decoder.reinit_feat()  # else the result depends on earlier utterances
    decoder.start_utt()
    if samples:
        decoder.process_raw(samples, full_utt=True)
    decoder.end_utt()
    return [
        (segment.word.partition("(")[0], segment.start_frame * _FRAME, (segment.end_frame + 1) * _FRAME, segment.prob)
        for segment in (decoder.seg() or ())
        if segment.word[0] not in "<[+"  # silence and noise
    ]


def main(requests: BinaryIO, answers: BinaryIO, language_model: str | None = None) -> None:
    own = {} if language_model is None else {"lm": language_model}
    decoder = Decoder(samprate=16_000, loglevel="FATAL", **_BEAMS, **own)
    while len(head := requests.read(4)) == 4:
        (size,) = struct.unpack(">I", head)
        words = recognise(decoder, requests.read(size))
        answers.write(json.dumps(words).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer, *sys.argv[1:])
