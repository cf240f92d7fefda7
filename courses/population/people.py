"""Made-up people: names combined at random, addresses that lead nowhere."""

from courses.models.facts import plain

GIVEN = (
    "Anna Bram Carla Daan Eva Fleur Gijs Hanna Ibrahim Jasmijn Karim Lotte Maarten Noa Omar Pieter Quinten Roos Sanne "
    "Thijs Ursula Vera Wouter Xander Yara Zoë Fatima Mehmet Chloé Jürgen Björn Inés Ayşe Rachid Femke Joost Marijke "
    "Ruben Sjoerd Tessa"
).split()
FAMILY = (
    "de Jong,Jansen,de Vries,van den Berg,Bakker,van Dijk,Visser,Smit,Meijer,de Boer,Mulder,de Groot,Bos,Vos,Peters,"
    "Hendriks,van Leeuwen,Dekker,Brouwer,de Wit,Dijkstra,Smits,de Graaf,van der Meer,Kok,Jacobs,Vermeulen,"
    "van den Heuvel,van der Veen,van den Broek,Schouten,van Beek,Willems,van Vliet,Hoekstra,Maas,Verhoeven,Koster,"
    "van Dam,Prins,Şahin,El Amrani,Çelik,Núñez,Özdemir"
).split(",")


def person(dice, number):
    """A name and an address, which nobody else has: ``number`` stands in it."""
    given, family = dice.choice(GIVEN), dice.choice(FAMILY)
    name = f"{given} {family}"
    return name, f"{plain(given)}.{plain(family).replace(' ', '-')}.{number}@example.org"
