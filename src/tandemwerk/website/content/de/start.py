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
    title="Zu zweit geht es leichter",
    description=(
        "Menschen, die hier leben, und Menschen, die neu hier sind, treffen sich als Tandem. "
        "Kostenlos, freiwillig, an vielen Standorten in Deutschland."
    ),
    lead=(
        "Zwei Menschen treffen sich, ein oder zwei Stunden in der Woche. Einer kennt sich hier "
        "aus, einer ist neu hier. Beide lernen dazu."
    ),
    fields={
        "help_title": "Ich möchte helfen",
        "help_text": "Sie schenken Zeit und lernen jemanden kennen.",
        "new_title": "Ich bin neu hier",
        "new_text": "Jemand nimmt sich Zeit für Sie.",
    },
    body=(
        steps(
            "So geht es",
            ("Sie melden sich", "Beim Standort in Ihrer Nähe: schreiben, anrufen, vorbeikommen."),
            ("Wir lernen Sie kennen", "In einem Gespräch. Was mögen Sie? Wann haben Sie Zeit?"),
            ("Wir finden jemanden", "Sie lesen ein paar Zeilen und sagen Ja oder Nein."),
            ("Sie treffen sich", "Zuerst bei uns, mit Tee. Danach, wie Sie beide es möchten."),
        ),
        figures("Was bisher gewachsen ist"),
        two_sides(
            "Beide geben, beide bekommen",
            (
                "Wenn Sie helfen",
                (
                    "<p>Sie zeigen, wie hier etwas geht: die Anmeldung zur Kita, der Weg zum "
                    "Amt, das Plaudern im Treppenhaus.</p><p>Sie bekommen neue Rezepte, neue "
                    "Wörter und einen anderen Blick auf Ihre Stadt.</p>"
                ),
            ),
            (
                "Wenn Sie neu hier sind",
                (
                    "<p>Sie haben jemanden, der Zeit hat und zuhört. Sie fragen, was man kein "
                    "Amt fragen kann.</p><p>Und Sie geben etwas: Ihre Sprache, Ihre Erfahrung, "
                    "Ihre Ideen.</p>"
                ),
            ),
        ),
        sites(
            "Auch in Ihrer Nähe",
            "Unsere Standorte kennen ihre Nachbarschaft. Geben Sie Ihre Postleitzahl ein: Wir "
            "zeigen Ihnen die drei nächsten.",
        ),
        questions(
            "Was viele fragen",
            (
                "Kostet das etwas?",
                "<p>Nein. Ein Tandem kostet nichts, und niemand bekommt Geld dafür.</p>",
            ),
            (
                "Muss ich gut Deutsch können?",
                (
                    "<p>Nein. Wir suchen jemanden, mit dem Sie eine Sprache teilen. Beim "
                    "Gespräch am Standort hilft, wenn nötig, jemand beim Übersetzen.</p>"
                ),
            ),
            (
                "Wie viel Zeit brauche ich?",
                (
                    "<p>Die meisten treffen sich ein bis zwei Stunden in der Woche, etwa ein "
                    "halbes Jahr lang. Sie beide bestimmen, wie oft und wie lange.</p>"
                ),
            ),
            (
                "Was ist, wenn es nicht passt?",
                (
                    "<p>Dann sagen Sie es uns. Sie können jederzeit aufhören, ohne einen Grund "
                    "zu nennen. Wenn Sie möchten, suchen wir jemand anderen.</p>"
                ),
            ),
            (
                "Wer sieht, was ich über mich sage?",
                (
                    "<p>Nur das Team Ihres Standorts. Die andere Seite liest vor dem ersten "
                    "Treffen einige Zeilen ohne Ihren Namen. Mehr dazu steht unter <a "
                    'href="/~/privacy/">Datenschutz</a>.</p>'
                ),
            ),
        ),
        call(
            "Noch eine Frage?",
            "Schreiben Sie uns, in jeder Sprache. Ein Mensch antwortet Ihnen.",
            "Schreiben Sie uns",
            "contact",
        ),
    ),
)

