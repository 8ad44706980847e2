"""Given names by country, and family names: plausible, common, of nobody in particular."""

GIRLS = {
    "ar": "Amina Hala Nour Rima Salma Yara Layan Sidra Maryam Huda Rana Lina Dania Jana Shahd",
    "ti": "Selam Winta Feven Rahwa Helen Saba Luam Eden Bethlehem Senait Mihret Ruta",
    "so": "Hodan Ifrah Sagal Nimco Ayaan Fartun Hibo Ladan Idil Xamdi",
    "fa": "Zahra Parisa Setareh Nasrin Shirin Laleh Roya Mina Golnar Farah",
    "tr": "Elif Zeynep Defne Ece Azra Esra Nehir Meryem Derya Selin",
    "ku": "Rojin Berfin Helin Evin Dilan Shilan Avin Narin Zilan Jiyan",
    "es": "Valentina Camila Luciana Mariana Sofia Daniela Paula Isabela",
    "en": "Blessing Fatou Aissata Grace Mariama Esther Hawa Kadiatou Ruth Adama",
}
BOYS = {
    "ar": "Omar Yusuf Karim Bilal Rayan Sami Tarek Ilyas Hamza Adam Kinan Jad Majd Anas Walid",
    "ti": "Filmon Yonas Dawit Nahom Abel Samuel Natnael Robel Kibrom Merhawi Henok Amanuel",
    "so": "Abdi Liban Guled Warsame Zakaria Mahad Yahye Bashir Deeq Saalax",
    "fa": "Danial Kaveh Milad Farid Navid Omid Reza Arash Idris Sohrab",
    "tr": "Emir Kerem Deniz Yigit Baran Cem Eren Umut Kaan Mert",
    "ku": "Azad Baran Rezan Hewa Shivan Diyar Zana Karwan Rojhat Serhat",
    "es": "Mateo Santiago Nicolas Samuel Emiliano Tomas Andres Julian",
    "en": "Ibrahim Mamadou Emmanuel Alpha Sekou Joseph Ousmane David Lamin Daniel",
}
FAMILIES = {
    "ar": "Haddad Khalil Suleiman Darwish Najjar Halabi Mansour Sayegh Qasem Rahal Shami Zayat",
    "ti": "Tesfay Habte Tekle Gebre Kidane Woldu Haile Berhe Araya Negasi",
    "so": "Nuur Warsame Farah Abdulle Jaamac Cabdi Diriye Geedi Xasan Rooble",
    "fa": "Rahimi Karimi Noori Rostami Ahmadi Safari Yaqubi Sadeghi Amiri Haidari",
    "tr": "Yildiz Kaya Demirel Aslan Polat Aydin Koc Erdem Sahin Tas",
    "ku": "Barzan Shexo Hemo Resho Doski Mirza Ciwan Bakir Sino Temo",
    "es": "Rojas Moreno Castro Vargas Medina Ortiz Pardo Rios",
    "en": "Diallo Kamara Bangura Conteh Okafor Barry Sesay Jalloh Mensah Toure",
}
# Nationality (ISO 3166 alpha-3, as in the dossier) -> pools of names and language of the child.
SPEAKS = {
    "SYR": ("ar", "ar"),
    "ERI": ("ti", "ti"),
    "SOM": ("so", "so"),
    "YEM": ("ar", "ar"),
    "AFG": ("fa", "fa"),
    "MAR": ("ar", "ar"),
    "DZA": ("ar", "ar"),
    "TUR": ("tr", "tr"),
    "IRQ": ("ku", "ku"),
    "IRN": ("fa", "fa"),
    "COL": ("es", "es"),
    "XXA": ("ar", "ar"),
    "XXX": ("ku", "ku"),
    "SDN": ("ar", "ar"),
    "GIN": ("en", "fr"),
    "SLE": ("en", "en"),
    "NGA": ("en", "en"),
    "ETH": ("ti", "am"),
    "PSE": ("ar", "ar"),
    "GMB": ("en", "en"),
}
OTHERS = ("SDN", "GIN", "SLE", "NGA", "ETH", "PSE", "GMB")

STAFF_GIVEN = (
    "Noor Pieter Hanna Joost Marijke Bram Anouk Ruben Femke Daan Lotte Sjoerd Nadia Wouter Iris "
    "Karim Esther Thijs Merel Ahmet Saskia Koen Leyla Maarten Ineke Tim Rosa Gijs Fenna Bas"
)
STAFF_FAMILY = (
    "Visser|de Graaf|Bakker|Hoekstra|van Dalen|Postma|Mulder|el Amrani|Kuiper|Dekker|Jansen|Brouwer"
    "|van Leeuwen|Smits|Kok|Veenstra|Bos|de Wit|Aydin|Peeters|Schouten|Willems|van Rijn|Timmer|Vos"
)


def pools(words: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Cut each pool into its names."""
    return {speech: tuple(names.split()) for speech, names in words.items()}


def staff_name(number: int) -> str:
    """Give worker `number` a name; they repeat only after some hundreds of workers."""
    given, family = STAFF_GIVEN.split(), STAFF_FAMILY.split("|")
    lap = number // len(given)
    return f"{given[number % len(given)]} {family[(number * 7 + lap) % len(family)]}"
