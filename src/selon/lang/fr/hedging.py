"""The journalistic conditional: what a French outlet says without vouching for it."""

from __future__ import annotations

from selon.reading.tree import ParsedSentence

SUPPOSING = ("si", "s'")


def is_hedged(scene: ParsedSentence) -> bool:
    """« Il aurait fui », « l'attaque aurait fait dix morts »; not « si…, il aurait fui ».

    The compound conditional of the main clause, or the simple one of « être » with a participle,
    in a sentence that supposes nothing.
    """
    tokens = scene.tokens
    for i, token in enumerate(tokens):
        if "Mood=Cnd" not in token.morph or not token.dep.startswith("aux"):
            continue
        if scene.quote_at(token.span.start) is not None:
            continue
        head = tokens[token.head]
        supposes = any(
            scene.lower[k] in SUPPOSING and tokens[k].pos == "SCONJ" for k in range(len(tokens))
        )
        if not supposes and "VerbForm=Part" in head.morph and token.head > i:
            return True
    return False
