"""Common given names of the people in the field: what ``guard`` knows a person by.

Kept small on purpose. Names that are also everyday words («Nur», «Will») are left out: they would
warn about every second text.
"""

from typing import Final

_ARABIC: Final = """
abbas abdallah abdul abdullah abdulrahman adnan ahmad ahmed aisha akram ali alia aliya amer amina
amira ammar anas anwar asma ayman aya aziz badr bahaa bana basel basem bashar bassam bilal dalia
diaa dima emad fadi fadia fahd farah faris fatema fatima fatma firas ghada ghassan habib haidar
hala hamid hamza hanan hanin haitham hasan hassan haya hisham huda hussain hussein ibrahim ibtisam
ismail israa issa jamal jamil jamila jawad joud jouri kamal kareem karim khadija khaled khalid
khalil laila lamia lana layan leen leila lina louay lubna maha mahmoud mahmud majed majid malak
manal marwa marwan maryam mazen mohamad mohamed mohammad mohammed mona mounir muhammad muna munir
mustafa nabil nada nadia nadim nahla najwa nasser nawal nidal nisreen nizar noor noura nour omar
osama othman qasim qusai rabia raed raghad rahaf rami rana rania rasha rashid rawan reem riad rima
rola ruba ruqayya saad sabah sabri safa salah saleh salem salim salma samer sami samia samir
samira sara sawsan shadi shahd sherin suhad suleiman taher tarek tariq wafa wael walid wassim
yara yasmin yasser yassin yazan youssef yusuf zahra zaid zain zainab zeinab ziad
"""
_PERSIAN: Final = """
abdolreza ahmadreza alireza amir amirhossein arash arezou atefeh azadeh azita babak bahar bahram
behnaz behrouz behzad bijan dariush ehsan elaheh elham fardin farhad fariba farid farida faridoon
farzad farzana farzaneh fereshteh fereydoun firouz forouzan freshta ghulam golnaz gulalai habiba
hamed hamidreza hedayat homa homayoun hossein jalal jawid kamran karima kaveh kian laleh latifa
mahdi mahin mahnaz mahsa malalai mansour manizha marzia masoud masud mehdi mehran mehrdad
mina mirwais mitra mojtaba morteza mujtaba nadera nahid najib najibullah naser nasim nasrin nasir
navid neda nematullah niloufar nilofar omid parisa parvaneh parviz parwana parwin payam qais
rahim rahmatullah ramin reza roya sadaf sahar saeed sakina samim sana sediqa sepideh
setareh shabnam shahin shahla shahram shakila shaima shirin shukria siamak simin sohrab sohaila
soraya tahmina taraneh wahid wahida yama zabihullah zahir zalmai zarghuna zeba zohra zohreh
"""
_KURDISH_TURKISH: Final = """
agit ahin alan avin azad baran berfin berivan bêrîvan cemal ciwan dilan dilara dilovan diyar elif
emine emre evin fatoş ferhat gulistan gülistan hatice hevin heval hêvîn hüseyin jiyan kawa mehmet
mustafa narin nazdar nesrin ozan rojda rojin ronahi rojhat sidar sirwan sozdar süleyman
şerif şevin şirin viyan xezal yilmaz zeynep zelal zozan ayşe büşra hakan kemal murat serkan yusuf
"""
_UKRAINIAN: Final = """
alina anastasiia anastasiya andrii andriy anton artem bohdan bohdana danylo daryna dmytro halyna
hanna ihor inna iryna ivanna kateryna khrystyna kyrylo larysa lesia liubov liudmyla luda lyudmyla
maksym mariia mariya maryna mykhailo mykola nadiia nataliia nataliya natalia nazar oksana oleh olena
oleksandr oleksandra oleksii olha ostap pavlo petro roksolana ruslan ruslana serhii serhiy
sofiia solomiia stanislav svitlana taras tetiana tetyana vadym valentyna valeriia vasyl vira vitalii
volodymyr yana yaroslav yaroslava yehor yelyzaveta yevhen yevheniia yulia yuliia yurii zlata zoia
"""
_AFRICAN: Final = """
abdi abdirahman abebe abrehet almaz amanuel asha ayaan berhane bisrat daniel dawit deqa eden
elsa ephrem eyob feven filmon fikadu freweyni ghebre girmay habtom haben hodan hirut ifrah kidane
kidist letebrhan lidya luwam mahamud meron meseret mehari merhawi mulugeta nahom natnael rahel ruta
saba salomon samrawit selam semhar senait simret solomon tedros tekle tesfalem tesfay tsegay
tsigereda weldu winta yohana yohannes yonas yosief zahara zebib zekarias fatou mamadou oumar aminata
warsame ibrahima ousmane moussa mariama aissatou chidi chioma ngozi emeka blessing
"""
_GERMAN: Final = """
alexander andrea andreas angelika anja anke anna anne annette antje barbara beate bernd bettina
birgit brigitte carsten christian christiane christine christoph claudia cornelia dagmar dennis
dieter dirk doris elisabeth elke eva florian frank gabriele gerd gisela gudrun günter günther hanna
hans heike heiko heinz helga helmut holger ines ingrid jan jana jens joachim johanna jonas jörg
julia jürgen karin karl katharina katja katrin kerstin klaus kristina lars lena lisa lukas manfred
manuela maria marie marion markus martin martina matthias melanie michael michaela monika nadine
nicole nina norbert olaf oliver paul peter petra philipp rainer ralf regina renate rita robert rolf
ruth sabine sabrina sandra sebastian silke silvia simone sonja stefan stefanie steffen stephan
susanne sven sylvia tanja thomas tim tobias torsten ulrich ulrike ursula ute uwe vanessa volker
walter werner wolfgang yvonne
"""
#: Given names in Latin script, in small letters.
LATIN: Final[frozenset[str]] = frozenset(
    f"{_ARABIC} {_PERSIAN} {_KURDISH_TURKISH} {_UKRAINIAN} {_AFRICAN} {_GERMAN}".split()
)
#: Given names in Cyrillic script, in small letters, in the cases that texts have them in most.
CYRILLIC: Final[frozenset[str]] = frozenset(
    [
        "андрій",
        "андрія",
        "анастасія",
        "анастасії",
        "анна",
        "анни",
        "артем",
        "артема",
        "богдан",
        "богдана",
        "галина",
        "галини",
        "ганна",
        "дарина",
        "данило",
        "дмитро",
        "дмитра",
        "ірина",
        "ірини",
        "іван",
        "івана",
        "ігор",
        "ігоря",
        "катерина",
        "катерини",
        "лариса",
        "лариси",
        "людмила",
        "людмили",
        "максим",
        "максима",
        "марія",
        "марії",
        "марина",
        "марини",
        "микола",
        "миколи",
        "михайло",
        "наталія",
        "наталії",
        "наталя",
        "наталі",
        "оксана",
        "оксани",
        "олег",
        "олега",
        "олександр",
        "олександра",
        "олександри",
        "олексій",
        "олена",
        "олени",
        "ольга",
        "ольги",
        "павло",
        "павла",
        "петро",
        "роман",
        "романа",
        "світлана",
        "світлани",
        "сергій",
        "сергія",
        "софія",
        "софії",
        "тарас",
        "тараса",
        "тетяна",
        "тетяни",
        "юлія",
        "юлії",
        "юрій",
        "юрія",
        "ярослав",
        "володимир",
        "володимира",
        "валентина",
        "віктор",
        "віктора",
    ]
)
#: Given names in Arabic script (Arabic, Persian, Pashto) that are no everyday words.
ARABIC: Final[frozenset[str]] = frozenset(
    [
        "محمد",
        "أحمد",
        "احمد",
        "علي",
        "علی",
        "حسن",
        "حسين",
        "حسین",
        "محمود",
        "مصطفى",
        "مصطفی",
        "إبراهيم",
        "ابراهيم",
        "ابراهیم",
        "إسماعيل",
        "اسماعیل",
        "يوسف",
        "یوسف",
        "عبدالله",
        "عبدالرحمن",
        "عمر",
        "عثمان",
        "خالد",
        "خليل",
        "بلال",
        "حمزة",
        "حمزه",
        "طارق",
        "سليمان",
        "سلیمان",
        "رامي",
        "سامر",
        "باسل",
        "فراس",
        "زياد",
        "وسيم",
        "ياسر",
        "وائل",
        "نزار",
        "غسان",
        "مازن",
        "مروان",
        "عمار",
        "أيمن",
        "هيثم",
        "فاطمة",
        "فاطمه",
        "زينب",
        "زینب",
        "مريم",
        "مریم",
        "عائشة",
        "خديجة",
        "خدیجه",
        "ليلى",
        "لیلا",
        "سميرة",
        "سمیرا",
        "رنا",
        "رانيا",
        "سلمى",
        "رهف",
        "لينا",
        "سارة",
        "ساره",
        "دعاء",
        "ميساء",
        "هالة",
        "ندى",
        "هدى",
        "رشا",
        "رضا",
        "علیرضا",
        "حمیدرضا",
        "مهدی",
        "مهدي",
        "حامد",
        "مسعود",
        "فرهاد",
        "فرشته",
        "پروین",
        "پروانه",
        "شبنم",
        "نسرین",
        "نرگس",
        "شکریه",
        "زهرا",
        "زهره",
        "رحیم",
        "کریمه",
        "جاوید",
        "نجیب",
        "نجیب\u200cالله",
        "میرویس",
        "ملالی",
        "فرزانه",
        "شهلا",
        "ثریا",
        "معصومه",
        "سکینه",
        "طاهره",
        "آرش",
        "بابک",
        "بهرام",
        "بهروز",
        "کاوه",
        "شیرین",
        "پریسا",
        "نیلوفر",
        "مینا",
        "میترا",
        "مهناز",
        "غلام",
        "عبدل",
        "ذبیح\u200cالله",
        "ضبیح",
    ]
)
