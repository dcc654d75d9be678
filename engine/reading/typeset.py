"""A line of NumPy as a formula: for people who read mathematics, in TeX and in plain text.

A Function that does not work element by element tells its rule in NumPy, and nobody writes it down
a second time: what `engine.reading.rules` reads off the class is set here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import NamedTuple

from engine.errors import CodeError

LONGEST = 110
"""Characters of a line of NumPy that still reads as a formula."""

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)

GREEK = {"pi": (r"\pi", "π"), "inf": (r"\infty", "∞"), "e": ("e", "e")}


class Set(NamedTuple):
    """A formula that is set.

    Attributes
    ----------
    tex, text
        The two ways of writing it.
    level
        How tightly it holds together.
    """

    tex: str
    text: str
    level: int = ATOM

    def within(self, level: int) -> Set:
        """Put it in parentheses, unless it holds together tightly enough."""
        if self.level >= level:
            return self
        # Not \\left and \\right: around a sum, they grow out of all proportion.
        return Set(f"({self.tex})", f"({self.text})")


Names = Mapping[str, Set]
"""For names in Python, what stands for them."""


def typeset(line: str, names: Names) -> Set:
    r"""Set an expression of NumPy as a formula.

    Parameters
    ----------
    line
        The expression.
    names
        What its names are to be called.

    Raises
    ------
    CodeError
        If it has no form as a formula, or is too long for one.

    Examples
    --------
    >>> names = {"g": Set(r"\partial y", "∂y"), "w": Set("w", "w")}
    >>> typeset("g @ w.T", names).text
    '∂y wᵀ'
    >>> print(typeset("2 * (g - w).sum(axis=0)", names).tex)
    2 (\sum_{0} (\partial y - w))
    """
    if len(line) > LONGEST:
        raise CodeError("This rule is too long for a formula.")
    try:
        tree = ast.parse(line, mode="eval").body
    except SyntaxError:
        raise CodeError("This rule takes more than one line.") from None
    return _Setter(names).set(tree)


class _Setter:
    """Sets a tree from the leaves up."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def set(self, node: ast.expr) -> Set:  # noqa: PLR0911 - a case for each kind of expression
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return Set(f"{number:g}", f"{number:g}".replace("-", "−"))
            case ast.Name(id=name):
                return self._names.get(name, Set(name, name))
            case ast.Attribute(value=ast.Name(id="np" | "math"), attr=name) if name in GREEK:
                return Set(*GREEK[name])
            case ast.Attribute(value=inner, attr="T"):
                base = self.set(inner).within(ATOM)
                return Set(rf"{base.tex}^{{\top}}", f"{base.text}ᵀ", POWER)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                base = self.set(inner).within(PRODUCT)
                return Set(f"-{base.tex}", f"−{base.text}", SIGN)
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(op, left, right)
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARED:
                tex, text = COMPARED[type(op)]
                a, b = self.set(left), self.set(right)
                return Set(f"{a.tex} {tex} {b.tex}", f"{a.text} {text} {b.text}", SUM - 1)
            case ast.Call():
                return self._call(node)
        raise CodeError("This rule has no form as a formula.")

    def _binary(self, op: ast.operator, left: ast.expr, right: ast.expr) -> Set:
        a, b = self.set(left), self.set(right)
        match op:
            case ast.Add() | ast.Sub():
                sign = "+" if isinstance(op, ast.Add) else "-"
                b = b.within(SUM if sign == "+" else PRODUCT)
                plain = "+" if sign == "+" else "−"
                return Set(f"{a.tex} {sign} {b.tex}", f"{a.text} {plain} {b.text}", SUM)
            case ast.Mult():
                a, b = a.within(PRODUCT), b.within(SIGN)
                if isinstance(left, ast.Constant):
                    return Set(f"{a.tex} {b.tex}", f"{a.text}{_gap(b)}{b.text}", PRODUCT)
                return Set(rf"{a.tex} \cdot {b.tex}", f"{a.text} · {b.text}", PRODUCT)
            case ast.MatMult():
                a, b = a.within(PRODUCT), b.within(SIGN)
                return Set(rf"{a.tex} \, {b.tex}", f"{a.text} {b.text}", PRODUCT)
            case ast.Div():
                over, under = a.within(PRODUCT), b.within(SIGN)
                return Set(rf"\frac{{{a.tex}}}{{{b.tex}}}", f"{over.text} / {under.text}", PRODUCT)
            case ast.Pow():
                base = a.within(ATOM)
                raised = {"2": "²", "3": "³"}.get(b.text, f"^{b.within(ATOM).text}")
                return Set(f"{base.tex}^{{{b.tex}}}", f"{base.text}{raised}", POWER)
        raise CodeError("This rule has no form as a formula.")

    def _call(self, node: ast.Call) -> Set:
        match node.func:
            case ast.Attribute(value=ast.Name(id="np" | "math"), attr=name):
                return self._function(name, node.args)
            case ast.Attribute(value=inner, attr="sum" | "mean" | "max" as name):
                return self._reduced(name, self.set(inner).within(PRODUCT), node)
            case ast.Attribute(value=inner, attr="reshape" | "copy" | "astype"):
                return self.set(inner)  # the numbers stay what they are
            case ast.Attribute(value=inner, attr="transpose" | "swapaxes"):
                base = self.set(inner).within(ATOM)
                return Set(rf"{base.tex}^{{\top}}", f"{base.text}ᵀ", POWER)
            case ast.Name(id=name):
                return self._function(name, node.args)
        raise CodeError("This rule has no form as a formula.")

    def _function(self, name: str, args: list[ast.expr]) -> Set:
        if name in FILLED:
            raise CodeError("An array that is filled has no form as a formula.")
        if name in SAME and args:
            return self.set(args[0])
        given = [self.set(arg) for arg in args]
        if name in FORMS:
            return FORMS[name](given)
        upright = name.replace("_", r"\_")
        tex, text = ", ".join(g.tex for g in given), ", ".join(g.text for g in given)
        return Set(rf"\operatorname{{{upright}}}({tex})", f"{name}({text})")

    def _reduced(self, name: str, base: Set, node: ast.Call) -> Set:
        axes = next((k.value for k in node.keywords if k.arg == "axis"), None)
        axes = node.args[0] if axes is None and node.args else axes
        shown = "" if axes is None else ast.unparse(axes).strip("()").rstrip(",")
        below = f"_{{{shown}}}" if shown else ""
        if name == "sum":
            where = f"[{shown}]" if shown else ""
            return Set(rf"\sum{below} {base.tex}", f"Σ{where} {base.text}", SUM)
        where = f" over {shown}" if shown else ""
        tex = rf"\operatorname{{{name}}}{below}({base.tex})"
        return Set(tex, f"{name}({base.text}{where})")


