"""What tests need of `jellyfin`: its plans, the names and records of a copy, and what a stream is asked for.

A copy in every state that a crash may leave is made by hand, and not by waiting for the crash.
"""

from tonearm.jellyfin import _credentials, _download, _login
from tonearm.jellyfin._copy.entry import Entry
from tonearm.jellyfin._copy.layout import PLACES, TRACKS, Layout, several_discs
from tonearm.jellyfin._copy.names import Names, extension, folded
from tonearm.jellyfin._copy.plan import Copying
from tonearm.jellyfin._copy.record import Record
from tonearm.jellyfin._download_options import FolderCopy, ItemDownload
from tonearm.jellyfin._ids import LONGEST, compact, id_of
from tonearm.jellyfin._operations import accounts, heads, playback, startup_wait, streams
from tonearm.jellyfin._operations.accounts import Pairing
from tonearm.jellyfin._operations.startup_wait import PATIENCE, Away, Patient, call
from tonearm.jellyfin._play_session import PlaySession
from tonearm.jellyfin._stream_options import VOID, VOID_OF_ORIGINALS
from tonearm.jellyfin._stream_request import Selection
