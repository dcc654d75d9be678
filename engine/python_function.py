"""A Python function, or a lambda, as an expression: parsed, checked against a list, never run.

What may stand in it: names and numbers, operators, the functions that Gradwalk knows, whether
they are called bare or as `np.exp`, `math.exp`, `torch.exp`; methods such as `x.sum(axis=0)`;
assignments, and `return` at the end. What it comes to is an expression, which is then read as any
other.
"""

from __future__ import annotations

import ast

from engine.errors import PythonFunctionError
from engine.functions import FUNCTIONS
from engine.syntax import Source, place, shown
from engine.values import CONSTANTS

MODULES = frozenset({"np", "numpy", "math", "jnp", "torch", "F", "jax", "scipy", "special", "nn"})
"""Names of modules whose functions are those of the same name here."""

ALIASES = {
    "absolute": "abs",
    "fabs": "abs",
    "subtract": "sub",
    "multiply": "mul",
    "divide": "div",
    "true_divide": "div",
    "power": "pow",
    "negative": "neg",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "amax": "max",
    "amin": "min",
    "mm": "matmul",
    "dot": "matmul",
}
"""Other names of Functions, where they have one of these."""

LONGEST = 100_000
BEGINNINGS = ("def ", "lambda ", "lambda:")
BEFORE = ("import ", "from ", "@")
"""What a function begins with, and what may stand before it."""


def is_function_text(text: str) -> bool:
    """Tell whether a text is meant as a Python function, and not as an expression.

    Examples
    --------
    >>> is_function_text("def f(x): return x"), is_function_text("f = lambda x: x * x")
    (True, True)
    >>> is_function_text("y = x * x")
    False
    """
    lines = (line for line in text.split("\n") if not line.lstrip().startswith(BEFORE))
    begin = "\n".join(lines).lstrip()
    if begin.startswith(BEGINNINGS):
        return True
    name, sign, rest = begin.partition("=")
    return bool(sign) and name.strip().isidentifier() and rest.lstrip().startswith("lambda")


def expression_of_function(text: str) -> str:
    r"""Write what a Python function gives as an expression.

    Raises
    ------
    PythonFunctionError
        With a sentence, and the line and column it is about.

    Examples
    --------
    >>> print(expression_of_function("def f(x, y=2):\n    a = np.exp(x)\n    return a * y"))
    y = 2
    a = exp(x)
    f = a * y
    """
    if len(text) > LONGEST:
        sentence = f"This function has {len(text):,} characters; {LONGEST:,} is the most."
        raise PythonFunctionError(sentence)
    source = Source.of(_dedented(text))
    try:
        statements = source.statements()
    except SyntaxError as error:
        at = source.index_of_error(error)
        sentence = f"The function cannot be read at {place(source.text, at)}: {error.msg}."
        raise PythonFunctionError(
            sentence, at=at, line=error.lineno or 1, column=error.offset or 1
        ) from None
    except (RecursionError, MemoryError):
        sentence = "The function is nested too deeply; build it from smaller pieces."
        raise PythonFunctionError(sentence) from None
    except ValueError:
        raise PythonFunctionError(
            "The function holds a character that cannot stand in it."
        ) from None
    return "\n".join(_Translation(source).lines(statements))


def _dedented(text: str) -> str:
    import textwrap  # noqa: PLC0415 - only here

    return textwrap.dedent(text.replace("\t", "    "))


