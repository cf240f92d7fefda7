"""Texts as they arrive, with the faults of the real ones; every sentence was written for these tests.

Each says what must become of it: titles, headings, and what is left out, in order.
"""

from dataclasses import dataclass, field

MOVE = (
    "Wie een dag lang op dezelfde stoel zit, merkt na de lunch dat het denken trager gaat. "
    "Een korte wandeling van tien minuten brengt de aandacht terug, en dat blijkt bij bijna iedereen zo te zijn."
)
PLAN = (
    "Plan daarom na elke vergadering een blokje om het gebouw. Zet het in je agenda, "
    "want wat niet in de agenda staat gebeurt in de praktijk zelden."
)
HABIT = (
    "Een gewoonte ontstaat niet in een week. Reken op twee maanden waarin je af en toe een dag overslaat, "
    "en begin dan gewoon opnieuw zonder jezelf iets te verwijten."
)
LISTEN = (
    "Listening is harder than it looks, because most of us are busy preparing our answer. "
    "Try to repeat what the other person said before you add anything of your own."
)
PAUSE = (
    "A pause of three seconds feels long to the speaker and short to everybody else. "
    "Use it after each question, and people will tell you what they had almost kept to themselves."
)


@dataclass
class Arrival:
    text: str
    titles: list
    headings: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    """(reason, how it begins) of every block that is left out."""
    made_titles: int = 0
    """How many of the titles, the last ones, stand nowhere as a title."""


SLUG_AND_MENU = Arrival(
    f"wandelen tijdens werk\n\nTopiclist\n\nWaarom wandelen tijdens het werk helpt\n"
    f"\n{MOVE}\n\nZo begin je\n\n{PLAN}\n\n"
    f"Houd je het vol?\n\n{HABIT}\n",
    ["Waarom wandelen tijdens het werk helpt"],
    ["Zo begin je", "Houd je het vol?"],
    [("slug", "wandelen tijdens werk"), ("menu", "Topiclist")],
)

SLUG_GLUED_TO_TEXT = Arrival(
    f"beweegkrachtBewegen. Het klinkt zo gewoon. {MOVE}\n\nEen blokje om\n\n{PLAN}\n"
    f"\nNieuwsgierig?\n\nSharing = Caring ˛\n\n"
    "Wil je meer weten over wat ik voor jouw team kan doen? Voel je vrij om contact op te nemen, "
    "dan kom ik graag een keer langs.",
    ["Beweegkracht"],
    ["Een blokje om"],
    [("slug", "beweegkracht"), ("share", "Nieuwsgierig?"), ("share", "Sharing"), ("contact", "Wil je meer weten")],
    made_titles=1,
)

EVERYTHING_GLUED = Arrival(
    f"wandelen-werkWandelen op je werkWie wandelt, denkt beter.{MOVE}\n\nZo begin je\n\n{PLAN}Deel dit artikel",
    ["Wandelen op je werk"],
    ["Zo begin je"],
    [("slug", "wandelen-werk"), ("share", "Deel dit artikel")],
)

ONE_LINE_PER_PARAGRAPH = Arrival(
    f"Wandelen tijdens het werk\nDoor Marieke van den Berg | 12 maart 2021 | Leestijd: 4 minuten\n"
    f"{MOVE}\nZo begin je\n{PLAN}\n"
    f"Volhouden\n{HABIT}\nLees ook:\nTien tips voor een gezonde werkdag\nWaarom pauzes werken\n"
    f"3 reacties\nGeef een reactie\n"
    "Je e-mailadres wordt niet gepubliceerd. Vereiste velden zijn gemarkeerd met *\n"
    "Naam *\nE-mail *\nReactie plaatsen\n"
    "Terug naar boven\n",
    ["Wandelen tijdens het werk"],
    ["Zo begin je", "Volhouden"],
    [
        ("date-author", "Door Marieke"),
        ("related", "Lees ook:"),
        ("related", "Tien tips"),
        ("related", "Waarom pauzes"),
        ("comments", "3 reacties"),
        ("comments", "Geef een reactie"),
        ("comments", "Je e-mailadres"),
        ("comments", "Naam"),
        ("comments", "E-mail"),
        ("comments", "Reactie plaatsen"),
        ("top", "Terug naar boven"),
    ],
)

HARD_WRAPPED = Arrival(
    """Wandelen tijdens het werk

Wie een dag lang op dezelfde stoel zit, merkt na de lunch dat het denken
trager gaat. Een korte wandeling van tien minuten brengt de aandacht
terug, en dat blijkt bij bijna iedereen zo te zijn.

Wat heb je nodig?

- schoenen waarop je een half uur kunt lopen, ook als het onderweg gaat
  regenen
- een collega die meegaat
- tien minuten tussen twee afspraken

Plan daarom na elke vergadering een blokje om het gebouw. Zet het in je
agenda, want wat niet in de agenda staat gebeurt in de praktijk zelden.

Schrijf je in voor de nieuwsbrief en ontvang elke maand een nieuwe tip in
je mailbox.
""",
    ["Wandelen tijdens het werk"],
    ["Wat heb je nodig?"],
    [("newsletter", "Schrijf je in")],
)

