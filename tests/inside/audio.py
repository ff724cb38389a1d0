"""What tests need of `_audio`: where recordings are cut and joined, to the sample.

The public API returns text and files, in which a cut at the wrong place is hard to see.
"""

from tonearm import _audio
from tonearm._audio import (
    Choice,
    Grid,
    PacketIndex,
    Piece,
    Reader,
    Scan,
    Scanning,
    Silence,
    Span,
    Survey,
    container,
    decode,
    decoded_duration,
    divided,
    duration,
    encode,
    fill_length,
    flac,
    foreign,
    missing,
    named,
    repair,
    scan,
    sniff,
    spans,
    survey,
    waveform,
    write_pieces,
)
from tonearm._audio.chunks import _Waiting, _written
from tonearm._audio.container import ANY, Opened, check_extra
from tonearm._audio.encoding import Coding
from tonearm._audio.formats import ALLOWED, OPTIONS
from tonearm._audio.guarded_file import GuardedFile
from tonearm._audio.packet_index import NotIndexed
from tonearm._audio.remux import Unfit, check, packets
from tonearm._audio.resampling import Interleaved
from tonearm._audio.riff import layout
from tonearm._audio.silence import Levels, Quiet, Stretch, silences
from tonearm._audio.source_duration import duration_of
from tonearm._audio.timeline import Clock, Timed, frames
