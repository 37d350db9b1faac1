"""Never « verbatim » where the denial, the number, the name, the speaker, the date, the mood differs."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ledger_mutated import OPERATIONS, Operation, Pair
from ledger_promise import SHARED, asked, measured, summed
from selon.names import fold
from selon.reuse import ReusedQuote, check, names, types
from selon.reuse.brackets import without_notes
from selon.reuse.lexicon import lexicon
from selon.reuse.persons import one_person
from selon.reuse.reused_quotes import words
from selon.reuse.speakers import spoken_by

QUOTES: list[str] = tomllib.loads(
    (Path(__file__).parent / "ledger" / "quotes.toml").read_text("utf-8")
)["quotes"]
GRAVE = [o for o in OPERATIONS["fr"] if o.kind != "neutral"]
# Of each operation so many real quotations: all of them take minutes (`ledger_promise.py`).
SOME = 15


@pytest.mark.parametrize("operation", GRAVE, ids=lambda o: o.name)
def test_a_grave_change_of_invented_words_is_never_verbatim(operation: Operation) -> None:
    for quote in QUOTES:
        pair = operation.on(Pair(quote, quote))
        if pair is not None:
            kinds, found = asked(pair, "fr")
            assert kinds != ("verbatim",) or (found and found.verdict == "shortened"), pair
            assert found is None or found.verdict != "verbatim", pair


@pytest.mark.parametrize("language", OPERATIONS)
@pytest.mark.parametrize("two", [False, True], ids=["one", "two"])
def test_grave_changes_of_real_quotations(language: str, two: bool) -> None:
    if not (SHARED / "gold").exists():
        pytest.skip(f"needs the gold under {SHARED}, which is not shipped")
    counts = measured(language, SOME, two)
    assert sum(c.verbatim for c in counts.values()) == 0
    kinds = summed(counts, language)
    if not two:
        assert all(c.named >= 0.9 * c.tried for c in kinds.values())
        assert kinds["neutral"].denied <= 0.02 * kinds["neutral"].tried


def say(text: str, language: str = "fr", **more: str) -> ReusedQuote:
    return ReusedQuote(more.get("id", "1"), "a", text, language=language)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Le tunnel rouvrira avant mars", "Le tunnel [ne] rouvrira [pas] avant mars", "negation changed"),
        ("Ce sujet est derrière nous", "Ce sujet (n')est (pas) derrière nous", "negation changed"),
        ("Ce sujet est derrière nous", "Ce sujet [n'est pas] derrière nous", "negation changed"),
        ("La ville a perdu 12 millions", "La ville a perdu [21] millions", "number changed"),
        ("Je crois qu'il a menti aux élus", "Je crois que [Jean Corvol] a menti aux élus", "name changed"),
        ("Il doit partir avant la nuit", "Il (devait) partir avant la nuit", "turned indirect"),
        ("Il viendra à la réunion", "Il viendra [peut-être] à la réunion", "modality added"),
        ("Nous avons vu sa sœur hier", "Nous avons vu sa sœur (la maire) hier", "lengthened"),
        ("Marine Le Pen viendra demain", "Martine Le Pen viendra demain", "name changed"),
        ("J'ai vu M. Corvol ce matin", "J'ai vu Mme Corvol ce matin", "name changed"),
        ("Le 14e étage est vide ce soir", "Le 15e étage est vide ce soir", "number changed"),
        ("Ils ont eu peur de la foule", "Ils [n'ont (sa sœur, ndlr) pas] eu peur de la foule", "negation changed"),
        ("Il peut partir et la ville est prête", "Il va partir et la ville semble prête", "modality dropped"),
        ("Il viendra pas, je le sais bien", "Il viendra", "negation changed"),
        ("La fin du chantier est certaine", "La fin du chantier est [in]certaine", "negation changed"),
        ("Les élus sont contents du projet", "Les élus sont mécontents du projet", "negation changed"),
        ("Je suis pour le projet de la région", "Je suis contre le projet de la région", "negation changed"),
        ("Il a un enfant dans cette école", "Il a deux enfants dans cette école", "number changed"),
        ("La ville a perdu 12 millions d'euros", "La ville a perdu 12 millions de dollars", "number changed"),
        ("Plus de 30 personnes sont venues ici", "Moins de 30 personnes sont venues ici", "number changed"),
        ("C'est la première fois qu'il vient ici", "C'est la deuxième fois qu'il vient ici", "number changed"),
        ("Je soutiens Delmas père depuis des mois", "Je soutiens Delmas fils depuis des mois", "name changed"),
        ("Il viendra demain devant la mairie", "Il viendra hier devant la mairie", "date changed"),
        ("Il viendra cette semaine à la mairie", "Il viendra cette année à la mairie", "date changed"),
        ("Il a perdu -3 degrés en une nuit", "Il a perdu 3 degrés en une nuit", "reworded"),
    ],
)  # fmt: skip
def test_words_in_brackets_are_words(old: str, new: str, expected: str) -> None:
    one, two = say(old), say(new, id="2")
    assert expected in names(types(one, two))
    assert "verbatim" not in names(types(two, one))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Le tunnel rouvrira avant mars", "Le tunnel (sic) rouvrira avant mars"),
        ("Le tunnel rouvrira avant mars", "Le tunnel (NDLR) rouvrira […] avant mars"),
        ("J'ai vu sa sœur hier soir", "J'ai vu sa sœur (la maire de Brézons, ndlr) hier soir"),
        ("Elle habite au 14e étage", "Elle habite au 14ème étage"),
        ("Elle est arrivée au 1er étage", "Elle est arrivée au premier étage"),
    ],
)
def test_notes_and_typography_change_nothing(old: str, new: str) -> None:
    assert names(types(say(old), say(new, id="2"))) == ("verbatim",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("He will come to the hall", "He'll come to the hall", "verbatim"),
        ("They hadn't seen the mayor", "They had not seen the mayor", "verbatim"),
        ("The old bridge will reopen", "[T]he old bridge will reopen", "verbatim"),
        ("The old bridge will reopen", "The old bridge won't reopen", "negation changed"),
        ("You must close the old bridge", "You mustn't close the old bridge", "negation changed"),
        ("No one came to vote on the plan", "Everyone came to vote on the plan", "negation changed"),
        ("He is guilty of this crime", "He is innocent of this crime", "negation changed"),
        ("He reportedly came to the hall", "He came to the hall", "modality dropped"),
        ("He will come next week to the hall", "He will come next year to the hall", "date changed"),
    ],
)  # fmt: skip
def test_english_contractions_and_contraries(old: str, new: str, expected: str) -> None:
    assert expected in names(types(say(old, "en"), say(new, "en", id="2")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C'est une condition sine qua non pour nous", "C'est une condition sine qua none pour nous"),
        ("On a rien à cacher aux élus", "On n'a rien à cacher aux élus"),
        ("Les jouets vendus ici sont sans danger", "Les jouets vendus ici sont sûrs"),
        ("Ce pont est inutile aux habitants", "Ce pont ne sert à rien aux habitants"),
        ("Nous partirons sans doute demain", "Nous partirons demain sans doute"),
    ],
)  # fmt: skip
def test_no_negation_changed(old: str, new: str) -> None:
    assert "negation changed" not in names(types(say(old), say(new, id="2")))


class Library:
    """One saying and what stands round it."""

    def __init__(self, saying: ReusedQuote, left: str = "", right: str = "") -> None:
        self.saying, self.round = saying, (left, right)

    def near(self, words: str, language: str | None = None) -> list[ReusedQuote]:
        return [self.saying]

    def around(self, saying: ReusedQuote) -> tuple[str, str]:
        return self.round


@pytest.mark.parametrize(
    ("whole", "cut", "kind"),
    [
        ("Il est faux de dire que le vaccin rend malade", "le vaccin rend malade", "denial"),
        ("Il est faux de dire que … le vaccin rend malade", "le vaccin rend malade", "denial"),
        ("Il est faux de dire que (...) le vaccin rend malade", "(...) le vaccin rend malade", "denial"),
        ("Il est faux de dire que les maires du canton (…) céderont cet hiver",
         "céderont cet hiver", "denial"),
        ("Personne ne pense que le vaccin rend malade", "le vaccin rend malade", "denial"),
        ("Je doute que le maire sache que le vaccin rend malade", "le vaccin rend malade", "doubt"),
        ("Nous refusons que la mairie ferme trois écoles", "la mairie ferme trois écoles", "refusal"),
        ("Le barrage va céder, c'est ce que racontent mes adversaires", "Le barrage va céder",
         "another's opinion"),
        ("Si le barrage cède cet hiver, nous partirons", "le barrage cède cet hiver", "supposition"),
        ("Le barrage va céder cet hiver ? C'est faux", "Le barrage va céder cet hiver", "denial"),
        ("Je ne crois pas que le barrage tienne bon", "le barrage tienne bon", "denial"),
        ("Mes adversaires disent que le barrage cède", "le barrage cède", "another's opinion"),
        ("It is false to say that the dam will fail", "the dam will fail", "denial"),
        ("It is false to say that … if it rains the dam will fail", "if it rains the dam will fail",
         "denial"),
        ("We reject the idea that the dam will fail", "the dam will fail", "refusal"),
        ("The dam will fail, that is what my opponents claim", "The dam will fail",
         "another's opinion"),
    ],
)  # fmt: skip
def test_what_ruled_the_words_is_told(whole: str, cut: str, kind: str) -> None:
    language = "en" if "dam" in whole else "fr"
    (found,) = check(cut, Library(say(whole, language)), language).findings
    assert found.verdict == "shortened"
    assert found.ruled is not None
    assert found.ruled.kind == kind


@pytest.mark.parametrize(
    "whole",
    [
        "Je refuse que l'on ferme. (…) Le barrage tiendra bon cet hiver",
        "Je répète que le barrage tiendra bon cet hiver",
        "Nous l'avons mesuré hier, le barrage tiendra bon cet hiver",
        "Je ne suis pas ingénieur. Le barrage tiendra bon cet hiver",
        "Le barrage tiendra bon cet hiver, ce n'est pas difficile à comprendre quand on a fait des"
        " études et qu'on a lu les rapports",
    ],
)
def test_what_was_said_plainly_is_verbatim(whole: str) -> None:
    (found,) = check("le barrage tiendra bon cet hiver", Library(say(whole)), "fr").findings
    assert (found.verdict, found.ruled) == ("verbatim", None)


def test_what_stands_round_a_statement_rules_it() -> None:
    words_ = "le barrage tiendra bon cet hiver"
    for left, right in (("Il est faux de dire que « ", ""), ("", " » : c'est un mensonge.")):
        (found,) = check(words_, Library(say(words_), left, right), "fr").findings
        assert found.verdict == "shortened"
        assert found.ruled is not None
    plain = Library(say(words_), "La maire l'a dit : « ", " », a dit Odile Prat.")
    assert check(words_, plain, "fr").verdict == "verbatim"


def test_a_cue_that_denies_rules_what_it_brings_in() -> None:
    words_ = "que la piscine soit fermée pour toujours"
    denied = ReusedQuote("1", "a", words_, language="fr", form="indirect", cue="dément")
    assert check(words_[4:], Library(denied), "fr").verdict == "shortened"
    said = ReusedQuote("1", "a", words_, language="fr", form="direct", cue="a démenti")
    assert check(words_[4:], Library(said), "fr").verdict == "verbatim"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Françoise Delmas", "François Delmas", False),
        ("Louis Delmas", "Louise Delmas", False),
        ("Marine Sorel", "Martine Sorel", False),
        ("Odile Ferrandier", "Odile Ferrandin", False),
        ("Paul Roux", "Paule Roux", False),
        ("M. Delmas", "Mme Delmas", False),
        ("Delmas père", "Delmas fils", False),
        ("Mme Delmas", "François Delmas", False),
        ("John Harrow Jr.", "John Harrow Sr.", False),
        ("Odile Ferrandier", "Ferrandier", True),
        ("O. Ferrandier", "Odile Ferrandier", True),
        ("Mme Ferrandier", "Odile Ferrandier", True),
        ("Vladimir Poutine", "Vladimir Putin", True),
        ("Kassem Soleimani", "Kassem Souleimani", True),
        ("Marine Le Pen", "Jean-Marie Le Pen", False),
    ],
)
def test_who_may_be_one(one: str, two: str, same: bool) -> None:
    assert one_person(fold(one), fold(two)) is same
    assert one_person(fold(two), fold(one)) is same


def test_a_description_against_a_name_is_not_told() -> None:
    text = "Le barrage tiendra bon cet hiver"
    named = ReusedQuote("1", "a", text, language="fr", speaker_key="person:odile prat")
    by = spoken_by({"le maire"}, set(), described=True)
    (found,) = check(text, Library(named), "fr", by).findings
    assert found.speaker == "not told"


@pytest.mark.parametrize(
    "text", ["", "(", "[sic]", "(ndlr", "14e", "1erx", "(n')", "« ’ »", "ne pas"]
)
def test_no_words_raise(text: str) -> None:
    for language in ("fr", "en"):
        without_notes(words(text, language), lexicon(language))
        types(say(text, language), say(f"{text} x", language, id="2"))
        check(text, Library(say(text, language), text, text), language)
