"""What somebody wrote themselves, in mails as programs write them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.messaging.cutting import own_words, text_of_html
from tandemwerk.messaging.incoming import UnreadableError, fingerprint_of, read_mail

QUOTED = "> Hallo Kim,\n> wer kommt am Montag?\n"


@pytest.mark.parametrize(
    "introduction",
    [
        "Am 12.09.26 um 10:15 schrieb Tandemwerk:",
        "Am Mo., 14. Sept. 2026 um 09:15 Uhr schrieb Tandemwerk <\nreply@reply.example.org>:",
        "On Mon, Sep 14, 2026 at 9:15 AM Tandemwerk <reply@example.org> wrote:",
        "On Mon, Sep 14, 2026 at 9:15 AM Tandemwerk\n<reply@example.org> wrote:",
        "-----Ursprüngliche Nachricht-----",
        "-----Original Message-----",
        "Von: Tandemwerk <reply@example.org>\nGesendet: Montag, 14. September 2026\nAn: Kim",
        "пн, 14 вер. 2026 р. о 09:15 Tandemwerk <reply@example.org> пише:",
        "14.09.2026 9:15, Tandemwerk пише:",
        "في الاثنين، 14 سبتمبر 2026 في 9:15 ص تمت كتابة ما يلي بواسطة كتب Tandemwerk:",
        "في الاثنين، ١٤ سبتمبر ٢٠٢٦ كتب Tandemwerk <reply@example.org>:",
        "در تاریخ دوشنبه ۱۴ سپتامبر ۲۰۲۶ Tandemwerk <reply@example.org> نوشت:",
        "________________________________",
    ],
)
def test_what_is_quoted_below_is_cut(introduction):
    text = f"Ja, ich komme.\n\nBis bald!\n\n{introduction}\n\n{QUOTED}"

    assert own_words(text) == "Ja, ich komme.\n\nBis bald!"


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nKim Beispiel\nTelefon 0123",
        "--\nKim",
        "Gesendet von meinem iPhone",
        "Von meinem Samsung Galaxy Smartphone gesendet.",
        "Sent from my iPhone",
        "Get Outlook for Android",
        "Надіслано з iPhone",
        "أرسلت من الـ iPhone",
    ],
)
def test_signatures_are_cut(signature):
    assert own_words(f"Ja gern.\n\n{signature}\n") == "Ja gern."


def test_an_answer_below_or_between_quotes_is_found():
    text = (
        f"Am 12.09.26 um 10:15 schrieb Tandemwerk:\n{QUOTED}\nIch komme.\n> Und wer noch?\nLee.\n"
    )

    assert own_words(text) == "Ich komme.\nLee."


@pytest.mark.parametrize(
    "text",
    [
        "Ich bringe mit:\n- Brot\n- Salz",
        "On Monday I come. From: here to there we walk.",
        "Am Montag komme ich.\n\nAm Dienstag nicht.",
        "Um 10:30 Uhr: passt das?",
        "سأحضر يوم الاثنين، شكراً لكم.",
        "Я прийду о 10:00, дякую!",
        "Erste Zeile\n\nhttps://example.org/?a=1&b=2",
    ],
)
def test_what_is_no_quotation_stays(text):
    assert own_words(text) == text


def test_html_becomes_lines():
    html = "<style>p{}</style><p>One&nbsp;two</p><ul><li>a</li><li>b</li></ul>x<br>y"

    assert own_words(text_of_html(html)) == "One two\n\na\nb\n\nx\ny"


@given(st.text(max_size=2000))
@settings(max_examples=200, deadline=None)
def test_no_text_is_too_strange(text):
    words = own_words(text)

    assert "\x00" not in words


@given(
    st.lists(
        st.sampled_from(
            [
                "> ",
                "On ",
                "wrote:",
                "Am 1",
                "schrieb",
                "\n",
                "Von: ",
                "a@b",
                " ",
                "-- ",
                "_",
                "Best",
                "mail",
                "CAUTION:",
                "-",
            ]
        ),
        max_size=400,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_pile_of_marks_takes_long(pieces):
    own_words("".join(pieces))


@pytest.mark.parametrize(
    "piece",
    [
        "On ",
        "Am 1 ",
        "CAUTION: mail ",
        "From: a@b ",
        "_",
        "-",
        "> ",
        " ",
        "\n",
        "1 wrote",
        "(",
        "a",
        "\t\n ",
    ],
)
def test_a_mail_made_to_keep_us_busy_does_not(piece):
    text = piece * (60_000 // len(piece))
    began = time.process_time()

    own_words(text)

    assert time.process_time() - began < 5


@given(st.binary(max_size=3000))
@settings(max_examples=200, deadline=None)
def test_no_bytes_are_too_strange(raw):
    assert len(fingerprint_of(raw)) == 64
    try:
        read_mail(raw)
    except UnreadableError:
        return


HEADERS = st.sampled_from(
    [
        *("From", "To", "Content-Type", "Message-ID", "Content-Transfer-Encoding", "Subject"),
        *("Precedence", "Content-Disposition", "MIME-Version"),
    ]
)
ODD_VALUES = [
    "multipart/mixed; boundary=x",
    "multipart/alternative",
    "message/rfc822",
    "text/plain; charset=nonsense",
    "text/html; charset*=''x",
    "attachment; filename*0*=utf-8''a",
    "base64",
    "=?utf-8?q?=ff?=",
    "a@b, c@d",
    "<>",
    "@",
    '"',
]
LETTERS = st.characters(blacklist_characters="\r\n", blacklist_categories=("Cs",))
VALUES = st.one_of(st.sampled_from(ODD_VALUES), st.text(LETTERS, max_size=80))


@given(st.lists(st.tuples(HEADERS, VALUES), max_size=12), st.text(LETTERS, max_size=500))
@settings(max_examples=300, deadline=None)
def test_no_broken_mail_is_too_strange(headers, body):
    head = "\r\n".join(f"{name}: {value}" for name, value in headers)

    try:
        incoming = read_mail(f"{head}\r\n\r\n--x\r\n{body}\r\n--x--".encode())
    except UnreadableError:
        return

    assert "\x00" not in incoming.text
