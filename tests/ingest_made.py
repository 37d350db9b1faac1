"""Made-up files of each format that archives and newsrooms use: invented people, invented papers.

`FILES` has one sound file a format, by a name; tests say what must be read of each, the fuzz
(`scripts/fuzz_ingest.py`) breaks them in every way.
"""

from __future__ import annotations

from ingest_containers import column, docx, epub, odt, pdf, rtf, zipped

SAID = "« Le pont rouvrira lundi », a dit la maire de Fontbrune, Élise Carmin."
MORE = "Les travaux ont duré onze mois et coûté deux millions d’euros à la commune."
DENIED = "« Il ne rouvrira pas », a répondu le préfet, Loïc Trévidic, dans une lettre."
TITLES = ("Le pont rouvrira lundi", "Le préfet dit non")
OUTLETS = ("Le Courrier de Fontbrune", "La Gazette du Val")
DAYS = ("2026-03-12", "2026-03-14")
FRENCH_DAYS = ("12 mars 2026", "14 mars 2026")


FACTIVA_LINES = [
    "*Le pont rouvrira lundi", "Damien Ressac", "42 mots", FRENCH_DAYS[0], "08:15", OUTLETS[0], "COURR", "3",
    "Français", f"© 2026 {OUTLETS[0]}. Tous droits réservés.", "", SAID, "", MORE, "",
    "Document COURR00020260312em3c00001", "",
    "POLITIQUE", "*Le préfet dit non", "38 mots", FRENCH_DAYS[1], OUTLETS[1], "GAZET", "Français",
    f"© 2026 {OUTLETS[1]}. Tous droits réservés.", "", DENIED, "", "Document GAZET00020260314em3e00002", "",
    "© 2026 Factiva, Inc. Tous droits réservés.",
]  # fmt: skip


def _nexis(n: int, words: tuple[str, ...]) -> list[tuple[str, str]]:
    head = [
        ("Heading1", TITLES[n]), ("", OUTLETS[n]), ("", f"{FRENCH_DAYS[n]} {('jeudi', 'samedi')[n]}"),
        ("", f"Copyright 2026 {OUTLETS[n]} Tous Droits Réservés"), ("", "Section: REGION; Pg. 3"),
        ("", "Length: 21 words"), ("", "Byline: Damien Ressac et Anna Lissac"), ("", "Body"), ("", ""),
    ]  # fmt: skip
    tail = [("", "Load-Date: March 16, 2026"), ("", ""), ("", "End of Document")]
    return [*head, *[("", w) for w in words], *tail]


NEXIS = [*_nexis(0, (SAID, MORE)), *_nexis(1, (DENIED,))]

LEXIS_TXT = f"""
                               1 of 2 DOCUMENTS


                            {OUTLETS[0]}

                              12 mars 2026 jeudi
                                Édition du soir

Le pont rouvrira
lundi

AUTEUR: Damien Ressac

RUBRIQUE: REGION; Pg. 3

LONGUEUR: 21 mots

{SAID}

Les travaux ont duré onze mois et coûté deux
millions d’euros à la commune.

DATE-CHARGEMENT: 13 mars 2026

LANGUE: FRENCH; FRANÇAIS

                        Copyright 2026 {OUTLETS[0]}
                            Tous Droits Réservés


                               2 of 2 DOCUMENTS


                               {OUTLETS[1]}

                             March 14, 2026 Saturday

Le préfet dit non

SECTION: POLITIQUE

LENGTH: 12 words

{DENIED}

LOAD-DATE: March 15, 2026
"""


def _coded(n: int, lead: str, text: str) -> str:
    cells = {
        "HD": f"<b class='deHeadline'>{TITLES[n]}</b>", "BY": "Von Damien Ressac", "WC": "42 Wörter",
        "PD": ("12. März 2026", "14. März 2026")[n], "SN": OUTLETS[n], "LA": "Französisch",
        "LP": f"<p class='articleParagraph dearticleParagraph'>{lead}</p>",
        "TD": f"<p class='articleParagraph dearticleParagraph'>{text}</p>",
        "AN": f"Dokument COURR0002026031{(2, 4)[n]}em3c00001",
    }  # fmt: skip
    rows = "".join(
        f'<tr><td class="index"><b>{k}</b>&nbsp;</td><td>{v}</td></tr>' for k, v in cells.items()
    )
    return f'<div class="article deArticle"><table>{rows}</table></div>'


FACTIVA_CODES = f"<html><body>{_coded(0, SAID, MORE)}{_coded(1, DENIED, MORE)}</body></html>"


