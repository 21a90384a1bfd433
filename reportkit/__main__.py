"""`reportkit` and `python -m reportkit`: the command line, from its first import to its exit.

What takes long to import is imported here, where a stop is heard already.
"""

import sys

from reportkit import ending


def main() -> None:
    """Run the command line and end the process."""
    try:
        try:
            ending.listen()
            from reportkit import cli

            cli.main()
        finally:
            ending.deaf()
    except KeyboardInterrupt as stop:  # before the command line was there to hear it, or after
        sys.exit(ending.told(stop))


if __name__ == "__main__":
    main()
