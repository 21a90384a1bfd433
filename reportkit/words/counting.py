"""Counting: a template's tree in, the same out, in which every step passes through the sandbox, and what no template
may write refused at its line.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Container, Iterable
from typing import Any, TypeVar, cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from reportkit.errors import N_
from reportkit.facts.check import FORBIDDEN
from reportkit.words.budget import FILE, PIECE
from reportkit.words.refused import MISUSED, Refused

# what no value may hold either (facts.check), but for a template's own layout
NO_TEXT = re.compile(rf"(?![\n\t]){FORBIDDEN.pattern}")
# the hooks, by names that no template can write
SPENT, TURNS, JOINED, WEIGHED, LOOKED, CUT, PARTED = (
    "·spent", "·turns", "·joined", "·weighed", "·looked", "·cut", "·parted",
)  # fmt: skip
LARGEST_NUMBER = 4096  # in bits
# of all the templates of a genre: the shipped ones have a fifth; to compile so many takes half a second
MOST_PIECES = 10_000
Parted = TypeVar("Parted", nodes.Call, nodes.Filter, nodes.Test)
Asking = TypeVar("Asking", nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
Body = TypeVar("Body", nodes.Macro, nodes.CallBlock, nodes.Block, nodes.Template)


class Counting(NodeTransformer):
    """Makes a template's tree count: what runs again, a loop's turn or a macro, costs as many pieces as stand in it."""

    def __init__(self, file: str, filters: Iterable[str], tests: Container[str], before: int = 0) -> None:
        self.file, self.filters, self.tests = file, frozenset(filters), tests
        self.pieces = before  # in all
        self._pieces = 0  # of what is being run once

    def _piece(self) -> None:
        self.pieces += 1
        self._pieces += 1
        if self.pieces > MOST_PIECES:
            hint = N_("拆成几个用不着这么长的，或去掉重复的")
            raise Refused(N_("模板里的标签太多"), {}, hint, place=(self.file, None))

    def generic_visit(self, node: nodes.Node, *args: Any, **options: Any) -> nodes.Node:
        """Visit what a node holds, and count the node."""
        self._piece()
        return super().generic_visit(node, *args, **options)

    def _refused(
        self, node: nodes.Node, message: str, hint: str, fields: dict[str, object] | None = None, more: int = 0
    ) -> Refused:
        return Refused(message, fields, hint, place=(self.file, node.lineno + more))

    def visit_Filter(self, node: nodes.Filter) -> nodes.Filter:  # noqa: N802 - the name of the node
        """Refuse a filter there is not, before anything runs."""
        self.generic_visit(node)
        if node.name not in self.filters:
            near = difflib.get_close_matches(node.name, self.filters, n=1, cutoff=0.5)
            hint = N_("是不是“{near}”") if near else N_("能用的过滤器见 docs/templates.md")
            fields: dict[str, object] = {"name": node.name, "near": "".join(near)}
            raise self._refused(node, N_("没有“{name}”这个过滤器"), hint, fields)
        return self._in_parts(node)

    def visit_Test(self, node: nodes.Test) -> nodes.Test:  # noqa: N802
        """Refuse a test there is not, before anything runs."""
        self.generic_visit(node)
        if node.name not in self.tests:
            raise self._refused(node, N_("没有“{name}”这种判断"), N_("如 is defined、is none"), {"name": node.name})
        return self._in_parts(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Call:  # noqa: N802
        """See that only a list is handed over item by item."""
        self.generic_visit(node)
        return self._in_parts(node)

    def _in_parts(self, node: Parted) -> Parted:
        if node.dyn_args is not None:
            node.dyn_args = _through(PARTED, node.dyn_args)
        return node

    def visit_Const(self, node: nodes.Const) -> nodes.Const:  # noqa: N802
        """Refuse text that would pass for a seal, what shows nothing and no file may hold, and endless numbers."""
        self._piece()
        value = node.value
        if isinstance(value, str) and (found := NO_TEXT.search(value)):
            hint, fields = N_("删去这个看不见的字符"), {"code": f"{ord(found[0]):04X}"}
            above = value.count("\n", 0, found.start())
            raise self._refused(node, N_("模板里有不许用作文字的字符 U+{code}"), hint, dict(fields), above)
        large = isinstance(value, int) and value.bit_length() > LARGEST_NUMBER
        if large or (isinstance(value, float) and not math.isfinite(value)):
            raise self._refused(node, N_("这个数太大"), N_("文书里没有这么大的数"))
        return node

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Const:  # noqa: N802
        """Let the template's own text pass where values pass."""
        return self.visit_Const(nodes.Const(node.data, lineno=node.lineno))

    def visit_Template(self, node: nodes.Template) -> nodes.Template:  # noqa: N802
        """Count each run of a template, as an include in a loop makes many."""
        return self._begun(node, FILE)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:  # noqa: N802
        """Count each run of a macro."""
        return self._begun(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.CallBlock:  # noqa: N802
        """Count each run of what a macro is handed."""
        return self._begun(node)

    def visit_Block(self, node: nodes.Block) -> nodes.Block:  # noqa: N802
        """Count each run of a block."""
        return self._begun(node)

    def _begun(self, node: Body, more: int = 0) -> Body:
        outside = self._pieces
        self.generic_visit(node)
        units = nodes.Const(more + PIECE * (self._pieces - outside), lineno=node.lineno)
        node.body.insert(0, nodes.ExprStmt(_through(SPENT, units), lineno=node.lineno))
        self._pieces = outside + 1
        return node

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        """Count the turns of a loop, each with all that stands in it."""
        if node.recursive:
            raise self._refused(node, N_("循环不能写 recursive"), N_("一层套一层的，写成宏"))
        outside = self._pieces
        self.generic_visit(node)
        pieces = nodes.Const(self._pieces - outside, lineno=node.lineno)
        apart = nodes.Const(self._apart(node.target), lineno=node.lineno)
        node.iter = _through(TURNS, node.iter, pieces, apart)
        self._pieces = outside + 1
        return node

    def visit_Assign(self, node: nodes.Assign) -> nodes.Assign:  # noqa: N802
        """See that only a list is taken apart."""
        self.generic_visit(node)
        if self._apart(node.target):
            node.node = _through(PARTED, node.node)
        return node

    def visit_With(self, node: nodes.With) -> nodes.With:  # noqa: N802
        """See that only a list is taken apart."""
        self.generic_visit(node)
        pairs = zip(node.targets, node.values, strict=True)
        node.values = [_through(PARTED, value) if self._apart(target) else value for target, value in pairs]
        return node

    def _apart(self, target: nodes.Node) -> bool:
        """Return whether what is set is several names; refuse names within those."""
        if not isinstance(target, nodes.Tuple):
            return False
        if any(isinstance(inner, nodes.Tuple) for inner in target.items):
            message, hint = MISUSED
            raise self._refused(target, message, hint)
        return True

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
        """Join texts where their length is counted."""
        self.generic_visit(node)
        return _through(JOINED, nodes.List(node.nodes, lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802
        """Weigh what is compared: lists holding lists twice over take for ever; and what is looked into."""
        self.generic_visit(node)
        node.expr = _through(WEIGHED, node.expr)
        for operand in node.ops:
            operand.expr = _through(LOOKED if operand.op in ("in", "notin") else WEIGHED, operand.expr)
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Pair:  # noqa: N802
        """Weigh the keys of a mapping, which are compared too."""
        self.generic_visit(node)
        node.key = _through(WEIGHED, node.key)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        """Take parts of a list or a text where their length is counted."""
        if not isinstance(node.arg, nodes.Slice):
            self.generic_visit(node)
            return node
        self._piece()
        ends = (node.arg.start, node.arg.stop, node.arg.step)
        none = nodes.Const(None, lineno=node.lineno)
        return _through(CUT, self.visit(node.node), *(none if end is None else self.visit(end) for end in ends))

    def visit_Slice(self, node: nodes.Slice) -> nodes.Node:  # noqa: N802
        """Refuse several parts at once."""
        message, hint = MISUSED
        raise self._refused(node, message, hint)

    def _of_file(self, node: Asking) -> Asking:
        """Count what a template asks of another file."""
        if not (isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)):
            hint = N_("include、import、extends 后面用引号写一个文件名")
            raise self._refused(node, N_("模板文件名要直接写出来"), hint)
        self.generic_visit(node)
        self._pieces += FILE // PIECE
        return node

    visit_Include = visit_Import = _of_file  # noqa: N815
    visit_FromImport = visit_Extends = _of_file  # noqa: N815


def _through(name: str, node: nodes.Node, *settings: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(cast(nodes.Expr, node), name, list(settings), [], None, None, lineno=node.lineno)
