"""The pages that have to be there."""

from tandemwerk.website.content.shape import PageWords, text

_IMPRINT = PageWords(
    title="Imprint",
    description="Who runs this website and how you reach them.",
    body=(
        text("""
            <p><b>This operator is invented.</b> Whoever really runs the platform puts their own
            details here.</p>
            <h2>Details according to § 5 DDG</h2>
            <p>Beispielverband e. V.<br/>Musterstraße 1<br/>12345 Musterstadt</p>
            <p>Represented by the board: Erika Muster and Max Beispiel</p>
            <p>Phone: 030 23125 000<br/>E-mail: kontakt@verband.example</p>
            <p>Register of associations: VR 00000, Amtsgericht Musterstadt</p>
            <h2>Responsible for the content</h2>
            <p>Erika Muster, address as above (§ 18 (2) MStV)</p>
            <h2>Pictures and maps</h2>
            <p>Drawings: Tandemwerk, EUPL 1.2. Outlines: © GeoBasis-DE / BKG 2016 (data changed).
            Postcodes: © OpenStreetMap contributors.</p>
        """),
    ),
)

_PRIVACY = PageWords(
    title="Privacy",
    description=(
        "Which data this website processes, for what and how long. No tracking, no advertising, "
        "no data for third parties."
    ),
    lead="We ask only for what we need. We pass nothing on. We delete as soon as we can.",
    body=(
        text("""
            <h2>Who is responsible</h2>
            <p>Beispielverband e. V. (invented), Musterstraße 1, 12345 Musterstadt. Questions
            about data protection are answered by datenschutz@verband.example.</p>
            <h2>When you read this website</h2>
            <p>Your device sends our server its internet address; otherwise the server could not
            answer. We do not analyse who reads what. Fonts, maps and programs come from our own
            server. No other company learns of your visit.</p>
            <h2>Cookies</h2>
            <p>There are only cookies that you need: your language, light or dark, and, when you
            sign in or send a form, a mark for your safety. That is why we do not ask for
            permission (§ 25 (2) TDDDG).</p>
            <h2>When you write to us</h2>
            <p>Your message goes as an e-mail to the network office or to the site that you chose.
            We make no other list of it. So that nobody abuses the form, we keep an encrypted
            trace of your internet address for one day. Nobody can read your address from it. The
            basis is our interest in answering you (Art. 6 (1) (f) GDPR).</p>
            <h2>When you search for a place</h2>
            <p>Your postcode stands in the address of the page, so that you can share the search.
            We do not store it.</p>
            <h2>When you take part in a tandem</h2>
            <p>Your site stores what it needs to find somebody for you: name, contact, languages,
            free time, interests, wishes. You agree beforehand, in your language. Only the team of
            your site sees these details. The ministry gets nothing but sums.</p>
            <h2>Your rights</h2>
            <ul>
            <li>You can see what we have stored about you.</li>
            <li>You can have mistakes corrected.</li>
            <li>You can have your data deleted.</li>
            <li>You can withdraw your consent, at any time and without a reason.</li>
            <li>You can complain to the data protection authority of your Land.</li>
            </ul>
            <p><a href="/~/contact/?topic=privacy">Write to us</a>, we help you.</p>
        """),
    ),
)

_ACCESSIBILITY = PageWords(
    title="Accessibility",
    description="How accessible this website is, what is still missing and whom you can tell.",
    lead="Everybody should be able to use these pages. If something does not work, tell us.",
    body=(
        text("""
            <h2>What we do</h2>
            <p>We follow WCAG 2.2, level AA, and EN 301 549.</p>
            <ul>
            <li>Everything works with the keyboard and without JavaScript.</li>
            <li>You can <a href="/~/appearance/">choose</a> light, dark and high contrast.</li>
            <li>Each map and each chart comes with a list or a table.</li>
            <li>Colour is never the only sign.</li>
            <li>Arabic and Persian run from right to left.</li>
            </ul>
            <p>A program checks every page before each new version, light and dark, in both
            directions of writing.</p>
            <h2>What is still missing</h2>
            <ul>
            <li>Texts of the sites (description, opening hours) are in German only.</li>
            <li>There are no videos in sign language yet.</li>
            <li>No independent body has tested these pages yet.</li>
            </ul>
            <h2>Something does not work?</h2>
            <p><a href="/~/contact/">Write to us</a> or call: 030 23125 000. Tell us which page it
            was and what you wanted to do. We answer within three working days.</p>
        """),
    ),
)

_PLAIN = PageWords(
    title="In plain language",
    description="The most important things about tandems, in short sentences.",
    lead="Here are the most important things. In short sentences.",
    body=(
        text("""
            <h2>What is a tandem?</h2>
            <p>A tandem is 2 people.</p>
            <p>One person has lived in Germany for a long time.</p>
            <p>One person is new in Germany.</p>
            <p>The 2 people meet.</p>
            <p>For example once a week.</p>
            <h2>What does a tandem do?</h2>
            <ul>
            <li>Talk together.</li>
            <li>Practise German together.</li>
            <li>Go to an office together.</li>
            <li>Cook or go for a walk together.</li>
            </ul>
            <h2>What does it cost?</h2>
            <p>It costs nothing.</p>
            <h2>Do I have to take part?</h2>
            <p>No. You want to? Then take part.</p>
            <p>You do not want to any more? Then stop. That is all right.</p>
            <h2>How do I begin?</h2>
            <ol>
            <li>Look for a <a href="/~/sites/">site</a> near you.</li>
            <li>Call. Or go there.</li>
            <li>Somebody talks with you there.</li>
            <li>We look for a person who fits.</li>
            <li>You meet.</li>
            </ol>
            <h2>What happens with my data?</h2>
            <p>We write down: your name, your phone number, your languages.</p>
            <p>Only the site sees that.</p>
            <p>No public office sees it.</p>
            <p>You say: please delete it. Then we delete it.</p>
            <h2>You have a question?</h2>
            <p>Call us: 030 23125 000.</p>
            <p>Or <a href="/~/contact/">write to us</a>.</p>
        """),
    ),
)

PAGES = {
    "imprint": _IMPRINT,
    "privacy": _PRIVACY,
    "accessibility": _ACCESSIBILITY,
    "plain-language": _PLAIN,
}