def _uncoded(n: int, words: tuple[str, ...]) -> str:
    text = "".join(f'<p class="articleParagraph enarticleParagraph">{w}</p>' for w in words)
    meta = "".join(
        f"<div>{w}</div>"
        for w in (
            "42 words",
            ("12 March 2026", "14 March 2026")[n],
            "08:15",
            OUTLETS[n],
            "COURR",
            "3",
            "French",
        )
    )
    return (
        f'<div class="article enArticle"><div id="hd"><span class="enHeadline">{TITLES[n]}</span></div>'
        f'<div class="author">Damien Ressac</div>{meta}<div>© 2026 {OUTLETS[n]}.</div>{text}'
        f"<p>Document COURR0002026031{(2, 4)[n]}em3c00001</p></div>"
    )


FACTIVA_PLAIN = f"<html><body>{_uncoded(0, (SAID, MORE))}{_uncoded(1, (DENIED,))}</body></html>"

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>Pont</title><docdata><doc-id id-string="agx.1"/><date.issue norm="20260312T081500Z"/>
<doc.copyright holder="{OUTLETS[0]}"/></docdata></head><body><body.head><hedline><hl1>{TITLES[0]}</hl1>
</hedline><byline>Par <person>Damien Ressac</person></byline><dateline><location>Fontbrune</location>
</dateline></body.head><body.content><p>{SAID}</p><media media-type="image"><media-caption>Photo : le pont
</media-caption></media><p>{MORE}</p></body.content><body.end><tagline>dr/al</tagline></body.end></body></nitf>"""

NEWSML1 = f"""<?xml version="1.0" encoding="UTF-8"?>
<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>agx.example</ProviderId>
<PublicIdentifier>urn:newsml:agx:1</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>
<FirstCreated>20260312T081500Z</FirstCreated></NewsManagement><NewsComponent><NewsLines>
<HeadLine>{TITLES[0]}</HeadLine><ByLine>Damien Ressac</ByLine></NewsLines><NewsComponent>
<Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/><DataContent><nitf><body><body.content>
<p>{SAID}</p><p>{MORE}</p></body.content></body></nitf></DataContent></ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/><DataContent>
<p>Le pont, vu du quai.</p></DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem>
<NewsItem><NewsComponent><ContentItem><MediaType FormalName="Photo"/></ContentItem></NewsComponent></NewsItem>
</NewsML>"""

FACTIVA_XML = f"""<?xml version="1.0"?><PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0">
<ppsarticle><article><accessionNo>COURR00020260312em3c00001</accessionNo><baseLanguage>FR</baseLanguage>
<headline><paragraph>{TITLES[0]}</paragraph></headline><leadParagraph><paragraph>{SAID}</paragraph>
</leadParagraph><publicationDate><dateTime>2026-03-12T01:35:58Z</dateTime></publicationDate>
<sourceName>{OUTLETS[0]}</sourceName><tailParagraphs><paragraph>{MORE}</paragraph></tailParagraphs></article>
</ppsarticle></ppsArticleResponse></PPSResponse>"""

EUROPRESSE_LINES = [
    "Documents sauvegardés", "jeudi 12 mars 2026", f"{OUTLETS[0]}, no. 5968 • p. 3 • 42 mots", TITLES[0],
    "Par Damien Ressac", SAID, MORE, f"© 2026 {OUTLETS[0]}. Tous droits réservés.", "Le présent document est protégé.",
    "news·20260312·CF·0001", f"{OUTLETS[1]} (site web) • 38 mots", TITLES[1], DENIED, "© 2026", "news·20260314·GV·0002",
]  # fmt: skip

EUROPRESSE_2012 = f"""<html><body><table><tr><td><span class="DocPublicationName">{OUTLETS[0]}, no. 5968</span><br>
<span class="DocHeader">Politique, </span><span class="DocHeader">jeudi </span><span class="DocHeader">12 mars 2026
</span><br><br><span class="TitreArticleVisu">{TITLES[0]}</span><br><br>RESSAC Damien<br><br>{SAID}<br><br>{MORE}
<br></td></tr></table><p><br><table><tr><td><span class="DocPublicationName">{OUTLETS[1]}</span><br>
<span class="DocHeader">samedi 14 mars 2026</span><br><br><span class="TitreArticleVisu">{TITLES[1]}</span><br><br>
{DENIED}<br></td></tr></table></body></html>"""

MAIL = f"""From: {OUTLETS[0]} <lettre@courrier.example>
To: a@b.example
Subject: =?utf-8?q?Le_pont_rouvrira_lundi?=
Date: Thu, 12 Mar 2026 08:15:00 +0100
Message-ID: <1@courrier.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="xx"

--xx
Content-Type: text/plain; charset=utf-8

