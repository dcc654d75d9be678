"""What a Function takes: its inputs and its settings, as its `forward` names them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.errors import RunError

if TYPE_CHECKING:
    from engine.function import Function

REQUIRED = inspect.Parameter.empty
"""What stands for the default of a setting that has none."""

_SIGNATURES: dict[type[Function], tuple[tuple[str, ...], Mapping[str, Any], bool]] = {}


def _signature(function: type[Function]) -> tuple[tuple[str, ...], Mapping[str, Any], bool]:
    if function not in _SIGNATURES:
        _, *parameters = inspect.signature(function.forward).parameters.values()
        ports = tuple(
            p.name
            for p in parameters
            if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        )
        settings = {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}
        variadic = any(p.kind is p.VAR_POSITIONAL for p in parameters)
        _SIGNATURES[function] = ports, MappingProxyType(settings), variadic
    return _SIGNATURES[function]


def port_names(function: type[Function]) -> tuple[str, ...]:
    """Name the inputs of a Function as its `forward` names them; one with a default is no input."""
    return _signature(function)[0]


def settings_of(function: type[Function]) -> Mapping[str, Any]:
    """Give the settings of a Function with their defaults, as its `forward` has them."""
    return _signature(function)[1]


def check_settings(function: type[Function], settings: Mapping[str, Any]) -> None:
    """Raise the reason why a Function cannot be set so; return if it can.

    Raises
    ------
    RunError
        If it has no setting of such a name.
    """
    known = settings_of(function)
    for name in settings:
        if name not in known:
            there = ", ".join(known) or "none"
            sentence = f"{function.__name__} has no setting called {name}; it has these: {there}."
            raise RunError(sentence)


def is_variadic(function: type[Function]) -> bool:
    """Tell whether a Function takes any number of inputs, as concatenate does."""
    return _signature(function)[2]


def bound(
    function: type[Function], args: tuple[Any, ...], settings: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Tell the inputs of a call from its settings, which may also follow the inputs by place.

    Raises
    ------
    RunError
        If there are too few or too many.
    """
    ports, defaults, variadic = _signature(function)
    name = function.__name__
    for setting in function.leading:
        if args and isinstance(args[0], str):
            settings, args = {**settings, setting: args[0]}, args[1:]
    if variadic:
        if args and isinstance(args[0], list | tuple):
            inputs, rest = tuple(args[0]), args[1:]
        else:
            inputs, rest = args, ()
        if not inputs:
            raise RunError(f"{name} needs at least one input.")
    else:
        inputs, rest = args[: len(ports)], args[len(ports) :]
        if len(inputs) < len(ports):
            raise RunError(f"{name} takes {len(ports)} inputs, and {len(args)} are given.")
    if len(rest) > len(defaults):
        count = len(ports) + len(defaults)
        raise RunError(f"{name} takes {count} arguments at most, and {len(args)} are given.")
    return inputs, {**dict(zip(defaults, rest, strict=False)), **settings}
