"""Invented names, places and sentences. Nobody here is real."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where somebody's names and languages come from."""

    weight: float
    languages: tuple[str, ...]
    #: Interface language for messages.
    messages: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


GERMAN: Final = Origin(
    weight=1,
    languages=("de",),
    messages="de",
    women=tuple(
        "Ingrid Petra Sabine Ute Heike Anke Dörte Frauke Walburga Cäcilie Margarete Katrin "
        "Susanne Birgit Monika Renate Gisela Elke Silke Anja Julia Lena Hannah Mara Greta "
        "Charlotte Johanna Friederike Luise Tomma".split()
    ),
    men=tuple(
        "Günter Jörg Volker Lüder Torben Rolf Björn Nils Klaus Dieter Werner Holger Uwe Stefan "
        "Matthias Andreas Jan Lukas Moritz Felix Henrik Ole Till Joachim Konrad Emil Anton "
        "Hannes Ruprecht Sönke".split()
    ),
    families=tuple(
        "Eggers Köster Wünsche Täuber Bellmann Vögele Hövelmann Rüdiger Quandt Ahrendt Czerny "
        "Fährmann Dornbusch Münch Nußbaum Ißleib Pätzold Löwe Groß Schäfer Jürgens Lorenz "
        "Brandes Hollmann Kessler Wiegand Thielen Overbeck Sanders Kramp Feldhaus Rehbein "
        "Steinkamp Ohlsen Harms Petersen Wittmann Riedel Seifert Krüger".split()
    ),
)
NEWCOMERS: Final[dict[str, Origin]] = {
    "ua": Origin(
        weight=0.30,
        languages=("uk", "ru"),
        messages="uk",
        women=tuple("Oksana Olena Natalija Iryna Switlana Halyna Daryna Solomija Lesja".split()),
        men=tuple("Andrij Taras Bohdan Serhij Dmytro Jurij Mychajlo Ostap".split()),
        families=tuple(
            "Kowalenko Schewtschuk Bondar Melnyk Tkatschuk Hrytsenko Lysenko Marchenko Sawtschuk "
            "Polischtschuk Krawez Rudenko".split()
        ),
    ),
    "sy": Origin(
        weight=0.25,
        languages=("ar", "ku"),
        messages="ar",
        women=tuple("Amal Rima Hala Nour Lina Yasmin Dima Rana Maha Salma".split()),
        men=tuple("Omar Khaled Samir Yousef Nabil Tarek Firas Anas Basel Ziad".split()),
        families=tuple(
            "Alhamwi Darwisch Haddad Alkassar Almasri Sabbagh Qabbani Nassar Tahhan Rifai "
            "Kabbara Jaber".split()
        ),
    ),
    "af": Origin(
        weight=0.20,
        languages=("fa", "ps"),
        messages="fa",
        women=tuple("Sahar Maryam Zahra Fereshta Laila Nilofar Parwin Soraya Shabnam".split()),
        men=tuple("Reza Farid Hamid Jawad Mustafa Nasir Rahim Zabi Esmat Habib".split()),
        families=tuple(
            "Ahmadzai Rahimi Noori Haidari Sultani Karimi Wardak Sadat Amiri Hashimi Yusufi "
            "Faizi".split()
        ),
    ),
    "er": Origin(
        weight=0.08,
        languages=("ti", "am"),
        messages="en",
        women=tuple("Selam Feven Rahel Semhar Winta Miriam".split()),
        men=tuple("Yonas Filmon Tesfay Dawit Samuel Berhane".split()),
        families=tuple("Tekle Haile Mehari Gebre Kidane Asmerom Weldu".split()),
    ),
    "tr": Origin(
        weight=0.09,
        languages=("tr", "ku"),
        messages="de",
        women=tuple("Elif Zeynep Kübra Dilan Berfin Aylin".split()),
        men=tuple("Emre Baran Serhat Cem Murat Azad".split()),
        families=tuple("Özkan Yildiz Ülkü Demir Aslan Toprak Kaya Çelik".split()),
    ),
    "so": Origin(
        weight=0.08,
        languages=("so", "ar", "en"),
        messages="en",
        women=tuple("Hodan Ifrah Sagal Amina Fartun".split()),
        men=tuple("Abdi Liban Mahad Yasin Guled".split()),
        families=tuple("Warsame Farah Hersi Jama Abdulle Osman".split()),
    ),
}

CARRIERS: Final = (
    ("Bund der Begegnung", "bund-der-begegnung"),
    ("Nachbarschaftswerk Deutschland", "nachbarschaftswerk"),
    ("Verband der Freiwilligenbüros", "freiwilligenbueros"),
    ("Brücken bauen – Verband der Migrantenorganisationen", "bruecken-bauen"),
    ("Stiftung Erste Schritte", "erste-schritte"),
    ("Netzwerk der Mehrgenerationenhäuser", "mehrgenerationen"),
)
CARRIER_PATTERNS: Final = (
    "Verband Miteinander {n}",
    "Stiftung Ankommen {n}",
    "Bund der Patenschaften {n}",
    "Werk für Begegnung {n}",
)

