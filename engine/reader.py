"""The white list of the expression language: names, numbers, arrays, operators, and Functions."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.errors import ExpressionError, GradwalkError, RunError, ValueTextError
from engine.functions import FUNCTIONS
from engine.graph import CONSTANT, INPUT, Block, Graph, Wire, fresh_id, fresh_name
from engine.indices import WANTED, index_of_node, index_text
from engine.pieces import OPEN, Piece, is_value
from engine.settings import literal
from engine.signatures import is_variadic, port_names, settings_of
from engine.syntax import Source, shown
from engine.values import CONSTANTS, parse_value
from engine.variable import Array

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
}


NO_SETTINGS: Mapping[str, Any] = MappingProxyType({})


class Call(NamedTuple):
    """A Function that is called: its name, how many inputs it is given, and its settings."""

    function: str
    inputs: int
    settings: Mapping[str, Any] = NO_SETTINGS


NOTHING = "There is nothing to differentiate: use at least one function or operator."


class Reader:
    """Walks syntax trees with a stack of its own and adds a block for each node.

    Parameters
    ----------
    source
        The text.
    pieces
        What was read from it.
    values
        Value of each input by name.

    Attributes
    ----------
    source
        The text.
    graph
        What has been read so far.
    told
        Ids of the blocks whose names are told; the other names are made up.
    lines
        Ids of the blocks that have a line of their own.
    read_from
        Each node, and the id of the block that it stands for.
    """

    def __init__(self, source: Source, pieces: list[Piece], values: Mapping[str, Array]) -> None:
        self.graph = Graph()
        self.source = source
        self._pieces = pieces
        self._values = values
        self.told: set[str] = set()
        self.lines: list[str] = []
        self.read_from: list[tuple[ast.AST, str]] = []
        self._valued: set[str] = set()
        self._to_come = {
            name.id for name, tree in pieces if name is not None and not is_value(tree)
        }
        used = (node for name, tree in pieces for node in (*ast.walk(tree), name))
        self._reserved = frozenset(node.id for node in used if isinstance(node, ast.Name))
        self._not_for_functions = self._reserved | {"y"}

    def read(self) -> str | None:
        """Read all pieces; give the id of the last that is computed, None if none is."""
        result: str | None = None
        for name, tree in self._pieces:
            if name is not None and is_value(tree):
                self._give(name, tree)
                continue
            wanted = self._new_name(name)
            result = self._read(tree, wanted)
            if result is None or not self.graph.block(result).is_function:
                raise self._error(NOTHING, tree)
            if name is not None and isinstance(tree, ast.Name):
                raise self._error(f"“{name.id}” would be “{tree.id}” itself: use that name.", tree)
            if name is not None:
                self.told.add(result)
                self.lines.append(result)
                self.read_from.append((name, result))
            self._to_come.discard(wanted or "")
        return result

    def _give(self, name: ast.Name, tree: ast.expr) -> None:
        """Give an input its value: x = 0.5."""
        known = self.graph.named(name.id)
        if name.id in self._valued or (known is not None and known.is_function):
            raise self._error(f"“{name.id}” is given twice.", name)
        self._valued.add(name.id)
        value = None if isinstance(tree, ast.Name) and tree.id == OPEN else self._value(tree)
        value = self._values.get(name.id, value)
        if known is None:
            block = self._add(INPUT, name.id, name, value)
        else:
            block = known.id
            self.graph.replace(replace(known, value=value))
        self.told.add(block)
        self.lines.append(block)
        self.read_from.append((name, block))

    def _value(self, node: ast.expr) -> Array:
        try:
            return parse_value(self.source.piece(node))
        except ValueTextError as error:
            raise self._error(error.sentence, node) from None

    def _new_name(self, name: ast.Name | None) -> str | None:
        if name is None:
            return None if "y" in self._reserved else "y"
        if self.graph.named(name.id) is not None:
            raise self._error(f"“{name.id}” is given twice.", name)
        try:
            self.graph.check_name("", name.id)
        except GradwalkError as error:
            raise self._error(error.sentence, name) from None
        return name.id

    def _read(self, tree: ast.expr, wanted: str | None) -> str | None:
        done: list[str | None] = []
        todo: list[tuple[ast.expr, Call | None]] = [(tree, None)]
        while todo:
            node, call = todo.pop()
            if call is not None:
                operands = done[len(done) - call.inputs :]
                del done[len(done) - call.inputs :]
                name = wanted if not todo else None
                block = self._function(call, operands, name, node)
                self.read_from.append((node, block))
                done.append(block)
                continue
            if isinstance(node, ast.Name) and node.id == OPEN:
                done.append(None)
                continue
            leaf = self._leaf(node)
            if leaf is not None:
                self.read_from.append((node, leaf))
                done.append(leaf)
                continue
            call, parts = self._call(node)
            todo.append((node, call))
            todo.extend((part, None) for part in reversed(parts))
        (result,) = done
        return result

    def _leaf(self, node: ast.expr) -> str | None:
        match node:
            case ast.Name(id=name) if name not in CONSTANTS:
                return self._input(name, node)
        return self._constant(node) if _is_constant(node) else None

    def _input(self, name: str, node: ast.expr) -> str:
        known = self.graph.named(name)
        if known is not None:
            return known.id
        if name in self._to_come:
            raise self._error(f"“{name}” is used before it is given.", node)
        if name in FUNCTIONS:
            sentence = f"{name} is a function: write {name}(…)."
            raise self._error(sentence, node)
        block = self._add(INPUT, name, node, self._values.get(name))
        self.told.add(block)
        return block

    def _constant(self, node: ast.expr) -> str:
        value = self._value(node)
        name = fresh_name(self.graph, "constant", self._reserved)
        return self._add(CONSTANT, name, node, value)

    def _call(self, node: ast.expr) -> tuple[Call, list[ast.expr]]:
        match node:
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return Call(OPERATORS[type(op)], 2), [left, right]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Call("neg", 1), [operand]
            case ast.Subscript(value=operand, slice=index):
                return Call("getitem", 1, {"index": self._index(index)}), [operand]
            case ast.Call(func=ast.Name(id=name), args=args) if name in FUNCTIONS:
                settings = self._settings(name, node)
                if is_variadic(FUNCTIONS[name]):
                    return Call(name, len(args), {**settings, "inputs": len(args)}), args
                ports = port_names(FUNCTIONS[name])
                if len(args) != len(ports):
                    inputs = "1 input" if len(ports) == 1 else f"{len(ports)} inputs"
                    are = "is" if len(args) == 1 else "are"
                    raise self._error(f"{name} takes {inputs}, and {len(args)} {are} given.", node)
                return Call(name, len(args), settings), args
            case ast.Call(func=ast.Name(id=name)) if name not in FUNCTIONS:
                import difflib  # noqa: PLC0415 - only here, and slow to import

                near = difflib.get_close_matches(name, FUNCTIONS, 3)
                hint = f" Did you mean {' or '.join(near)}?" if near else ""
                sentence = f"There is no function called {shown(name)}.{hint}"
                raise self._error(sentence, node)
        sentence = (
            f"“{shown(self.source.piece(node))}” cannot stand in an expression: it is made of "
            "names, numbers, + - * / **, parentheses, functions and brackets as in x[0]."
        )
        raise self._error(sentence, node)

    def _index(self, node: ast.expr) -> str:
        try:
            return index_text(index_of_node(node))
        except (ValueError, RecursionError, RunError):
            sentence = f"“{shown(self.source.piece(node))}” is no index: {WANTED}."
            raise self._error(sentence, node) from None

    def _settings(self, function: str, node: ast.Call) -> dict[str, Any]:
        """Read the keywords of a call, which are numbers, texts, True, False, None, or lists."""
        settings: dict[str, Any] = {}
        known = ", ".join(settings_of(FUNCTIONS[function])) or "none"
        for keyword in node.keywords:
            if keyword.arg is None or keyword.arg not in settings_of(FUNCTIONS[function]):
                there = f"{function} has no setting called {shown(keyword.arg or '**')}"
                raise self._error(f"{there}; it has these: {known}.", keyword.value)
            try:
                settings[keyword.arg] = literal(keyword)
            except ValueError:
                sentence = f"{keyword.arg} is a setting: a number, a text, None, or a list of them."
                raise self._error(sentence, keyword.value) from None
        return settings

    def _function(
        self, call: Call, operands: list[str | None], name: str | None, node: ast.expr
    ) -> str:
        name = name or fresh_name(self.graph, "function", self._not_for_functions)
        block = self._add(call.function, name, node, None, call.settings)
        for port, source in enumerate(operands):
            if source is not None:
                self.graph.connect(Wire(source, block, port))
        return block

    def _add(
        self,
        kind: str,
        name: str,
        node: ast.expr,
        value: Array | None,
        settings: Mapping[str, Any] = NO_SETTINGS,
    ) -> str:
        block = Block(fresh_id(self.graph), kind, name, value, settings)
        try:
            self.graph.add(block)
        except GradwalkError as error:
            raise self._error(error.sentence, node) from None
        return block.id

    def _error(self, sentence: str, node: ast.expr) -> ExpressionError:
        return ExpressionError(sentence, at=self.source.index(node))


def _is_constant(node: ast.expr) -> bool:
    """Tell whether a piece of an expression is a number or an array, and nothing is computed."""
    match node:
        case ast.Name(id=name) | ast.UnaryOp(op=ast.USub(), operand=ast.Name(id=name)):
            return name in CONSTANTS
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return True
    return isinstance(node, ast.Constant | ast.List | ast.Tuple)
