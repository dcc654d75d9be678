"""The Group menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Group")

GROUP = (
    action("group", "Group Selection", "Ctrl+G", tip="Make one block of the selected ones"),
    action(
        "ungroup",
        "Ungroup",
        "Ctrl+Shift+G",
        tip="Dissolve the selected groups; their blocks stay",
        ends_group=True,
    ),
    action(
        "move_in",
        "Move Into Group",
        "Shift+PgDown",
        tip="Put what is selected into an open group; the arrow keys choose among several",
    ),
    action(
        "move_out",
        "Take Out of Group",
        "Shift+PgUp",
        tip="Take what is selected out of the group around it",
        ends_group=True,
    ),
    action(
        "fold",
        "Fold or Unfold",
        "O",
        tip="Open the selected group in place, or fold the open group around what is selected",
    ),
    action("fold_all", "Fold All", tip="Fold every group"),
    action("unfold_all", "Unfold All", tip="Open every group in place", ends_group=True),
    action(
        "enter_group",
        "Enter Group",
        "PgDown",
        tip="Look at the inside of the selected group alone",
    ),
    action(
        "leave_group",
        "Leave Group",
        "PgUp",
        tip="Look at what is around the group that was entered",
        ends_group=True,
    ),
    action(
        "keep_block",
        "Keep in Palette",
        "Ctrl+K",
        tip="Keep the selected group as a block of your own",
    ),
    action("import_block", "Import a Block…", tip="Keep a block that somebody else has made"),
    action(
        "export_block",
        "Export as a Block…",
        tip="Write the selected group to a file, to be given to others",
    ),
)