class _Translation:
    """Goes through a function and writes its lines as those of an expression."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._known: dict[str, str] = {}
        self._given: set[str] = set()
        self._lines: list[str] = []
        self._has_result = False

    def lines(self, statements: list[ast.stmt]) -> list[str]:
        """Translate the one function that is there."""
        rest = [s for s in statements if not isinstance(s, ast.Import | ast.ImportFrom)]
        match rest:
            case [ast.FunctionDef(name=name, args=arguments, body=body)]:
                self._arguments(arguments)
                self._body(body, name)
            case [ast.Expr(value=ast.Lambda(args=arguments, body=value))]:
                self._arguments(arguments)
                self._result(value, "y")
            case [
                ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Lambda(args=arguments, body=value)
                )
            ]:
                self._arguments(arguments)
                self._result(value, name)
            case [first, *_]:
                raise self._error("One function is wanted, and nothing beside it.", first)
            case _:
                raise PythonFunctionError("There is no function in this text.")
        return self._lines

    def _arguments(self, arguments: ast.arguments) -> None:
        if arguments.vararg is not None or arguments.kwarg is not None:
            odd = arguments.vararg or arguments.kwarg
            assert odd is not None  # noqa: S101 - one of them is there
            raise self._error("A function of any number of inputs cannot become blocks.", odd)
        plain = [*arguments.posonlyargs, *arguments.args]
        defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
        pairs = [*zip(plain, defaults, strict=True)]
        pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        for argument, default in pairs:
            self._known[argument.arg] = self._free(argument.arg)
            if default is not None:
                self._lines.append(f"{self._known[argument.arg]} = {self._text(default)}")

    def _body(self, body: list[ast.stmt], name: str) -> None:
        for statement in body:
            if self._has_result:
                raise self._error("Nothing may follow the return.", statement)
            match statement:
                case ast.Expr(value=ast.Constant(value=str())):
                    continue
                case ast.Return(value=ast.expr() as value):
                    self._result(value, name)
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    self._assign(target, self._text(value))
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
                    self._assign(target, self._text(value))
                case ast.AugAssign(target=ast.Name() as target, op=op, value=value):
                    whole = ast.BinOp(ast.Name(target.id), op, value)
                    self._assign(target.id, self._text(ast.copy_location(whole, statement)))
                case _:
                    what = shown(self._source.piece(statement))
                    sentence = f"“{what}” cannot stand here: write name = … and return."
                    raise self._error(sentence, statement)
        if not self._has_result:
            raise self._error("The function returns nothing.", body[-1])

    def _assign(self, name: str, text: str) -> None:
        self._known[name] = self._free(name)
        self._lines.append(f"{self._known[name]} = {text}")

    def _result(self, value: ast.expr, name: str) -> None:
        self._has_result = True
        if isinstance(value, ast.Name):
            self._lines.append(self._text(value))
            return
        self._lines.append(f"{self._free(name)} = {self._text(value)}")

    def _free(self, name: str) -> str:
        """Find a name that nothing else has: a Variable keeps its value, and is not given twice."""
        taken = self._given | {*FUNCTIONS, *CONSTANTS}
        names = (f"{name}{number or ''}" for number in range(len(taken) + 1))
        free = next(name for name in names if name not in taken)
        self._given.add(free)
        return free

    def _text(self, node: ast.expr) -> str:
        try:
            return ast.unparse(self._translated(node))
        except RecursionError:
            sentence = "The function is nested too deeply; build it from smaller pieces."
            raise self._error(sentence, node) from None

    def _translated(self, node: ast.expr) -> ast.expr:
        """Write a node as an expression has it."""
        made = self._leaf(node) or self._compound(node)
        if made is None:
            sentence = f"“{shown(self._source.piece(node))}” cannot stand in an expression."
            raise self._error(sentence, node)
        return made

    def _leaf(self, node: ast.expr) -> ast.expr | None:
        match node:
            case ast.Constant(value=value) if type(value) in (int, float):
                return node
            case ast.Name(id=name) if name in self._known:
                return ast.Name(self._known[name])
            case ast.Name(id=name) if name not in CONSTANTS:
                raise self._error(f"“{shown(name)}” is used before it is given.", node)
            case ast.Name(id=name):
                return ast.Name(name)
            case ast.Attribute(value=module, attr=name) if name in CONSTANTS and _is_module(module):
                return ast.Name(name)
        return None

    def _compound(self, node: ast.expr) -> ast.expr | None:
        made: ast.expr | None = None
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                made = ast.BinOp(self._translated(left), op, self._translated(right))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                made = self._translated(operand)
            case ast.UnaryOp(op=ast.USub() as op, operand=operand):
                made = ast.UnaryOp(op, self._translated(operand))
            case ast.List(elts=items) | ast.Tuple(elts=items):
                made = ast.List([self._translated(item) for item in items])
            case ast.Subscript(value=value, slice=index):
                made = ast.Subscript(self._translated(value), index)
            case ast.Attribute(value=value, attr="T"):
                made = ast.Call(ast.Name("transpose"), [self._translated(value)], [])
            case ast.Call():
                made = self._call(node)
        return made

    def _call(self, node: ast.Call) -> ast.expr:
        match node.func:
            case ast.Name(id=name):
                arguments = node.args
            case ast.Attribute(value=module, attr=name) if _is_module(module):
                arguments = node.args
            case ast.Attribute(value=value, attr=name):
                arguments = [value, *node.args]
            case _:
                raise self._error("Only a function can be called.", node)
        if name == "array" and len(arguments) == 1:
            return self._translated(arguments[0])
        known = name if name in FUNCTIONS else ALIASES.get(name, name)
        if known not in FUNCTIONS:
            raise self._error(f"There is no function called {shown(name)}.", node.func)
        return ast.Call(ast.Name(known), [self._translated(a) for a in arguments], node.keywords)

    def _error(self, sentence: str, node: ast.AST) -> PythonFunctionError:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
        at = self._source.index(node)
        told = f"Line {line}: {sentence}" if "\n" in self._source.text else sentence
        return PythonFunctionError(told, at=at, line=line, column=column)


def _is_module(node: ast.expr) -> bool:
    """Tell whether a node is a module or a part of one, such as torch.nn.functional."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in MODULES
