"""Derivatives of functions: of any order, along any direction, there and back.

These take and give functions or arrays and leave no trace at any Variable, unlike
`Variable.backward`. What they are made of stands in `engine.transport`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from engine.errors import RunError
from engine.transport import Opened, carried_back, carried_on, is_live, opened, plain_if

At = int | tuple[int, ...]


def value_and_grad(f: Callable[..., Any], at: At = 0) -> Callable[..., tuple[Any, Any]]:
    """Make a function that gives the value of `f` and its gradient.

    Parameters
    ----------
    f
        Takes numbers, arrays or Variables and gives a single number.
    at
        Which argument to differentiate by, counted from 0, or several.

    Returns
    -------
    callable
        Takes what `f` takes. Gives the value and the gradient, which has the shape of the
        argument; a tuple of gradients where `at` is a tuple. They are arrays, but Variables where
        an argument is one, or inside of another derivative, so that all can be nested.

    Raises
    ------
    RunError
        When it is called, if `f` gives anything but a single number.

    Examples
    --------
    >>> value_and_grad(lambda x: x**3)(2.0)
    (array(8.), array(12.))
    """

    def differentiated(*args: Any) -> tuple[Any, Any]:
        run = opened(f, args, _places(at, args))
        if run.y.size != 1:
            sentence = (
                f"A gradient is of a single number, and this function gives the shape "
                f"{run.y.shape}; take its sum or mean, or use jacobian."
            )
            raise RunError(sentence)
        gradients = carried_back(run, np.ones(run.y.shape, run.y.dtype))
        return plain_if(run, run.y), _one_or_all(gradients, at)

    return differentiated


def grad(f: Callable[..., Any], at: At = 0) -> Callable[..., Any]:
    """Make the gradient of a function; see `value_and_grad`.

    Examples
    --------
    >>> grad(np.tanh)(1.0)
    array(0.41997434)
    >>> grad(grad(np.tanh))(1.0)
    array(-0.63970001)
    """

    def differentiated(*args: Any) -> Any:
        return value_and_grad(f, at)(*args)[1]

    return differentiated


def vjp(f: Callable[..., Any], *primals: Any) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    """Run a function, and give the way back of its gradients: vector times Jacobian.

    Parameters
    ----------
    f
        Takes and gives numbers, arrays or Variables.
    primals
        What to run it on.

    Returns
    -------
    tuple
        The value, and a function that takes an upstream gradient of its shape and gives the
        contribution of each of `primals`.

    Examples
    --------
    >>> value, pull = vjp(lambda x, y: x * y, 2.0, 5.0)
    >>> pull(1.0)
    (array(5.), array(2.))
    """
    run = opened(f, primals, tuple(range(len(primals))))

    def pull(gy: Any) -> tuple[Any, ...]:
        return carried_back(run, _fitting(gy, run.y, "An upstream gradient", "value"))

    return plain_if(run, run.y), pull


def jvp(f: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    """Run a function, and carry a direction through it: Jacobian times vector, in forward mode.

    Parameters
    ----------
    f
        Takes and gives numbers, arrays or Variables.
    primals
        What to run it on.
    tangents
        How fast each of them changes, of the same shape.

    Returns
    -------
    tuple
        The value, and how fast it changes.

    Raises
    ------
    RunError
        If a tangent does not fit, or a Function knows the way back alone.

    Examples
    --------
    >>> jvp(lambda x, y: x * y, (2.0, 5.0), (1.0, 0.0))
    (array(10.), array(5.))
    """
    if len(primals) != len(tangents):
        sentence = f"There are {len(primals)} values and {len(tangents)} directions for them."
        raise RunError(sentence)
    run = opened(f, tuple(primals), tuple(range(len(primals))))
    directions = tuple(
        _fitting(t, x, "A direction", "argument") for t, x in zip(tangents, run.xs, strict=True)
    )
    return plain_if(run, run.y), carried_on(run, directions)


def jacobian(f: Callable[..., Any], at: At = 0) -> Callable[..., Any]:
    """Make the matrix of all derivatives of a function of arrays.

    Returns
    -------
    callable
        Takes what `f` takes; gives an array of the shape of the value followed by that of the
        argument. Rows come from going back and columns from going forward, whichever are fewer.

    Examples
    --------
    >>> jacobian(lambda x: x * x)(np.array([1.0, 2.0]))
    array([[2., 0.],
           [0., 4.]])
    """

    def differentiated(*args: Any) -> Any:
        places = _places(at, args)
        run = opened(f, args, places)
        if len(places) == 1 and run.xs[0].size < run.y.size and run.goes_forward:
            return _one_or_all((_by_columns(run),), at)
        return _one_or_all(_by_rows(run), at)

    return differentiated


def _by_rows(run: Opened) -> tuple[Any, ...]:
    rows = [carried_back(run, unit) for unit in _units(run.y)]
    return tuple(
        _stacked([row[place] for row in rows], run.y.shape + x.shape, x)
        for place, x in enumerate(run.xs)
    )


def _by_columns(run: Opened) -> Any:
    (x,) = run.xs
    columns = [carried_on(run, (unit,)) for unit in _units(x)]
    matrix = _stacked(columns, x.shape + run.y.shape, x)
    order = (*range(x.ndim, x.ndim + run.y.ndim), *range(x.ndim))
    return matrix.transpose(order)


def _units(x: Any) -> list[np.ndarray[Any, Any]]:
    """Give an array of the shape of `x` for each of its elements, 1 there and 0 elsewhere."""
    return list(np.eye(x.size, dtype=x.dtype).reshape((x.size, *x.shape)))


def _stacked(parts: list[Any], shape: tuple[int, ...], x: Any) -> Any:
    return np.stack(parts).reshape(shape) if parts else np.zeros(shape, x.dtype)


def hessian(f: Callable[..., Any], at: int = 0) -> Callable[..., Any]:
    """Make the matrix of all second derivatives of a function that gives a single number.

    Examples
    --------
    >>> hessian(lambda x: x[0] ** 2 * x[1])(np.array([3.0, 5.0]))
    array([[10.,  6.],
           [ 6.,  0.]])
    """
    return jacobian(grad(f, at), at)


def hvp(f: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, ...]:
    """Multiply the matrix of second derivatives by a direction, without making the matrix.

    Parameters
    ----------
    f, primals, tangents
        As `jvp` takes them; `f` gives a single number.

    Returns
    -------
    tuple
        One product for each of `primals`.

    Examples
    --------
    >>> hvp(lambda x: (x**3).sum(), [np.array([1.0, 2.0])], [np.array([1.0, 1.0])])
    (array([ 6., 12.]),)
    """
    at = tuple(range(len(primals)))

    def slope(*args: Any) -> Any:
        gradients = grad(f, at)(*args)
        return sum((g * t).sum() for g, t in zip(gradients, tangents, strict=True))

    found: tuple[Any, ...] = grad(slope, at)(*primals)
    return found


def _places(at: At, args: tuple[Any, ...]) -> tuple[int, ...]:
    places = at if isinstance(at, tuple) else (at,)
    for place in places:
        if type(place) is not int or not 0 <= place < len(args):
            raise RunError(f"There is no argument {place!r}; there are {len(args)}, from 0.")
    return places


def _one_or_all(found: tuple[Any, ...], at: At) -> Any:
    return found if isinstance(at, tuple) else found[0]


def _fitting(given: Any, x: Any, what: str, whose: str) -> Any:
    held = given if is_live(given) else np.asarray(given, x.dtype)
    if held.shape != x.shape:
        raise RunError(f"{what} has the shape of its {whose}, {x.shape}, not {held.shape}.")
    return held