BLANK_LINES_EVERYWHERE = Arrival(
    f"\n\n\nWandelen tijdens het werk\n\n\n\n\n{MOVE}\n\n\n\n\nZo begin je\n\n\n"
    f"\n\n{PLAN}\n\n\n\n• de eerste keer met een collega\n\n"
    "• de tweede keer alleen\n\n• daarna elke dag\n\n\n\n© 2022 Beweegplek. Alle rechten voorbehouden.\n\n\n",
    ["Wandelen tijdens het werk"],
    ["Zo begin je"],
    [("privacy", "© 2022")],
)

WINDOWS_LINES_AND_TABS = Arrival(
    f"\tWandelen tijdens het werk\r\n\r\n\t{MOVE}\r\n\r\n\tZo begin je\r\n\r\n\t{PLAN}\r\n"
    f"\r\nDag\tMinuten\r\nmaandag\t10\r\ndinsdag\t15\r\n"
    "\r\n1.\tPak je jas.\r\n2.\tLoop naar buiten.\r\n3.\tKom terug.\r\n\r\nDelen via WhatsApp\r\n"
    "Facebook Twitter LinkedIn\r\n",
    ["Wandelen tijdens het werk"],
    ["Zo begin je"],
    [("share", "Delen via"), ("share", "Facebook")],
)

NO_HEADINGS = Arrival(
    f"{MOVE}\n\n{PLAN}\n\n{HABIT}\n",
    ["Wie een dag lang op dezelfde stoel zit, merkt na de lunch dat het…"],
    made_titles=1,
)

CAPITAL_HEADINGS = Arrival(
    f"WANDELEN TIJDENS HET WERK\n\n{MOVE}\n\nZO BEGIN JE\n\n{PLAN}\n\nVOLHOUDEN?\n\n{HABIT}\n\nNEEM CONTACT OP\n\n"
    "Benieuwd naar onze workshops? Bel of mail ons vrijblijvend via 06-12345678 of hallo@voorbeeld.example.",
    ["WANDELEN TIJDENS HET WERK"],
    ["ZO BEGIN JE", "VOLHOUDEN?"],
    [("contact", "NEEM CONTACT OP"), ("contact", "Benieuwd naar onze")],
)

NUMBERED_HEADINGS = Arrival(
    f"Wandelen tijdens het werk\n\n1. Waarom het helpt\n\n{MOVE}\n\n2. Zo begin je\n"
    f"\n{PLAN}\n\n2.1 Met een collega\n\n{HABIT}\n\n"
    "Stappenplan:\n\n1. Pak je jas.\n2. Loop naar buiten.\n3. Kom terug.\n",
    ["Wandelen tijdens het werk"],
    ["1. Waarom het helpt", "2. Zo begin je", "2.1 Met een collega"],
)

PASTED_PAGE = Arrival(
    f"Spring naar inhoud\nBeweegplek\nHome\nOver mij\nTrainingen\nBlog\nContact\n"
    f"Home > Blog > Wandelen tijdens het werk\n\n"
    f"Wandelen tijdens het werk\n12 maart 2021\n\n{MOVE}\n\nZo begin je\n\n{PLAN}\n"
    f"\nTags: wandelen, werk, pauze\n\nDeel dit bericht\n\n"
    "Facebook\nTwitter\nLinkedIn\nWhatsApp\n\nGerelateerde berichten\n\nStaand vergaderen in vijf stappen\n\n"
    "Geen reacties\n\nLaat een reactie achter\n\nMeld je aan voor mijn nieuwsbrief\n"
    "\nPrivacyverklaring | Algemene voorwaarden\n\n"
    "Deze website gebruikt cookies om het bezoek te meten. Accepteren\n\nKvK 12345678",
    ["Wandelen tijdens het werk"],
    ["Zo begin je"],
    [
        ("menu", "Spring naar inhoud"),
        ("menu", "Beweegplek"),
        ("menu", "Home"),
        ("menu", "Over mij"),
        ("menu", "Trainingen"),
        ("menu", "Blog"),
        ("menu", "Contact"),
        ("breadcrumb", "Home > Blog"),
        ("date-author", "12 maart 2021"),
        ("menu", "Tags:"),
        ("share", "Deel dit bericht"),
        ("share", "Facebook"),
        ("share", "Twitter"),
        ("share", "LinkedIn"),
        ("share", "WhatsApp"),
        ("related", "Gerelateerde berichten"),
        ("related", "Staand vergaderen"),
        ("comments", "Geen reacties"),
        ("comments", "Laat een reactie"),
        ("newsletter", "Meld je aan"),
        ("privacy", "Privacyverklaring"),
        ("privacy", "Deze website"),
        ("privacy", "KvK"),
    ],
)

