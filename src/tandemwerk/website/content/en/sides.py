"""One page for each side, one for organisations, and the contact page."""

from tandemwerk.website.content.shape import (
    PageWords,
    call,
    questions,
    steps,
    text,
    two_sides,
)

_VOLUNTEERS = PageWords(
    title="For people who want to help",
    description="What volunteers do in a tandem, how much time it takes and who helps you.",
    lead="You need no special skill. Time, patience and curiosity are enough.",
    body=(
        text("""
            <h2>What you do</h2>
            <p>You meet somebody who is new here. You have tea, practise German, read a letter, go
            to the market. Sometimes you help with an application, sometimes you simply laugh
            together.</p>
            <p>Three out of four volunteers have never volunteered before. A quarter have a family
            history of migration themselves.</p>
        """),
        steps(
            "How you begin",
            ("Get in touch", "Find your site and write a few sentences."),
            ("Talk", "We get to know you and explain whatever you want to know."),
            ("Learn", "A short training: listening, limits, arriving in Germany."),
            ("Meet", "We introduce somebody to you. You both decide."),
        ),
        two_sides(
            "So that it goes well",
            (
                "What we do for you",
                (
                    "<ul><li>You have one person to turn to.</li><li>We get in touch "
                    "regularly.</li><li>You meet other volunteers.</li><li>Training is free of "
                    "charge.</li></ul>"
                ),
            ),
            (
                "What we expect of you",
                (
                    "<ul><li>You come when you have said so, or you let people "
                    "know.</li><li>What you hear stays with you.</li><li>You help without taking "
                    "over.</li><li>You call us when something gets too heavy.</li></ul>"
                ),
            ),
        ),
        questions(
            "Good to know",
            (
                "Am I insured?",
                "<p>Ask your site: it tells you how volunteers are insured there.</p>",
            ),
            (
                "Do I need a certificate of good conduct?",
                (
                    "<p>Only if you accompany children or young people. We look at it and give "
                    "it back to you. We do not keep it.</p>"
                ),
            ),
            (
                "What if something weighs on me?",
                (
                    "<p>Call us. You need not carry anything alone. Our teams know who helps "
                    "with fear, war and violence.</p>"
                ),
            ),
            (
                "Can I have more than one tandem?",
                "<p>Yes, up to three. It is best to begin with one.</p>",
            ),
        ),
        call(
            "Somebody is waiting already",
            "At many sites people are waiting for a tandem.",
            "Find a site",
            "join",
        ),
    ),
)

_NEWCOMERS = PageWords(
    title="For people who are new here",
    description=(
        "A volunteer takes time for you: to talk, to learn, to ask. Free of charge and voluntary."
    ),
    lead="You need not find out everything alone. Somebody walks a part of the way with you.",
    body=(
        text("""
            <h2>What you get</h2>
            <p>Somebody who has time for you. You can speak German, ask questions, go to an office
            together, learn for an exam or just go for a walk.</p>
            <p>It costs nothing. You need no papers. Nobody asks about your residence status. A
            tandem changes nothing in your procedure, not even if you stop.</p>
        """),
        steps(
            "How you begin",
            ("Get in touch", "Find the site near you. Call or go there."),
            ("Talk", "We ask what you would like. Somebody can interpret."),
            ("Read", "We suggest somebody. You say yes or no."),
            ("Meet", "The first time we are there with you."),
        ),
        two_sides(
            "Your tandem is yours",
            (
                "You decide",
                (
                    "<ul><li>what you do together</li><li>when and where you meet</li><li>what "
                    "you tell and what not</li><li>when you stop</li></ul>"
                ),
            ),
            (
                "We take care",
                (
                    "<ul><li>We know all volunteers in person.</li><li>We ask you regularly "
                    "whether you are well.</li><li>If something is wrong, tell us. We believe "
                    "you and act.</li></ul>"
                ),
            ),
        ),
        questions(
            "Good to know",
            (
                "I speak little German. Is that all right?",
                "<p>Yes. We look for somebody with whom you share a language.</p>",
            ),
            (
                "May I bring my children?",
                (
                    "<p>Mostly yes. Tell us beforehand. There are tandems for whole families as "
                    "well.</p>"
                ),
            ),
            (
                "Will somebody help me with a flat or a job?",
                (
                    "<p>Your tandem can search, read and write with you. It cannot promise a "
                    "flat or a job.</p>"
                ),
            ),
            (
                "Who learns that I take part?",
                "<p>Only the team at the site and your tandem. No public office.</p>",
            ),
        ),
        call(
            "Come by",
            "Enter your postcode. We show you the way.",
            "Find a site",
            "join",
        ),
    ),
)

_ORGANISATIONS = PageWords(
    title="For organisations",
    description=(
        "How associations and volunteer agencies become a site, and what the programme does for "
        "them."
    ),
    lead="You want to found tandems, or you do already? Then we should get to know each other.",
    body=(
        text("""
            <h2>Who takes part</h2>
            <p>Welfare associations, foundations, migrant organisations, volunteer agencies and
            multi-generation houses carry the programme together. They find volunteers, found
            tandems, train and accompany them. The network office keeps the exchange going.</p>
        """),
        two_sides(
            "What you get, what you need",
            (
                "What the programme gives you",
                (
                    "<ul><li>a platform for lists, suggestions, appointments and "
                    "records</li><li>messages in five languages</li><li>exchange with other "
                    "sites</li><li>figures for your reports, without names</li></ul>"
                ),
            ),
            (
                "What you bring",
                (
                    "<ul><li>one person to turn to, at fixed hours</li><li>a place to "
                    "meet</li><li>knowledge of your neighbourhood</li><li>a safeguarding concept "
                    "if children take part</li></ul>"
                ),
            ),
        ),
        text("""
            <h2>Data protection from the start</h2>
            <p>Each site sees its own people only. Carriers and the network office see figures,
            the ministry nothing but sums. Whoever takes part agrees and can withdraw at any time.
            All data lie on the programme's server. There is no advertising and no analysis by
            third parties.</p>
            <h2>Free software</h2>
            <p>This platform is called Tandemwerk. Its source is open (EUPL 1.2). Other programmes
            may use, check and improve it.</p>
        """),
        questions(
            "Frequent questions",
            (
                "How do we become a site?",
                (
                    "<p>Through a carrier. Write to the network office: we tell you which one "
                    "suits you.</p>"
                ),
            ),
            (
                "We have a list of volunteers already. Do we have to type it all again?",
                (
                    "<p>No. You upload your spreadsheet. The platform recognises the columns and "
                    "shows you every row before it takes it.</p>"
                ),
            ),
        ),
        call(
            "Let us talk",
            "The network office is glad to advise you.",
            "Write a message",
            "contact",
        ),
    ),
)

_CONTACT = PageWords(
    title="Contact",
    description="Write to the network office or call. A human being answers.",
    lead="Write to us, in any language. A human being reads it and answers.",
    fields={
        "office": "Network office",
        "mail": "kontakt@verband.example",
        "phone": "030 23125 000",
        "hours": "Monday to Friday, 9 am to 3 pm",
        "address": "Beispielverband e. V.\nMusterstraße 1\n12345 Musterstadt",
    },
)

PAGES = {
    "for-volunteers": _VOLUNTEERS,
    "for-newcomers": _NEWCOMERS,
    "for-organisations": _ORGANISATIONS,
    "contact": _CONTACT,
}
