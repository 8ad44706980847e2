"""Sentences of the demo world: what contact persons write down, in their own language."""

SEEN: tuple[str, ...] = (
    "Speelde een half uur op het plein met twee kinderen van de gang.",
    "Kwam na school even langs. Had een tekening bij zich.",
    "Zat bij het gezamenlijke eten naast een vriend en vertelde over school.",
    "Deed mee met sport. Bleef tot het einde.",
    "Was vandaag op tijd voor de bus naar school.",
    "Hielp bij het opruimen van de speelkamer.",
    "Vroeg wanneer de volgende verhuizing komt. Daar is niets over bekend.",
    "Liet het schoolrapport zien.",
    "Was stil bij de activiteit, praatte wel met de begeleider.",
    "Heeft een vaste plek in het voetbalteam van de locatie.",
    "Kent de weg naar school en gaat nu zelf met de fiets.",
    "Vertelde dat het contact met familie via video goed gaat.",
)
ATTENTION: tuple[str, ...] = (
    "Sliep volgens eigen zeggen weinig. In de nacht is er veel geluid op de gang.",
    "Kwam twee keer niet naar de activiteit.",
    "Mist de vrienden van de vorige locatie.",
    "Had geen warme jas aan.",
    "Is sinds de verhuizing stiller dan daarvoor.",
)
CONCERN: tuple[str, ...] = (
    "Wil sinds een week de kamer niet uit. Eet weinig.",
    "Zegt bang te zijn voor een bewoner op de gang.",
    "Kwam drie dagen niet op school en wilde niet zeggen waarom.",
)
OWN_WORDS = (
    "Ik wil graag bij mijn vrienden op school blijven.",
    "Het gaat goed. Ik vind de juf aardig.",
    "Het is druk hier. Ik slaap niet zo goed.",
    "Ik wil weten of we weer moeten verhuizen.",
    "Niet gevraagd: het kind was aan het spelen.",
    "Niet gevraagd: er was geen tolk.",
)
ACTIONS = (
    "Een rustige kamer vragen bij de locatie.",
    "Met school bellen en de afspraak terugkoppelen.",
    "Gesprek met ouders en kind, met tolk.",
    "Kind aanmelden voor het vaste speeluur.",
)
VISITS = (
    "Bezoek op de locatie, ook alleen gesproken.",
    "Samen het plan doorgenomen.",
    "Over school en over later gesproken.",
    "Wandeling gemaakt en gepraat over familie.",
)
PROMISES = {
    "school": "Plek op school regelen voor de eerste schooldag na aankomst.",
    "care": "De behandeling gaat door bij een nieuwe behandelaar.",
    "waiting_list": "De plek op de wachtlijst houden, met de eerste datum van verwijzing.",
    "contact": "Binnen een week kennismaken met het kind.",
    "wish_of_child": "Wil graag weer op voetbal.",
    "guardian_visit": "De voogd komt in de eerste maand langs.",
}
PROVIDERS = {
    "GGZ": "Jeugd-ggz De Wilg",
    "JEUGDHULP": "Jeugdhulp Het Anker",
    "PARAMEDIC": "Logopedie en fysiotherapie Zonnehoek",
    "SPECIALIST": "Kindergeneeskunde Streekziekenhuis",
    "DENTAL": "Tandartspraktijk Molenzicht",
    "OTHER": "Praktijk De Brug",
}
TERM_REASON = "De procedure vraagt deze stap nu."