_HOW = PageWords(
    title="So funktioniert ein Tandem",
    description=(
        "Vom ersten Anruf bis zum letzten Treffen: wie ein Tandem entsteht, wer hilft und was "
        "beide Seiten tun."
    ),
    lead="Vom ersten Anruf bis zum Abschied: was passiert, wer hilft und was Sie entscheiden.",
    body=(
        text("""
            <h2>Was ein Tandem ist</h2>
            <p>Ein Tandem sind zwei Menschen, die sich regelmäßig treffen. Einer lebt schon lange
            hier. Einer ist neu in Deutschland. Manchmal steht auf einer Seite auch eine
            Familie.</p>
            <p>Ein Tandem ist freiwillig. Niemand wird bezahlt. Sie beide bestimmen, was Sie tun,
            wie oft Sie sich sehen und wann Schluss ist.</p>
        """),
        steps(
            "Schritt für Schritt",
            (
                "Sie melden sich",
                "Bei einem Standort in Ihrer Nähe. Sie brauchen dafür keine Papiere.",
            ),
            (
                "Wir sprechen miteinander",
                "Etwa eine halbe Stunde: über Ihre Sprachen, Ihre freie Zeit, Ihre Wünsche.",
            ),
            (
                "Wir schlagen jemanden vor",
                "Sie lesen ein paar Zeilen ohne Namen. Erst wenn beide Ja sagen, geht es weiter.",
            ),
            (
                "Sie lernen sich kennen",
                "Das erste Treffen ist am Standort. Nach drei oder vier Treffen entscheiden Sie.",
            ),
            (
                "Wir bleiben da",
                "Nach zwei Wochen, nach sechs Wochen und dann alle drei Monate fragen wir nach.",
            ),
            (
                "Sie sagen Auf Wiedersehen",
                "Wenn das Ziel erreicht ist oder wenn Sie möchten. Viele bleiben Freunde.",
            ),
        ),
        text("""
            <h2>Drei Arten von Tandems</h2>
            <ul>
            <li><b>Alltag:</b> kochen, spazieren, reden, die Stadt kennenlernen.</li>
            <li><b>Ein Ziel:</b> der Schulabschluss, die Sprachprüfung, ein Ausbildungsplatz, eine
            Arbeit.</li>
            <li><b>Wege:</b> zum Amt, zur Ärztin, in die Kita, zur Beratungsstelle.</li>
            </ul>
        """),
        two_sides(
            "Was Sie von uns bekommen",
            (
                "Vorher",
                (
                    "<ul><li>ein Gespräch in Ruhe</li><li>Schulungen, die nichts "
                    "kosten</li><li>einen Vorschlag, den wir begründen können</li></ul>"
                ),
            ),
            (
                "Unterwegs",
                (
                    "<ul><li>eine Ansprechperson, die Sie anrufen können</li><li>Rat, wenn es "
                    "schwierig wird</li><li>Treffen mit anderen Tandems</li></ul>"
                ),
            ),
        ),
        text("""
            <h2>Was ein Tandem nicht ist</h2>
            <p>Ein Tandem ersetzt keine Rechtsberatung, keine Therapie und keinen Deutschkurs. Wer
            hilft, muss keine Bescheide verstehen und keine Krise allein aushalten. Dafür kennen
            unsere Standorte die richtigen Stellen.</p>
        """),
        questions(
            "Noch mehr Fragen",
            (
                "Wie finden Sie die richtige Person für mich?",
                (
                    "<p>Ein Programm vergleicht Sprachen, Zeiten, Wünsche und den Weg. Es macht "
                    "Vorschläge und sagt, warum. Ein Mensch am Standort entscheidet, und dann "
                    "Sie beide.</p>"
                ),
            ),
            (
                "Kann ich als Frau nur mit einer Frau ein Tandem bilden?",
                "<p>Ja. Sagen Sie uns einfach, was Sie möchten. Wir halten uns daran.</p>",
            ),
            (
                "Können Kinder mitmachen?",
                (
                    "<p>Ja, an vielen Standorten. Die Eltern stimmen zu. Wer ein Kind begleitet, "
                    "legt vorher ein erweitertes Führungszeugnis vor.</p>"
                ),
            ),
            (
                "Muss ich meinen Aufenthaltsstatus nennen?",
                "<p>Nein. Wir fragen nicht danach, und es ändert nichts.</p>",
            ),
        ),
        text("""
            <h2>Weiterlesen</h2>
            <ul>
            <li><a href="/~/for-volunteers/">Für Menschen, die helfen möchten</a></li>
            <li><a href="/~/for-newcomers/">Für Menschen, die neu hier sind</a></li>
            <li><a href="/~/for-organisations/">Für Organisationen</a></li>
            </ul>
        """),
        call(
            "Bereit für den ersten Schritt?",
            "Wählen Sie Ihre Seite und finden Sie den Standort in Ihrer Nähe.",
            "Mitmachen",
            "join",
        ),
    ),
)

PAGES = {
    "home": _HOME,
    "how-it-works": _HOW,
}
