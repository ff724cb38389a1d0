# pyright: reportMissingTypeStubs=false
# espeakng_loader ships no types; two of its functions are used.
"""Speak the text on standard input with espeak-ng into a wave file: `python espeak.py FILE WORDS_PER_MINUTE`.

espeak-ng is under the GPL, version 3 or later. It is loaded only here, in its own process, which shares nothing with
the rest of the package but text and a file.
"""

import ctypes
import sys
import wave

import espeakng_loader

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples go to the callback, nothing is played
_UTF8 = 1  # espeakCHARS_UTF8
_CHARACTERS = 1  # POS_CHARACTER
_RATE = 1  # espeakRATE, words per minute


def main(target: str, words_per_minute: int) -> None:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    sample_rate = library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    if sample_rate <= 0:
        raise SystemExit("espeak-ng does not start")
    text = sys.stdin.buffer.read()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sample_rate)

        def write(samples: int | None, count: int, _events: int | None) -> int:
            if samples and count > 0:
                file.writeframesraw(ctypes.string_at(samples, count * 2))
            return 0

        callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(write)
        library.espeak_SetSynthCallback(callback)
        library.espeak_SetVoiceByName(b"en-us")
        library.espeak_SetParameter(_RATE, words_per_minute, 0)
        size = ctypes.c_size_t(len(text) + 1)
        if library.espeak_Synth(text, size, 0, _CHARACTERS, 0, _UTF8, None, None) != 0:
            raise SystemExit("espeak-ng refuses the text")
        library.espeak_Synchronize()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
