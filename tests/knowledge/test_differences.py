"""What differs between two texts reads word by word and loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.knowledge.differences import Piece, differences

TEXTS = st.text(alphabet=st.sampled_from("ab .,\nü؟"), max_size=60)


def test_one_word_is_shown_and_not_the_whole_paragraph():
    pieces = differences("Wir trinken Tee.\n\nImmer.", "Wir trinken Kaffee.\n\nImmer.")

    assert pieces == [
        Piece("same", "Wir trinken "),
        Piece("removed", "Tee"),
        Piece("added", "Kaffee"),
        Piece("same", ".\n\nImmer."),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    pieces = differences(old, new)

    assert "".join(each.text for each in pieces if each.kind != "added") == old
    assert "".join(each.text for each in pieces if each.kind != "removed") == new
