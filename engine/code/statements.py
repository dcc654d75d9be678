"""Expressions as statements: what is used twice, or is too long for its line, gets a name."""

from __future__ import annotations

import builtins
import keyword
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from engine.code.script import CodeLine, Direction
from engine.reading.literals import one_line, several_lines
from engine.reading.pieces import ANYTHING, Effect, Piece, called, name

WIDTH = 88
"""Characters of the longest line."""

ALIKE = ("l", "O", "I")
"""Names that can be taken for a figure, or for one another."""

RESERVED = frozenset({*dir(builtins), *keyword.kwlist, *keyword.softkwlist, *ALIKE})
"""Names that a Variable of a script had better not have."""


class Names:
    """Names that are given to what has none, each once.

    Parameters
    ----------
    taken
        Names that are taken already.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*taken}

    def fresh(self, wanted: str) -> str:
        """Find a name: the wanted one, or one with a number behind it.

        Examples
        --------
        >>> names = Names(["x"])
        >>> names.fresh("local"), names.fresh("local"), names.fresh("sum")
        ('local', 'local2', 'sum_')
        """
        if wanted in RESERVED:
            wanted += "_"
        found, number = wanted, 2
        while found in self._taken:
            joint = "_" if wanted[-1].isdigit() else ""
            found, number = f"{wanted}{joint}{number}", number + 1
        self._taken.add(found)
        return found


class Statements:
    """Writes expressions down, one statement after another.

    Parameters
    ----------
    names
        Gives names to what needs one.
    hints
        What to call a piece, if it comes to that.
    indent
        Columns before each line.
    """

    def __init__(self, names: Names, hints: Mapping[Piece, str], indent: int = 0) -> None:
        self.lines: list[str] = []
        self._names = names
        self._hints = hints
        self._indent = indent
        self._known: dict[Piece, str] = {}
        self._said: dict[str, str] = {}

    def assign(self, target: str, piece: Piece) -> None:
        """Write `target = piece`, after whatever that needs."""
        self._prepare([piece])
        if piece.effects:
            self._name(piece)
        self._write(f"{target} = ", piece)

    def give(self, pieces: list[Piece]) -> None:
        """Write `return` with one or several values, after whatever they need."""
        self._prepare(pieces)
        for piece in pieces:
            if piece.effects:
                self._name(piece)
        answer = pieces[0]
        if len(pieces) > 1:
            answer = Piece(("", *(", ",) * (len(pieces) - 1), ""), tuple(pieces))
        self._write("return ", answer)

    def taken(self, block: str, direction: Direction) -> list[CodeLine]:
        """Take the lines away, as what one block comes to."""
        lines, self.lines = self.lines, []
        return [CodeLine(line, (block,), direction) for line in lines]

    def _prepare(self, pieces: list[Piece]) -> None:
        """Give a name to what is used more than once, in the order in which it is needed."""
        uses: Counter[Piece] = Counter(pieces)
        order = list(_in_order(pieces))
        for piece in order:
            uses.update(piece.below())
        for piece in order:
            if (uses[piece] > 1 and not piece.is_leaf) or (piece.effects and piece not in pieces):
                self._name(piece)

    def _name(self, piece: Piece) -> None:
        if piece in self._known:
            return
        text = piece.own_text(self._known)
        if not piece.effects and text in self._said:
            # No name is ever given twice, so what was said once still holds.
            self._known[piece] = self._said[text]
            return
        target = self._names.fresh(self._hints.get(piece, "filled" if piece.effects else "part"))
        self._write(f"{target} = ", piece)
        self._known[piece] = self._said[text] = target
        for effect in piece.effects:
            self._write("", effect)

    def _write(self, start: str, piece: Piece | Effect) -> None:
        """Write a statement; where it is too long, its largest pieces get names of their own."""
        indent, room = " " * self._indent, WIDTH - self._indent
        whole = isinstance(piece, Piece) and piece in self._known
        while not whole:
            text = start + _own_text(piece, self._known)
            part = None if len(text) <= room else self._to_be_named(piece, room)
            if part is None:
                break
            self._name(part)
        if whole:
            text = start + piece.text(self._known)
        if len(text) <= room:
            self.lines.append(indent + text)
        else:
            self.lines += [indent + line for line in broken(start, piece, self._known, room)]

    def _to_be_named(self, piece: Piece | Effect, room: int) -> Piece | None:
        """Find the longest piece that still fits into a line of its own, or else the innermost."""
        found, most = None, 0
        innermost: Piece | None = None
        waiting = list(piece.parts)
        while waiting:
            part = waiting.pop()
            if part in self._known or (not part.parts and part.rows is None):
                continue
            if part.level == ANYTHING:  # an argument by name, or an index: no value by itself
                waiting += part.parts
                continue
            text = part.text(self._known)
            named = f"{self._hints.get(part, 'part')}00 = "
            fits = len(named) + len(text) <= room or part.rows is not None
            # What the rule has a name for is the better piece to name, up to half as long.
            weight = len(text) * (2 if part in self._hints else 1)
            if fits and weight > most and len(text) > len(named):
                found, most = part, weight
            elif not fits and (innermost is None or len(text) < len(innermost.text(self._known))):
                innermost = part
            waiting += part.parts
        return found or innermost


def _own_text(piece: Piece | Effect, known: Mapping[Piece, str]) -> str:
    return piece.own_text(known) if isinstance(piece, Piece) else piece.text(known)


def _in_order(pieces: list[Piece]) -> Iterator[Piece]:
    """Go through all pieces, each once and after those that it is made of."""
    seen: set[Piece] = set()
    waiting = [(piece, False) for piece in reversed(pieces)]
    while waiting:
        piece, ready = waiting.pop()
        if ready:
            yield piece
        elif piece not in seen:
            seen.add(piece)
            waiting.append((piece, True))
            waiting += [(part, False) for part in reversed(list(piece.below()))]


def broken(start: str, piece: Piece | Effect, names: Mapping[Piece, str], room: int) -> list[str]:
    """Break a statement into lines, as ruff does."""
    texts = [part.text(names) for part in piece.parts]
    if isinstance(piece, Effect):
        return [piece.text(names)]
    if piece.rows is not None:
        return _array_lines(start, piece, texts, room)
    own = piece.glue[0] == ""  # a method of the first part
    if piece.glue[own].endswith("("):
        opening = (texts.pop(0) if own else "") + piece.glue[own]
        arguments = ", ".join(texts)
        inner = [arguments] if len(arguments) + 4 <= room else [f"{text}," for text in texts]
        return [f"{start}{opening}", *(f"    {line}" for line in inner), ")"]
    whole = piece.own_text(names)
    inner = [whole]
    if piece.glue[1:2] == (", ",):  # several values that are given back
        inner = [f"{text}," for text in texts]
    elif len(whole) + 4 > room and len(texts) > 1:
        inner = [texts[0], f"{piece.glue[1].strip()} {texts[1]}"]
    return [f"{start}(", *(f"    {line}" for line in inner), ")"]


def printing(label: str, term: str) -> list[str]:
    """Write how a result is printed.

    Examples
    --------
    >>> printing("y", "y.data")
    ['print("y =", y.data)']
    """
    shown = called("print", [name(f'"{label} ="'), name(term)])
    text = shown.text({})
    return [text] if len(text) <= WIDTH else broken("", shown, {}, WIDTH)


def _array_lines(start: str, piece: Piece, options: list[str], room: int) -> list[str]:
    """Write an array out over several lines."""
    opening = piece.glue[0].partition("(")[0]
    flat = ", ".join([one_line(piece.rows), *options])
    if len(flat) + 4 <= room:
        inner = [f"    {flat}"]
    else:
        rows = several_lines(piece.rows, 4, room, "," if options else "")
        inner = [*rows, *(f"    {option}," for option in options)]
    return [f"{start}{opening}(", *inner, ")"]
