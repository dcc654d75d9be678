"""One picture as an SVG that stands by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from engine.graph import Graph
from engine.picture.colours import ThemeName, palette
from engine.picture.drawing import Drawing
from engine.picture.places import Standing, places_for
from engine.picture.reel import Reel
from engine.picture.seen import Seen
from engine.picture.style import sheet
from engine.recording import Recording
from engine.variable import Array


def graph_of(recording: Recording) -> Graph:
    """Give the graph that was run, as it was."""
    wires = (wire for inputs in recording.course.inputs.values() for wire in inputs if wire)
    return Graph.build(recording.blocks.values(), wires)


def walk_svg(
    recording: Recording,
    step: int,
    stand: Standing | None = None,
    theme: ThemeName = "light",
) -> str:
    """Draw a walk as it is after a step.

    Parameters
    ----------
    step
        Index of the step.
    stand
        Where the graph stands; without it, it is laid out.
    """
    graph = graph_of(recording)
    reel = Reel(recording, graph, stand or Standing(places_for(graph)))
    seen = (piece.svg for piece in reel.pieces() if piece.is_seen(step))
    return _standing(seen, reel.frame, about(recording), theme)


def graph_svg(
    graph: Graph,
    values: Mapping[str, Array],
    gradients: Mapping[str, Array],
    theme: ThemeName = "light",
) -> str:
    """Draw a graph that nobody walks: with the values and gradients that are there, by block."""
    arrays = frozenset(block for block, value in values.items() if value.ndim)
    seen, blocks = Seen(graph, Standing(places_for(graph)), arrays), graph.blocks.values()
    draw = Drawing(seen)
    drawn = [draw.wire(wire, "wire") for wire in graph.wires()]
    drawn += [draw.outline(block, draw.ground(block)) + draw.face(block) for block in blocks]
    for block in blocks:
        if seen.has_end(block):
            drawn += [draw.stub(block.id, "wire"), draw.end(block, "end")]
        elif block.is_function:
            drawn.append(draw.name(block, values.get(block.id)))
        if block.is_function and block.id in values:
            drawn.append(draw.value(block, values[block.id]))
        if block.id in gradients:
            drawn.append(draw.gradient(block, gradients[block.id]))
    return _standing(drawn, draw.frame(), f"A graph of {len(graph)} blocks", theme)


def about(recording: Recording) -> str:
    """Say what a picture of a walk shows, for those who do not see it."""
    count = len(recording.blocks)
    if recording.target is None:
        return f"A graph of {count} blocks"
    return f"The graph of {recording.blocks[recording.target].name}, of {count} blocks"


def _standing(
    marks: Iterable[str], frame: tuple[float, float, float, float], words: str, theme: ThemeName
) -> str:
    left, top, width, height = frame
    box = f"{left:g} {top:g} {width:g} {height:g}"
    ground = f'<rect x="{left:g}" y="{top:g}" width="100%" height="100%" class="ground"/>'
    # The colours stand in the picture itself, for programs that know no variables.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width:g}" '
        f'height="{height:g}" class="gw {theme}" role="img"><title>{escape(words)}</title>'
        f"<style>{sheet(palette(theme), f'.gw.{theme}')}</style>{ground}{''.join(marks)}</svg>"
    )
