"""What each action does: a method an action, by the name it has in the table."""

from gui.commands.arrange import ArrangeVerbs
from gui.commands.ask import AskVerbs
from gui.commands.build import BuildVerbs
from gui.commands.clip import ClipVerbs
from gui.commands.edit import EditVerbs
from gui.commands.file import FileVerbs
from gui.commands.find import FindVerbs
from gui.commands.group import GroupVerbs
from gui.commands.help import HelpVerbs
from gui.commands.marks import MarkVerbs
from gui.commands.view import ViewVerbs
from gui.commands.walk import WalkVerbs

__all__ = ["Commands"]


class Commands(
    FileVerbs,
    EditVerbs,
    BuildVerbs,
    ClipVerbs,
    GroupVerbs,
    MarkVerbs,
    ArrangeVerbs,
    ViewVerbs,
    FindVerbs,
    WalkVerbs,
    AskVerbs,
    HelpVerbs,
):
    """The verbs of a workbench, on whatever document it shows; a module a menu."""
