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
    title="Für Menschen, die helfen möchten",
    description=(
        "Was Freiwillige in einem Tandem tun, wie viel Zeit es braucht und wer Ihnen dabei hilft."
    ),
    lead="Sie müssen nichts Besonderes können. Zeit, Geduld und Neugier reichen.",
    body=(
        text("""
            <h2>Was Sie tun</h2>
            <p>Sie treffen sich mit einem Menschen, der neu hier ist. Sie trinken Tee, üben
            Deutsch, lesen einen Brief, gehen auf den Markt. Manchmal helfen Sie bei einer
            Bewerbung, manchmal lachen Sie einfach zusammen.</p>
            <p>Drei von vier Freiwilligen haben sich vorher noch nie engagiert. Ein Viertel hat
            selbst eine Einwanderungsgeschichte.</p>
        """),
        steps(
            "So fangen Sie an",
            ("Melden", "Finden Sie Ihren Standort und schreiben Sie ein paar Sätze."),
            ("Reden", "Wir lernen Sie kennen und erklären alles, was Sie wissen möchten."),
            ("Lernen", "Eine kurze Schulung: Zuhören, Grenzen, Ankommen in Deutschland."),
            ("Treffen", "Wir stellen Ihnen jemanden vor. Sie entscheiden beide."),
        ),
        two_sides(
            "Damit es gut geht",
            (
                "Was wir für Sie tun",
                (
                    "<ul><li>Sie haben eine feste Ansprechperson.</li><li>Wir melden uns "
                    "regelmäßig bei Ihnen.</li><li>Sie treffen andere "
                    "Freiwillige.</li><li>Schulungen sind kostenlos.</li></ul>"
                ),
            ),
            (
                "Was wir von Ihnen erwarten",
                (
                    "<ul><li>Sie kommen, wenn Sie verabredet sind, oder sagen ab.</li><li>Was "
                    "Sie hören, bleibt bei Ihnen.</li><li>Sie helfen, ohne zu "
                    "bestimmen.</li><li>Sie rufen uns an, wenn etwas zu schwer wird.</li></ul>"
                ),
            ),
        ),
        questions(
            "Gut zu wissen",
            (
                "Bin ich versichert?",
                (
                    "<p>Fragen Sie Ihren Standort: Er sagt Ihnen, wie Freiwillige dort "
                    "versichert sind.</p>"
                ),
            ),
            (
                "Brauche ich ein Führungszeugnis?",
                (
                    "<p>Nur wenn Sie Kinder oder Jugendliche begleiten. Wir schauen es an und "
                    "geben es Ihnen zurück. Wir bewahren es nicht auf.</p>"
                ),
            ),
            (
                "Was, wenn mich etwas belastet?",
                (
                    "<p>Rufen Sie uns an. Sie müssen nichts allein tragen. Unsere Teams wissen, "
                    "wer bei Angst, Krieg und Gewalt hilft.</p>"
                ),
            ),
            (
                "Kann ich mehr als ein Tandem haben?",
                "<p>Ja, bis zu drei. Beginnen Sie am besten mit einem.</p>",
            ),
        ),
        call(
            "Jemand wartet schon",
            "An vielen Standorten warten Menschen auf ein Tandem.",
            "Standort finden",
            "join",
        ),
    ),
)

_NEWCOMERS = PageWords(
    title="Für Menschen, die neu hier sind",
    description=(
        "Eine Patin oder ein Pate nimmt sich Zeit für Sie: zum Reden, Lernen, Fragen. Kostenlos "
        "und freiwillig."
    ),
    lead="Sie müssen nicht alles allein herausfinden. Jemand geht ein Stück mit.",
    body=(
        text("""
            <h2>Was Sie bekommen</h2>
            <p>Einen Menschen, der Zeit für Sie hat. Sie können Deutsch sprechen, Fragen stellen,
            zusammen zum Amt gehen, für die Prüfung lernen oder einfach spazieren.</p>
            <p>Es kostet nichts. Sie brauchen keine Papiere. Niemand fragt nach Ihrem
            Aufenthaltsstatus. Ein Tandem ändert nichts an Ihrem Verfahren, auch nicht, wenn Sie
            aufhören.</p>
        """),
        steps(
            "So fangen Sie an",
            ("Melden", "Finden Sie den Standort in Ihrer Nähe. Rufen Sie an oder gehen Sie hin."),
            ("Reden", "Wir fragen, was Sie möchten. Jemand kann übersetzen."),
            ("Lesen", "Wir schlagen jemanden vor. Sie sagen Ja oder Nein."),
            ("Treffen", "Das erste Mal sind wir dabei."),
        ),
        two_sides(
            "Ihr Tandem gehört Ihnen",
            (
                "Sie entscheiden",
                (
                    "<ul><li>was Sie zusammen machen</li><li>wann und wo Sie sich "
                    "treffen</li><li>was Sie erzählen und was nicht</li><li>wann Sie "
                    "aufhören</li></ul>"
                ),
            ),
            (
                "Wir passen auf",
                (
                    "<ul><li>Wir kennen alle Freiwilligen persönlich.</li><li>Wir fragen Sie "
                    "regelmäßig, ob es Ihnen gut geht.</li><li>Wenn etwas nicht stimmt, sagen "
                    "Sie es uns. Wir glauben Ihnen und handeln.</li></ul>"
                ),
            ),
        ),
        questions(
            "Gut zu wissen",
            (
                "Ich spreche wenig Deutsch. Geht das?",
                "<p>Ja. Wir suchen jemanden, mit dem Sie eine Sprache teilen.</p>",
            ),
            (
                "Darf ich meine Kinder mitbringen?",
                (
                    "<p>Meistens ja. Sagen Sie es uns vorher. Es gibt auch Tandems für ganze "
                    "Familien.</p>"
                ),
            ),
            (
                "Hilft mir jemand bei der Wohnung oder der Arbeit?",
                (
                    "<p>Ihr Tandem kann mit Ihnen suchen, lesen und schreiben. Eine Wohnung oder "
                    "Arbeit versprechen kann es nicht.</p>"
                ),
            ),
            (
                "Wer erfährt, dass ich mitmache?",
                "<p>Nur das Team am Standort und Ihr Tandem. Keine Behörde.</p>",
            ),
        ),
        call(
            "Kommen Sie vorbei",
            "Geben Sie Ihre Postleitzahl ein. Wir zeigen Ihnen den Weg.",
            "Standort finden",
            "join",
        ),
    ),
)

