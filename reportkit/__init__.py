"""reportkit: structured progress data in, Chinese official speeches and reports out, as Word and PDF."""

from typing import TYPE_CHECKING

from reportkit.errors import Fault, InputError, ProofError, ReportkitError
from reportkit.facts.fact import Origin
from reportkit.report import Report
from reportkit.result import Figure, Result

if TYPE_CHECKING:
    from reportkit.document.draft import Taken

__all__ = ["Fault", "Figure", "InputError", "Origin", "ProofError", "Report", "ReportkitError", "Result", "Taken"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # what reads drafts is a tenth of a second to import, and few commands want it
    if name == "Taken":
        from reportkit.document.draft import Taken

        return Taken
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
