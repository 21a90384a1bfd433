"""make fuzz: files of the corpus changed by chance, tried in a process of its own; each crash becomes a file of it.

python tests/fuzz/run.py --minutes 10 [--seed 7]      python tests/fuzz/run.py FILE...   tries files again
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import attempt
import corpus

FINE = ("built", "refused")
EDITIONS = ("final", "final", "draft", "redacted")


class Worker:
    """A process that tries files, begun anew when it dies or hangs."""

    def __init__(self) -> None:
        self.process = self._begun()

    def _begun(self) -> subprocess.Popen[str]:
        command = [sys.executable, str(Path(attempt.__file__))]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tried(self, file: Path, edition: str) -> str:
        """Return what became of a file."""
        assert self.process.stdin
        assert self.process.stdout
        try:
            self.process.stdin.write(json.dumps([str(file), edition]) + "\n")
            self.process.stdin.flush()
            return str(json.loads(self.process.stdout.readline()))
        except (ValueError, OSError):
            self.process.kill()
            code = self.process.wait()
            self.process = self._begun()
            return f"the process died: {code}"


def main() -> int:
    """Try what is asked for; return 1 if anything crashed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    asked = parser.parse_args()
    worker, crashes, count = Worker(), 0, 0
    for file in asked.files:
        for edition in dict.fromkeys(EDITIONS):
            print(file, edition, worker.tried(file, edition))
    if asked.files:
        return 0
    print(f"seed {asked.seed}")
    draw, end = random.Random(asked.seed), time.monotonic() + 60 * asked.minutes
    known = [(file, file.read_bytes()) for file in corpus.files()]
    met: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            source, raw = draw.choice(known)
            data = corpus.changed(raw, draw, [other for _, other in known])
            if source.suffix == ".sheet":
                data = attempt.repacked(data)
            suffix = ".xlsx" if source.suffix == ".sheet" else source.suffix
            file = Path(folder) / f"changed{suffix}"
            file.write_bytes(data)
            edition = draw.choice(EDITIONS)
            outcome = worker.tried(file, edition)
            count += 1
            if outcome in FINE or (key := outcome.strip().rsplit("\n", 1)[-1][:60]) in met:
                continue
            met.add(key)
            crashes += 1
            kept = corpus.HERE / f"crash-{hashlib.sha256(data).hexdigest()[:10]}{suffix}"
            kept.write_bytes(data)
            print(f"{outcome}\n{kept} ({edition}); again: python tests/fuzz/run.py {kept}\n", flush=True)
    worker.process.kill()
    print(f"{count} tried, {crashes} crashes of different kinds")
    return int(bool(crashes))


if __name__ == "__main__":
    sys.exit(main())
