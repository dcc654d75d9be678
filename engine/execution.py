"""Running a graph forward: blocks in, live Variables out, a sentence for each that cannot run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np

from engine.errors import CannotRunError
from engine.functions import caller
from engine.graph import (
    CONSTANT,
    INPUT,
    Block,
    Graph,
    Wire,
    forward_order,
    function_of,
    instance_of,
    title,
)
from engine.progress import Watch
from engine.variable import Array, Constant, Variable


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a block could not compute.

    Attributes
    ----------
    block
        Its id.
    sentence
        The reason, for a person.
    failed
        Whether it was given all it needs and yet could not; False for one that is still open.
    """

    block: str
    sentence: str
    failed: bool = False


@dataclass(slots=True)
class Execution:
    """What came of running a graph forward.

    Attributes
    ----------
    variables
        The live Variable of each block that has a value, in the order they got it.
    problems
        The blocks that have none, with the reason; those that only wait for one of them are
        not listed.
    """

    variables: dict[str, Variable] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Script(NamedTuple):
    """What running a graph comes down to, as columns: one thing of every block, in order.

    A row an object would be one object a block more, for Python to look through again and again.

    Attributes
    ----------
    blocks
        Ids.
    names
        Names of their Variables.
    calls
        What gives the Variable of each, called on those of its sources; None for a block with a
        value.
    wires
        The wires it takes its inputs from; None where one is open.
    """

    blocks: tuple[str, ...]
    names: tuple[str, ...]
    calls: tuple[Callable[..., Variable] | None, ...]
    wires: tuple[tuple[Wire | None, ...], ...]


def execute(
    graph: Graph, overrides: Mapping[str, Array] | None = None, watch: Watch | None = None
) -> Execution:
    """Run a graph forward as far as it goes.

    Parameters
    ----------
    graph
        The graph; nothing of it is changed.
    overrides
        Values by block id to take in place of the block's own, as a numerical derivative needs.
    watch
        Told of each value that was computed; what it raises ends the run.
    """
    run = Execution()
    variables, overrides = run.variables, overrides or {}
    with np.errstate(all="ignore"):
        for block, name, call, wires in zip(*script_of(graph), strict=True):
            if overrides and block in overrides:
                variables[block] = Variable(overrides[block], name)
            elif call is None:
                _give(graph.block(block), run)
            else:
                try:
                    if len(wires) == 1:  # as with most, and quicker than the general way
                        inputs = [variables[wires[0].source]]  # type: ignore[union-attr] # see below
                    else:
                        inputs = [variables[wire.source] for wire in wires]  # type: ignore[union-attr] # see below
                except KeyError:
                    continue  # that one has told its own problem
                except AttributeError:  # of no wire
                    _tell_open(graph, graph.block(block), run)
                    continue
                try:
                    output = call(*inputs)
                except Exception as error:  # noqa: BLE001 - a reader's own Function may raise anything
                    _tell_failed(graph.block(block), error, run)
                    continue
                output.name = name
                variables[block] = output
                if watch is not None:
                    watch(getattr(output.raw, "size", 1))
    return run


def script_of(graph: Graph) -> Script:
    """Tell what running a graph comes down to; worked out once for each structure."""
    script = graph.worked_out.get("script")
    if script is None:
        order, into, known = forward_order(graph), graph.into(), graph.blocks
        blocks = [known[block] for block in order]
        script = graph.worked_out["script"] = Script(
            tuple(order),
            tuple([block.name for block in blocks]),
            tuple(_calls(blocks)),
            tuple([into[block] for block in order]),
        )
    found: Script = script
    return found


def _calls(blocks: Iterable[Block]) -> Iterator[Callable[..., Variable] | None]:
    known: dict[str, Callable[..., Variable] | None] = {INPUT: None, CONSTANT: None}
    for block in blocks:
        kind = block.kind
        if block.settings or kind not in known:
            told = function_of(block).settled(block.settings, block.id)
            if told:
                yield partial(_made_anew, block)
                continue
            known[kind] = caller(kind)
        yield known[kind]


def _made_anew(block: Block, *inputs: Variable) -> Variable:
    return instance_of(block)(*inputs)


def _give(block: Block, run: Execution) -> None:
    if block.value is None:
        run.problems.append(Problem(block.id, f"{block.name} has no value yet."))
        return
    kind = Constant if block.kind == CONSTANT else Variable
    run.variables[block.id] = kind(block.value, block.name)


LARGEST_TRIAL = 20_000
"""Elements that are computed only to see whether they can be."""


def misfit(graph: Graph, value: Callable[[str], Array | None], wire: Wire) -> str | None:
    """Tell why a block could not run with one more wire; None if it could, or nobody can know.

    Parameters
    ----------
    graph
        The graph, without that wire.
    value
        Gives the value of a block, as far as it is known.
    wire
        A wire that may be, as far as the graph goes.
    """
    block = graph.block(wire.target)
    into = list(graph.wires_into(block.id))
    into[wire.port] = wire
    values = [None if each is None else value(each.source) for each in into]
    inputs = [Variable(each) for each in values if each is not None]
    if len(inputs) < len(values) or sum(each.size for each in inputs) > LARGEST_TRIAL:
        return None
    with np.errstate(all="ignore"):
        try:
            instance_of(block)(*inputs)
        except Exception as error:  # noqa: BLE001 - as in `execute`
            return _failure(block, error)
    return None


def _failure(block: Block, error: Exception) -> str:
    sentence = sentence_of(error)
    named = isinstance(error, CannotRunError)
    return sentence if named else f"{title(block)} cannot run: {sentence}"


def _tell_failed(block: Block, error: Exception, run: Execution) -> None:
    run.problems.append(Problem(block.id, _failure(block, error), failed=True))


def _tell_open(graph: Graph, block: Block, run: Execution) -> None:
    ports = graph.ports(block.id)
    for wire, port in zip(graph.wires_into(block.id), ports, strict=True):
        if wire is None:
            which = "input" if len(ports) == 1 else f"input {port}"
            run.problems.append(Problem(block.id, f"The {which} of {title(block)} is open."))
            return
        if wire.source not in run.variables:
            return


def sentence_of(error: Exception) -> str:
    """Make the end of a sentence of any error."""
    text = str(error) or type(error).__name__
    return text if text[-1] in ".!?" else f"{text}."
