"""What is no lesson is left out, and what is a lesson stays, whatever words it uses."""

import pytest

from courses.articles.importers import clutter
from courses.articles.importers.parts import words

LESSON = (
    "Wie luistert zonder te oordelen hoort meer dan wie al weet wat hij gaat zeggen. "
    "Dat geldt in een gesprek met een collega en net zo goed thuis aan de keukentafel."
)
LINES = {
    "menu": [
        "Topiclist",
        "Menu",
        "Hoofdmenu",
        "Toggle navigation",
        "Skip to main content",
        "Ga direct naar de inhoud",
        "Zoeken",
        "Zoeken naar:",
        "Inloggen",
        "Winkelwagen (0)",
        "Lees meer »",
        "Read more…",
        "← Vorig bericht",
        "Volgende bericht →",
        "Terug naar overzicht",
        "« Terug naar alle blogs",
        "Alle artikelen",
        "Home | Over mij | Diensten | Contact",
        "Home Over mij Trainingen Blog Contact",
        "Home · About · Services · Blog",
        "Categorie: Communicatie",
        "Tags: luisteren, gesprek",
        "Posted in Leadership",
        "Geplaatst in Blog",
        "Print deze pagina",
    ],
    "breadcrumb": [
        "Home > Blog > Luisteren",
        "Home » Artikelen » Luisteren",
        "Je bent hier: Home / Blog",
        "You are here: Home",
    ],
    "share": [
        "Sharing = Caring",
        "Sharing is caring!",
        "Deel dit artikel",
        "Deel dit bericht:",
        "Delen",
        "Delen via:",
        "Deel via WhatsApp",
        "Share this post",
        "Share on Facebook",
        "Share:",
        "Klik om te delen op Twitter (Wordt in een nieuw venster geopend)",
        "Click to share on LinkedIn (Opens in new window)",
        "Facebook Twitter LinkedIn",
        "Facebook | X | LinkedIn | WhatsApp",
        "Volg ons op Instagram",
        "Follow us on LinkedIn",
        "Vond je dit interessant? Deel het met je netwerk!",
        "If you liked this, share it with a friend",
        "Spread the word",
        "Tweet dit",
    ],
    "comments": [
        "3 reacties",
        "Eén reactie op “Luisteren”",
        "Geen reacties",
        "0 Comments",
        "Reacties (12)",
        "Geef een reactie",
        "Geef een antwoord",
        "Laat een reactie achter",
        "Plaats een reactie",
        "Leave a Reply",
        "Leave a comment",
        "Reactie plaatsen",
        "Post Comment",
        "Antwoord annuleren",
        "Je e-mailadres wordt niet gepubliceerd. Vereiste velden zijn gemarkeerd met *",
        "Your email address will not be published.",
        "Naam *",
        "E-mail *",
        "Mijn naam, e-mail en site opslaan in deze browser voor de volgende keer wanneer ik een reactie plaats.",
        "Save my name, email, and website in this browser for the next time I comment.",
        "Be the first to comment",
        "Reacties zijn gesloten",
    ],
    "newsletter": [
        "Schrijf je in voor de nieuwsbrief",
        "Meld je aan voor onze nieuwsbrief!",
        "Inschrijven voor de nieuwsbrief",
        "Ontvang elke maand tips in je mailbox",
        "Nieuwsbrief",
        "Subscribe to our newsletter",
        "Subscribe",
        "Sign up for our mailing list",
        "Get the latest posts in your inbox",
        "Never miss a post",
        "Download het gratis e-book",
    ],
    "privacy": [
        "Deze website gebruikt cookies om je ervaring te verbeteren.",
        "Wij gebruiken cookies om onze site te verbeteren. Lees meer in het cookiebeleid.",
        "This website uses cookies to improve your experience.",
        "We use cookies to make this site work.",
        "By continuing to use this site you accept our cookies.",
        "Cookiebeleid",
        "Privacyverklaring",
        "Privacy Policy",
        "Algemene voorwaarden",
        "Terms and Conditions",
        "Alles accepteren",
        "Accept all cookies",
        "© 2024 Leerplek",
        "Copyright 2019 - Leerplek",
        "Leerplek 2020. Alle rechten voorbehouden.",
        "All rights reserved.",
        "KvK: 12345678",
        "Powered by WordPress",
        "Deze site gebruikt Akismet om spam te verminderen.",
        "Privacyverklaring | Disclaimer | Cookies",
    ],
    "related": [
        "Lees ook:",
        "Lees ook: Hoe je beter luistert",
        "Lees ook dit artikel over luisteren",
        "Gerelateerde berichten",
        "Andere artikelen",
        "Meer blogs",
        "Related posts",
        "You may also like",
        "Recent posts",
        "Misschien vind je dit ook interessant",
        "Read next",
    ],
    "date-author": [
        "Leestijd: 4 minuten",
        "5 min read",
        "Gepubliceerd op 12 maart 2021",
        "Geplaatst op 3-4-2020 door Anna",
        "Laatst bijgewerkt op 1 januari 2022",
        "Posted on March 3, 2020",
        "Published March 3rd, 2020",
        "Auteur: Anna de Vries",
        "Geschreven door Anna de Vries",
        "Over de auteur",
        "About the author",
        "Door Anna de Vries | 12 maart 2021 | 0 reacties",
    ],
    "top": ["Terug naar boven", "Naar boven ↑", "Back to top"],
    "contents": ["Inhoudsopgave", "Table of contents"],
    "contact": [
        "Neem contact op",
        "Neem vrijblijvend contact met mij op",
        "Contact us",
        "Plan een gratis kennismakingsgesprek",
        "Maak een afspraak",
        "Book a free call",
        "Vraag een offerte aan",
        "Boek nu",
        "Bel mij",
        "Tel: 06-12345678",
    ],
}
PARAGRAPHS = {
    "contact": [
        "Wil je meer weten over hoe ik jouw team kan begeleiden? Neem dan gerust contact met mij op.",
        "Heb je vragen of wil je een keer sparren? Bel of mail me, ik denk graag met je mee.",
        (
            "Benieuwd wat een training voor jullie organisatie kan betekenen? Plan een vrijblijvend "
            "gesprek via mijn website."
        ),
        (
            "Herken je dit en wil je er iets aan doen? In mijn training Luisteren leer je in twee "
            "dagen hoe. Schrijf je hier in."
        ),
        "Deze workshop is ook in-company te boeken. Vraag een offerte aan of bel 06 12 34 56 78.",
        "Interested in working together? Get in touch with me to schedule a free consultation.",
        "Would you like to know more about our services? Feel free to reach out, we would love to help.",
        "If you have any questions, don’t hesitate to contact us at hello@listening.example.",
        "Meer weten over mijn coaching? Kijk dan op mijn website of stuur me een berichtje.",
    ],
    "newsletter": [
        "Wil je op de hoogte blijven? Schrijf je dan in voor onze nieuwsbrief. Je krijgt elke maand een mail.",
        "Enjoyed this article? Subscribe to my newsletter and receive new articles in your inbox every week.",
    ],
}
LESSONS = [
    "Neem contact op met je collega en vraag wat hij nodig heeft om verder te kunnen met zijn deel van het werk.",
    "Veel mensen vinden het lastig om contact op te nemen met iemand met wie ze ruzie hebben gehad.",
    "Oogcontact is belangrijk: maak contact met de groep voordat je begint te praten, en houd dat vast.",
    "Maak een afspraak met je leidinggevende om te bespreken wat je dit jaar wilt leren.",
    "Plan elke week een gesprek met een medewerker, ook als er niets bijzonders te bespreken is.",
    "Deel dit met je team en bespreek wat jullie opvalt. Schrijf daarna ieder voor zich drie punten op.",
    "In deze oefening deel je een herinnering met de persoon naast je, zonder dat die er iets over zegt.",
    "De reacties van de groep zeggen meer over de groep dan over jou. Geef niet meteen een reactie terug.",
    "Een nieuwsbrief schrijven is een kunst: begin met het nieuws, en eindig met wat de lezer kan doen.",
    "Privacy is een grondrecht. Iedereen die gegevens van anderen bewaart, moet kunnen uitleggen waarom dat nodig is.",
    "Veel websites gebruiken cookies, maar weinig bezoekers weten wat er in zo’n bestandje staat en wie het leest.",
    (
        "Op Facebook, Twitter en LinkedIn gelden andere regels dan in een vergadering: een grap "
        "is er zo een beledigend bericht."
    ),
    "“Neem gerust contact met mij op”, schreef de directeur, maar niemand deed het, want zijn deur zat altijd dicht.",
    "Hij vroeg: “Wil je meer weten? Bel me!” en legde neer voordat de ander iets kon terugzeggen.",
    "Ask your colleague to contact the customer before the end of the day, and agree on what will be said.",
    "If you want to get in touch with your feelings, begin by naming what your body does.",
    "Share what you noticed with the person beside you, and write down one thing that surprised you.",
    "Book a meeting room, invite a colleague and discuss the questions below for half an hour.",
    "Wie op het werk hulp nodig heeft, vraagt die meestal te laat. Dat komt doordat vragen voelt als falen.",
    "Lees de tekst nog een keer en streep de woorden aan die jou raken.",
    "Stuur je collega een bericht met een compliment. Wat doet dat met jullie contact?",
    "Ik kom graag terug op wat ik eerder schreef: luisteren is geen truc, het is een houding die je oefent.",
]
HEADINGS = [
    "Contact maken",
    "Reacties van de groep",
    "Delen is moeilijk",
    "Privacy op het werk",
    "Boek een vergaderzaal",
    "Wat als niemand reageert?",
    "Contact",
    "Diensten",
    "Vragen",
    "Nieuws",
    "Privacy",
    "Reacties",
    "Over jezelf praten",
    "Zoeken",
    "Delen",
    "Omhoog",
    "Maak een afspraak",
    "Plan een gesprek",
    "Maak contact",
    "Social media",
    "Meer verhalen vertellen",
    "Tekst schrijven voor het web",
    "Foto’s maken met je telefoon",
    "Beeld van de ander",
    "Copyright in de klas",
    "Never miss a deadline again",
    "Geen reactie?",
    "Deel het verhaal",
    "Over de schrijver Multatuli",
    "Door de ogen van een ander",
]

