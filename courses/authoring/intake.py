"""What a trainer brings is read, and kept as a proposal. Nothing of it is made here."""

import io
import re
import warnings
from collections import Counter
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from PIL import Image

from courses.articles.importers import Block, Lost
from courses.articles.sanitise import PICTURES, parsed, sanitise, written
from courses.authoring.importing import no_files_left_behind
from courses.authoring.passages import one_line, shortened, source_of
from courses.authoring.proposal import Proposal
from courses.models import Import
from courses.models.pictures import UNREADABLE, CleanPicture

MOST_PIXELS_AT_ONCE = 300_000_000
"""Of all pictures of one import: 25 photographs of a telephone, which take a dozen seconds."""


def propose(found, *, author, theme=None, name=""):
    """Keep what was found, as pairs of a file's name and an ``Article``, and return the ``Import``.

    Raises ``ValidationError`` when its pictures are too much to read at once.
    """
    sources, pictures = prepared(found, first=1)
    imported = Import(author=author, theme=theme, name=shortened(one_line(name) or sources[0].title))
    imported.proposal = Proposal(chosen_first(sources)).as_json()
    with no_files_left_behind() as kept, transaction.atomic():
        imported.save()
        imported.keep_pictures(pictures, kept)
    return imported


def propose_more(imported, found):
    """Add what was found to a proposal. Raises ``ValidationError`` when drafts were made of that meanwhile."""
    first = (imported.pictures.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    sources, pictures = prepared(found, first=first)
    with no_files_left_behind() as kept, transaction.atomic():
        imported = Import.objects.open().select_for_update().filter(pk=imported.pk).first()
        if imported is None:
            raise ValidationError(_("Drafts were made of that proposal in the meantime. Bring this text by itself."))
        proposal = Proposal.from_json(imported.proposal)
        proposal.sources += chosen_first(sources)
        imported.proposal = proposal.as_json()
        imported.save(update_fields=["proposal"])
        imported.keep_pictures(pictures, kept)


def chosen_first(sources):
    """Of an export of WordPress the trainer chooses the posts first; other texts were chosen by bringing them."""
    exported = Counter(source.name for source in sources if source.name.lower().endswith(".xml"))
    for source in sources:
        source.chosen = exported[source.name] < 2
    return sources


def prepared(found, *, first):
    """Return the sources, and number → (name, clean picture), with every picture under a number of its own."""
    check_pixels(content for _name, article in found for content in article.pictures.values())
    sources, pictures = [], {}
    for name, article in found:
        numbers = dict(zip(article.pictures, range(first, first + len(article.pictures)), strict=True))
        first += len(numbers)
        clean, lost = cleaned(article, numbers)
        pictures |= {numbers[address]: picture for address, picture in clean.items()}
        addresses = {address: f"{PICTURES}import-{numbers[address]}/" for address in clean}
        blocks = [readdressed(block, addresses) for block in article.blocks]
        article = replace(
            article,
            blocks=tuple(filter(None, blocks)),
            lost=(*article.lost, *lost),
        )
        sources.append(source_of(article, name=one_line(name)))
    return sources, pictures


def check_pixels(contents):
    """Refuse more than can be read while somebody waits; the size stands in the first bytes of a picture."""
    if sum(map(pixels, contents)) > MOST_PIXELS_AT_ONCE:
        raise ValidationError(
            _("The pictures are too large to read all at once. Bring fewer files, or smaller pictures.")
        )


def pixels(content):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
                return image.width * image.height
    except UNREADABLE:
        return 0


def cleaned(article, numbers):
    """Return address → (name, ``CleanPicture``) of what is an acceptable picture, and ``Lost`` for what is not."""
    clean, lost = {}, []
    stem = slugify(article.title)[:60].strip("-") or "afbeelding"
    for address, content in article.pictures.items():
        name = f"{stem}-{numbers[address]}"
        try:
            picture = CleanPicture(content)
        except ValidationError as error:
            lost.append(Lost("picture-large" if error.params else "picture-broken", name))
        else:
            clean[address] = (f"{name}.{picture.ending}", picture)
    return clean, lost


def readdressed(block, addresses):
    """The block with its pictures under other addresses, without those that have none; None if nothing is left."""
    if "<img" not in block.html:
        return block
    body = parsed(block.html)
    for image in list(body.iter("img")):
        address = addresses.get(image.get("src"))
        if address:
            image.set("src", address)
        else:
            image.drop_tree()
    for figure in list(body.iter("figure")):
        if figure.find(".//img") is None and figure.find(".//table") is None:
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"
    html = sanitise(written(body))
    return Block(block.kind, html, block.level, block.left_out) if re.sub(r"</?(div|p|figure)>|\s", "", html) else None
