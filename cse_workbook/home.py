"""Where does the data folder lie?"""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

HOME: Final = "CSE_WORKBOOK_HOME"


def data_folder() -> Path:
    """Give the data folder: the one asked for, or the one the system keeps for program data."""
    asked = os.environ.get(HOME)
    return Path(asked).expanduser() if asked else user_data_path("cse-workbook", appauthor=False)
