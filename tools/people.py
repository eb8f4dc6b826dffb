"""Where the made-up people of the sample live: names, streets, cities, and numbers that belong to nobody.

The numbers are from the ranges that each country keeps free for films and books; the addresses end in domains that
are kept for examples. Data only.
"""  # noqa: INP001 - a script, run by its path

from collections.abc import Callable, Sequence

from attrs import frozen

_US_AREAS = (201, 206, 212, 303, 305, 312, 404, 415, 503, 512, 602, 617, 702, 713, 808, 818)
_CANADIAN_AREAS = (204, 403, 416, 506, 514, 604, 613, 902)


@frozen(kw_only=True)
class Country:
    """One country's share of the people; ``number`` gives the n-th free number in E.164."""

    name: str
    code: str
    share: int
    language: str
    given: Sequence[str]
    family: Sequence[str]
    places: Sequence[tuple[str, str]]
    streets: Sequence[str]
    number: Callable[[int], str]


def _in_areas(areas: Sequence[int]) -> Callable[[int], str]:
    return lambda n: f"+1{areas[n % len(areas)]}55501{n // len(areas):02d}"


COUNTRIES = (
    Country(
        name="United States",
        code="us",
        share=330,
        language="en",
        given=("Ava", "Jamal", 'Robert "Bob"', "María José", "Nguyễn Thị", "Kai", "Zoë", "D'Andre", "Priya", "Yusuf"),
        family=("O'Connor", "Washington", "García-López", "Nguyễn", "Kamaka", "Smith", "Ramanathan", "de la Cruz"),
        places=(("Springfield", "IL"), ("Portland", "OR"), ("San José", "CA"), ("Cañon City", "CO")),
        streets=("{} Elm Street", "{} Main Street, Apt 4", '{} "Old Mill" Road', "{} 5th Avenue\nFloor 12"),
        number=_in_areas(_US_AREAS),
    ),
    Country(
        name="United Kingdom",
        code="uk",
        share=150,
        language="en",
        given=("Olivia", "Siân", "Hamish", "Zainab", "Dafydd", "Niamh", "Oluwaseun"),
        family=("Llewellyn-Jones", "MacDonald", "Begum", "Smythe", "Adébáyọ̀", "O'Neill"),
        places=(("London", "England"), ("Glasgow", "Scotland"), ("Llanfairpwll", "Wales")),
        streets=("Flat 2\n{} High Street", '"Rose Cottage", {} Mill Lane', "{} Station Road"),
        number=lambda n: f"+447700900{n:03d}",
    ),
    Country(
        name="Canada",
        code="ca",
        share=110,
        language="fr",
        given=("Amélie", "François", "Jean-Sébastien", "Noël", "Anaïs", "ᐊᓂ"),
        family=("Tremblay", "L'Écuyer", "Bélanger", "Lavallée", "St-Onge"),
        places=(("Montréal", "QC"), ("Trois-Rivières", "QC"), ("Winnipeg", "MB")),
        streets=("{}, rue Saint-Denis", "{}, chemin de la Côte\nbureau 300", "{} Portage Avenue"),
        number=_in_areas(_CANADIAN_AREAS),
    ),
    Country(
        name="Germany",
        code="de",
        share=110,
        language="de",
        given=("Jürgen", "Änne", "Björn", "Ayşe", "Gülşen", "Zdeněk", "Małgorzata"),
        family=("Müller-Lüdenscheidt", "Weiß", "Öztürk", "von der Heide", "Dvořák", "Brzęczyszczykiewicz"),
        places=(("Köln", "Nordrhein-Westfalen"), ("München", "Bayern"), ("Görlitz", "Sachsen")),
        streets=("Bahnhofstraße {}", "Am alten Markt {}, Hinterhaus", "Lindenallee {}\n3. Stock"),
        number=lambda n: f"+493023125{n:03d}",
    ),
    Country(
        name="France",
        code="fr",
        share=90,
        language="fr",
        given=("Chloé", "Loïc", "Gaëlle", "Étienne", "فاطمة", "Đặng"),
        family=("Lefèvre", "D'Hôte", "Bénézet", "الزهراء", "Le Goff"),
        places=(("Paris", "Île-de-France"), ("Nîmes", "Occitanie"), ("Besançon", "Bourgogne-Franche-Comté")),
        streets=("{}, rue de l'Église", "{} bis, avenue Foch", "Résidence « Les Pins »\n{}, allée du Parc"),
        number=lambda n: f"+33639980{n:03d}",
    ),
    Country(
        name="Sweden",
        code="se",
        share=60,
        language="sv",
        given=("Åsa", "Göran", "Håkan", "Ragnheiður", "Säde"),
        family=("Sjöström", "Þorsteinsdóttir", "Mäkelä", "Ångström"),
        places=(("Göteborg", "Västra Götaland"), ("Malmö", "Skåne")),
        streets=("Storgatan {}", "Kungsvägen {}\nlgh 1102"),
        number=lambda n: f"+46701740{605 + n:03d}",
    ),
    Country(
        name="Australia",
        code="au",
        share=90,
        language="en",
        given=("美咲", "Γιώργος", "Олена", "דוד", "अनिल", "Wiremu", "지훈"),
        family=("田中", "Παπαδόπουλος", "Шевченко", "כהן", "शर्मा", "Te Rangi", "김"),
        places=(("Sydney", "NSW"), ("Wagga Wagga", "NSW")),
        streets=("{} George Street", "Unit 7\n{} Beach Road", '{} "The Esplanade"'),
        number=lambda n: f"+612555001{n:02d}" if n < 100 else f"+612555002{n - 100:02d}",  # noqa: PLR2004 - digits
    ),
)
