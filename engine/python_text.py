"""A Python function as an expression: operators and the Functions it calls, parsed, never run."""

from __future__ import annotations

import ast
import re

from engine.errors import ClipError
from engine.functions import FUNCTIONS
from engine.syntax import Source, shown
from engine.values import CONSTANTS

STARTS = re.compile(r"\s*(?:@[^\n]*\n\s*)*(?:def\s|(?:\w+\s*=\s*)?lambda\b)")
"""What a text begins with that is a Python function."""

OTHER_NAMES = {
    "absolute": "abs",
    "divide": "div",
    "multiply": "mul",
    "negative": "neg",
    "power": "pow",
    "subtract": "sub",
    "true_divide": "div",
}
"""What NumPy and PyTorch call a Function that has another name here."""


def expression_in(text: str) -> str | None:
    r"""Write the Python function in a text as an expression; None if there is none in it.

    Raises
    ------
    ClipError
        If it does more than name values, call known functions and return one result.

    Examples
    --------
    >>> print(expression_in("def loss(x, w=2):\n    a = np.exp(x)\n    return a * w"))
    w = 2
    a = exp(x)
    loss = a * w
    """
    if not STARTS.match(text):
        return None
    try:
        match Source.of(text).statements():
            case [ast.FunctionDef() as function]:
                return _Function(function.args).written(function.body, function.name)
            case [ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as function)]:
                return _Function(function.args).written([ast.Return(function.body)], name)
            case [ast.Expr(value=ast.Lambda() as function)]:
                return _Function(function.args).written([ast.Return(function.body)], "y")
    except SyntaxError as error:
        at = f"line {error.lineno}" if error.lineno else "its end"
        raise ClipError(f"This Python function cannot be read at {at}: {error.msg}.") from None
    except (RecursionError, MemoryError):
        raise ClipError("This Python function is nested too deeply.") from None
    except ValueError:
        raise ClipError("This Python function holds a character that cannot stand in it.") from None
    raise ClipError("There is more than one Python function in this text; copy a single one.")


class _Function(ast.NodeTransformer):
    """Goes through a function; a name that is given twice gets another the second time."""

    def __init__(self, args: ast.arguments) -> None:
        if args.vararg or args.kwarg:
            raise ClipError("A function that takes any number of inputs cannot become blocks.")
        self._names: dict[str, str] = {}
        self._taken = {*FUNCTIONS, *CONSTANTS}
        self._lines: list[str] = []
        given = [*args.posonlyargs, *args.args]
        defaults = [None] * (len(given) - len(args.defaults)) + list(args.defaults)
        both = [
            *zip(given, defaults, strict=True),
            *zip(args.kwonlyargs, args.kw_defaults, strict=True),
        ]
        for arg, default in both:
            name = self._named(arg.arg)
            if default is not None:
                self._lines.append(f"{name} = {ast.unparse(default)}")

    def written(self, body: list[ast.stmt], name: str) -> str:
        """Write the statements of its body as an expression."""
        for statement in body:
            match statement:
                case ast.Expr(value=ast.Constant(value=str())) | ast.Pass():
                    continue
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    self._give(target, value)
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
                    self._give(target, value)
                case ast.AugAssign(target=ast.Name(id=target), op=op, value=value):
                    self._give(target, ast.BinOp(ast.Name(target), op, value))
                case ast.Return(value=ast.expr() as value):
                    self._give(name, value)
                    return "\n".join(self._lines)
                case _:
                    line = shown(ast.unparse(statement))
                    sentence = f"“{line}” cannot become blocks: name values and return one result."
                    raise ClipError(sentence)
        raise ClipError("This Python function returns nothing.")

    def _give(self, target: str, value: ast.expr) -> None:
        written = ast.unparse(self.visit(value))
        self._lines.append(f"{self._named(target)} = {written}")

    def _named(self, name: str) -> str:
        new, number = name, 2
        while new in self._taken:
            new, number = f"{name}{number}", number + 1
        self._taken.add(new)
        self._names[name] = new
        return new

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Call a Variable what it is called by now."""
        return ast.Name(self._names.get(node.id, node.id))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Leave the name of what is called as it is."""
        function = node.func
        if isinstance(function, ast.Attribute):
            function = self.visit(function)
        if isinstance(function, ast.Name):
            function = ast.Name(OTHER_NAMES.get(function.id, function.id))
        return ast.Call(function, [self.visit(arg) for arg in node.args], node.keywords)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Drop the module that a function or a number is taken from."""
        if isinstance(node.value, ast.Name) and node.value.id not in self._names:
            return ast.Name(node.attr)
        return node
