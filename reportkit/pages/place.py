"""A broken line at its place on a page, justified as its style asks, and the boxes behind it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from reportkit.document.nodes import Span
from reportkit.pages import face
from reportkit.pages.face import EM
from reportkit.pages.frame import Box, Line, Run
from reportkit.pages.lines import Broken
from reportkit.pages.profile import Profile
from reportkit.pages.setting import Setting, Stretch

# with exact line spacing Word and LibreOffice put the baseline at 80 % of the line [measured]
BASELINE_PERMILLE = 800
# the offset that a stretch, or a printed span, begins with
AT = itemgetter(0)


def placed(
    one: Setting, line: Broken, number: int, profile: Profile, y_tw: int, page: int, forced: bool = False
) -> Line:
    """Return a setting's line `number`, from 0, at its place: `y_tw` is its top."""
    style = one.style
    size, natural_tw = len(one.text[line.start : line.end].rstrip(" ")), line.width * style.size_tw // EM
    gaps = size - 1 if size else 0
    indent_tw = 0 if number else one.indent_tw
    room_tw = profile.measure_tw - one.left_tw - one.right_tw - indent_tw
    x_tw = profile.left_tw + one.left_tw + indent_tw
    adjust_tw = gaps * line.hold.spacing_tw  # as Word centres it
    if gaps and style.align != "center":
        adjust_tw = room_tw - natural_tw
        if number == len(one.lines) - 1 or style.align != "both":  # set as wide as it is, unless it was squeezed in
            adjust_tw = min(gaps * profile.base_tw(style), adjust_tw)
    width_tw = natural_tw + adjust_tw
    if style.align == "center":
        x_tw += (room_tw - width_tw) // 2
    elif style.align == "right":
        x_tw += room_tw - width_tw
    return Line(
        block=one.index,
        runs=_runs(one.stretches, line.start, line.end),
        page=page,
        x_tw=x_tw,
        baseline_tw=y_tw + style.line_tw * BASELINE_PERMILLE // 1000,
        width_tw=width_tw,
        adjust_tw=adjust_tw,
        gaps=gaps,
        start=one.offset + line.start,
        hold=line.hold,
        forced=forced,
    )


def _runs(stretches: Sequence[Stretch], start: int, end: int) -> tuple[Run, ...]:
    """Return the runs of the text from `start` to `end`."""
    if len(stretches) == 1:  # as most are
        (one,) = stretches
        return (Run(one.text[start:end], one.style, one.gap, _between(one.printed, start, end)),)
    first, last = bisect_right(stretches, start, key=AT) - 1, bisect_left(stretches, end, key=AT)
    here = stretches[first:last]
    parts = ((one, one.text[max(start - one.at, 0) : max(end - one.at, 0)]) for one in here)
    return tuple([Run(text, one.style, one.gap, _between(one.printed, start, end)) for one, text in parts if text])


def _between(printed: Sequence[tuple[int, Span]], start: int, end: int) -> tuple[Span, ...]:
    """Return the spans that begin from `start` to `end`."""
    if not printed:
        return ()
    first, last = bisect_left(printed, start, key=AT), bisect_left(printed, end, key=AT)
    return tuple([span for _, span in printed[first:last]])


def boxes(line: Line, profile: Profile) -> Iterator[Box]:
    """Yield a box behind each run of a line that stands for a lack."""
    at_tw, step_tw = float(line.x_tw), line.adjust_tw / line.gaps if line.gaps else 0.0
    for run in line.runs:
        style = profile.styles[run.style]
        wide_tw = face.chain(profile, style).width(run.text) * style.size_tw / EM + len(run.text) * step_tw
        if run.gap:
            high_tw = style.size_tw * 5 // 4
            top_tw = line.baseline_tw - style.line_tw * BASELINE_PERMILLE // 1000 + (style.line_tw - high_tw) // 2
            yield Box(line.block, round(at_tw), top_tw, round(wide_tw), high_tw)
        at_tw += wide_tw
