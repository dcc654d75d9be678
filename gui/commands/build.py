"""What the Build menu does."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from engine.asking.feeding import LARGEST
from engine.block import title
from engine.graph import Wire
from engine.order import age
from engine.settings import all_settings
from engine.values import value_text
from engine.variable import Array
from gui.canvas.drafting import OUT, Port
from gui.canvas.editing import edit_parameters
from gui.canvas.interactions.sliding import PIXELS, slid, with_number
from gui.canvas.pill_numbers import Index
from gui.commands.base import Verbs
from gui.edits import SLIDE
from gui.mime import is_own


class BuildVerbs(Verbs):
    """Placing blocks, wiring them, and giving them values and names."""

    def edit_expression(self) -> None:
        """Edit the graph as text."""
        self._bench.expression.edit()

    def edit_value(self) -> None:
        """Edit the value of the selected input, or of the only one there is, or settings."""
        graph = self._document.graph
        items, marks = self._canvas.selection.items(), self._canvas.selection.marks()
        if len(marks) == 1 and not items:
            self._view.edit(marks[0])
            return
        if len(items) == len(self._canvas.selection.groups()) == 1:
            edit_parameters(self._view, items[0])
            return
        chosen = self._canvas.selection.blocks()
        if len(chosen) == 1 and all_settings(graph.block(chosen[0])):
            self._view.edit(chosen[0])
            return
        given = [b for b in chosen if not graph.block(b).is_function]
        given = given or self._document.inputs()
        if len(given) == 1:
            self._view.edit(given[0])
        else:
            self._view.say("Select one input first: click it, or walk there with Alt and an arrow.")

    def slide_up(self) -> None:
        """Make the number of the selected input a little larger."""
        self._slide(PIXELS / 20)

    def slide_down(self) -> None:
        """Make it a little smaller."""
        self._slide(-PIXELS / 20)

    def slide_next(self) -> None:
        """Go to the next number of the selected array."""
        found = self._number_to_slide()
        if found is None:
            return
        block, index, value = found
        if not index:
            self._view.say("This input has one number: . raises it, and , lowers it.")
            return
        if self._canvas.selection.number(block) is not None:
            at = int(np.ravel_multi_index(index, value.shape)) + 1
            index = tuple(map(int, np.unravel_index(at % value.size, value.shape)))
        self._choose_number(block, index)

    def _slide(self, pixels: float) -> None:
        found = self._number_to_slide()
        if found is None:
            return
        block, index, value = found
        if self._canvas.findings.ghost is None:
            self._canvas.findings.set_ghost(self._document.latest)
        number = slid(float(value[index]), pixels)
        self._document.slide(block, with_number(value, index, number))
        self._document.end_slide(block, value, SLIDE)
        if index:
            self._choose_number(block, index)

    def _choose_number(self, block: str, index: Index) -> None:
        """Frame a number of an array on the canvas, and tell it."""
        if self._canvas.selection.items() != [block]:
            self._canvas.selection.choose([block])
        self._canvas.selection.set_number(block, index)
        facts = self._document.graph.block(block)
        if facts.value is not None:
            place = ", ".join(map(str, index))
            self._view.note(f"{facts.name}[{place}] = {value_text(facts.value[index])}")

    def _number_to_slide(self) -> tuple[str, Index, Array] | None:
        """Find the number that is meant: block, index and value; None if it is not clear which."""
        graph, chosen = self._document.graph, self._canvas.selection.blocks()
        given = [b for b in chosen if not graph.block(b).is_function] or self._document.inputs()
        pointed = self._bench.side.element_pointed()
        if pointed is not None:
            block, index = pointed
        elif len(given) == 1:
            block, value = given[0], graph.block(given[0]).value
            first = () if value is None else (0,) * value.ndim
            index = self._canvas.selection.number(block) or first
        else:
            self._view.say("Select an input first: click it, or walk there with Alt and an arrow.")
            return None
        value = graph.block(block).value
        if value is None or not 0 < value.size <= LARGEST or not np.isfinite(value[index]):
            self._view.say("Select an input with a number that can be changed: click it.")
            return None
        return block, index, value

    def rename(self) -> None:
        """Rename the selected block's Variable, or the selected group."""
        selected = self._canvas.selection.items() or self._canvas.selection.marks()
        if len(selected) == 1:
            self._view.rename(selected[0])
            return
        open_group = self._canvas.open_groups.around(selected)
        block = open_group if open_group is not None else self._one_block()
        if block is not None:
            self._view.rename(block)

    def connect(self) -> None:
        """Draw a wire from the selected block or port by keyboard."""
        port, items = self._canvas.selection.ring, self._canvas.selection.items()
        if port is None and len(items) > 1:
            self._connect_all(items)
            return
        if port is None:
            block = self._one_block()
            port = None if block is None else Port(block, OUT)
        if port is not None:
            self._view.setFocus()
            self._view.start_wire(port)

    def _connect_all(self, items: Collection[str]) -> None:
        """Wire the blocks to the one that stands farthest to the right, from top to bottom."""
        middles = {item: self._canvas.block_rect(item).center() for item in items}
        *others, last = sorted(items, key=lambda item: middles[item].x())
        others.sort(key=lambda item: middles[item].y())
        graph = self._document.graph
        inputs = [port for port in self._canvas.ports_at(last) if port.number != OUT]
        free = [port for port in inputs if graph.wires_into(port.block)[port.number] is None]
        sources = [block for item in others for block in self._canvas.results_of(item)]
        if len(sources) > len(free):
            count = f"{len(free)} free inputs" if len(free) != 1 else "1 free input"
            groups = self._document.groups
            name = groups.group(last).name if last in groups else title(graph.block(last))
            self._view.say(f"{name} has {count}, and {len(sources)} are needed.")
            return
        to = zip(sources, free, strict=False)
        wires = [Wire(source, port.block, port.number) for source, port in to]
        misfit = next(filter(None, map(self._document.misfit, wires)), None)
        if misfit is None:
            self._document.connect_all(wires)
        else:
            self._view.say(misfit)

    def cut_wires(self) -> None:
        """Let the next drag cut wires."""
        self._view.setFocus()
        self._view.cut_wires()

    def search_to_add(self) -> None:
        """Search for what to add on the canvas."""
        self._view.setFocus()
        self._view.search_to_add()

    def unplug(self) -> None:
        """Take the selected wires away, and those into the selected blocks."""
        graph = self._document.graph
        found = dict.fromkeys(self._canvas.selection.wires())
        for item in self._canvas.selection.items():
            inside = dict.fromkeys(self._canvas.folds.blocks_of(item))
            into = (wire for block in inside for wire in graph.wires_into(block) if wire)
            found.update((wire, None) for wire in into if wire.source not in inside)
        if found:
            wires = list(found)
            self._document.do(len(wires), "Unplugging", lambda held: held.remove((), wires))
        else:
            self._view.say("Select a block whose inputs are to be unplugged, or a wire.")

    def detach(self) -> None:
        """Take the selected blocks out of the chain that they are in."""
        blocks = self._canvas.selection.blocks()

        def tell(done: bool) -> None:  # noqa: FBT001 - what a verb gives
            if not done:
                self._view.say("They are wired to no other block.")

        if blocks:
            self._document.do(len(blocks), "Detaching", lambda held: held.detach(blocks), tell)
        else:
            self._view.say("Select the blocks that are to be detached.")

    def differentiate(self) -> None:
        """Walk back from the selected block."""
        block = self._one_block()
        if block is None:
            return
        if not self._document.graph.block(block).is_function:
            self._view.say("An input is given, not computed: choose a function to differentiate.")
            return
        self._document.set_target(block)

    def add_block(self) -> None:
        """Search the functions."""
        self._show_beside()
        self._bench.palette_panel.search()

    def append(self, kind: str) -> None:
        """Put a block behind the selected one, or behind the end of the chain."""
        selected = self._canvas.selection.items()
        results = self._canvas.results_of(selected[-1]) if selected else []
        after = results[-1] if results else self._document.end
        if after is None:
            after = max(self._document.graph.blocks, key=age, default=None)
        if is_own(kind):
            block = self._view.place_own(kind, self._document.place_behind(after), after)
        else:
            block = self._document.append(kind, after)
        if block is not None:
            self._canvas.selection.choose([block])
            self._view.show_more(block)
