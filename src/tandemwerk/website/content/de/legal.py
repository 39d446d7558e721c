"""The pages that have to be there."""

from tandemwerk.website.content.shape import PageWords, text

_IMPRINT = PageWords(
    title="Impressum",
    description="Wer diese Website betreibt und wie Sie den Betreiber erreichen.",
    body=(
        text("""
            <p><b>Dieser Betreiber ist erfunden.</b> Wer die Plattform wirklich betreibt, setzt
            hier seine eigenen Angaben ein.</p>
            <h2>Angaben nach § 5 DDG</h2>
            <p>Beispielverband e. V.<br/>Musterstraße 1<br/>12345 Musterstadt</p>
            <p>Vertreten durch den Vorstand: Erika Muster und Max Beispiel</p>
            <p>Telefon: 030 23125 000<br/>E-Mail: kontakt@verband.example</p>
            <p>Vereinsregister: VR 00000, Amtsgericht Musterstadt</p>
            <h2>Verantwortlich für den Inhalt</h2>
            <p>Erika Muster, Anschrift wie oben (§ 18 Abs. 2 MStV)</p>
            <h2>Bilder und Karten</h2>
            <p>Zeichnungen: Tandemwerk, EUPL 1.2. Umrisse: © GeoBasis-DE / BKG 2016 (Daten
            verändert). Postleitzahlen: © OpenStreetMap-Mitwirkende.</p>
        """),
    ),
)

_PRIVACY = PageWords(
    title="Datenschutz",
    description=(
        "Welche Daten diese Website verarbeitet, wofür und wie lange. Kein Tracking, keine "
        "Werbung, keine Daten an Dritte."
    ),
    lead="Wir fragen nur, was wir brauchen. Wir geben nichts weiter. Wir löschen, sobald es geht.",
    body=(
        text("""
            <h2>Wer verantwortlich ist</h2>
            <p>Beispielverband e. V. (erfunden), Musterstraße 1, 12345 Musterstadt. Fragen zum
            Datenschutz beantwortet datenschutz@verband.example.</p>
            <h2>Wenn Sie diese Website lesen</h2>
            <p>Ihr Gerät schickt unserem Server seine Internetadresse, sonst könnte er nicht
            antworten. Wir werten nicht aus, wer was liest. Schriften, Karten und Programme kommen
            von unserem eigenen Server. Kein anderes Unternehmen erfährt von Ihrem Besuch.</p>
            <h2>Cookies</h2>
            <p>Es gibt nur Cookies, die Sie brauchen: Ihre Sprache, hell oder dunkel, und wenn Sie
            sich anmelden oder ein Formular abschicken, ein Zeichen zu Ihrer Sicherheit. Deshalb
            fragen wir Sie nicht nach einer Erlaubnis (§ 25 Abs. 2 TDDDG).</p>
            <h2>Wenn Sie uns schreiben</h2>
            <p>Ihre Nachricht geht als E-Mail an das Netzwerkbüro oder an den Standort, den Sie
            gewählt haben. Wir legen keine weitere Liste an. Damit niemand das Formular
            missbraucht, merken wir uns einen Tag lang eine verschlüsselte Spur Ihrer
            Internetadresse. Aus ihr kann niemand Ihre Adresse lesen. Grundlage ist unser
            Interesse, Ihnen zu antworten (Art. 6 Abs. 1 Buchst. f DSGVO).</p>
            <h2>Wenn Sie nach einem Ort suchen</h2>
            <p>Ihre Postleitzahl steht in der Adresse der Seite, damit Sie die Suche teilen
            können. Wir speichern sie nicht.</p>
            <h2>Wenn Sie bei einem Tandem mitmachen</h2>
            <p>Ihr Standort speichert, was er braucht, um jemanden für Sie zu finden: Name,
            Kontakt, Sprachen, freie Zeit, Interessen, Wünsche. Sie stimmen vorher zu, in Ihrer
            Sprache. Nur das Team Ihres Standorts sieht diese Angaben. Das Ministerium bekommt nur
            Summen.</p>
            <h2>Ihre Rechte</h2>
            <ul>
            <li>Sie können sehen, was wir über Sie gespeichert haben.</li>
            <li>Sie können Fehler berichtigen lassen.</li>
            <li>Sie können Ihre Daten löschen lassen.</li>
            <li>Sie können Ihre Zustimmung zurücknehmen, jederzeit und ohne Grund.</li>
            <li>Sie können sich bei der Datenschutzaufsicht Ihres Bundeslandes beschweren.</li>
            </ul>
            <p><a href="/~/contact/?topic=privacy">Schreiben Sie uns</a>, wir helfen Ihnen.</p>
        """),
    ),
)

