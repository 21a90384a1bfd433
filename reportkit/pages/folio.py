"""The page number at the foot of a page (GB/T 9704 §7.5)."""

from __future__ import annotations

from reportkit.pages import face
from reportkit.pages.face import EM
from reportkit.pages.frame import NO_BLOCK, Line, Run
from reportkit.pages.hold import Hold
from reportkit.pages.profile import Profile

# the middle of the dash of the folio's face stands this far above its baseline (RKSong: y 350–390 of 1000)
DASH_PERMILLE = 370


def folio(number: int, profile: Profile) -> Line:
    """Return the page number: odd pages to the right, even to the left (GB/T 9704 §7.5)."""
    look = profile.folio
    style = profile.styles[look.style]
    text = look.text.format(number=number)
    width_tw = face.chain(profile, style).width(text) * style.size_tw // EM
    side_tw = look.indent * style.size_tw
    odd_x_tw = profile.width_tw - profile.right_tw - side_tw - width_tw
    dash_tw = style.size_tw * DASH_PERMILLE // EM
    return Line(
        block=NO_BLOCK,
        runs=(Run(text, look.style),),
        page=number,
        x_tw=odd_x_tw if number % 2 else profile.left_tw + side_tw,
        baseline_tw=profile.top_tw + profile.depth_tw + look.below_tw + dash_tw,
        width_tw=width_tw,
        adjust_tw=0,
        gaps=0,
        start=0,
        hold=Hold(0),
    )
