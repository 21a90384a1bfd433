"""A thousand drawn secrets, looked for in every part of every file of a redacted copy."""

import pickle
import random
import re

import pytest
from test_pairs import EXAMPLES, at, data, kind, put, scalars
from test_values import bodies, pdf_text

from reportkit import Report
from reportkit.facts import check

SECRETS, BUILDS = 1000, 50
CHARACTERS = "鑫淼焱垚犇骉羴猋鬯鬲彝卣觥罍斝簋簠豆笾俎爵觯"


def as_python(node):
    """Return a tree as a script would write it."""
    if node.kind == "map":
        made = {key.typed: as_python(value) for key, value in node.pairs}
        return {**made, **made["值"]} if isinstance(made.get("值"), dict) else made
    if node.kind == "list":
        return [as_python(item) for item in node.items]
    return {"值": node.typed, "密": True} if node.secret else node.typed


def drawn(rng, typed):
    """Return a secret for the place of a value: other characters, or a number nobody meets by chance."""
    if re.match(r"\d{4}-", typed):
        return ""
    digits = re.search(r"\d[\d,.]*", typed)
    if digits and len(typed) - len(digits[0]) < 8:
        return typed.replace(digits[0], str(rng.randrange(10**8, 10**9)), 1)
    return "".join(rng.choice(CHARACTERS) for _ in range(rng.randint(2, 9)))


def with_secrets(rng, name, wanted):
    """Return an example with drawn secrets in it, none of which contradicts a figure, and those."""
    node, secrets = data(name), []
    paths = list(scalars(node))
    rng.shuffle(paths)
    for path in paths:
        secret = drawn(rng, at(node, path).typed)
        made = put(node, path, secret) if secret else node
        if made is not node and not check.check(made, kind(name).shape)[1]:
            node = made
            secrets.append("".join(re.findall(r"\d+", secret)) or secret)
        if len(secrets) == wanted:
            break
    return as_python(node), secrets


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(BUILDS))
def test_no_drawn_secret_is_in_any_part_of_a_redacted_copy(seed):
    rng = random.Random(seed)
    made, secrets = with_secrets(rng, EXAMPLES[seed % len(EXAMPLES)], SECRETS // BUILDS)
    assert len(secrets) == SECRETS // BUILDS
    report = Report.of(made).redact()
    parts = [pickle.dumps(report).decode("utf-8", "replace"), pdf_text(report.render("pdf")), report.name]
    for form in ("txt", "docx", "pdf"):
        file = report.render(form)
        parts += [file.decode("utf-8", "replace"), file.decode("utf-16-le", "replace"), *bodies(file)]
    for secret in secrets:
        assert not [part for part in parts if secret in part]
        assert not [part for part in parts if secret.encode("utf-16-be").hex() in part.lower()]
