"""Files put in their places: all of them or none, and none over what somebody else wrote or edited."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from reportkit.errors import N_, Fault, InputError, reason
from reportkit.writers import mark

# digests of the files in its folder that cannot carry a mark, a line each and no name: a name may be a secret
RECORD = ".reportkit"
SCRATCH = ".reportkit-"


def put(files: Mapping[Path, bytes], force: bool = False, sources: Iterable[Path] = ()) -> list[Path]:
    """Write each of `files`, whole, and return their paths; if one cannot be written, every place is as it was.

    A file that is there and is not as reportkit wrote it is written over only with `force`, one of `sources` never.
    """
    before = {target: _there(target) for target in files}
    faults = [
        Fault(N_("会盖掉草稿自己"), {}, N_("用 -o 换一个文件夹"), str(source))
        for source in sources
        if any(_same(source, target) for target in files)
    ]
    if not faults and not force:
        hint = N_("要留着，就换个名字或文件夹；不要了，加 --force")
        faults = [
            Fault(N_("这个文件不是原样生成的：有人改过，或来自别处"), {}, hint, str(target))
            for target, old in before.items()
            if old not in (None, files[target]) and not _ours(target.parent, old or b"")
        ]
    if faults:
        raise InputError(faults)
    write({**files, **_records(files, before)})
    return list(files)


def write(files: Mapping[Path, bytes]) -> None:
    """Write each of `files`, whole, over whatever is there; if one cannot be written, every place is as it was."""
    before: dict[Path, bytes | None] = {}
    staged: dict[Path, str] = {}
    target = Path()
    try:
        for target, data in files.items():
            staged[target] = _staged(target.parent, data)
        for target, scratch in staged.items():
            old = _there(target)
            os.replace(scratch, target)
            before[target] = old
    except OSError as error:
        for done, old in before.items():
            if old is None:
                done.unlink()
            else:
                os.replace(_staged(done.parent, old), done)
        raise _unwritable(target, error) from None
    finally:
        for scratch in staged.values():
            Path(scratch).unlink(missing_ok=True)


def _staged(folder: Path, data: bytes) -> str:
    """Write `data` to a file of no name that matters in `folder`; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=folder, prefix=SCRATCH)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(scratch, 0o666 & ~_umask())
    except OSError:
        os.unlink(scratch)
        raise
    return scratch


def _there(target: Path) -> bytes | None:
    """Return what a file holds, None if there is none. Raises InputError if it cannot be told."""
    try:
        return target.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _unwritable(target, error) from None


def _ours(folder: Path, data: bytes) -> bool:
    return mark.untouched(data) or _plain_digest(data) in _recorded(folder)


def _records(files: Mapping[Path, bytes], before: Mapping[Path, bytes | None]) -> dict[Path, bytes]:
    """Return the record of each folder that gets a file without a mark: the digest of the new for that of the old."""
    bare = {target: data for target, data in files.items() if not mark.untouched(data)}
    records: dict[Path, bytes] = {}
    for folder in {target.parent for target in bare}:
        here = [target for target in bare if target.parent == folder]
        gone = {_plain_digest(before[target] or b"") for target in here}
        digests = (_recorded(folder) - gone) | {_plain_digest(bare[target]) for target in here}
        records[folder / RECORD] = "".join(f"{digest}\n" for digest in sorted(digests)).encode()
    return records


def _recorded(folder: Path) -> set[str]:
    return set((_there(folder / RECORD) or b"").decode("ascii", "replace").split())


def _plain_digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _same(source: Path, target: Path) -> bool:
    """Return whether both are one file, by whatever name."""
    try:
        return source.samefile(target)
    except OSError:
        return os.path.realpath(source) == os.path.realpath(target)


def _unwritable(target: Path, error: OSError | ValueError) -> InputError:
    hint = N_("换一个能写的文件夹，或关掉正打开着的文件")
    why = reason(error) if isinstance(error, OSError) else N_("没有这样的文件名")
    return InputError(Fault(N_("写不了：{reason}"), {"reason": why}, hint, str(target)))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
