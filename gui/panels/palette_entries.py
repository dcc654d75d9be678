"""What the palette offers: the two kinds of input, and every Function there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.functions import FUNCTIONS
from engine.graph import CONSTANT, INPUT
from engine.own_blocks import OwnBlock
from engine.signatures import port_names
from engine.symbols import Symbol, local_formula, value_formula
from engine.variable import Function
from engine.visible import ports_of_group
from engine.writing import notation_of
from gui.own_blocks import OWN_BLOCKS
from gui.panels.matching import EXACT, INSIDE, SCATTERED, nearness, plain

FIRST_GROUPS = ("Inputs", "Elementary", "Arithmetic", "Activations", "Reductions")
"""The groups that stand on top, in this order; all others follow by name."""

MOST_TOLD = 6
"""Parameters of a block of a person's own that are named."""

LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Entry:
    """One block that can be placed.

    Attributes
    ----------
    kind
        The block's kind, as the graph knows it.
    symbol
        A few characters for its face.
    name
        What a person calls it.
    formula
        Its value in one line, such as `y = x²`; a hint for an input.
    derivatives
        Its local derivatives in one line each; none for an input.
    about
        One sentence.
    group
        The head it stands under.
    """

    kind: str
    symbol: str
    name: str
    formula: str
    derivatives: tuple[str, ...]
    about: str
    group: str

    @property
    def is_function(self) -> bool:
        """Whether it takes inputs."""
        return self.kind not in (INPUT, CONSTANT)

    @cached_property
    def spoken(self) -> str:
        """What a screen reader calls it."""
        return f"{self.name}, {self.formula}"

    @cached_property
    def tool_tip(self) -> str:
        """All of it."""
        return "\n".join((self.about, self.formula, *self.derivatives)).strip()

    def matches(self, text: str) -> bool:
        """Tell whether a person who types this may mean this entry."""
        near = self.nearness(text)
        return near is not None and near < SCATTERED

    def nearness(self, text: str) -> int | None:
        """Tell how near a text comes to this entry; None if it does not mean it."""
        wanted = plain(text)
        near = [nearness(text, self.name), nearness(text, self.kind)]
        if wanted == plain(self.symbol):
            near.append(EXACT)
        told = (self.symbol, self.formula)
        if plain(self.group).startswith(wanted) or any(wanted in plain(part) for part in told):
            near.append(INSIDE)
        return min((each for each in near if each is not None), default=None)


INPUTS = (
    Entry(
        INPUT,
        "x",
        "Number or array",
        "0.5 or [1, 2, 3]",
        (),
        "A value that is given, and that the gradient is asked for.",
        "Inputs",
    ),
    Entry(
        CONSTANT,
        "3",
        "Constant",
        "no gradient",
        (),
        "A value that stays as it is: nobody asks for its gradient.",
        "Inputs",
    ),
)


def entries() -> Iterator[Entry]:
    """Give every entry, group by group; those of a person's own come first."""
    yield from (own_entry(kind, own) for kind, own in OWN_BLOCKS.all().items())
    known = (entry_of(kind, found) for kind, found in FUNCTIONS.items() if not found.inner)
    offered = [*INPUTS, *known]
    groups = {entry.group for entry in offered}
    ordered = [group for group in FIRST_GROUPS if group in groups]
    ordered += sorted(groups.difference(FIRST_GROUPS))
    for group in ordered:
        yield from (entry for entry in offered if entry.group == group)


def own_entry(kind: str, own: OwnBlock) -> Entry:
    """Tell of a block of a person's own."""
    document = own.document
    ports = ports_of_group(document.graph, document.groups, own.group.id)
    told = [block.name for block in own.parameters]
    count = len(document.graph)
    about = f"A block of your own, made of {count} {'block' if count == 1 else 'blocks'}."
    if told:
        about += f" Parameters: {', '.join(told[:MOST_TOLD])}{'…' * (len(told) > MOST_TOLD)}."
    return Entry(
        kind,
        own.name[:2],
        own.name,
        f"{len(ports.inlets)} in, {len(ports.outlets)} out",
        (),
        about,
        "Your own",
    )


def entry_of(kind: str, function: type[Function]) -> Entry:
    """Read an entry from the class that it stands for.

    Examples
    --------
    >>> entry = entry_of("square", FUNCTIONS["square"])
    >>> entry.formula, entry.derivatives
    ('y = x²', ('∂y/∂x = 2x',))
    """
    ports = port_names(function)
    # Ports are named x0 and x1; a person reads x₀ and x₁.
    names = tuple(port.translate(LOWERED) for port in ports)
    symbols = tuple(Symbol(name) for name in names)
    rules = [local_formula(function, port, symbols) for port in range(len(ports))]
    return Entry(
        kind,
        notation_of(kind).symbol,
        function.__name__,
        f"y = {value_formula(function, symbols)}",
        tuple(
            f"∂y/∂{name} = {rule}"
            for name, rule in zip(names, rules, strict=True)
            if rule is not None
        ),
        (function.__doc__ or "").strip().partition("\n")[0],
        function.group,
    )
