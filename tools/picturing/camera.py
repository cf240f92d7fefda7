"""Takes pictures small enough for a repository, and the same each time."""

import io

from PIL import Image

LARGEST = 60_000
"""Bytes. A picture that is larger gets fewer colours."""
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 720}


class Camera:
    """A page of somebody's browser, and the folder where its pictures go."""

    def __init__(self, page, folder, suffix):
        self.page, self.folder, self.suffix = page, folder, suffix

    def take(self, name, *, at=None):
        """Take what is to be seen, or from the element ``at`` on; without the cursor and what moves."""
        if at:
            self.page.locator(at).first.evaluate("one => scrollTo(0, scrollY + one.getBoundingClientRect().top - 24)")
        else:
            self.page.evaluate("scrollTo(0, 0)")
        self.page.wait_for_function("document.fonts.ready.then(() => [...document.images].every(one => one.complete))")
        shot = self.page.screenshot(animations="disabled", caret="hide")
        target = self.folder / f"{name}{self.suffix}.png"
        target.write_bytes(small(shot))
        print(f"{target} {target.stat().st_size / 1000:.0f} kB", flush=True)


def small(shot):
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    for colours in (128, 64, 32, 16, 8):
        file = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        if file.tell() <= LARGEST:
            return file.getvalue()
    raise ValueError(f"This picture is {file.tell()} bytes even with {colours} colours.")
