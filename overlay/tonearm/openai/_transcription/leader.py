"""What is known of a long recording while its chunks are sent, and which chunk is next."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Mapping
from math import inf
from typing import cast

from attrs import define, evolve, field, frozen

from ..._audio import Piece, Reach, Scan, Span
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
    """A piece, its number from 0, and the name of its answer; `rest` says that it is the rest of that piece."""

    piece: Piece
    place: int
    key: str
    rest: bool = False


@define
class Leader:
    """What is known of a long recording while its pieces are sent.

    `reach` scans the recording, and `coming` are the spans that come of it. `most` are the bytes that a piece may have.
    `whole` is the answer to the recording as it is, where the only piece was sent before. `rests` wait to be sent.
    """

    source: Source
    job: Job
    reach: Reach
    coming: Iterator[Span]
    finished: Finished
    meter: Meter
    most: int | None
    whole: Transcript | None = None
    spans: list[Span] = field(factory=list[Span], init=False)
    voices: Voices = field(init=False)
    before: str = field(default="", init=False)
    answers: dict[int, tuple[Piece, Answered]] = field(factory=dict[int, tuple[Piece, Answered]], init=False)
    rests: deque[Cut] = field(factory=deque[Cut], init=False)
    _added: dict[int, tuple[Piece, Answered]] = field(factory=dict[int, tuple[Piece, Answered]], init=False)
    _asked: float = field(init=False)
    """Seconds of rests that are paid for, or asked for."""

    def __attrs_post_init__(self) -> None:
        self.voices = Voices(cast("Mapping[str, str]", self.job.ask.known_speakers or {}))
        self._asked = self.finished.rests

    @property
    def scan(self) -> Scan:
        """What is known of the recording so far."""
        return self.reach(0.0)

    def begin(self) -> None:
        """Scan as far as the first span needs it; with `max_price` all, and refuse what would cost more."""
        limited = self.job.ask.max_price is not None
        self.reach(inf if limited else 0.0)
        self._has(0)
        if limited:
            rests.check_price(self.job, self._spoken)

    def planned(self) -> Iterator[Span]:
        """The spans, one after the other, for which the recording is scanned on."""
        place = 0
        while self._has(place):
            yield self.spans[place]
            place += 1

    def end(self) -> None:
        """Scan what is left of the recording, which has no sound that could be written."""
        self.reach(inf)
        self._has(len(self.spans))

    def _has(self, place: int) -> bool:
        """Whether there is such a span. Once the scan has ended, it is known how many there are."""
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
        """Whether one piece may be under way only: until it is known who speaks in the first."""
        return self.tells_speakers and not self.answers

    @property
    def tells_speakers(self) -> bool:
        """Whether the answers say who speaks."""
        return self.job.best_format == "diarized_json"

    def next(self, pieces: Iterator[tuple[int, Piece]]) -> Cut | None:
        """What is to be sent next, if there is anything: a rest, or a piece that is written now."""
        if self.rests:
            return self.rests.popleft()
        place, piece = next(pieces, (0, None))
        if piece is None:
            return None
        self.source.verify()
        return self._named(piece, place)

    def kept(self, cut: Cut) -> Answered | None:
        """The answer to a piece that was paid for before, if there is one."""
        known = self.finished.find(cut.key)
        if known is None and self.whole is not None and not cut.rest:
            known = Answered(self.whole.raw, self.whole.request_id, tuple(self.job.ask.known_speakers or ()))
            self.finished.keep(cut.key, known, whole=True)
        return known

    def job_of(self, cut: Cut) -> Job:
        """What is asked of a piece. A hard cut needs the times of words, whether the caller wants them or not."""
        ask = evolve(self.job.ask, words=self._words(cut.place))
        if ask.carry_prompt:
            ask = evolve(ask, prompt=carried_prompt.prompt(ask.prompt, self.before))
        if self.tells_speakers:
            ask = evolve(ask, known_speakers=self.voices.samples or None)
        return evolve(self.job, ask=ask)

    def keep(self, cut: Cut, answered: Answered | None) -> None:
        """Record what was answered, and take it; a rest may go without an answer."""
        if answered is None:
            self.finished.extra -= 1
            cut.piece.path.unlink()
            return
        self.finished.keep(cut.key, answered, cut.piece.span.end - cut.piece.span.start if cut.rest else 0.0)
        self.take(cut, answered)

    def take(self, cut: Cut, answered: Answered) -> None:
        """Take the answer to a piece, of which nothing more is needed then but a rest that has no text."""
        (self._added if cut.rest else self.answers)[cut.place] = (cut.piece, answered)
        if self.job.ask.carry_prompt:
            self.before = carried_prompt.after(self.before, answered.raw)
        if not cut.rest:
            if self.tells_speakers:
                self.voices.listen(cut.piece, cut.place, answered.raw, answered.speakers, self.finished.folder / VOICES)
            self._add_rest(cut, answered)
        cut.piece.path.unlink()

    def report(self, cut: Cut | None = None, *, ended: bool = False) -> None:
        """Report how many seconds are done; the total comes last, and is not known until the scan has ended.

        What two spans share counts once, or they would add up to more than the recording has.
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
        """The whole, once every piece has its answer."""
        heard = list(self._heard())
        missing = gaps(heard, self.scan)
        if missing:
            told = ", ".join(f"{start:.1f}-{end:.1f} s" for start, end in missing)
            logger.warning("the answers have no text for seconds with sound: %s", told)
        if self.whole is not None and not self._added:
            return evolve(self.whole, gaps=missing)
        return evolve(stitch(heard, self.scan.duration, words=self.job.ask.words), gaps=missing)

    def _heard(self) -> Iterator[Heard]:
        """What was heard, in order; a piece with a rest ends where that begins."""
        pieces = [self.answers[place] for place in sorted(self.answers)]
        added = list(self._added.values())
        # Speakers are called by the numbers of their pieces, so rests come after all of these.
        said = [(answered.raw, answered.speakers) for _, answered in [*pieces, *added]]
        names = diarization.labels(said, self.voices.known)
        rests = dict(zip(self._added, map(self._account, added, names[len(pieces) :]), strict=True))
        for place, heard in enumerate(map(self._account, pieces, names)):
            if place in rests:
                span = self._added[place][0].span
                yield evolve(heard, end=span.start + span.overlap)
                yield evolve(rests[place], rest=True)
            else:
                yield heard

    def _account(self, found: tuple[Piece, Answered], speakers: Mapping[str, str]) -> Heard:
        piece, answered = found
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
        """Have the rest of a piece sent, if its answer ended too early and the price allows; a kept one is free."""
        missing = gap(self._account((cut.piece, answered), {}), self.scan)
        if missing is None:
            return
        span = rests.span(cut.piece, missing)
        piece = rests.written(cut.piece, span, self.finished.folder / RESTS, self.most)
        if piece is None:
            return
        rest, seconds = self._named(piece, cut.place, rest=True), span.end - span.start
        if not self.finished.has(rest.key):
            if not rests.affordable(self.job, self._spoken + self._asked + seconds):
                piece.path.unlink()
                return
            self._asked += seconds
        self.finished.extra += 1
        self.rests.append(rest)

    def _named(self, piece: Piece, place: int, *, rest: bool = False) -> Cut:
        with Source.open(piece.path) as written:
            kind = "words" if self._words(place) else "no words"
            return Cut(piece, place, sha256(written, f"{kind}, rest" if rest else kind), rest)

    def _words(self, place: int) -> bool:
        return self.job.ask.words or self.spans[place].overlap > 0 or self.spans[place].shared > 0


def _own(span: Span) -> float:
    """Seconds of a span that the one before it does not have."""
    return span.end - span.start - span.overlap


def _sound(scan: Scan, piece: Piece) -> tuple[float, float]:
    """From where to where there is sound in a piece."""
    within = [(start, end) for start, end in scan.sounds() if end > piece.start and start < piece.end]
    first, last = (within[0][0], within[-1][1]) if within else (piece.start, piece.end)
    return max(first, piece.start), min(last, piece.end)
