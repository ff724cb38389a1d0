"""How a word is written in tones: which two sound at the same time, for how long, and what they mean.

Every symbol is a pair of tones, one of the low band and one of the high band, which carry four bits each. A word is:
a start symbol (a low tone that nothing else uses, the number of the speaker in the high band), the count of its bytes,
its bytes in UTF-8, and two bytes of checksum.
"""

from binascii import crc_hqx
from collections.abc import Sequence

SYMBOL = 0.03
"""Seconds that a symbol lasts."""

START = 16
"""The low tone that opens a word."""

LOW = tuple(range(500, 2200, 100))
"""The frequencies of the low band in Hz: sixteen values, then START."""

HIGH = tuple(range(2300, 3900, 100))
"""The frequencies of the high band in Hz: sixteen values."""

LONGEST = 255
"""Bytes of the longest word."""

FRAMING = 4
"""Symbols that a word has besides its bytes."""

Symbol = tuple[int, int]
"""The low and the high tone of a symbol, by number."""


def encode(word: str, speaker: int) -> list[Symbol]:
    """Write a word of 1 to LONGEST bytes, spoken by one of sixteen speakers."""
    data = word.encode()
    counted = bytes([len(data)]) + data
    checked = counted + _checksum(speaker, counted)
    return [(START, speaker), *(divmod(byte, 16) for byte in checked)]


def length(header: Symbol) -> int:
    """Return the number of symbols of the word whose second symbol is `header`; 0 when it cannot be one."""
    low, high = header
    count = low * 16 + high
    return count + FRAMING if 0 < count <= LONGEST else 0


def decode(symbols: Sequence[Symbol]) -> tuple[str, int] | None:
    """Read a word and its speaker's number; None when a symbol is wrong."""
    (start, speaker), *rest = symbols
    if start != START or any(low == START for low, _ in rest):
        return None
    checked = bytes(low * 16 + high for low, high in rest)
    counted, checksum = checked[:-2], checked[-2:]
    if checksum != _checksum(speaker, counted):
        return None
    try:
        return counted[1:].decode(), speaker
    except UnicodeDecodeError:
        return None


def split(word: str) -> list[str]:
    """Cut a word that has more than LONGEST bytes into several, between two characters."""
    pieces = [""]
    for character in word:
        if len(pieces[-1].encode()) + len(character.encode()) > LONGEST:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _checksum(speaker: int, counted: bytes) -> bytes:
    return crc_hqx(bytes([speaker]) + counted, 0xFFFF).to_bytes(2)
