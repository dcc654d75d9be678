"""Ids and names: what one may look like, and one that is still free."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Literal

from engine.errors import BadNameError
from engine.functions import FUNCTIONS
from engine.syntax import shown
from engine.values import CONSTANTS

if TYPE_CHECKING:
    from engine.graph import Block, Graph

LONGEST_NAME = 40

SHORTEST_WORD = 2
"""Letters from which on a name is a word, and somebody's choice."""

Role = Literal["input", "constant", "function"]

NAMES: dict[Role, str] = {"input": "xzwuvpqrst", "constant": "k", "function": "abcdfghlmno"}
"""Letters to name Variables with, in this order; e is the number."""


def role_of(kind: str) -> Role:
    """Give the part that a block of this kind plays.

    Examples
    --------
    >>> role_of("input"), role_of("exp")
    ('input', 'function')
    """
    if kind == "input":
        return "input"
    return "constant" if kind == "constant" else "function"


def fresh_name(graph: Graph, role: Role, taken: Collection[str] = frozenset()) -> str:
    """Find a name that no block of the graph has: x, z, w and so on, then x1, x2 and so on.

    Examples
    --------
    >>> from engine.graph import Graph
    >>> fresh_name(Graph(), "input"), fresh_name(Graph(), "constant")
    ('x', 'k1')
    """
    letters = NAMES[role]

    def is_free(name: str) -> bool:
        return name not in taken and name not in FUNCTIONS and graph.named(name) is None

    if role != "constant":
        for letter in letters:
            if is_free(letter):
                return letter
    return _numbered(letters[0], 0, is_free)


def has_name_by_itself(block: Block) -> bool:
    """Tell whether a Function's Variable has a name that nobody thought of: a letter.

    Examples
    --------
    >>> from engine.block import Block
    >>> has_name_by_itself(Block("b1", "exp", "a")), has_name_by_itself(Block("b1", "exp", "loss"))
    (True, False)
    """
    return block.is_function and block.name in {*NAMES["function"]}


class LikeNames:
    """Names for copies of blocks, each another than all that are there and were given before.

    The name of a block itself if that is free, else one like it. A word gets a number, because
    somebody thought of it; a letter becomes another letter.

    Examples
    --------
    >>> from engine.graph import Block, Graph
    >>> graph = Graph()
    >>> graph.add(Block("b1", "input", "weight"))
    >>> names = LikeNames(graph)
    >>> names.like(Block("b2", "input", "weight")), names.like(Block("b2", "input", "weight"))
    ('weight2', 'weight3')
    >>> names.like(Block("b2", "exp", "a"))
    'a'
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._given: set[str] = set()
        # Where the last number was, so that thousands of copies do not look for it anew.
        self._last: dict[str, int] = {}
        self._spent: set[Role] = set()

    def like(self, block: Block) -> str:
        """Give the next name like that of a block."""
        found = block.name if self._is_free(block.name) else self._another(block)
        self._given.add(found)
        return found

    def _is_free(self, name: str) -> bool:
        is_new = name not in self._given and self._graph.named(name) is None
        return is_new and name not in FUNCTIONS and name not in CONSTANTS

    def _another(self, block: Block) -> str:
        word = block.name.rstrip("0123456789")
        if len(word) >= SHORTEST_WORD:
            return self._count_on(word[: LONGEST_NAME - 8], 1)
        role = role_of(block.kind)
        if role not in self._spent:
            name = fresh_name(self._graph, role, self._given)
            if name in NAMES[role] and role != "constant":
                return name
            self._spent.add(role)
        return self._count_on(NAMES[role][0], 0)

    def _count_on(self, stem: str, used: int) -> str:
        name = _numbered(stem, self._last.get(stem, used), self._is_free)
        self._last[stem] = int(name[len(stem) :])
        return name


def _numbered(stem: str, used: int, is_free: Callable[[str], bool]) -> str:
    """Put the first number that is free behind a stem, or one that is near it.

    By doubling and halving, because large graphs have used up many numbers.
    """
    free = used + 1
    while not is_free(f"{stem}{free}"):
        used, free = free, 2 * free
    while free - used > 1:
        middle = (used + free) // 2
        used, free = (used, middle) if is_free(f"{stem}{middle}") else (middle, free)
    return f"{stem}{free}"


def fresh_id(graph: Graph) -> str:
    """Find an id that no block of the graph has."""
    number = len(graph) + 1
    while f"b{number}" in graph:
        number += 1
    return f"b{number}"


def next_id(graph: Graph) -> str:
    """Give an id that is younger than every other of the graph, and was never given before."""
    return f"b{next_number(graph)}"


def next_number(graph: Graph) -> int:
    """Give the number of the next id, from which on every one is free."""
    return graph.youngest + 1


def number_of(block: str) -> int:
    """Give the number in an id as `next_id` gives them; 0 for any other id.

    Examples
    --------
    >>> number_of("b12"), number_of("bias")
    (12, 0)
    """
    return int(block[1:]) if block[0] == "b" and block[1:].isdigit() else 0


def check_id(block: str) -> None:
    """Raise the reason why a block may not have this id; return if it may.

    Raises
    ------
    BadNameError
        With a sentence that says why.
    """
    if not (block.isidentifier() and len(block) <= LONGEST_NAME):
        sentence = f"“{shown(block)}” cannot be an id: use letters, digits and _."
        raise BadNameError(sentence, block=block)


def check_form(block: str, name: str) -> None:
    """Raise the reason why no Variable can have this name; return if one can.

    Raises
    ------
    BadNameError
        With a sentence that says why.
    """
    # In an expression Python reads a name in its normal form, so that is the one to have.
    normal = name if name.isascii() else unicodedata.normalize("NFKC", name)
    plain = name.isidentifier() and normal == name
    if not plain or keyword.iskeyword(name) or len(name) > LONGEST_NAME:
        sentence = f"“{shown(name)}” cannot be a name: use letters, digits and _, a letter first."
        raise BadNameError(sentence, block=block)
    if name in FUNCTIONS or name in CONSTANTS:
        what = "function" if name in FUNCTIONS else "number"
        sentence = f"“{name}” is the name of a {what}; choose another one."
        raise BadNameError(sentence, block=block)
