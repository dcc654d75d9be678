"""Leading a gradient back over one Function: by what was compiled of it, if anything was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.arrays import as_array

if TYPE_CHECKING:
    from engine.variable import Variable


def pass_on(output: Variable) -> None:
    """Add the contribution of what made a Variable to the gradient of each of its inputs.

    Raises
    ------
    RunError
        If the Function gives no gradient or one of the wrong shape.
    """
    function: Any = output.maker
    compiled = function.compiled
    if compiled is None or not compiled[0](output.raw_grad, output, function):
        add(function.inputs, function.gradients(output.grad, output))


def add(inputs: tuple[Variable, ...], contributions: tuple[Any, ...]) -> None:
    """Add to the gradient of each input what it gets, if it gets any."""
    for x, gx in zip(inputs, contributions, strict=True):
        if gx is not None:
            x.raw_grad = gx if x.raw_grad is None else as_array(x.raw_grad + gx)
