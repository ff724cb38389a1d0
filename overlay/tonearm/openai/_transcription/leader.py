"""Decides which chunk of a long recording is sent next, and collects the answers."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Mapping
from math import inf
from typing import cast

from attrs import define, evolve, field, frozen

from ..._audio import PacketIndex, Piece, Reach, Scan, Span
from ..._files import Source
from ...progress import Meter
from .._answers import canonical
from ..types import Transcript
from . import carried_prompt, diarization, rests
from .diarization import Voices
from .gaps import gap, gaps
from .heard import Heard
from .kept_answers import Answered, Finished, sha256
from .piece_folder import RESTS, VOICES
from .single import Job
from .stitch import stitch

logger = logging.getLogger("tonearm")


@frozen
class Cut:
    """A piece, its number from 0, and the key of its answer; `rest` says that it is the rest of that piece."""

    piece: Piece
    place: int
    key: str
    rest: bool = False


@define
class Leader:
    """The progress of a long recording while its pieces are sent.

    Attributes:
        source: the recording.
        job: the options of the call.
        reach: scans the recording up to a time.
        coming: the spans of the pieces, which are found while the recording is scanned.
        finished: the kept answers.
        meter: reports progress.
        most: bytes that a piece may have.
        whole: the answer to the whole recording, if that was sent before.
        index: that of the scan, from which pieces are copied.
        spans: the spans so far.
        voices: samples of the speakers so far.
        before: the text so far, for the next prompt.
        answers: pieces with their answers, by number.
        rests: rests that are to be sent.
    """

    source: Source
    job: Job
    reach: Reach
    coming: Iterator[Span]
    finished: Finished
    meter: Meter
    most: int | None
    whole: Transcript | None = None
    index: PacketIndex | None = None
    spans: list[Span] = field(factory=list[Span], init=False)
    voices: Voices = field(init=False)
    before: str = field(default="", init=False)
    answers: dict[int, tuple[Piece, Answered]] = field(factory=dict[int, tuple[Piece, Answered]], init=False)
    rests: deque[Cut] = field(factory=deque[Cut], init=False)
    _added: dict[int, tuple[Piece, Answered]] = field(factory=dict[int, tuple[Piece, Answered]], init=False)
    _rest_seconds: float = field(init=False)
    """Seconds of rests that are paid for or being sent."""

    def __attrs_post_init__(self) -> None:
        self.voices = Voices(cast("Mapping[str, str]", self.job.options.known_speakers or {}))
        self._rest_seconds = self.finished.rests

    @property
    def scan(self) -> Scan:
        """The scan of the recording so far."""
        return self.reach(0.0)

    def begin(self) -> None:
        """Scan until the first span is known; with `max_price` scan all, and refuse a recording that costs more."""
        limited = self.job.options.max_price is not None
        self.reach(inf if limited else 0.0)
        self._has(0)
        if limited:
            rests.check_price(self.job, self._spoken)

    def planned(self) -> Iterator[Span]:
        """The spans in order; the recording is scanned further for each of them."""
        place = 0
        while self._has(place):
            yield self.spans[place]
            place += 1

    def end(self) -> None:
        """Scan the rest of the recording, which has no sound."""
        self.reach(inf)
        self._has(len(self.spans))

    def _has(self, place: int) -> bool:
        """Whether a span with this number exists. At the end of the scan this sets the number of spans."""
        while self.finished.pieces is None and (place >= len(self.spans) or self.scan.whole):
            span = next(self.coming, None)
            if span is not None:
                self.spans.append(span)
            else:
                self.finished.pieces = self.meter.parts = len(self.spans)
                self.meter.total = max(1, round(self.scan.duration))
        return place < len(self.spans)

    @property
    def waits(self) -> bool:
        """Whether only one piece may be sent: until the speakers of the first piece are known."""
        return self.tells_speakers and not self.answers

    @property
    def tells_speakers(self) -> bool:
        """Whether the answers say who speaks."""
        return self.job.best_format == "diarized_json"

    def next(self, pieces: Iterator[tuple[int, Piece]]) -> Cut | None:
        """The next piece to send, if any: a rest, or a piece that is written now."""
        if self.rests:
            return self.rests.popleft()
        place, piece = next(pieces, (0, None))
        if piece is None:
            return None
        self.source.verify()
        return self._named(piece, place)

    def kept(self, cut: Cut) -> Answered | None:
        """The answer to a piece that an earlier request paid for, if any."""
        known = self.finished.find(cut.key)
        if known is None and self.whole is not None and not cut.rest:
            known = Answered(self.whole.raw, self.whole.request_id, tuple(self.job.options.known_speakers or ()))
            self.finished.keep(cut.key, known, whole=True)
        return known

    def job_of(self, cut: Cut) -> Job:
        """The options for a piece. A hard cut needs the times of words, even if the caller does not want them."""
        options = evolve(self.job.options, words=self._words(cut.place))
        if options.carry_prompt:
            options = evolve(options, prompt=carried_prompt.prompt(options.prompt, self.before))
        if self.tells_speakers:
            options = evolve(options, known_speakers=self.voices.samples or None)
        return evolve(self.job, options=options)

    def keep(self, cut: Cut, answered: Answered | None) -> None:
        """Record an answer, and use it; a rest may have no answer."""
        if answered is None:
            self.finished.extra -= 1
            cut.piece.path.unlink()
            return
        self.finished.keep(cut.key, answered, cut.piece.span.end - cut.piece.span.start if cut.rest else 0.0)
        self.take(cut, answered)

    def take(self, cut: Cut, answered: Answered) -> None:
        """Use the answer to a piece, and remove its file, after a missing rest has been cut from it."""
        (self._added if cut.rest else self.answers)[cut.place] = (cut.piece, answered)
        if self.job.options.carry_prompt:
            self.before = carried_prompt.after(self.before, answered.raw)
        if not cut.rest:
            if self.tells_speakers:
                self.voices.listen(cut.piece, cut.place, answered.raw, answered.speakers, self.finished.folder / VOICES)
            self._add_rest(cut, answered)
        cut.piece.path.unlink()

    def report(self, cut: Cut | None = None, *, ended: bool = False) -> None:
        """Report how many seconds are done; the total is reached at the end, and unknown until the scan has ended.

        The overlap of two spans counts once, as the sum would otherwise exceed the length of the recording.
        """
        total = self.meter.total
        done = sum(_own(self.spans[place]) for place in self.answers)
        if total is None:
            at = int(done)
        else:
            spoken = sum(map(_own, self.spans))
            at = total if ended else min(total - 1, int(total * done / spoken) if spoken else 0)
        self.meter.at(at, None if cut is None else cut.place + 1)

    def stitched(self) -> Transcript:
        """The whole transcript, when every piece has its answer."""
        heard = list(self._heard())
        missing = gaps(heard, self.scan)
        if missing:
            ranges = ", ".join(f"{start:.1f}-{end:.1f} s" for start, end in missing)
            logger.warning("the answers have no text for seconds with sound: %s", ranges)
        if self.whole is not None and not self._added:
            return evolve(self.whole, gaps=missing)
        return evolve(stitch(heard, self.scan.duration, words=self.job.options.words), gaps=missing)

    def _heard(self) -> Iterator[Heard]:
        """The transcripts of the pieces, in order; a piece with a rest ends where the rest begins."""
        pieces = [self.answers[place] for place in sorted(self.answers)]
        added = list(self._added.values())
        # Speakers are named after the numbers of their pieces, so rests must follow all pieces.
        answers = [(answered.raw, answered.speakers) for _, answered in [*pieces, *added]]
        names = diarization.labels(answers, self.voices.known)
        rests = dict(zip(self._added, map(self._account, added, names[len(pieces) :]), strict=True))
        for place, heard in enumerate(map(self._account, pieces, names)):
            if place in rests:
                span = self._added[place][0].span
                yield evolve(heard, end=span.start + span.overlap)
                yield evolve(rests[place], rest=True)
            else:
                yield heard

    def _account(self, answer: tuple[Piece, Answered], speakers: Mapping[str, str]) -> Heard:
        piece, answered = answer
        return Heard(
            start=piece.start,
            end=piece.end,
            sound=_sound(self.scan, piece),
            overlaps=piece.span.overlap > 0,
            raw=canonical(answered.raw),
            speakers=speakers,
            request_id=answered.request_id,
        )

    @property
    def _spoken(self) -> float:
        return sum(span.end - span.start for span in self.spans)

    def _add_rest(self, cut: Cut, answered: Answered) -> None:
        """Plan to send the rest of a piece, if its answer ended too early and the price allows; a kept one is free."""
        missing = gap(self._account((cut.piece, answered), {}), self.scan)
        if missing is None:
            return
        span = rests.span(cut.piece, missing)
        piece = rests.written(cut.piece, span, self.finished.folder / RESTS, self.most)
        if piece is None:
            return
        rest, seconds = self._named(piece, cut.place, rest=True), span.end - span.start
        if not self.finished.has(rest.key):
            if not rests.affordable(self.job, self._spoken + self._rest_seconds + seconds):
                piece.path.unlink()
                return
            self._rest_seconds += seconds
        self.finished.extra += 1
        self.rests.append(rest)

    def _named(self, piece: Piece, place: int, *, rest: bool = False) -> Cut:
        with Source.open(piece.path) as written:
            kind = "words" if self._words(place) else "no words"
            return Cut(piece, place, sha256(written, f"{kind}, rest" if rest else kind), rest)

    def _words(self, place: int) -> bool:
        return self.job.options.words or self.spans[place].overlap > 0 or self.spans[place].shared > 0


def _own(span: Span) -> float:
    """Seconds of a span without its overlap."""
    return span.end - span.start - span.overlap


def _sound(scan: Scan, piece: Piece) -> tuple[float, float]:
    """Start and end of the sound in a piece, in seconds."""
    within = [(start, end) for start, end in scan.sounds() if end > piece.start and start < piece.end]
    first, last = (within[0][0], within[-1][1]) if within else (piece.start, piece.end)
    return max(first, piece.start), min(last, piece.end)
