"""Words that say nothing about what a text is about."""

from typing import Final

from tandemwerk.core.search.languages import fold

_DE: Final = """
aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin
bis bist da dabei damit danach dann das dass dein deine dem den denn der des dich die dies diese
diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas
euch euer eure für gegen gibt hab habe haben hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre
ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes kann kein keine keinen können
könnte konnte mal man mehr mein meine meinem meinen meiner mich mir mit muss müssen nach nicht
nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner sich sie sind so soll
sollen sollte über um und uns unser unsere unserem unseren unserer unter vom von vor wann war
waren warum was weil welche welchen welcher welches wenn wer werden wie wieder wir wird wo wohin
wurde wurden zu zum zur zwischen
"""
_EN: Final = """
a about after all also am an and any are as at be been but by can could did do does for from had
has have how i if in into is it its me my no not of on or our shall she he should so than that the
their them then there these they this those to us was we were what when where which who whom why
will with would you your
"""
_AR: Final = """
من الى إلى على في عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا هل كيف أين متى لماذا كل أو أن إن
لا لم لن قد كان كانت يكون هو هي هم نحن أنا أنت إذا ثم بعد قبل عند بين حتى كما لكن و أيضا هناك يمكن
يمكنني لي
"""
_FA: Final = """
از به با در و را که این آن برای تا هم یا است هست بود شد شود می نمی من ما شما او آنها ها های چه
چگونه چطور کجا کی چرا آیا هر همه باید اگر پس پيش بر یک
"""
_UK: Final = """
і й та в у на з із зі до від за по про для без над під при між через що як це цей ця ці той та те
коли де чи хто який яка яке які мені мене ми ви він вона вони не ні є був була були бути ж же б би
або але якщо тому так щоб мій моя моє мої наш наша ваш ваша можна треба
"""
STOPWORDS: Final = frozenset(
    fold(each) for text in (_DE, _EN, _AR, _FA, _UK) for each in text.split()
)