_ORGANISATIONS = PageWords(
    title="Für Organisationen",
    description=(
        "Wie Vereine, Verbände und Freiwilligenagenturen Standort werden und was das Programm "
        "für sie tut."
    ),
    lead="Sie möchten Tandems gründen oder tun es schon? Dann sollten wir uns kennenlernen.",
    body=(
        text("""
            <h2>Wer mitmacht</h2>
            <p>Wohlfahrtsverbände, Stiftungen, Migrantenorganisationen, Freiwilligenagenturen und
            Mehrgenerationenhäuser tragen das Programm gemeinsam. Sie finden Freiwillige, gründen
            Tandems, schulen und begleiten sie. Das Netzwerkbüro hält den Austausch zusammen.</p>
        """),
        two_sides(
            "Was Sie bekommen, was Sie brauchen",
            (
                "Das gibt Ihnen das Programm",
                (
                    "<ul><li>eine Plattform für Listen, Vorschläge, Termine und "
                    "Nachweise</li><li>Nachrichten in fünf Sprachen</li><li>Austausch mit "
                    "anderen Standorten</li><li>Zahlen für Ihre Berichte, ohne Namen</li></ul>"
                ),
            ),
            (
                "Das bringen Sie mit",
                (
                    "<ul><li>eine Ansprechperson mit festen Zeiten</li><li>einen Ort zum "
                    "Treffen</li><li>Wissen über Ihre Nachbarschaft</li><li>ein Schutzkonzept, "
                    "wenn Kinder mitmachen</li></ul>"
                ),
            ),
        ),
        text("""
            <h2>Datenschutz von Anfang an</h2>
            <p>Jeder Standort sieht nur seine eigenen Menschen. Programmträger und Netzwerkbüro
            sehen Zahlen, das Ministerium nur Summen. Wer mitmacht, stimmt zu und kann das
            jederzeit zurücknehmen. Alle Daten liegen auf dem Server des Programms. Es gibt keine
            Werbung und keine Auswertung durch Dritte.</p>
            <h2>Freie Software</h2>
            <p>Diese Plattform heißt Tandemwerk. Ihr Quelltext ist offen (EUPL 1.2). Andere
            Programme dürfen sie nutzen, prüfen und verbessern.</p>
        """),
        questions(
            "Häufige Fragen",
            (
                "Wie werden wir Standort?",
                (
                    "<p>Über einen Programmträger. Schreiben Sie dem Netzwerkbüro: Wir sagen "
                    "Ihnen, welcher zu Ihnen passt.</p>"
                ),
            ),
            (
                "Wir haben schon eine Liste mit Freiwilligen. Müssen wir alles neu eingeben?",
                (
                    "<p>Nein. Sie laden Ihre Tabelle hoch. Die Plattform erkennt die Spalten und "
                    "zeigt Ihnen vor dem Übernehmen jede Zeile.</p>"
                ),
            ),
        ),
        call(
            "Sprechen wir miteinander",
            "Das Netzwerkbüro berät Sie gern.",
            "Nachricht schreiben",
            "contact",
        ),
    ),
)

_CONTACT = PageWords(
    title="Kontakt",
    description="Schreiben Sie dem Netzwerkbüro oder rufen Sie an. Ein Mensch antwortet Ihnen.",
    lead="Schreiben Sie uns, in jeder Sprache. Ein Mensch liest es und antwortet.",
    fields={
        "office": "Netzwerkbüro",
        "mail": "kontakt@verband.example",
        "phone": "030 23125 000",
        "hours": "Montag bis Freitag, 9 bis 15 Uhr",
        "address": "Beispielverband e. V.\nMusterstraße 1\n12345 Musterstadt",
    },
)

PAGES = {
    "for-volunteers": _VOLUNTEERS,
    "for-newcomers": _NEWCOMERS,
    "for-organisations": _ORGANISATIONS,
    "contact": _CONTACT,
}
