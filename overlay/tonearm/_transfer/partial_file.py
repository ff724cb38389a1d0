"""A partial file: kept beside its target until it is complete, and resumed after an interruption."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import IO

from attrs import define, field

from .._base.cancellation import check_stop
from .._base.coerce import text
from .._files import BLOCK, WriteBehind, is_blank, read_state, remove_open, rename_open, sync, write_all, write_state
from .._http import Head
from ..errors import InvalidInput, Truncated
from ..progress import Meter
from .checkpoints import Checkpoints
from .part_names import beside, state_of
from .part_target import durable_length, opened, origin
from .ranged_file import is_validator, unfit, validator_of

_CONTENT_RANGE = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19}|\*)")


@define
class PartFile:
    """The received bytes of a download, their hash, and the size and version that the server states.

    The state beside the file has the identity of the download, its version, and the number of durable bytes. A later
    call resumes only if all of it matches; then the hash is computed again from the kept bytes.

    Attributes:
        path: the partial file; None if the bytes are written into the caller's open file.
        key: the identity of the download.
        validator: the Last-Modified (or strong ETag) for the If-Range of a later Range request.
    """

    path: Path | None
    key: str
    meter: Meter
    _file: IO[bytes]
    _origin: int
    offset: int = 0
    size: int | None = None
    validator: str | None = None
    content_type: str = ""
    resumed: bool = False
    _behind: WriteBehind = field(init=False)
    _checkpoints: Checkpoints = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._begin()

    @classmethod
    def open(cls, to: Path | IO[bytes], key: str, meter: Meter) -> PartFile:
        """Open the target, and resume the partial file of an earlier call.

        Raises:
            InvalidInput: the folder does not exist, the place cannot be written or is no place for a file, another
                download to it is running, a partial file exists that no download has made, or the file is not binary.
        """
        if not isinstance(to, Path):
            return cls(None, key, meter, to, origin(to))
        part = cls(beside(to), key, meter, opened(to), 0)
        try:
            part._take_up()
        except BaseException:
            part._file.close()
            raise
        return part

    def _take_up(self) -> None:
        state = read_state(self._state) or {}
        size, validator, kind = state.get("size"), text(state.get("validator")), text(state.get("content_type"))
        length = durable_length(self._file, state)
        if "key" not in state and not is_blank(self._state):
            self._must_be_free(length)
        ours = state.get("key") == self.key and isinstance(size, int) and 0 < length <= size
        if not ours or validator is None or not is_validator(validator) or kind is None:
            self._file.seek(0)
            self._file.truncate()
            return
        self._file.truncate(length)  # bytes behind it may be remains of a loss of power
        if length == size:  # the last byte is fetched again, to find out whether the file is still the same
            length -= 1
            self._file.truncate(length)
        self._hash_again()
        self.offset, self.size, self.validator, self.content_type = length, size, validator, kind
        self._checkpoints.saved, self.resumed = length, True

    def _must_be_free(self, length: int) -> None:
        """Refuse to overwrite a file of others, which has no state of ours."""
        assert self.path is not None
        if not length and not self._state.exists():
            return
        if not length:
            remove_open(self.path, self._file)
        taken = self.path if length else self._state
        raise InvalidInput(
            f"{str(taken)!r} exists, and no download of tonearm made it",
            argument="to",
            value=taken,
            expected="a place without such a file",
            hint="move it out of the way",
        )

    @property
    def _state(self) -> Path:
        assert self.path is not None
        return state_of(self.path)

    @property
    def resumable(self) -> bool:
        """Whether a Range request can continue from here without mixing two versions of the file."""
        return self.offset > 0 and self.size is not None and self.validator is not None

    def headers(self) -> dict[str, str]:
        """The headers of a request for the missing bytes."""
        if not self.resumable:
            return {}
        assert self.validator is not None
        return {"Range": f"bytes={self.offset}-", "If-Range": self.validator}

    def start(self, head: Head) -> PartFile:
        """Read the head of a response: continue with its range, or start again."""
        if head.headers.get("content-encoding", "identity") not in ("", "identity"):
            raise unfit(head, "the body is compressed although that was not asked for")
        self.content_type = head.shown_type
        if head.status == 206:
            self._check_range(head)
            return self
        self.restart()
        self.size = head.size
        self.validator = validator_of(head)
        self.meter.total = self.size
        # Before the first byte, so that no file of ours is ever without a state. It need not be durable: its name is on
        # the disk before any byte, and even a blank state shows that the file is ours.
        self._record(0, durable=False)
        return self

    def _record(self, stored: int, *, durable: bool = True) -> None:
        """Write the state beside the file, with the number of its durable bytes."""
        if self.path is not None:
            known = {"size": self.size, "validator": self.validator, "content_type": self.content_type}
            write_state(self._state, {"key": self.key, **known, "stored": stored}, durable=durable)

    def _check_range(self, head: Head) -> None:
        match = _CONTENT_RANGE.fullmatch(head.headers.get("content-range", ""))
        if match is None or not self.resumable or int(match[1]) != self.offset or match[3] not in ("*", str(self.size)):
            raise unfit(head, f"the range {head.headers.get('content-range')!r} is not the one that was asked for")
        if self.validator not in (head.headers.get("last-modified", self.validator), head.headers.get("etag")):
            raise unfit(head, "the range is one of another version of the file")
        self.meter.total = self.size

    def restart(self) -> None:
        """Remove the received bytes, for a whole body from its beginning."""
        self._close()
        if self.offset:
            if self.path is None and not self._file.seekable():
                raise Truncated(
                    "the response was interrupted, and the file given cannot be rewound", done=self.offset, total=None
                )
            self._file.seek(self._origin)
            self._file.truncate()
        self.offset, self.size, self.validator, self.resumed = 0, None, None, False
        self._begin()

    def _begin(self) -> None:
        self._behind = WriteBehind(None if self.path is None else self._file)
        self._checkpoints = Checkpoints(self._file, self._behind, self._record)

    def _drain(self) -> None:
        """Wait until all bytes are written and hashed, and raise what a thread has found meanwhile."""
        self._behind.drain()
        self._checkpoints.wait()

    def _close(self) -> None:
        """End the threads, which work with the open file; the next call raises their failures."""
        self._behind.close()
        self._checkpoints.close()

    def write(self, block: bytes) -> None:
        """Append a block of the body."""
        if self.path is None:  # a pipe may block, so it is written in this thread, which can be interrupted
            write_all(self._file, block)
        self._behind.write(block)
        self.offset += len(block)
        self.meter.at(self.offset)
        if self.resumable and self.path is not None:
            self._checkpoints.at(self.offset)

    def contents(self) -> IO[bytes] | None:
        """The bytes so far, as a file to read and to correct; None if they cannot be read again from the beginning.

        `corrected` must be called afterwards.
        """
        if self.path is None and (self._origin or not self._file.seekable() or not self._file.readable()):
            return None
        self._drain()
        self._file.seek(0)
        return self._file

    def corrected(self, changed: bool) -> None:
        """Return to the end of the contents, and hash them again if they were changed."""
        if changed:
            self._hash_again()
        self._file.seek(self._origin + self.offset)

    def _hash_again(self) -> None:
        self._begin()
        self._file.seek(0)
        while block := self._file.read(BLOCK):
            check_stop()
            self._behind.known(block)

    def sha256(self) -> str:
        """The hash of all bytes, in lower-case hexadecimal digits."""
        return self._behind.sha256()

    def stamp(self) -> tuple[int, int]:
        """Size and time (in nanoseconds) of the file, which stay the same when it gets its name."""
        self._drain()
        status = os.fstat(self._file.fileno())
        return status.st_size, status.st_mtime_ns

    def finish(self, target: Path | None) -> None:
        """Make the complete file durable and give it its name."""
        self._drain()
        self._file.flush()
        if self.path is not None and target is not None:
            sync(self._file)
            rename_open(self.path, target, self._file)
            self._state.unlink(missing_ok=True)
            self._file.close()  # last, as this releases the lock

    def drop(self) -> None:
        """Make `keep` remove the file: without a validator no later request can resume it."""
        self.validator = None

    def keep(self) -> Path | None:
        """Keep the partial file if a later call can resume it, and return its path; else remove it."""
        self._close()
        if self.path is None or self._file.closed:
            return None
        try:
            if self.resumable:
                with suppress(OSError):  # on a full disk the bytes that are recorded as durable stay so
                    self._checkpoints.wait()
                    self._checkpoints.save(min(self.offset, os.fstat(self._file.fileno()).st_size))
                return self.path
            remove_open(self.path, self._file)
            self._state.unlink(missing_ok=True)
            return None
        finally:
            self._file.close()  # last, as this releases the lock
