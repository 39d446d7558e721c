"""The picture on top of the README: a coordinator's day, and the map of sites on a phone."""

from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw

#: In pixels of the finished picture.
DESK: Final = (1040, 731)
PHONE: Final = (290, 628)
MARGIN: Final = 40
FRAME: Final = 6
ROUND: Final = 18
PAPER, INK = "#E9E1D4", "#1E2A2F"


def make_cover(desk: Any, phone: Any, path: Path) -> None:
    """Put what the two pages show side by side, the phone over the desk's lower corner."""
    wide, narrow = (
        Image.open(BytesIO(page.screenshot())).convert("RGB").resize(size, Image.Resampling.LANCZOS)
        for page, size in ((desk, DESK), (phone, PHONE))
    )
    over = 30
    size = (DESK[0] + PHONE[0] - over + 2 * MARGIN, DESK[1] + 2 * MARGIN)
    picture = Image.new("RGB", size, PAPER)
    _lay(picture, wide, (MARGIN, MARGIN), frame="#D9D2C7", width=1)
    _lay(picture, narrow, (size[0] - MARGIN - PHONE[0], size[1] - MARGIN - PHONE[1]), frame=INK)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, optimize=True)


def _lay(
    picture: Image.Image,
    sheet: Image.Image,
    at: tuple[int, int],
    *,
    frame: str,
    width: int = FRAME,
) -> None:
    """Lay a sheet with round corners and a frame on the picture."""
    outer = (sheet.width + 2 * width, sheet.height + 2 * width)
    picture.paste(frame, (at[0] - width, at[1] - width), _rounded(outer, ROUND + width))
    picture.paste(sheet, at, _rounded(sheet.size, ROUND))


def _rounded(size: tuple[int, int], radius: int) -> Image.Image:
    large = Image.new("L", (size[0] * 4, size[1] * 4), 0)
    box = (0, 0, size[0] * 4 - 1, size[1] * 4 - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, radius=radius * 4, fill=255)
    return large.resize(size, Image.Resampling.LANCZOS)
