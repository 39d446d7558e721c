"""What persons say of themselves, as values."""

from typing import Final

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Gender(TextChoices):
    """As the person says it; ``-`` is «no answer»."""

    FEMALE = "f", _("female")
    MALE = "m", _("male")
    DIVERSE = "d", _("diverse")
    UNSAID = "-", _("no answer")


class ContactPreference(TextChoices):
    MAIL = "mail", _("by e-mail")
    PHONE = "phone", _("by phone")
    BOTH = "both", _("by e-mail or phone")
    NEITHER = "neither", _("at the site only")


class Level(IntegerChoices):
    """How well somebody speaks a language: the European framework, and the first language."""

    A1 = 1, _("A1: a few words")
    A2 = 2, _("A2: simple sentences")
    B1 = 3, _("B1: everyday life")
    B2 = 4, _("B2: well")
    C1 = 5, _("C1: very well")
    C2 = 6, _("C2: like a first language")
    L1 = 7, _("first language")


class Topic(IntegerChoices):
    """What somebody wants support with or offers; the value is the bit in a mask."""

    SCHOOL = 0, _("school")
    TRAINING = 1, _("training")
    WORK = 2, _("work")
    AUTHORITIES = 3, _("authorities")
    HEALTH = 4, _("health")
    HOUSING = 5, _("housing")
    CHILDCARE = 6, _("childcare")
    LANGUAGE = 7, _("language")
    LEISURE = 8, _("leisure")


class Day(IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Part(IntegerChoices):
    MORNING = 0, _("morning")
    AFTERNOON = 1, _("afternoon")
    EVENING = 2, _("evening")


class ConsentPurpose(TextChoices):
    PARTICIPATION = "participation", _("taking part and being paired")
    CONTACT = "contact", _("messages by e-mail")
    PORTRAIT = "portrait", _("a short portrait without a name for the other side")


class ConsentWay(TextChoices):
    PAPER = "paper", _("signed on paper")
    SPOKEN = "spoken", _("spoken at the site")
    FORM = "form", _("in a form")
    LINK = "link", _("through a link")
    LIST = "list", _("told by the site that keeps the list")


#: ISO 639-1 codes of languages people speak, with their names. Dari is written and paired as
#: Persian (``fa``), Kurmanji as Kurdish (``ku``).
SPOKEN_LANGUAGES: Final[dict[str, object]] = {
    "de": _("German"),
    "en": _("English"),
    "ar": _("Arabic"),
    "fa": _("Persian (Dari)"),
    "uk": _("Ukrainian"),
    "ps": _("Pashto"),
    "ku": _("Kurdish"),
    "ti": _("Tigrinya"),
    "tr": _("Turkish"),
    "ru": _("Russian"),
    "fr": _("French"),
    "am": _("Amharic"),
    "so": _("Somali"),
    "ur": _("Urdu"),
    "es": _("Spanish"),
    "pt": _("Portuguese"),
    "it": _("Italian"),
    "pl": _("Polish"),
    "ro": _("Romanian"),
    "bg": _("Bulgarian"),
    "sq": _("Albanian"),
    "sr": _("Serbian"),
    "hr": _("Croatian"),
    "bs": _("Bosnian"),
    "mk": _("Macedonian"),
    "el": _("Greek"),
    "hu": _("Hungarian"),
    "cs": _("Czech"),
    "sk": _("Slovak"),
    "nl": _("Dutch"),
    "sv": _("Swedish"),
    "da": _("Danish"),
    "hy": _("Armenian"),
    "ka": _("Georgian"),
    "az": _("Azerbaijani"),
    "uz": _("Uzbek"),
    "tg": _("Tajik"),
    "hi": _("Hindi"),
    "pa": _("Punjabi"),
    "bn": _("Bengali"),
    "ta": _("Tamil"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
    "th": _("Thai"),
    "sw": _("Swahili"),
    "ln": _("Lingala"),
    "ff": _("Fula"),
    "ha": _("Hausa"),
    "yo": _("Yoruba"),
    "ig": _("Igbo"),
    "wo": _("Wolof"),
    "bm": _("Bambara"),
    "om": _("Oromo"),
    "he": _("Hebrew"),
    "lt": _("Lithuanian"),
    "lv": _("Latvian"),
    "et": _("Estonian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
}

#: Slugs of interests with their names; kept short so that a list of ticks stays readable.
INTERESTS: Final[dict[str, object]] = {
    "cooking": _("cooking"),
    "sport": _("sport"),
    "football": _("football"),
    "music": _("music"),
    "reading": _("reading"),
    "nature": _("nature"),
    "garden": _("garden"),
    "crafts": _("crafts"),
    "art": _("art"),
    "film": _("films"),
    "games": pgettext_lazy("interest", "games"),
    "computers": _("computers"),
    "cycling": _("cycling"),
    "walking": _("walking"),
    "children": _("children"),
    "animals": _("animals"),
    "culture": _("museums and theatre"),
    "politics": _("society and politics"),
    "sewing": _("sewing"),
    "travel": _("travel"),
}
