"""ONLYOFFICE's converter as a program of its own: python onlyoffice.py FACES FILE.docx…, each a .pdf beside it.

FACES is a folder of faces that bear the names Word files ask for: the converter knows no aliases.
"""

from __future__ import annotations

import sys
from pathlib import Path

import docbuilder


def main() -> None:
    """Convert the files named on the command line."""
    faces, *files = sys.argv[1:]
    builder = docbuilder.CDocBuilder()
    builder.SetProperty("--fonts-dir", faces)
    builder.SetProperty("--fonts-system", "false")
    builder.SetProperty("--check-fonts", "true")
    for file in files:
        builder.OpenFile(file, "")
        builder.SaveFile("pdf", str(Path(file).with_suffix(".pdf")))
        builder.CloseFile()


if __name__ == "__main__":
    main()
