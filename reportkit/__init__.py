"""reportkit: structured progress data in, Chinese official speeches and reports out, as Word and PDF."""

from reportkit.errors import Fault, InputError, ProofError
from reportkit.report import Figure, Report

__all__ = ["Fault", "Figure", "InputError", "ProofError", "Report"]
__version__ = "0.1.0"
