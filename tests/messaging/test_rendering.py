"""Words become blocks, blocks become a mail."""

from tandemwerk.messaging.rendering import Block, blocks, render


def test_a_text_is_cut_into_paragraphs_lists_and_buttons():
    text = (
        "Hello Sahar,\nthis is for you.\n\nYou both:\n- speak Dari\n- like cooking\n\n"
        "Say what you think:\nhttps://example.org/a\n\nhttps://example.org/b\n"
    )

    assert list(blocks(text)) == [
        Block(kind="paragraph", lines=("Hello Sahar,", "this is for you.")),
        Block(kind="paragraph", lines=("You both:",)),
        Block(kind="list", lines=("speak Dari", "like cooking")),
        Block(kind="button", lines=("Say what you think",), url="https://example.org/a"),
        Block(kind="button", lines=("",), url="https://example.org/b"),
    ]


def test_the_first_line_is_the_subject_and_the_rest_the_text():
    words = render(kind="test", context={"link": "http://testserver/x"}, language="en")

    assert words.subject == "A test message"
    assert words.text.splitlines()[0] == "Hello!"
    assert words.text.splitlines()[-2:] == ["To the system page:", "http://testserver/x"]


def test_text_is_left_as_it_is_and_html_is_escaped():
    words = render(kind="test", context={"link": 'a <b> & "c"'}, language="en")

    assert 'a <b> & "c"' in words.text
    assert "a &lt;b&gt; &amp; &quot;c&quot;" in words.html


def test_arabic_mails_run_from_right_to_left():
    words = render(kind="test", context={"link": "http://testserver/x"}, language="ar")

    assert '<html lang="ar" dir="rtl">' in words.html