#: Name, postcode, street and kind of house for the sites of the demo.
SITES: Final = (
    ("Tandem-Treff Augsburg", "86150", "Maximilianstraße 3"),
    ("Begegnungshaus Leipzig", "04109", "Nikolaistraße 12"),
    ("Willkommenslotsen Bremen", "28195", "Am Wall 40"),
    ("Patenbüro Köln-Mülheim", "51063", "Wallstraße 9"),
    ("Haus der Nachbarn Rostock", "18055", "Lange Straße 21"),
    ("Freiwilligenzentrum Kassel", "34117", "Königsplatz 7"),
    ("Mentorenhaus Hamburg-Altona", "22767", "Große Bergstraße 15"),
    ("Treffpunkt Dresden-Neustadt", "01099", "Alaunstraße 30"),
    ("Lotsenbüro Stuttgart", "70173", "Königstraße 44"),
    ("Ankommen in Erfurt", "99084", "Anger 18"),
    ("Brücke Saarbrücken", "66111", "Bahnhofstraße 33"),
    ("Patenschaften Münster", "48143", "Salzstraße 5"),
    ("Miteinander Magdeburg", "39104", "Breiter Weg 62"),
    ("Tandemwerkstatt Freiburg", "79098", "Bertoldstraße 27"),
    ("Begegnung Berlin-Neukölln", "12043", "Karl-Marx-Straße 81"),
    ("Begegnung Berlin-Wedding", "13353", "Müllerstraße 120"),
    ("Haus der Vielfalt Nürnberg", "90402", "Königstraße 60"),
    ("Offenes Haus Mainz", "55116", "Große Bleiche 14"),
    ("Patenbüro Kiel", "24103", "Holstenstraße 51"),
    ("Ankerplatz Schwerin", "19053", "Mecklenburgstraße 9"),
    ("Gemeinsam in Potsdam", "14467", "Brandenburger Straße 22"),
    ("Lernpaten Hannover", "30159", "Georgstraße 36"),
    ("Treffpunkt Dortmund-Nord", "44145", "Münsterstraße 71"),
    ("Familienpaten Frankfurt", "60311", "Berliner Straße 28"),
)
#: Who coordinates the sites after the first, and who leads the carriers after the first.
COORDINATORS: Final = tuple(
    "Birte Ahlers,Nesrin Toprak,Jonas Wiegand,Swetlana Brandes,Heike Bellmann,Adaeze Quandt,"
    "Petr Dornbusch,Ivana Kessler,Uta Rehbein,Claire Thielen,Anne Overbeck,Rolf Steinkamp,"
    "Marie Vögele,Rima Haddad,Lars Hollmann,Olena Marchenko,Greta Sanders,Nele Petersen,"
    "Antje Ohlsen,Yasin Riedel,Franziska Kramp,Mihai Feldhaus,Sophie Seifert".split(",")
)
LEADS: Final = tuple(
    "Dr. Ingo Harms,Ulrike Lorenz,Zeinab Rahmani,Christoph Jürgens,Monika Wittmann".split(",")
)
MODERATOR: Final = "Mara Moderation"
SITE_PATTERNS: Final = (
    "Tandem-Treff {place}",
    "Patenbüro {place}",
    "Begegnungshaus {place}",
    "Lotsenbüro {place}",
    "Ankommen in {place}",
)
SITE_ABOUT: Final = (
    "Wir bringen Menschen zusammen, die einander im Alltag begleiten. Kommen Sie vorbei: Bei Tee "
    "und Gebäck finden wir heraus, wer zu Ihnen passt."
)
OPENING: Final = "Dienstag und Donnerstag, 15 bis 18 Uhr"

#: What people write beside a check-in, by the language of their messages and the mood.
LINES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "de": {
        "very_good": (
            "Wir waren zusammen auf dem Markt.",
            "Die Bewerbung ist abgeschickt!",
            "Wir lachen viel.",
        ),
        "all_right": ("Wir sehen uns alle zwei Wochen.", "Es geht voran."),
        "hard": ("Im Moment finden wir kaum Zeit.", "Die Post vom Amt ist schwer zu verstehen."),
        "call": ("Können wir kurz sprechen?",),
    },
    "en": {
        "very_good": ("We went to the museum together.",),
        "all_right": ("We meet every second week.",),
        "hard": ("It is hard to find time.",),
        "call": ("Can we talk, please?",),
    },
    "ar": {
        "very_good": ("ذهبنا معًا إلى المكتبة.", "تعلّمت الكثير من الكلمات."),
        "all_right": ("نلتقي كل أسبوعين.",),
        "hard": ("من الصعب أن نجد وقتًا.",),
        "call": ("هل يمكن أن نتحدّث؟",),
    },
    "fa": {
        "very_good": ("با هم به کتابخانه رفتیم.", "برای مصاحبه تمرین کردیم."),
        "all_right": ("هر دو هفته همدیگر را می‌بینیم.",),
        "hard": ("پیدا کردن وقت سخت است.",),
        "call": ("می‌شود با هم صحبت کنیم؟",),
    },
    "uk": {
        "very_good": ("Ми разом ходили до бібліотеки.", "Ми готувалися до співбесіди."),
        "all_right": ("Ми бачимося раз на два тижні.",),
        "hard": ("Важко знайти час.",),
        "call": ("Чи можемо ми поговорити?",),
    },
}
NOTES: Final = (
    "Bringt gern die Kinder mit.",
    "Erreichbar am besten nach 17 Uhr.",
    "Hat früher in einer Bäckerei gearbeitet.",
    "Sucht jemanden zum Üben für die B1-Prüfung.",
    "Kennt sich mit Fahrrädern aus.",
)
#: Of the families that want two volunteers.
FAMILIES: Final = (
    "Eltern mit drei Kindern. Eine Person übt mit den Kindern, eine hilft bei Briefen und Ämtern.",
    "Familie mit einem Kind. Braucht zwei Freiwillige, damit auch in den Ferien jemand da ist.",
)
AGREEMENT: Final = "Ein Treffen in der Woche, für sechs Monate. Danach sprechen wir neu."
