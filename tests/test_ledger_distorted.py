"""What an editor may do to words besides another number or name: asked, bounded, conditioned, signed."""

from __future__ import annotations

import pytest

from ledger_changes import Pair
from ledger_promise import asked


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        # Asked and said.
        ("fr", "Le tunnel rouvrira au printemps.", "Le tunnel rouvrira au printemps ?", "modality added"),
        ("fr", "Le tunnel rouvrira au printemps", "Le tunnel rouvrira au printemps ?", "modality added"),
        ("fr", "Le tunnel rouvrira au printemps ?", "Le tunnel rouvrira au printemps.", "modality dropped"),
        ("en", "The tunnel will open again in spring.", "The tunnel will open again in spring?", "modality added"),
        ("en", "The tunnel will open again in spring?", "The tunnel will open again in spring", "modality dropped"),
        ("fr", "Il pleut. Le tunnel rouvrira au printemps.", "Il pleut. Le tunnel rouvrira au printemps ?",
         "modality added"),
        # In another order.
        ("fr", "Nous avons gagné 3 à 2 contre Lorvan", "Nous avons gagné 2 à 3 contre Lorvan", "number changed"),
        ("en", "We won 3-2 against the best team", "We won 2-3 against the best team", "number changed"),
        ("fr", "Hier Paul a battu Odile devant toute la ville", "Hier Odile a battu Paul devant toute la ville",
         "name changed"),
        # Bounds.
        ("fr", "Moins de 30 % des élus approuvent ce port", "30 % des élus approuvent ce port", "number changed"),
        ("fr", "Seuls 30 % des élus approuvent ce port", "30 % des élus approuvent ce port", "number changed"),
        ("fr", "Presque tous les élus approuvent ce port", "Tous les élus approuvent ce port", "number changed"),
        ("fr", "Il faudra 30 euros au plus", "Il faudra 30 euros", "number changed"),
        ("fr", "Il faudra payer 30 euros par an", "Il faudra payer au moins 30 euros par an", "number changed"),
        ("en", "Almost all of our people support this plan", "All of our people support this plan", "number changed"),
        ("en", "Only 30 percent of our people support it", "30 percent of our people support it", "number changed"),
        # Signs and figures.
        ("en", "Unemployment fell by .5 percent last year", "Unemployment fell by 5 percent last year",
         "number changed"),
        ("fr", "Une croissance de –3 % est attendue ici", "Une croissance de 3 % est attendue ici", "number changed"),
        ("fr", "Le taux est < 3 % dans toute la région", "Le taux est > 3 % dans toute la région", "number changed"),
        ("en", "It will cost £5 million to build it", "It will cost ¥5 million to build it", "number changed"),
        ("en", "It will cost £5 million to build it", "It will cost 5 million to build it", "reworded"),
        ("fr", "Nous avons perdu ½ million de visiteurs", "Nous avons perdu ¼ million de visiteurs", "number changed"),
        # Equal when folded.
        ("fr", "L'avocat accusé le juge dès l'été", "L'avocat accuse le juge dès l'été", "reworded"),
        ("en", "The army will protect us against them", "The army will protect US against them", "name changed"),
        ("en", "My brother's friends voted for it", "My brothers' friends voted for it", "reworded"),
        # A mark of a cut for a denial; « pas seulement ».
        ("fr", "Je ne veux pas de ce pont à Brest", "Je (…) veux (…) de ce pont à Brest", "negation changed"),
        ("fr", "Il ne parle pas seulement de ce pont", "Il ne parle pas de ce pont", "negation changed"),
        # In a bracket that both have.
        ("fr", "Elle partira (même si la région paie tout)", "Elle partira (même la région paie tout)", "reworded"),
        ("fr", "J'ai vu la ministre (de la Santé, Anne Buzet, ndlr)",
         "J'ai vu la ministre (de la Buzet, Anne Santé, ndlr)", "reworded"),
    ],
)  # fmt: skip
def test_what_was_distorted_is_named(language: str, old: str, new: str, expected: str) -> None:
    kinds, found = asked(Pair(old, new), language)
    assert expected in kinds
    assert found is not None
    assert found.verdict not in ("verbatim", "not found")


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "Le tunnel rouvrira-t-il au printemps ?", "Le tunnel rouvrira-t-il au printemps"),
        ("fr", "Le tunnel rouvrira au printemps ?", "Le tunnel […] rouvrira au printemps ?"),
        ("fr", "Mais pourquoi le tunnel est-il fermé ?", "Mais pourquoi le tunnel est-il fermé."),
        ("fr", "Le tunnel est fermé, n'est-ce pas ?", "Le tunnel est fermé, n'est-ce pas."),
        ("en", "When will the tunnel open again?", "When will the tunnel open again"),
        ("en", "Is the tunnel safe this year?", "Is the tunnel safe this year"),
        ("en", "Unemployment fell by .5 percent last year", "Unemployment fell by 0.5 percent last year"),
        ("fr", "Une croissance de +3 % est attendue ici", "Une croissance de 3 % est attendue ici"),
        ("fr", "Une croissance de –3 % est attendue ici", "Une croissance de -3 % est attendue ici"),
        ("fr", "Nous avons perdu ½ million de visiteurs", "Nous avons perdu 1/2 million de visiteurs"),
        ("fr", "Ils ont 12 000 euros pour ce chantier", "Ils ont 12'000 € pour ce chantier"),
        ("fr", "L'avocat accusé dès l'été est parti", "L'avocat accuse des l'ete est parti"),
        ("fr", "Il faut TOUS nous unir contre cette loi", "Il faut tous nous unir contre cette loi"),
        ("en", "THE ARMY WILL PROTECT US FROM THEM", "The army will protect us from them"),
    ],
)  # fmt: skip
def test_typography_distorts_nothing(language: str, old: str, new: str) -> None:
    kinds, found = asked(Pair(old, new), language)
    assert kinds == ("verbatim",)
    assert found is not None
    assert found.verdict == "verbatim"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("10 morts et 20 blessés ont été comptés", "20 blessés et 10 morts ont été comptés"),
        ("Je vois toutes les Françaises et tous les Français", "Je vois tous les Français et toutes les Françaises"),
    ],
)  # fmt: skip
def test_a_list_in_another_order_changes_no_number_and_no_name(old: str, new: str) -> None:
    kinds, _ = asked(Pair(old, new), "fr")
    assert not {"number changed", "name changed"} & set(kinds)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "Je quitterai la mairie de Brest si la loi passe cet été", "Je quitterai la mairie de Brest"),
        ("fr", "Je quitterai la mairie de Brest à condition que la loi passe", "Je quitterai la mairie de Brest"),
        ("fr", "Je voterai cette loi sur le port sauf si le maire recule", "Je voterai cette loi sur le port"),
        ("fr", "Si la loi passe cet été, je quitterai la mairie de Brest", "je quitterai la mairie de Brest"),
        ("fr", "Le pont sera fini en mars, à moins que la rivière déborde", "Le pont sera fini en mars"),
        ("en", "I will leave the town hall if the law passes again", "I will leave the town hall"),
        ("en", "I will leave the town hall unless the law passes", "I will leave the town hall"),
        ("en", "If the law passes again, I will leave the town hall", "I will leave the town hall"),
    ],
)  # fmt: skip
def test_a_condition_cut_off_is_told(language: str, old: str, new: str) -> None:
    _, found = asked(Pair(old, new), language)
    assert found is not None
    assert found.verdict == "shortened"
    assert found.ruled is not None
    assert found.ruled.kind == "supposition"


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "Je quitterai la mairie de Brest même si la loi passe", "Je quitterai la mairie de Brest"),
        ("en", "I will leave the town hall even if the law passes", "I will leave the town hall"),
    ],
)  # fmt: skip
def test_what_is_no_condition_rules_nothing(language: str, old: str, new: str) -> None:
    _, found = asked(Pair(old, new), language)
    assert found is not None
    assert found.ruled is None


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "Le frère de Paul Sorel a été arrêté hier à Brest", "Paul Sorel a été arrêté hier à Brest"),
        ("en", "The brother of Paul Sorel was arrested in Brest", "Paul Sorel was arrested in Brest"),
    ],
)  # fmt: skip
def test_a_name_cut_from_what_is_told_of_another_is_no_quotation(
    language: str, old: str, new: str
) -> None:
    _, found = asked(Pair(old, new), language)
    assert found is not None
    assert found.verdict == "shortened"


