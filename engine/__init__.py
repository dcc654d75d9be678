"""The engine of Gradwalk: Variables and Functions, graphs of them, and recordings of their runs.

It needs NumPy, networkx and msgspec, and no screen. Every Function of `engine.functions` can be
imported from here, as a class (`Square`) and as something to call on Variables (`square`).
"""

from types import ModuleType
from typing import Any

from engine.config import Config, no_grad, test_mode, using_config
from engine.functions import FUNCTIONS, caller, register
from engine.kernel import ARRAY_COMPILERS, COMPILERS, ArrayKernel, Kernel, Settings
from engine.numerical import numerical_diff
from engine.showing import WRITERS
from engine.variable import Constant, Function, Variable, as_array, as_variable

__version__ = "0.1.0"

LIBRARY = (
    "Graph",
    "Plan",
    "Recording",
    "compiled",
    "parse_expression",
    "record",
    "record_variable",
    "trace",
)

DERIVATIVES = ("grad", "hessian", "hvp", "jacobian", "jvp", "value_and_grad", "vjp")

__all__ = [
    "FUNCTIONS",
    "Config",
    "Constant",
    "Function",
    "Variable",
    "as_array",
    "as_variable",
    "no_grad",
    "numerical_diff",
    "register",
    "test_mode",
    "using_config",
]


def _kernel_of(function: type[Function], settings: Settings) -> Kernel | None:
    from engine.number_kernels import kernel_of  # noqa: PLC0415 - a first frame does without

    return kernel_of(function, settings)


def _array_kernel_of(function: type[Function], inputs: tuple[Variable, ...]) -> ArrayKernel | None:
    from engine.array_kernels import array_kernel_of  # noqa: PLC0415 - as above

    return array_kernel_of(function, inputs)


def _writer() -> ModuleType:
    from engine import exports  # noqa: PLC0415 - as above

    return exports


COMPILERS.append(_kernel_of)
ARRAY_COMPILERS.append(_array_kernel_of)
WRITERS.append(_writer)


def __getattr__(name: str) -> Any:
    """Look up a Function by its class or by its name, so that none needs to be listed here."""
    if name in DERIVATIVES:
        from engine import derivatives  # noqa: PLC0415 - a first frame does without

        return getattr(derivatives, name)
    if name in LIBRARY:
        from engine import library  # noqa: PLC0415 - as above

        return getattr(library, name)
    function = FUNCTIONS.get(name.lower())
    if function is not None and name == function.__name__:
        return function
    if function is not None and name == name.lower():
        return caller(name)
    sentence = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(sentence)


def __dir__() -> list[str]:
    classes = [function.__name__ for function in FUNCTIONS.values()]
    return sorted([*__all__, *DERIVATIVES, *LIBRARY, *FUNCTIONS, *classes])
