"""What a Function is told apart from its inputs, as a person reads and writes it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from engine.block import Block, function_of
from engine.errors import RunError
from engine.signatures import REQUIRED, is_variadic, settings_of
from engine.syntax import Source, shown


def all_settings(block: Block) -> dict[str, Any]:
    """Give every setting of a block with its present value, `REQUIRED` where it has none yet.

    Examples
    --------
    >>> all_settings(Block("b1", "sum", "s", None, {"axis": 0}))
    {'axis': 0, 'keepdims': False}
    """
    if not block.is_function:
        return {}
    function = function_of(block)
    several = {"inputs": 2} if is_variadic(function) else {}
    return {**several, **settings_of(function), **block.settings}


def settings_text(block: Block) -> str:
    """Write the settings of a block in a line, as a call has them.

    Examples
    --------
    >>> settings_text(Block("b1", "sum", "s", None, {"axis": 0}))
    'axis=0, keepdims=False'
    """
    pairs = all_settings(block).items()
    return ", ".join(f"{k}={'' if v is REQUIRED else repr(v)}" for k, v in pairs)


def parse_settings(block: Block, text: str) -> dict[str, Any]:
    """Read the settings of a block from a line; only those that differ from the default are kept.

    Raises
    ------
    RunError
        If it is anything else than names with numbers, texts, True, False, None, or lists.
    """
    wanted = f"Write settings like {settings_text(block) or 'axis=0'}."
    try:
        match Source.of(f"f({text})").statements():
            case [ast.Expr(value=ast.Call(func=ast.Name(id="f"), args=[], keywords=keywords))]:
                told = {keyword.arg: literal(keyword) for keyword in keywords}
            case _:
                raise RunError(wanted, block=block.id)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise RunError(f"“{shown(text)}” cannot be read. {wanted}", block=block.id) from None
    known = all_settings(Block(block.id, block.kind, block.name))
    for name in told:
        if name not in known:
            sentence = f"There is no setting called {shown(name or '**')}. {wanted}"
            raise RunError(sentence, block=block.id)
    return {
        name: value
        for name, value in told.items()
        if name is not None and repr(value) != repr(known[name])
    }


def literal(keyword: ast.keyword) -> Any:
    """Read what stands behind the sign of equality; it is never run.

    Raises
    ------
    ValueError
        If it is anything else than a number, a text, True, False, None, or a list of these.
    """
    return _checked(ast.literal_eval(keyword.value))


def told_settings(settings: Mapping[str, Any]) -> str:
    """Write those settings that a block has been told, for a line that tells of it."""
    return ", ".join(f"{k}={v!r}" for k, v in settings.items() if k != "inputs")


def _checked(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(map(_checked, value))
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise ValueError
