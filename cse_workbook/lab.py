"""Keep what a notebook showed out of its file, in the JupyterLab that `make lab` starts.

A lead officer looks at records in a notebook; JupyterLab saves a notebook with all that it showed.
Nothing personal may stand in a notebook's file, so outputs, execution counts and widget state are
left out whenever one is saved. What is on the screen stays on the screen. The guides show made-up
records only, and keep theirs.
"""

from pathlib import PurePosixPath
from typing import Any, Final

KEPT: Final = "guide_"


def without_outputs(model: dict[str, Any], path: str = "", **_: Any) -> None:
    """Take outputs out of a notebook that is about to be saved (a `pre_save_hook` of Jupyter).

    Takes the model of the file as Jupyter's contents manager gives it, and changes it in place.
    """
    if model.get("type") != "notebook" or PurePosixPath(path).name.startswith(KEPT):
        return
    content = model["content"]
    content["metadata"].pop("widgets", None)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            cell["metadata"].pop("execution", None)
