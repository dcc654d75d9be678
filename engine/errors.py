"""Every error that a person can cause: a sentence for that person, and the block it concerns.

They are raised before anything changes, so whoever catches one may show the sentence and go on.
"""

from __future__ import annotations


class GradwalkError(Exception):
    """Base of all errors that a person can cause.

    Parameters
    ----------
    sentence
        What happened and where, in words that need no knowledge of the code.
    block
        Id of the block concerned, if there is one.
    """

    def __init__(self, sentence: str, *, block: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.block = block


class ConnectError(GradwalkError):
    """A wire that may not be."""


class CycleError(ConnectError):
    """The wire would make a block depend on its own result."""


class PortTakenError(ConnectError):
    """An input port takes one wire, and this one has it already."""


class UnknownPortError(ConnectError):
    """The block has no such input port."""


class UnknownBlockError(GradwalkError):
    """No block goes by this id."""


class DuplicateBlockError(GradwalkError):
    """A second block with the same id or the same name."""


class UnknownFunctionError(GradwalkError):
    """No Function goes by this name."""


class UnknownWireError(GradwalkError):
    """There is no such wire to take away."""


class GroupError(GradwalkError):
    """A group that may not be, or that there is not."""


class MarkError(GradwalkError):
    """A frame or a note that cannot be."""


class BendError(GradwalkError):
    """A wire that cannot be led so."""


class BadNameError(GradwalkError):
    """A name that a Variable cannot carry."""


class ValueTextError(GradwalkError):
    """A text that is neither a number nor an array of numbers."""


class ExpressionError(GradwalkError):
    """An expression that cannot be read.

    Parameters
    ----------
    sentence
        What is wrong.
    at
        Index of the first wrong character in the text, counted from 0.
    """

    def __init__(self, sentence: str, *, at: int = 0) -> None:
        super().__init__(sentence)
        self.at = at


class PythonFunctionError(ExpressionError):
    """A Python function that is not made of what an expression is made of.

    Parameters
    ----------
    sentence
        What is wrong.
    at
        Index of the first wrong character in the text, counted from 0.
    line, column
        The same place, both counted from 1.
    """

    def __init__(self, sentence: str, *, at: int = 0, line: int = 1, column: int = 1) -> None:
        super().__init__(sentence, at=at)
        self.line = line
        self.column = column


class RunError(GradwalkError):
    """A block that could not compute its value or its gradient."""


class CannotRunError(RunError):
    """A Function that was given what it cannot compute with; the sentence names it."""


class DocumentError(GradwalkError):
    """A file that is no Gradwalk document, or that cannot be read or written."""


class ClipError(GradwalkError):
    """Something on the clipboard that cannot become blocks."""


class CodeError(GradwalkError):
    """A graph that cannot be written out in the language that was asked for."""


class QueryError(GradwalkError):
    """Something to look for that cannot be understood."""


class PictureError(GradwalkError):
    """A picture or a film that cannot be made as it was asked for."""
