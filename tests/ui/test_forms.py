import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.ui.forms import SLOTS, FileDropInput, FlagsField, LevelRowsField, WeekGridField

KINDS = [(0, "everyday life"), (1, "a goal"), (2, "guidance")]
LANGUAGES = [("de", "German"), ("fa", "Persian")]
LEVELS = [(1, "A1"), (2, "A2"), (7, "first language")]


class Ask(forms.Form):
    name = forms.CharField(label="Name", help_text="As you like")
    kinds = FlagsField(choices=KINDS, required=False)
    times = WeekGridField(required=False)
    languages = LevelRowsField(choices=LANGUAGES, levels=LEVELS, coerce_level=int, required=False)


def sent(text: str) -> Ask:
    return Ask(QueryDict(f"name=Farida&{text}"))


def cleaned(text: str) -> dict:
    form = sent(text)
    assert form.errors == {}
    return form.cleaned_data


def test_ticked_times_become_bits_with_monday_morning_first():
    assert cleaned("times=0&times=5&times=20")["times"] == 1 | 1 << 5 | 1 << 20


def test_no_time_is_nothing_unless_one_is_required():
    assert cleaned("")["times"] == 0
    with pytest.raises(forms.ValidationError, match="at least one time"):
        WeekGridField().clean([])


@pytest.mark.parametrize("slot", ["21", "-1", "x", "", "1.5", "٣", "9" * 400, "²"])
def test_a_slot_that_no_week_has_is_refused_and_breaks_nothing(slot):
    form = Ask(QueryDict(mutable=True) | {"name": "Farida", "times": [slot]})
    form.data = QueryDict(mutable=True)
    form.data.setlist("name", ["Farida"])
    form.data.setlist("times", [slot])

    assert form.errors == {"times": ["This is no time of the week."]}
    assert "checked" not in str(form["times"])


@given(mask=st.integers(min_value=0, max_value=2**SLOTS - 1))
def test_a_week_comes_back_as_it_was_shown(mask):
    shown = [str(slot) for slot in range(SLOTS) if mask >> slot & 1]

    assert WeekGridField(required=False).clean(shown) == mask
    assert not WeekGridField().has_changed(mask, shown)


@given(values=st.lists(st.text(max_size=6), max_size=4))
def test_no_input_to_the_week_is_an_error_of_ours(values):
    try:
        mask = WeekGridField(required=False).clean(values)
    except forms.ValidationError:
        return
    assert 0 <= mask < 2**SLOTS


def test_the_grid_ticks_what_is_set_and_keeps_what_was_sent():
    with override("en"):
        shown = str(Ask(initial={"times": 1 << 5})["times"])
    kept = str(sent("times=5")["times"])

    assert shown.count(" checked") == kept.count(" checked") == 1
    assert shown.count('type="checkbox"') == SLOTS
    assert '<th scope="row">Tuesday</th>' in shown


def test_flags_become_a_mask_of_the_bits_that_are_their_values():
    assert cleaned("kinds=0&kinds=2")["kinds"] == 5
    assert cleaned("")["kinds"] == 0


def test_flags_tick_what_the_mask_has():
    assert str(Ask(initial={"kinds": 5})["kinds"]).count(" checked") == 2


def test_a_flag_nobody_offers_is_refused():
    assert [*sent("kinds=9").errors] == ["kinds"]
    assert [*sent("kinds=x").errors] == ["kinds"]


def test_flags_know_whether_they_changed():
    field = FlagsField(choices=KINDS)

    assert not field.has_changed(5, ["2", "0"])
    assert field.has_changed(5, ["0"])
    assert not field.has_changed(None, [])


def test_languages_come_as_pairs_in_the_order_given():
    text = "languages_what=fa&languages_level=7&languages_what=&languages_level="
    text += "&languages_what=de&languages_level=2"

    assert cleaned(text)["languages"] == [("fa", 7), ("de", 2)]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("languages_what=fa&languages_level=", "Please choose a level for Persian."),
        ("languages_what=&languages_level=2", "Please choose what the level is for."),
        ("languages_what=xx&languages_level=2", "Please choose from the list."),
        ("languages_what=fa&languages_level=99", "Please choose from the list."),
        (
            "languages_what=fa&languages_level=2&languages_what=fa&languages_level=1",
            "Persian is there twice.",
        ),
    ],
)
def test_a_row_that_does_not_fit_is_named(text, error):
    form = sent(text)

    assert form.errors == {"languages": [error]}


def test_rows_keep_what_was_sent_and_offer_empty_ones():
    html = str(sent("languages_what=fa&languages_level=")["languages"])

    assert html.count('<option value="fa" selected>') == 1
    assert html.count('name="languages_what"') == 3


def test_initial_languages_are_shown_with_room_for_more():
    rows = [("de", 1), ("fa", 7)]
    form = Ask(initial={"languages": rows})

    html = str(form["languages"])

    assert html.count(" selected") == 4
    assert html.count('name="languages_what"') == 4
    assert not form.fields["languages"].has_changed(rows, [("de", "1"), ("fa", "7")])


def test_a_required_language_is_asked_for():
    with pytest.raises(forms.ValidationError, match="at least one"):
        LevelRowsField(choices=LANGUAGES, levels=LEVELS).clean([])


def test_a_field_shows_help_and_what_is_optional():
    with override("en"):
        html = str(Ask())

    assert 'aria-describedby="id_name_helptext"' in html
    assert '<div class="field__help" id="id_name_helptext">As you like</div>' in html
    assert html.count("(optional)") == 3


def test_an_error_stands_beside_the_field_and_at_the_top():
    with override("en"):
        html = str(Ask(QueryDict("name=&times=99")))

    assert '<a href="#id_name">Name: This field is required.</a>' in html
    assert '<a href="#div_id_times">Times: This is no time of the week.</a>' in html
    assert "2 things need your attention" in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_into_a_form_is_kept_and_escaped():
    html = str(Ask(QueryDict("name=%3Cscript%3E&times=99")))

    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_a_file_field_can_be_dropped_on():
    html = FileDropInput().render("list", None, {"id": "id_list"})

    assert 'type="file" name="list"' in html
    assert "data-drop" in html


def test_crispy_ends_in_the_same_fields():
    form = Ask(QueryDict("name=&times=99"))

    html = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))

    assert html.count('class="field field--error"') == 2
    assert '<a href="#id_name">Name: This field is required.</a>' in html