_ACCESSIBILITY = PageWords(
    title="Barrierefreiheit",
    description="Wie zugänglich diese Website ist, was noch fehlt und wem Sie es sagen können.",
    lead="Alle sollen diese Seiten benutzen können. Wenn etwas nicht geht, sagen Sie es uns.",
    body=(
        text("""
            <h2>Was wir tun</h2>
            <p>Wir richten uns nach WCAG 2.2, Stufe AA, und EN 301 549.</p>
            <ul>
            <li>Alles geht mit der Tastatur und ohne JavaScript.</li>
            <li>Sie können hell, dunkel und starken Kontrast <a
            href="/~/appearance/">wählen</a>.</li>
            <li>Zu jeder Karte und jedem Diagramm gibt es eine Liste oder Tabelle.</li>
            <li>Farbe ist nie das einzige Zeichen.</li>
            <li>Arabisch und Persisch laufen von rechts nach links.</li>
            </ul>
            <p>Ein Programm prüft jede Seite vor jeder neuen Version, hell und dunkel, in beiden
            Schreibrichtungen.</p>
            <h2>Was noch fehlt</h2>
            <ul>
            <li>Texte der Standorte (Beschreibung, Öffnungszeiten) gibt es nur auf Deutsch.</li>
            <li>Es gibt noch keine Videos in Gebärdensprache.</li>
            <li>Diese Seiten wurden noch nicht von einer unabhängigen Stelle geprüft.</li>
            </ul>
            <h2>Etwas geht nicht?</h2>
            <p><a href="/~/contact/">Schreiben Sie uns</a> oder rufen Sie an: 030 23125 000. Sagen
            Sie uns, welche Seite es war und was Sie tun wollten. Wir antworten innerhalb von drei
            Arbeitstagen.</p>
        """),
    ),
)

_PLAIN = PageWords(
    title="In einfacher Sprache",
    description="Das Wichtigste über Tandems in kurzen Sätzen.",
    lead="Hier steht das Wichtigste. In kurzen Sätzen.",
    body=(
        text("""
            <h2>Was ist ein Tandem?</h2>
            <p>Ein Tandem sind 2 Menschen.</p>
            <p>Ein Mensch lebt schon lange in Deutschland.</p>
            <p>Ein Mensch ist neu in Deutschland.</p>
            <p>Die 2 Menschen treffen sich.</p>
            <p>Zum Beispiel 1 Mal in der Woche.</p>
            <h2>Was macht ein Tandem?</h2>
            <ul>
            <li>Zusammen reden.</li>
            <li>Zusammen Deutsch üben.</li>
            <li>Zusammen zum Amt gehen.</li>
            <li>Zusammen kochen oder spazieren.</li>
            </ul>
            <h2>Was kostet das?</h2>
            <p>Es kostet nichts.</p>
            <h2>Muss ich mitmachen?</h2>
            <p>Nein. Sie wollen? Dann machen Sie mit.</p>
            <p>Sie wollen nicht mehr? Dann hören Sie auf. Das ist in Ordnung.</p>
            <h2>Wie fange ich an?</h2>
            <ol>
            <li>Suchen Sie einen <a href="/~/sites/">Standort</a> in Ihrer Nähe.</li>
            <li>Rufen Sie an. Oder gehen Sie hin.</li>
            <li>Dort spricht jemand mit Ihnen.</li>
            <li>Wir suchen einen Menschen, der zu Ihnen passt.</li>
            <li>Sie treffen sich.</li>
            </ol>
            <h2>Was passiert mit meinen Daten?</h2>
            <p>Wir schreiben auf: Ihren Namen, Ihre Telefonnummer, Ihre Sprachen.</p>
            <p>Nur der Standort sieht das.</p>
            <p>Kein Amt sieht das.</p>
            <p>Sie sagen: Bitte löschen. Dann löschen wir es.</p>
            <h2>Sie haben eine Frage?</h2>
            <p>Rufen Sie an: 030 23125 000.</p>
            <p>Oder <a href="/~/contact/">schreiben Sie uns</a>.</p>
        """),
    ),
)

PAGES = {
    "imprint": _IMPRINT,
    "privacy": _PRIVACY,
    "accessibility": _ACCESSIBILITY,
    "plain-language": _PLAIN,
}
