"""The words that people agree to, by purpose, version and language.

A version that somebody may have agreed to is never changed again: a change of words is a new
version beside it. ``ensure_consent_texts`` puts them into the table.
"""

from typing import Final

from tandemwerk.people.enums import ConsentPurpose

_P = ConsentPurpose

#: (purpose, version) -> language -> text
TEXTS: Final[dict[tuple[ConsentPurpose, int], dict[str, str]]] = {
    (_P.PARTICIPATION, 1): {
        "de": (
            "Ich mache freiwillig mit. Mein Standort darf meine Angaben speichern und damit eine "
            "passende Person für mich suchen. Kommt ein Tandem zustande, darf er es begleiten. "
            "Nur das Team meines Standorts sieht meine Angaben. Ich kann jederzeit sagen, dass "
            "ich nicht mehr möchte. Das hat keine Nachteile für mich. Dann werden meine Angaben "
            "gelöscht. Für die Förderung bleiben nur Zahlen ohne Namen."
        ),
        "en": (
            "I take part of my own free will. My site may store what I have told it and use it "
            "to look for a person who suits me. If a tandem comes about, it may accompany it. "
            "Only the team of my site sees what I have told. I can say at any time that I no "
            "longer want this. It has no disadvantages for me. Then my details are erased. Only "
            "figures without names are kept for the funding."
        ),
        "ar": (
            "أشارك بإرادتي. يجوز للفريق في مكاني حفظ بياناتي والبحث بها عن شخص مناسب لي. وإذا "
            "تكوّن تاندم، يجوز للفريق مرافقته. لا يرى بياناتي إلا فريق مكاني. يمكنني في أي وقت أن "
            "أقول إنني لم أعد أريد المشاركة، ولا يضرني ذلك بشيء. عندئذ تُحذف بياناتي، ولا يبقى من "
            "أجل التمويل سوى أرقام بدون أسماء."
        ),
        "fa": (
            "من به میل خودم شرکت می‌کنم. گروه محل من اجازه دارد معلومات مرا نگه دارد و با آن یک "
            "شخص مناسب برای من پیدا کند. اگر تاندم ساخته شود، گروه اجازه دارد آن را همراهی کند. "
            "فقط گروه محل من معلومات مرا می‌بیند. هر وقت بخواهم می‌توانم بگویم که دیگر نمی‌خواهم. "
            "این کار هیچ ضرری برای من ندارد. آن وقت معلومات من پاک می‌شود. برای حمایت مالی فقط "
            "شماره‌ها بدون نام می‌مانند."
        ),
        "uk": (
            "Я беру участь добровільно. Мій осередок може зберігати мої дані та шукати за ними "
            "людину, яка мені підходить. Якщо виникне тандем, осередок може його супроводжувати. "
            "Мої дані бачить лише команда мого осередку. Я можу будь-коли сказати, що більше не "
            "хочу. Це не матиме для мене жодних негативних наслідків. Тоді мої дані буде "
            "видалено. Для фінансування залишаться лише числа без імен."
        ),
    },
    (_P.CONTACT, 1): {
        "de": (
            "Mein Standort darf mir E-Mails schicken, zum Beispiel einen Vorschlag für ein Tandem "
            "oder die Frage, wie es läuft. Es kommt keine Werbung. Ich kann das jederzeit "
            "abbestellen."
        ),
        "en": (
            "My site may send me e-mails, for example a proposal for a tandem or the question how "
            "it is going. There is no advertising. I can stop this at any time."
        ),
        "ar": (
            "يجوز للفريق في مكاني أن يرسل إليّ رسائل بالبريد الإلكتروني، مثل اقتراح تاندم أو "
            "السؤال عن سير الأمور. لا تصلني إعلانات. ويمكنني إيقاف ذلك في أي وقت."
        ),
        "fa": (
            "گروه محل من اجازه دارد به من ایمیل بفرستد، مثلاً پیشنهاد یک تاندم یا این پرسش که کار "
            "چطور پیش می‌رود. تبلیغات نمی‌آید. هر وقت بخواهم می‌توانم آن را قطع کنم."
        ),
        "uk": (
            "Мій осередок може надсилати мені електронні листи, наприклад пропозицію тандему або "
            "запитання, як ідуть справи. Реклами не буде. Я можу будь-коли від цього відмовитися."
        ),
    },
    (_P.PORTRAIT, 1): {
        "de": (
            "Die Person, die zu mir passen könnte, darf eine kurze Beschreibung von mir sehen: "
            "zum Beispiel Sprachen, Interessen, freie Zeiten und wie weit weg ich wohne. Mein "
            "Name und meine Adresse stehen nicht darin."
        ),
        "en": (
            "The person who may suit me may see a short description of me: for example "
            "languages, interests, free time and how far away I live. My name and my address are "
            "not in it."
        ),
        "ar": (
            "يجوز للشخص الذي قد يناسبني أن يرى وصفًا قصيرًا عني، مثل اللغات والاهتمامات وأوقات "
            "الفراغ وبُعد سكني عنه. ولا يُذكر فيه اسمي ولا عنواني."
        ),
        "fa": (
            "شخصی که شاید با من جور باشد، اجازه دارد توضیح کوتاهی دربارهٔ من ببیند: مثلاً زبان‌ها، "
            "علاقه‌ها، وقت‌های آزاد و این که چقدر دور زندگی می‌کنم. نام و آدرس من در آن نیست."
        ),
        "uk": (
            "Людина, яка може мені підійти, може побачити короткий опис про мене: наприклад "
            "мови, інтереси, вільний час і як далеко я живу. Мого імені та адреси там немає."
        ),
    },
}


def current_version(purpose: ConsentPurpose) -> int:
    """Return the newest version of the words for ``purpose``."""
    return max(version for each, version in TEXTS if each == purpose)