def _gap(after: Set) -> str:
    return "" if after.text[0].isalpha() or after.text[0] == "(" else " "


def _raised(given: list[Set]) -> Set:
    return Set(f"e^{{{given[0].tex}}}", f"e^{given[0].within(ATOM).text}", POWER)


def _root(given: list[Set]) -> Set:
    return Set(rf"\sqrt{{{given[0].tex}}}", f"√{given[0].within(ATOM).text}")


def _size(given: list[Set]) -> Set:
    return Set(rf"\left|{given[0].tex}\right|", f"|{given[0].text}|")


def _either(given: list[Set]) -> Set:
    if len(given) != len(("condition", "then", "else")):
        raise CodeError("This rule has no form as a formula.")
    condition, then, other = given
    tex = rf"\begin{{cases}} {then.tex} & {condition.tex} \\ {other.tex} \end{{cases}}"
    return Set(tex, f"{then.text} where {condition.text}, else {other.text}", SUM - 1)


def _named(tex: str, text: str) -> Callable[[list[Set]], Set]:
    def made(given: list[Set]) -> Set:
        return Set(f"{tex}({given[0].tex})", f"{text}({given[0].text})")

    return made


FORMS: dict[str, Callable[[list[Set]], Set]] = {
    "exp": _raised,
    "sqrt": _root,
    "abs": _size,
    "where": _either,
    "log": _named(r"\ln", "ln"),
    **{name: _named(rf"\{name}", name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
}
"""Functions that mathematics has a form of its own for."""

SAME = (
    "asarray",
    "array",
    "broadcast_to",
    "reshape",
    "ascontiguousarray",
    "expand_dims",
    "squeeze",
)
"""Functions that leave the numbers what they are, as a formula sees it."""

FILLED = ("zeros", "zeros_like", "empty", "empty_like")
"""Functions that make what further statements fill."""

COMPARED = {
    ast.Gt: (">", ">"),
    ast.Lt: ("<", "<"),
    ast.GtE: (r"\geq", "≥"),
    ast.LtE: (r"\leq", "≤"),
    ast.Eq: ("=", "="),
    ast.NotEq: (r"\neq", "≠"),
}
