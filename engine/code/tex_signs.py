"""What LaTeX has for a sign: one that is text, and one that it may not know."""

from __future__ import annotations

import unicodedata

SPECIAL = {
    "−": "-",
    "·": r"\cdot ",
    "×": r"\times ",
    "∞": r"\infty ",
    "…": r"\ldots ",
    "∂": r"\partial ",
}


LITERAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        **{sign: f"\\{sign}" for sign in "_#%&$"},
        "^": r"\^{}",
        "~": r"\~{}",
    }
)
"""What stands for a sign where it is no LaTeX but text."""


def plain_tex(text: str) -> str:
    r"""Write a formula with letters that every LaTeX knows.

    Examples
    --------
    >>> plain_tex("α"), plain_tex("é")
    ('\\alpha ', '\\text{é}')
    """
    if text.isascii():
        return text
    return "".join(sign if sign.isascii() else _plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    if sign in SPECIAL:
        return SPECIAL[sign]
    known = unicodedata.name(sign, "").split()
    if known[:3] in (["GREEK", "SMALL", "LETTER"], ["GREEK", "CAPITAL", "LETTER"]):
        letter = known[-1].lower()
        if known[1] == "CAPITAL":
            letter = letter.capitalize()
        if letter in GREEK:
            return rf"\{letter} "
    base = unicodedata.normalize("NFD", sign)
    if len(base) > 1 and base[0].isascii():
        return rf"\text{{{sign}}}"
    return rf"\mathrm{{u{ord(sign):X}}}"


GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa mu nu xi pi rho sigma tau upsilon "  # noqa: SIM905 - as they are read
    "phi chi psi omega Gamma Delta Theta Xi Pi Sigma Upsilon Phi Psi Omega".split()
)
"""The letters that LaTeX knows by these names."""