ENGLISH_PAGE = Arrival(
    f"Skip to content\nHome\nAbout\nServices\nContact\nThe art of listening\nBy Jane Doe\n"
    f"Published on March 3, 2020\n5 min read\n{LISTEN}\n"
    f"Mind the pause\n{PAUSE}\nShare this article\nFacebook Twitter Pinterest\nYou might also like\n"
    f"How to ask better questions\n"
    "Leave a Reply\nYour email address will not be published. Required fields are marked *\nPost Comment\n"
    "Want to learn more? Feel free to contact me to book a free call about my training.\n"
    "Subscribe to our newsletter\nBack to top\nPrivacy Policy\n© 2020 Listening Lab\n",
    ["The art of listening"],
    ["Mind the pause"],
    [
        ("menu", "Skip to content"),
        ("menu", "Home"),
        ("menu", "About"),
        ("menu", "Services"),
        ("menu", "Contact"),
        ("date-author", "By Jane Doe"),
        ("date-author", "Published on"),
        ("date-author", "5 min read"),
        ("share", "Share this"),
        ("share", "Facebook"),
        ("related", "You might"),
        ("related", "How to ask"),
        ("comments", "Leave a Reply"),
        ("comments", "Your email"),
        ("comments", "Post Comment"),
        ("contact", "Want to learn"),
        ("newsletter", "Subscribe"),
        ("top", "Back to top"),
        ("privacy", "Privacy Policy"),
        ("privacy", "© 2020"),
    ],
)

TWICE = Arrival(
    (
        f"Wandelen tijdens het werk\n\n{MOVE}\n\nZo begin je\n\n{PLAN}\n\nWandelen tijdens het "
        f"werk\n\n{MOVE}\n\nZo begin je\n\n{PLAN}\n"
    ),
    ["Wandelen tijdens het werk"],
    ["Zo begin je"],
    [("twice", "Wandelen"), ("twice", "Wie een dag"), ("twice", "Zo begin je"), ("twice", "Plan daarom")],
)

TWO_ARTICLES = Arrival(
    f"wandelen-tijdens-werk\n\nWandelen tijdens je werk\n\n{MOVE}\n\nZo begin je\n"
    f"\n{PLAN}volhouden-van-gewoontenVolhouden van gewoonten. "
    f"{HABIT}\n\nKlein beginnen\n\n{LISTEN}\n\nSharing is caring",
    ["Wandelen tijdens je werk", "Volhouden van gewoonten"],
    ["Zo begin je", "Klein beginnen"],
    [("slug", "wandelen-tijdens-werk"), ("slug", "volhouden-van-gewoonten"), ("share", "Sharing")],
    made_titles=1,
)

TWO_WITH_MENUS = Arrival(
    f"wandelen werk\n\nTopiclist\n\nWandelen op het werk\n\n{MOVE}\n\n{PLAN}\n\nDeel dit artikel\n\n"
    f"gewoonten volhouden\n\nTopiclist\n\nHoe je gewoonten kunt volhouden\n\n{HABIT}\n\n{LISTEN}\n",
    ["Wandelen op het werk", "Hoe je gewoonten kunt volhouden"],
    [],
    [
        ("slug", "wandelen werk"),
        ("menu", "Topiclist"),
        ("share", "Deel dit"),
        ("slug", "gewoonten volhouden"),
        ("menu", "Topiclist"),
    ],
)

NO_CLEAR_SEAM = Arrival(
    f"Wandelen op het werk\n\n{MOVE}\n\n{PLAN}\n\nGewoonten volhouden\n\n{HABIT}\n\n{LISTEN}\n",
    ["Wandelen op het werk"],
    ["Gewoonten volhouden"],
)

POEM_AND_TALK = Arrival(
    f"Lopen met aandacht\n\n{MOVE}\n\nDe straat is leeg\nde lucht is grijs\nik tel mijn stappen\n"
    f"op deze reis\n\n{PLAN}\n\n"
    "Anna: Ga je mee naar buiten?\n\nJoris: Straks, eerst dit af.\n\nAnna: Dat zei je gisteren ook.\n\n"
    f"Zij wachtte even en zei:\n\nKom nou\n\n{HABIT}\n",
    ["Lopen met aandacht"],
)

TIME_LINE = Arrival(
    (
        f"Hoe de pauze ontstond\n\n{MOVE}\n\n1 mei 1886\n\n{PLAN}\n\n4 augustus 1919\n"
        f"\n{HABIT}\n\n12 januari 1961\n\n{LISTEN}\n"
    ),
    ["Hoe de pauze ontstond"],
    ["1 mei 1886", "4 augustus 1919", "12 januari 1961"],
)

MARKED_UP = Arrival(
    (
        f"# Lopen met aandacht\n\n{MOVE}\n\n## Zo begin je\n\n{PLAN}\n\n- een **jas**\n"
        f"- een [kaart](https://kaart.example/)\n\n> Wie loopt, komt aan.\n"
    ),
    ["Lopen met aandacht"],
    ["Zo begin je"],
)

ARRIVALS = {name.lower(): value for name, value in list(globals().items()) if isinstance(value, Arrival)}