LESSON_LINES = [
    "Geef antwoord op de volgende vragen:",
    "Schrijf een reactie op de mail van je collega",
    "Reageer op de stelling",
    "Deel met je team wat je opviel",
    "Deel dit met de persoon naast je",
    "Share with your neighbour what you saw",
    "Ja, ik wil graag koffie",
    "Mijn naam is Jan",
    "Houd me op de hoogte van je plannen",
    "M: Hoe gaat het met je?",
    "E: Goed, en met jou?",
    "Je bent hier om te leren",
    "You are here to learn",
    "You will love this exercise",
    "Dit geldt ook voor wie er niets aan heeft",
    "Eén reactie op je mail kan al genoeg zijn",
    "Get through your inbox in ten minutes",
    "Ontvang je veel mail in je mailbox?",
    "(c) de derde mogelijkheid",
    "1914 - 1918",
    "2024 in het kort",
    "Onderwerpen: luisteren en vragen",
    "Home: een gevoel",
    "Schrijf je een nieuwsbrief, begin dan met het nieuws",
]
"""As the last line, where nothing follows."""


def marked(*texts):
    parts = [words(text) for text in texts]
    clutter.mark(parts)
    return [part.left_out for part in parts]


@pytest.mark.parametrize(("reason", "line"), [(reason, line) for reason, lines in LINES.items() for line in lines])
def test_a_line_that_is_no_lesson_is_left_out(reason, line):
    assert marked("Luisteren", LESSON, line) == ["", "", reason]


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in PARAGRAPHS.items() for text in texts])
def test_an_invitation_after_the_lesson_is_left_out(reason, text):
    assert marked("Luisteren", LESSON, text) == ["", "", reason]


