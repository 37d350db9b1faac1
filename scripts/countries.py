"""Make `src/selon/data/countries.tsv` from i18n-iso-countries, i18n-nationality, rigour (all MIT).

    python scripts/countries.py DATA > src/selon/data/countries.tsv

DATA holds `countries/i18n-*.json` and `names/territories/*.yml` (for the Wikidata ids).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

# Mended or added by hand: names as the press writes them, and demonyms that the sources lack.
NAMES_FR = {
    "BA": "Bosnie-Herzégovine|Bosnie",
    "BY": "Biélorussie|Bélarus",
    "CD": "République démocratique du Congo|RDC|RD Congo|Congo-Kinshasa",
    "CG": "République du Congo|Congo-Brazzaville",
    "CI": "Côte d'Ivoire",
    "CN": "Chine|République populaire de Chine|Chine populaire",
    "CZ": "République tchèque|Tchéquie",
    "FR": "France|République française",
    "GB": "Royaume-Uni|Grande-Bretagne|Angleterre|Royaume-Uni de Grande-Bretagne et d'Irlande du Nord",
    "IQ": "Irak|Iraq|République d'Irak",
    "IR": "Iran|République islamique d'Iran",
    "KP": "Corée du Nord|République populaire démocratique de Corée",
    "KR": "Corée du Sud|République de Corée",
    "LY": "Libye",
    "MK": "Macédoine du Nord|Macédoine",
    "MM": "Myanmar|Birmanie",
    "PS": "Palestine|Autorité palestinienne",
    "RU": "Russie|Fédération de Russie",
    "SY": "Syrie|République arabe syrienne",
    "SZ": "Eswatini|Swaziland",
    "TD": "Tchad",
    "TL": "Timor-Leste|Timor oriental",
    "TR": "Turquie|République de Turquie",
    "TZ": "Tanzanie",
    "US": "États-Unis|États-Unis d'Amérique|USA",
    "VA": "Vatican|Saint-Siège",
    "VN": "Vietnam|Viêt Nam",
    "BN": "Brunei",
}
NAMES_EN = {
    "CD": "Democratic Republic of the Congo|DR Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast|Côte d'Ivoire",
    "CN": "China|People's Republic of China",
    "GB": "United Kingdom|Great Britain|UK|Britain|England",
    "IR": "Iran|Islamic Republic of Iran",
    "KP": "North Korea",
    "KR": "South Korea",
    "RU": "Russia|Russian Federation",
    "SY": "Syria",
    "US": "United States|United States of America|USA|U.S.|US",
    "VA": "Vatican City|Holy See|Vatican",
    "MM": "Myanmar|Burma",
    "TR": "Turkey|Türkiye",
    "GM": "The Gambia|Gambia",
    "BS": "The Bahamas|Bahamas",
}
PEOPLE_FR = {
    "AX": "", "BL": "", "BQ": "", "BV": "", "CC": "", "CK": "", "CX": "", "EH": "sahraoui",
    "GF": "guyanais", "GS": "", "HM": "", "IO": "", "JE": "jersiais", "MP": "", "PF": "polynésien",
    "PN": "", "SH": "", "SJ": "", "SX": "", "MF": "", "TF": "", "UM": "", "VG": "", "VI": "",
    "WF": "", "TK": "", "IM": "", "GU": "", "KN": "", "PM": "",
    "BF": "burkinabé|burkinabè", "CD": "congolais|congolaise", "CG": "congolais|congolaise",
    "CV": "cap-verdien|cap-verdienne", "DM": "dominiquais|dominiquaise",
    "DO": "dominicain|dominicaine", "GB": "britannique", "GR": "grec|grecque",
    "GI": "gibraltarien|gibraltarienne", "KI": "kiribatien|kiribatienne",
    "IQ": "irakien|irakienne|iraquien|iraquienne", "KP": "nord-coréen|nord-coréenne",
    "KR": "sud-coréen|sud-coréenne", "KZ": "kazakh|kazakhe|kazakhstanais|kazakhstanaise",
    "LR": "libérien|libérienne", "LS": "", "BY": "biélorusse|bélarusse",
    "PS": "palestinien|palestinienne", "QA": "qatari|qatarie|qatarien|qatarienne",
    "SS": "sud-soudanais|sud-soudanaise", "TR": "turc|turque", "TT": "trinidadien|trinidadienne",
    "US": "américain|américaine|états-unien|états-unienne|étasunien|étasunienne", "VA": "",
    "ZA": "sud-africain|sud-africaine", "SA": "saoudien|saoudienne", "YE": "yéménite",
    "BD": "bangladais|bangladaise|bangladeshi", "AE": "émirien|émirienne|émirati|émiratie",
    "MU": "mauricien|mauricienne", "LC": "saint-lucien|saint-lucienne",
    "NZ": "néo-zélandais|néo-zélandaise",
    "SZ": "swazi|swazie", "MG": "malgache", "BR": "brésilien|brésilienne", "KE": "kényan|kényane",
}  # fmt: skip
PEOPLE_EN = {
    "AF": "Afghan|Afghani", "BA": "Bosnian", "CD": "Congolese", "CG": "Congolese", "DM": "",
    "DO": "Dominican", "PS": "Palestinian", "VA": "Vatican", "XK": "Kosovar", "TM": "Turkmen",
    "GF": "", "MF": "", "PF": "", "TF": "", "VG": "", "VI": "", "SS": "South Sudanese",
    "AR": "Argentine|Argentinian",
    "SX": "", "WF": "", "DJ": "Djiboutian", "TT": "Trinidadian", "SK": "Slovak|Slovakian",
    "YE": "Yemeni",
}  # fmt: skip
ENDINGS = (
    (r"(i|é)en$", r"\1enne"), (r"on$", "onne"), (r"(ais|ois|ain|and|ol|in|an|al|at|mand)$", r"\1e"),
    (r"([^e])$", r"\1e"),
)  # fmt: skip


def feminine(word: str) -> str:
    """The feminine of a demonym: `iranien` → `iranienne`, `belge` → `belge`."""
    for ending, other in ENDINGS:
        if re.search(ending, word):
            return re.sub(ending, other, word)
    return word


def main(data: Path) -> None:
    """Write the table to standard output."""

    def table(name: str) -> dict[str, str]:
        found: dict[str, str] = next(
            v
            for v in json.loads((data / "countries" / name).read_text("utf-8")).values()
            if isinstance(v, dict)
        )
        return found

    french, people_fr = table("i18n-iso-countries.fr.json"), table("i18n-nationality.fr.json")
    people_en = table("i18n-nationality.en.json")
    print("# ISO code, Wikidata id, French names, English names, French and English demonyms (|).")
    print("# Sources: i18n-iso-countries and i18n-nationality (MIT), ids and English names from")
    print("# rigour (MIT), mended by hand; made by scripts/countries.py.")
    for code in sorted(french):
        home = data / "names" / "territories" / f"{code.lower()}.yml"
        if not home.exists():
            continue
        text = home.read_text("utf-8")
        qid = re.search(r"^qid: (Q\d+)", text, re.MULTILINE)
        english = re.search(r"^name: (.+)$", text, re.MULTILINE)
        if not qid or not english:
            continue
        name = french[code] if isinstance(french[code], str) else french[code][0]
        masculine = people_fr.get(code, "").lower()
        people = PEOPLE_FR.get(code, masculine)
        if people and "|" not in people:
            people = "|".join(dict.fromkeys((people, feminine(people))))
        own = people_en.get(code, "")
        known = english[1].strip().strip("\"'")
        print(
            code,
            qid[1],
            NAMES_FR.get(code, name),
            NAMES_EN.get(code, known),
            people,
            PEOPLE_EN.get(code, "" if own == known else own),
            sep="\t",
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