@pytest.mark.parametrize(
    ("language", "whole", "cut", "kind"),
    [
        ("fr", "Selon Paul Sorel, le pont de Brest va fermer", "le pont de Brest va fermer", "another's opinion"),
        ("fr", "D'après la police, le pont de Brest va fermer", "le pont de Brest va fermer", "another's opinion"),
        ("fr", "Comme disent mes adversaires, le pont de Brest va fermer", "le pont de Brest va fermer",
         "another's opinion"),
        ("fr", "Ils m'ont dit hier : le pont de Brest va fermer", "le pont de Brest va fermer", "another's opinion"),
        ("fr", "Le pont de Brest va fermer, selon Paul Sorel", "Le pont de Brest va fermer", "another's opinion"),
        ("en", "According to the mayor, the bridge will close", "the bridge will close", "another's opinion"),
        ("en", "As my opponents say, the bridge will close", "the bridge will close", "another's opinion"),
        ("fr", "Peu de gens pensent que le pont de Brest ferme", "le pont de Brest ferme", "doubt"),
        ("fr", "J'ai longtemps cru que le pont de Brest fermait", "le pont de Brest fermait", "doubt"),
        ("en", "I used to think that the bridge would close", "the bridge would close", "doubt"),
        ("fr", "En théorie, le pont de Brest va fermer", "le pont de Brest va fermer", "doubt"),
        ("fr", "Faute d'accord, le pont de Brest va fermer", "le pont de Brest va fermer", "supposition"),
        ("fr", "Le pont de Brest va fermer, mais pas pour les bus", "Le pont de Brest va fermer", "supposition"),
        ("en", "The old bridge will close in May. Just kidding.", "The old bridge will close in May", "irony"),
    ],
)  # fmt: skip
def test_what_ruled_words_from_the_head_of_their_sentence_is_told(
    language: str, whole: str, cut: str, kind: str
) -> None:
    _, found = asked(Pair(whole, cut), language)
    assert found is not None
    assert found.verdict in ("shortened", "altered")
    assert found.ruled is not None
    assert found.ruled.kind == kind