@pytest.mark.parametrize("text", LESSONS)
def test_a_paragraph_of_a_lesson_stays_also_as_the_last(text):
    assert marked("Luisteren", LESSON, text) == ["", "", ""]


@pytest.mark.parametrize("text", LESSONS)
def test_a_paragraph_of_a_lesson_stays_beside_what_is_left_out(text):
    assert marked("Menu", text, LESSON, text, "Deel dit artikel") == ["menu", "", "", "", "share"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_over_a_lesson_stays(heading):
    assert marked("Luisteren", LESSON, heading, LESSON) == ["", "", "", ""]


@pytest.mark.parametrize("line", LESSON_LINES)
def test_a_line_of_a_lesson_stays(line):
    assert marked("Luisteren", LESSON, line) == ["", "", ""]


def test_an_invitation_in_the_middle_must_be_a_clear_one():
    unsure = "Wil je hier meer over weten? Vraag het een ervaren collega, of lees er een boek over."
    sure = "Wil je meer weten over mijn training? Neem vrijblijvend contact met mij op, ik kom graag langs."

    assert marked(LESSON, unsure, LESSON, sure, LESSON) == ["", "", "", "contact", ""]


def test_names_of_networks_in_a_lesson_are_no_share_buttons():
    assert marked("Kies een kanaal:", "Facebook", LESSON) == ["", "", ""]


def test_a_date_at_the_top_is_the_authors_and_one_in_the_text_is_not():
    assert marked("Luisteren", "12 maart 2021", LESSON, "10 mei 1940", LESSON) == ["", "date-author", "", "", ""]


def test_comments_are_left_out_with_what_they_say():
    comment = "Wat een mooi stuk, dit ga ik morgen meteen proberen met mijn eigen groep."

    texts = [
        "Luisteren",
        LESSON,
        LESSON,
        LESSON,
        LESSON,
        "2 reacties",
        "Piet schreef op 3 mei 2020:",
        comment,
        "Geef een reactie",
    ]
    assert marked(*texts) == ["", "", "", "", "", "comments", "comments", "comments", "comments"]


def test_a_count_of_comments_at_the_top_leaves_the_article_alone():
    assert marked("Luisteren", "2 reacties", LESSON, LESSON, "Geef een reactie") == ["", "comments", "", "", "comments"]
