from datetime import UTC, date, datetime

import django_filters
import django_tables2
import pytest
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from tandemwerk.people.models import User
from tandemwerk.ui.parts import Crumb, Figure, MapPoint, Tab, TimelineEntry
from tandemwerk.ui.templatetags.ui import page_numbers


def render(source: str, path: str = "/", **context) -> str:
    request = RequestFactory().get(path)
    with override(context.pop("language", "en")):
        template = Template("{% load ui ui_forms django_tables2 %}" + source)
        return template.render(Context(context | {"request": request}))


def test_an_icon_is_decoration_unless_it_has_a_name():
    assert 'aria-hidden="true"' in render('{% icon "people" %}')
    assert 'role="img" aria-label="People"' in render('{% icon "people" label="People" %}')


def test_arrows_turn_with_the_reading_direction_and_other_icons_do_not():
    assert "icon--flow" in render('{% icon "arrow-right" %}')
    assert "icon--flow" not in render('{% icon "people" %}')


def test_a_state_is_word_shape_and_tone():
    html = render('{% badge "paused" tone="careful" %}')

    assert 'class="badge tone-careful"' in html
    assert "<path" in html
    assert "paused</span>" in html


def test_each_tone_has_a_shape_of_its_own():
    tones = ("good", "careful", "bad", "note", "neutral")
    shapes = {render('{% badge "x" tone=tone %}', tone=tone).split("<svg")[1] for tone in tones}

    assert len(shapes) == len(tones)


def test_a_page_head_tells_title_count_and_action():
    html = render(
        '{% page_head "People" count=1240 lead="Who waits" %}<a>Add</a>{% endpage_head %}',
        language="de",
    )

    assert "People" in html
    assert ">1.240</span>" in html
    assert "Who waits" in html
    assert '<div class="page-head__actions"><a>Add</a></div>' in html


def test_a_page_head_without_action_leaves_no_empty_box():
    assert "page-head__actions" not in render('{% page_head "People" %} {% endpage_head %}')


def test_values_are_escaped_and_contents_are_not():
    html = render("{% card title %}<p>{{ title }}</p>{% endcard %}", title="<i>")

    assert "<i>" not in html
    assert "<p>&lt;i&gt;</p>" in html


def test_a_card_with_an_address_leads_there_by_its_title():
    html = render('{% card "Marlene" href="/x/" level=3 tone="sun" %}{% endcard %}')

    assert '<h3 class="card__title"><a href="/x/">Marlene</a></h3>' in html
    assert "card--tone-sun" in html


def test_breadcrumbs_end_with_this_page():
    html = render('{% breadcrumbs "People" "/people/" "Farida" %}')

    assert '<a href="/people/">People</a>' in html
    assert '<span aria-current="page">Farida</span>' in html


def test_an_empty_state_is_mark_sentence_and_button():
    html = render('{% empty_state "Nobody waits." %}<a>Add</a>{% endempty_state %}')

    assert 'class="mark"' in html
    assert "Nobody waits." in html
    assert "<a>Add</a>" in html


@pytest.mark.parametrize("name", ["table", "street", "noticeboard", "key", "signpost"])
def test_every_drawing_is_there(name):
    assert 'class="art"' in render("{% illustration name %}", name=name)


def test_a_pair_holds_two_sides_of_equal_rank():
    html = render(
        '{% pair %}{% side "Volunteer" "Marlene" %}a{% endside %}'
        '{% side "Newcomer" "Farida" url="/f/" %}b{% endside %}{% endpair %}'
    )

    assert html.count('<section class="pair__side">') == 2
    assert html.count("<h2") == 2
    assert '<a href="/f/">Farida</a>' in html


def test_a_timeline_tells_days_and_moments():
    entries = [
        TimelineEntry(at=datetime(2025, 9, 16, 15, 20, tzinfo=UTC), title="Check-in", by="Farida"),
        TimelineEntry(at=date(2025, 8, 26), title="Both said yes", url="/x/"),
    ]

    html = render("{% timeline entries %}", entries=entries, language="de")

    assert "16. September 2025, 17:20</time> · Farida" in html
    assert "26. August 2025</time>" in html
    assert '<a href="/x/">Both said yes</a>' in html


def test_tabs_are_links_with_counts():
    items = [Tab(label="All", url="?", is_current=True, count=1240), Tab(label="Old", url="?old")]

    html = render('{% tabs items "People" %}', items=items, language="de")

    assert '<a href="?" aria-current="page">All <span class="tabs__count">1.240</span></a>' in html
    assert '<a href="?old">Old</a>' in html


def test_a_stepper_says_where_one_is():
    html = render("{% stepper steps 2 %}", steps=[Crumb("Who", "/1/"), "When", "Done"])

    assert 'aria-label="Step 2 of 3"' in html
    assert '<a href="/1/">Who</a>' in html
    assert html.count('aria-current="step"') == 1


