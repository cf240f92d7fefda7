"""Texts as trainers bring them: written for these tests, with the faults of texts that come from web pages."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from courses.articles.importers.finding import find_pasted
from courses.authoring.intake import propose
from courses.authoring.proposal import Proposal
from courses.models import Import

ARTICLE = """samen-rust-vinden

Menu

Samen rust vinden

Wie de hele dag rent, ziet aan het eind niet meer waarheen. Dat geldt voor jou, en ook voor je team.

Begin bij jezelf

Kies een moment op de dag waarop niemand je stoort. Zet het in je agenda, en houd je eraan.

Doe het een week lang. Schrijf op wat je merkt.

Vraag het de ander

Vraag een collega waar zijn dag volloopt. Luister, en los nog niets op.

Deel dit artikel

Wil je hier eens over doorpraten? Neem gerust contact met mij op."""


SECOND = """luisteren-naar-elkaar

Home

Luisteren naar elkaar

Luisteren is iets anders dan wachten tot je zelf iets mag zeggen. Het vraagt dat je even niets wilt.

Hoe je het leert

Herhaal in je eigen woorden wat de ander zei. Vraag daarna of dat klopt.

Reageer op dit bericht"""


def docx(*, title="Rust", picture=None, **_parts):
    """A Word file: a title, a heading, a list, a table, and a picture."""
    document = Document()
    document.add_heading(title, 0)
    document.add_paragraph("Wie de hele dag rent, ziet aan het eind niet meer waarheen.")
    document.add_heading("Oefenen", 1)
    for item in ("Kies een moment.", "Houd je eraan."):
        document.add_paragraph(item, style="List Bullet")
    if picture:
        document.add_picture(io.BytesIO(picture))
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["Dag", "Rust", "maandag", "een kwartier"], strict=True):
        cell.text = words
    document.add_paragraph("Deel dit artikel")
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def wordpress(*titles):
    """An export of WordPress with a post for each title."""
    items = "".join(
        f"<item><title>{title}</title><content:encoded><![CDATA[<p>Dit gaat over {title}. Lees het rustig.</p>]]>"
        "</content:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
        for title in titles
    )
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{items}</channel></rss>'.encode()


def proposed(author, text=ARTICLE):
    """The proposal that the page would keep of this text."""
    (article,) = find_pasted("", text, "")
    return propose([("", article)], author=author)


def bring(trainer, text, **fields):
    response = trainer.post("/author/import/read/", {"text": text, **fields})
    return came_to(response)


def bring_files(trainer, *files, **fields):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return came_to(trainer.post("/author/import/read/", {"files": uploads, **fields}))


def came_to(response):
    assert response.status_code == 303, response.context and response.context["form"].errors
    return Import.objects.get(public_id=response.url.split("/")[3])


def proposal_of(imported):
    imported.refresh_from_db()
    return Proposal.from_json(imported.proposal)