@pytest.mark.parametrize(
    ("language", "whole", "cut"),
    [
        ("fr", "Croyez-vous que le pont de Brest va fermer ?", "le pont de Brest va fermer"),
        ("fr", "Est-ce que le pont de Brest va fermer ?", "le pont de Brest va fermer"),
        ("en", "Do you think that the bridge will close?", "the bridge will close"),
        ("fr", "Qui peut croire que le pont de Brest va fermer ?", "le pont de Brest va fermer"),
    ],
)
def test_words_cut_out_of_a_question_are_not_said(language: str, whole: str, cut: str) -> None:
    kinds, found = asked(Pair(whole, cut), language)
    assert "modality dropped" in kinds
    assert found is not None
    assert found.verdict != "verbatim"


@pytest.mark.parametrize(
    ("language", "whole", "cut"),
    [
        ("fr", "Comme je l'ai dit hier, le pont de Brest va fermer", "le pont de Brest va fermer"),
        ("fr", "Je vous le dis, le pont de Brest va fermer", "le pont de Brest va fermer"),
        ("fr", "Je vous l'ai dit : le pont de Brest va fermer", "le pont de Brest va fermer"),
        ("fr", "Selon moi il faut agir. Le pont de Brest va fermer", "Le pont de Brest va fermer"),
    ],
)
def test_what_the_speaker_says_in_their_own_name_is_verbatim(
    language: str, whole: str, cut: str
) -> None:
    _, found = asked(Pair(whole, cut), language)
    assert found is not None
    assert found.verdict == "verbatim"


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "Une hausse de 0,125 % a été votée ici", "Une hausse de 125 % a été votée ici"),
        ("fr", "Une hausse de 1,234 % a été votée ici", "Une hausse de 1 234 % a été votée ici"),
        ("en", "A rise of 1.234 percent was voted here", "A rise of 1,234 percent was voted here"),
        (
            "fr",
            "Ils ont eu 12,500 euros pour le chantier",
            "Ils ont eu 12,5 euros pour le chantier",
        ),
    ],
)
def test_a_fraction_is_no_thousand(language: str, old: str, new: str) -> None:
    assert "number changed" in asked(Pair(old, new), language)[0]


def test_a_denial_that_a_mark_of_a_cut_hides_is_told() -> None:
    whole = "Le pont de Brest sera fini. C'est faux. Le tunnel de Morlaix est ouvert"
    cut = "Le pont de Brest sera fini (…) Le tunnel de Morlaix est ouvert"
    _, found = asked(Pair(whole, cut), "fr")
    assert found is not None
    assert found.verdict == "shortened"
    assert found.ruled is not None
    assert found.ruled.kind == "denial"