def test_definitions_show_lists_line_by_line():
    html = render("{% definitions items %}", items={"Languages": ["German", "Dari"], "Since": 3})

    assert html.count("<dd>") == 3
    assert html.count("<dt>") == 2


def test_stats_write_numbers_as_the_language_does():
    figures = [Figure(label="running", value=240000), Figure(label="happy", value="92 %")]

    shown = {
        language: render("{% stats f %}", f=figures, language=language) for language in ("de", "ar")
    }

    assert ">240.000</dd>" in shown["de"]
    assert ">240,000</dd>" in shown["ar"]
    assert ">92 %</dd>" in shown["de"]


def test_progress_asks_again_only_where_it_is_told_to():
    running = render('{% progress 32 50 "Reading" poll_url="/p/" %}', language="de")
    done = render('{% progress 50 50 "Reading" %}')

    assert 'hx-get="/p/"' in running
    assert 'value="32" max="50"' in running
    assert "64 %" in running
    assert "hx-get" not in done


def test_progress_without_a_known_end_gives_no_number():
    html = render('{% progress None 100 "Reading" %}')

    assert "value=" not in html
    assert "%" not in html


def test_progress_of_nothing_divides_by_nothing():
    assert "<progress" in render('{% progress 0 0 "Reading" %}')


def test_a_dialog_is_named_by_its_title_and_can_be_closed():
    html = render('{% dialog "end" "End it?" %}<p>Sure</p>{% enddialog %}')

    assert '<dialog class="dialog" id="end" aria-labelledby="end-title">' in html
    assert '<h2 id="end-title">End it?</h2>' in html
    assert "data-dialog-close" in html


def test_a_toast_takes_its_tone_from_the_message():
    html = render("{% toast text level %}", text="<Saved>", level=constants.SUCCESS)

    assert 'data-toast="good"' in html
    assert "&lt;Saved&gt;" in html


def test_a_map_brings_its_points_and_a_list_for_those_without_script():
    points = [MapPoint(label="</script>", lat=48.4, lon=10.9, url="/x/", kind="half")]

    html = render('{% point_map points label="Sites" key=True %}', points=points)

    assert "</script></script>" not in html
    assert '"lat": 48.4' in html
    assert '<a href="/x/">&lt;/script&gt;</a>' in html
    assert "1 place as a list" in html
    assert "places/laender.geojson" in html


def test_a_map_without_points_has_no_list():
    assert "map__list" not in render('{% point_map points label="Sites" %}', points=[])


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_page_numbers_show_ends_and_neighbours(current, last, numbers):
    assert page_numbers(current, last) == numbers


def test_pages_keep_the_rest_of_the_address():
    page = Paginator(range(100), 10).get_page(3)

    html = render("{% pagination page %}", "/?q=a%26b&page=3", page=page)

    assert 'href="?q=a%26b&amp;page=4"' in html
    assert "21 to 30 of 100" in html


def test_a_link_can_be_copied_and_is_readable_without_script():
    html = render('{% copy_link "https://tandem.example/x/" id="yes" %}')

    assert '<input id="yes" value="https://tandem.example/x/" readonly' in html
    assert 'data-copy="yes"' in html


def test_a_week_to_read_shows_what_is_possible():
    html = render('{% week 5 "Times" %}')

    assert html.count("data-on") == 2


class People(django_tables2.Table):
    name = django_tables2.Column()
    place = django_tables2.Column(orderable=False)

    class Meta:
        template_name = "ui/table.html"
        empty_text = "Nobody yet."


def test_a_table_sorts_by_links_and_labels_cells_for_phones():
    table = People([{"name": "Farida", "place": "Augsburg"}], order_by="name")

    html = render("{% render_table table %}", "/?sort=name&page=4&q=x", table=table)

    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-name&amp;q=x"' in html
    assert '<td data-label="Place">Augsburg</td>' in html


def test_an_empty_table_is_an_empty_state():
    html = render("{% render_table table %}", table=People([]))

    assert "Nobody yet." in html
    assert "<table" not in html


class Filter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="State", choices=[("a", "running"), ("b", "paused")])
    born = django_filters.NumericRangeFilter(label="Born")
    name = django_filters.CharFilter(label="Name")


def test_set_filters_are_chips_that_one_can_remove():
    request = RequestFactory().get("/?state=b&born_min=1980&name=&sort=-name&page=3&other=1")
    filterset = Filter(request.GET, queryset=User.objects.none())

    html = render(
        "{% filter_bar filterset %}",
        "/?state=b&born_min=1980&name=&sort=-name&page=3&other=1",
        filterset=filterset,
    )

    assert "State: paused" in html
    assert "Born: 1980" in html
    assert 'href="?born_min=1980&amp;name=&amp;sort=-name&amp;other=1"' in html
    assert '<input type="hidden" name="sort" value="-name">' in html
    assert "Name:" not in html
