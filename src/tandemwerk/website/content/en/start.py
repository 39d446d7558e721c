"""The start page and how it works."""

from tandemwerk.website.content.shape import (
    PageWords,
    call,
    figures,
    questions,
    sites,
    steps,
    text,
    two_sides,
)

_HOME = PageWords(
    title="It is easier with two",
    description=(
        "People who live here and people who are new here meet as a tandem. Free of charge, "
        "voluntary, at many places in Germany."
    ),
    lead=(
        "Two people meet for an hour or two a week. One knows the place, one is new here. Both "
        "learn something."
    ),
    fields={
        "help_title": "I want to help",
        "help_text": "You give time and get to know somebody.",
        "new_title": "I am new here",
        "new_text": "Somebody takes time for you.",
    },
    body=(
        steps(
            "How it goes",
            ("You get in touch", "With the site near you: write, call or come by."),
            ("We get to know you", "In a talk. What do you like? When are you free?"),
            ("We find somebody", "You read a few lines and say yes or no."),
            ("You meet", "First with us, with tea. After that, as you both like."),
        ),
        figures("What has grown so far"),
        two_sides(
            "Both give, both receive",
            (
                "If you help",
                (
                    "<p>You show how things work here: the form for the nursery, the way to the "
                    "office, the chat on the stairs.</p><p>You get new recipes, new words and "
                    "another view of your town.</p>"
                ),
            ),
            (
                "If you are new here",
                (
                    "<p>You have somebody who has time and listens. You ask what no office can "
                    "answer.</p><p>And you give something: your language, your experience, your "
                    "ideas.</p>"
                ),
            ),
        ),
        sites(
            "Near you as well",
            "Our sites know their neighbourhood. Enter your postcode and we show you the three "
            "nearest.",
        ),
        questions(
            "What many people ask",
            (
                "Does it cost anything?",
                "<p>No. A tandem costs nothing, and nobody is paid for it.</p>",
            ),
            (
                "Do I have to speak German well?",
                (
                    "<p>No. We look for somebody with whom you share a language. When we talk at "
                    "the site, somebody helps to interpret if needed.</p>"
                ),
            ),
            (
                "How much time do I need?",
                (
                    "<p>Most people meet for one or two hours a week, for about half a year. The "
                    "two of you decide how often and how long.</p>"
                ),
            ),
            (
                "What if it does not fit?",
                (
                    "<p>Then tell us. You can stop at any time without giving a reason. If you "
                    "like, we look for somebody else.</p>"
                ),
            ),
            (
                "Who sees what I say about myself?",
                (
                    "<p>Only the team of your site. Before the first meeting the other side "
                    "reads a few lines without your name. You find more under <a "
                    'href="/~/privacy/">Privacy</a>.</p>'
                ),
            ),
        ),
        call(
            "Any other question?",
            "Write to us, in any language. A human being answers.",
            "Write to us",
            "contact",
        ),
    ),
)

_HOW = PageWords(
    title="How a tandem works",
    description=(
        "From the first call to the last meeting: how a tandem begins, who helps, and what both "
        "sides do."
    ),
    lead="From the first call to the goodbye: what happens, who helps and what you decide.",
    body=(
        text("""
            <h2>What a tandem is</h2>
            <p>A tandem is two people who meet regularly. One has lived here for a long time. One
            is new in Germany. Sometimes there is a whole family on one side.</p>
            <p>A tandem is voluntary. Nobody is paid. The two of you decide what you do, how often
            you meet and when it ends.</p>
        """),
        steps(
            "Step by step",
            ("You get in touch", "With a site near you. You need no papers for that."),
            (
                "We talk",
                "For about half an hour: about your languages, your free time, your wishes.",
            ),
            (
                "We suggest somebody",
                "You read a few lines without a name. Only when both say yes does it go on.",
            ),
            (
                "You get to know each other",
                "The first meeting is at the site. After three or four meetings you decide.",
            ),
            (
                "We stay around",
                "After two weeks, after six weeks and then every three months we ask how it goes.",
            ),
            (
                "You say goodbye",
                "When the goal is reached or when you want to. Many stay friends.",
            ),
        ),
        text("""
            <h2>Three kinds of tandems</h2>
            <ul>
            <li><b>Everyday life:</b> cooking, walking, talking, getting to know the town.</li>
            <li><b>A goal:</b> finishing school, a language exam, a training place, a job.</li>
            <li><b>Finding the way:</b> to offices, to the doctor, to the nursery, to advice.</li>
            </ul>
        """),
        two_sides(
            "What you get from us",
            (
                "Before",
                (
                    "<ul><li>a talk without hurry</li><li>training that costs nothing</li><li>a "
                    "suggestion that we can explain</li></ul>"
                ),
            ),
            (
                "Along the way",
                (
                    "<ul><li>somebody you can call</li><li>advice when it gets "
                    "difficult</li><li>meetings with other tandems</li></ul>"
                ),
            ),
        ),
        text("""
            <h2>What a tandem is not</h2>
            <p>A tandem does not replace legal advice, therapy or a German course. Whoever helps
            need not understand official decisions nor bear a crisis alone. Our sites know who is
            there for that.</p>
        """),
        questions(
            "More questions",
            (
                "How do you find the right person for me?",
                (
                    "<p>A program compares languages, times, wishes and distance. It makes "
                    "suggestions and says why. A human being at the site decides, and then the "
                    "two of you.</p>"
                ),
            ),
            (
                "As a woman, can I have a tandem with a woman only?",
                "<p>Yes. Just tell us what you want. We keep to it.</p>",
            ),
            (
                "Can children take part?",
                (
                    "<p>Yes, at many sites. The parents agree. Whoever accompanies a child first "
                    "shows an extended certificate of good conduct.</p>"
                ),
            ),
            (
                "Do I have to say what my residence status is?",
                "<p>No. We do not ask, and it makes no difference.</p>",
            ),
        ),
        text("""
            <h2>Read on</h2>
            <ul>
            <li><a href="/~/for-volunteers/">For people who want to help</a></li>
            <li><a href="/~/for-newcomers/">For people who are new here</a></li>
            <li><a href="/~/for-organisations/">For organisations</a></li>
            </ul>
        """),
        call(
            "Ready for the first step?",
            "Choose your side and find the site near you.",
            "Take part",
            "join",
        ),
    ),
)

PAGES = {
    "home": _HOME,
    "how-it-works": _HOW,
}
