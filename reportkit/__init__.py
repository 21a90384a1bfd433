"""reportkit: structured progress data in, Chinese official speeches and reports out, as Word and PDF."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportkit.document.draft import Taken
    from reportkit.errors import Fault, InputError, ProofError, ReportkitError
    from reportkit.facts.fact import Origin
    from reportkit.report import Report
    from reportkit.result import Figure, Result

__all__ = ["Fault", "Figure", "InputError", "Origin", "ProofError", "Report", "ReportkitError", "Result", "Taken"]
__version__ = "0.1.0"

HOMES = {
    "Fault": "errors",
    "Figure": "result",
    "InputError": "errors",
    "Origin": "facts.fact",
    "ProofError": "errors",
    "Report": "report",
    "ReportkitError": "errors",
    "Result": "result",
    "Taken": "document.draft",
}


def __getattr__(name: str) -> object:
    # imported when first asked for: a command hears that it is stopped before anything long is done
    if name in HOMES:
        from importlib import import_module

        globals()[name] = getattr(import_module(f"reportkit.{HOMES[name]}"), name)
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *HOMES]