Ouvrez dans un navigateur.
--xx
Content-Type: text/html; charset=utf-8

<html><body><p>{SAID}</p><p>Lire aussi : <a href="x">Le préfet</a></p><p>{MORE} {MORE} {MORE}</p>
<p>Vous recevez cet e-mail car vous êtes inscrite. <a href="y">Se désabonner</a></p></body></html>
--xx--
"""

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Le pont rouvrira</i>
lundi, annonce la maire.

2
00:00:03,600 --> 00:00:05,000
- Vous en êtes sûre ?
- Oui, tout est prêt.
"""
VTT = """WEBVTT

NOTE un essai

00:01.000 --> 00:03.500
<v Élise Carmin>Le pont rouvrira lundi.</v>

00:09.000 --> 00:12.000
<v Loïc Trévidic>Il ne rouvrira pas &amp; voilà.</v>
"""
IRAMUTEQ = f"""**** *source_LeCourrier *date_2026-03-12 *auteur_Ressac
-*politique
{SAID}

**** *source_LaGazette *date_2026-03-14
{DENIED}
"""
TXM_XML = (
    f'<corpus><text id="t1" source="{OUTLETS[0]}" date="2026-03-12"><p>{SAID}</p></text></corpus>'
)
NINJS = (
    '{"total": 1, "items": [{"uri": "urn:1", "headlines": [{"value": "Le pont rouvrira lundi"}],'
    ' "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>« Le pont rouvrira lundi », a dit la'
    ' maire, Élise Carmin.</p>"}], "versionCreated": "2026-03-12T08:15:00Z", "provider": {"name": "AGX"}}]}'
)
COLUMNS = [
    [(40.0, 560.0, 18.0, TITLES[0]), (300.0, 578.0, 8.0, "12 mars 2026 - page 3"),
     *column(40, 520, ["Les travaux ont dur\xe9 onze mois et co\xfbt\xe9", "deux millions d’euros \xe0 la com-",
                       "mune. « Le pont rouvrira lundi », a", "dit la maire, \xc9lise Carmin, porte-"]),
     *column(230, 520, ["parole du canton, devant la foule."]),
     *column(230, 494, ["Le pr\xe9fet a r\xe9pondu : « Il ne", "rouvrira pas. » Personne ne le croit."])],
]  # fmt: skip

FILES: dict[str, bytes] = {
    "nexis.docx": docx(NEXIS),
    "article.docx": docx([("Title", TITLES[0]), ("", SAID), ("", MORE)]),
    "article.odt": odt(
        f'<text:h text:outline-level="1">{TITLES[0]}</text:h><text:p>{SAID}</text:p><text:p>{MORE}</text:p>'
    ),
    "issue.epub": epub({
        "a.xhtml": f"<html><body><h1>{TITLES[0]}</h1><p>{SAID}</p><p>{MORE}</p></body></html>",
        "b.xhtml": f"<html><body><h1>{TITLES[1]}</h1><p>{DENIED}</p><p>{MORE}</p></body></html>",
    }),
    "factiva.rtf": rtf(FACTIVA_LINES),
    "nexis.rtf": rtf([("*" if style else "") + words for style, words in NEXIS]),
    "article.rtf": rtf([f"*{TITLES[0]}", SAID, MORE]),
    "page.pdf": pdf(COLUMNS),
    "lexis.txt": LEXIS_TXT.encode(),
    "codes.html": FACTIVA_CODES.encode(),
    "plain.html": FACTIVA_PLAIN.encode(),
    "europresse.html": EUROPRESSE_2012.encode("latin-1", "xmlcharrefreplace"),
    "nitf.xml": NITF.encode(),
    "newsml1.xml": NEWSML1.encode(),
    "factiva.xml": FACTIVA_XML.encode(),
    "letter.eml": MAIL.encode(),
    "box.mbox": b"From a@b Thu Mar 12 08:15:00 2026\n" + MAIL.encode() + b"\nFrom a@b Fri Mar 13 08:15:00 2026\n"
    + MAIL.replace("<1@", "<2@").encode(),
    "said.srt": SRT.encode(),
    "said.vtt": VTT.encode(),
    "corpus.txt": IRAMUTEQ.encode(),
    "corpus.xml": TXM_XML.encode(),
    "items.json": NINJS.encode(),
    "table.csv": f"\ufeffTitre;Source;Date;Texte\nPont;Courrier;12/03/2026;\"{SAID}\"\n".encode(),
}  # fmt: skip
FILES["all.zip"] = zipped(
    {"a/nitf.xml": FILES["nitf.xml"], "b/article.docx": FILES["article.docx"]}
)
