"""Data held against the shape its genre asks for: Nodes in, Facts and every fault out; and what a draft still lacks."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from reportkit.data import reading
from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError, enough
from reportkit.facts import arithmetic, quantity, secrecy
from reportkit.facts.fact import Fact, Item, Lack, Origin, Record, Rows, Value, every_fact, facts_at
from reportkit.facts.shape import (
    AMOUNTS,
    COMPARED,
    FIGURE,
    JUDGEMENTS,
    KINDS,
    LEAVES,
    NOTES,
    RANKS,
    RESULTS,
    VALUE,
    Shape,
)

RANK = re.compile(rf"(?P<among>[^\d第]*)第?(?P<place>[0-9]{{1,{reading.MOST_DIGITS}}})[位名]?")
# C0, C1 and line separators break a line or nothing; noncharacters and surrogates are not text
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
THOUSANDS, THREE_DIGITS = re.compile(r"[-−+]?\d{1,3}(,\d{3})*"), re.compile(r"\d{3}(?!\d)")
# what says that a figure has no unit: an index, a score
NO_UNIT = "无"
NUMBER = re.compile(quantity.NUMBER)


@arithmetic.exactly
def check(node: Node, shape: Shape, file: str = "", required: bool = True) -> tuple[Record, list[Fault]]:
    """Return the Facts that `node` holds, and every fault against `shape`.

    With `required` false, as in a draft, what is missing is left out of the Facts and is no fault.
    """
    checker = _Checker(file, required)
    facts = checker.item(node, shape, "")
    return facts if isinstance(facts, Record) else Record({}), checker.faults


class _Checker:
    def __init__(self, file: str, required: bool) -> None:
        self.file, self.required = file, required
        self.faults: list[Fault] = []
        self.within = False  # something that is secret as a whole

    def fault(self, node: Node, path: str, message: str, hint: str = "", **fields: object) -> None:
        file = node.place or self.file
        self.faults.append(Fault(message, fields, hint, file, node.line or None, node.column or None, path))
        enough(self.faults)

    def wrong_kind(self, node: Node, shape: Shape, path: str) -> None:
        want, got = KINDS[shape.kind], f"“{node.typed}”" if node.typed else KINDS[node.kind]
        hint, meant = N_("这一项是：{say}"), ""
        if shape.choices:
            hint, meant = N_("可以写：{meant}"), "、".join(shape.choices)
        elif shape.item is not None and shape.item.kind in LEAVES and node.typed:
            hint, meant = N_("写成 [{meant}]，或一行一项，前面加“- ”"), ", ".join(node.typed.split("、"))
        elif shape.kind == "list":
            hint = N_("一项一组，每组第一行前面加“- ”；这一项是：{say}")
        elif shape.kind == "figure":
            hint, meant = _mended(node.typed) or (hint, meant)
        self.fault(node, path, N_("这里要{want}，却是{got}"), hint, want=want, got=got, say=shape.say, meant=meant)

    def item(self, node: Node, shape: Shape, path: str) -> Item | None:
        """Return the Item at `path`, or None after noting why there is none."""
        if shape.kind not in ("map", "list"):
            return self.leaf(node, shape, path)
        whole = shape.item is not None and shape.item.kind in LEAVES
        node, asked = (node, None) if whole else secrecy.parted(node, shape)
        if not node.secret and asked is None:
            return self.several(node, shape, path)
        return self.marked(node, shape, path, asked)

    def marked(self, node: Node, shape: Shape, path: str, asked: Node | None) -> Item | None:
        """Return a group or a list that is marked as secret, or has a 密 of its own: then all in it is."""
        secret = secrecy.flag(asked) if asked else False
        if asked and (secret is None or asked.secret):
            self.fault(
                asked,
                f"{path}.密".lstrip("."),
                N_("一组、一列的“密”只写是或否"),
                N_("写 true；只隐去一部分的，在那一项上标"),
            )
            return None
        known, outer = len(self.faults), self.within
        self.within = outer or node.secret or bool(secret)
        found = self.several(node, shape, path)
        hidden = found is not None and any(fact.secret for fact in every_fact(found))
        if self.within and not outer and not hidden and len(self.faults) == known:
            self.unhidden(asked or node, path)
        self.within = outer
        return found

    def several(self, node: Node, shape: Shape, path: str) -> Record | Rows | None:
        """Return the group or the list at `path`, or None after noting why there is none."""
        if shape.kind == "map":
            if node.kind != "map":
                self.wrong_kind(node, shape, path)
                return None
            return self.group(node, shape, path)
        return self.listing(node, shape, path)

    def listing(self, node: Node, shape: Shape, path: str) -> Rows | None:
        assert shape.item is not None
        if shape.item.kind in LEAVES and (node.place or _is_long(node)):
            node = split(node)
        if node.kind != "list":
            self.wrong_kind(node, shape, path)
            return None
        if not node.items and self.required and node.secret:
            self.unhidden(node, path)
        elif not node.items and self.required and not shape.optional:
            self.fault(node, path, N_("列表是空的"), N_("这一项是：{say}"), say=shape.say)
        for at, (one, other) in enumerate(pairwise(node.items), start=1):
            if other.kind == "text" and (whole := _cut(one, other)):
                self.cut(other, f"{path}[{at}]", whole)
        rows = [self.row(item, shape.item, f"{path}[{at}]") for at, item in enumerate(node.items)]
        return Rows(row for row in rows if row is not None)

    def row(self, node: Node, shape: Shape, path: str) -> Item | None:
        """Return the Item of a list at `path`; in a draft something stands there whatever the data says."""
        if self.required:
            return self.item(node, shape, path)
        if node.kind == "none" and shape.kind == "map":
            return hollow(shape, self.origin(node, path))
        item = None if node.kind == "none" else self.item(node, shape, path)
        return Lack(self.origin(node, path)) if item is None else item

    def group(self, node: Node, shape: Shape, path: str) -> Record:
        found: dict[str, Item] = {}
        seen: dict[str, str] = {}
        faulty: set[str] = set()
        blank: dict[str, Node] = {}
        for at, (key, value) in enumerate(node.pairs):
            name = shape.canonical(key.typed)
            here = f"{path}.{key.typed}" if path else key.typed
            if name is None:
                self.unknown(key, shape, here, node.pairs[at - 1][1] if at else None)
            elif name in seen:
                self.fault(key, here, N_("与前面的“{other}”重复"), N_("只留一个"), other=seen[name])
            else:
                seen[name] = key.typed
                if value.secret and value.kind == "none" and self.required:
                    self.unhidden(value, f"{path}.{name}" if path else name)
                    faulty.add(name)
                    continue
                if value.kind == "none" or (value.kind == "list" and not value.items and not self.required):
                    blank[name] = key
                    continue
                item = self.field(value, shape.fields[name], f"{path}.{name}" if path else name)
                if item is None:
                    faulty.add(name)
                else:
                    found[name] = item
        self.sums(found, shape)
        wanted = [name for name in shape.fields if name not in found]
        for name in wanted:
            if self.required and not shape.fields[name].optional and name not in faulty:
                self.fault(
                    blank.get(name, node), f"{path}.{name}" if path else name,
                    N_("缺少这一项（{say}）"), N_("补上“{key}”"), say=shape.fields[name].say, key=name,
                )  # fmt: skip
        absent = frozenset(name for name in wanted if shape.fields[name].optional)
        if not self.required:
            found = {**hollow(shape, self.origin(node, path)).fields, **found}
        ordered = {name: found[name] for name in shape.fields if name in found}
        lacking = {
            name: self.origin(blank.get(name, node), f"{path}.{name}" if path else name)
            for name in wanted
            if name not in absent and name not in ordered
        }
        return Record(ordered, path, absent, lacking)

    def field(self, node: Node, shape: Shape, path: str) -> Item | None:
        """Return the Item of a group's field; a setting of the document is none that can be hidden."""
        if path not in secrecy.SETTINGS:
            return self.item(node, shape, path)
        if node.secret or (node.kind == "map" and any(key.typed in secrecy.KEYS for key, _ in node.pairs)):
            self.fault(node, path, N_("“{key}”标不了密"), N_("它不印出来，没有可以隐去的：去掉标记"), key=path)
            return None
        outer, self.within = self.within, False
        found = self.item(node, shape, path)
        self.within = outer
        return found

    def unhidden(self, node: Node, path: str) -> None:
        self.fault(node, path, N_("标了密，可是没有值可以隐去"), N_("填上值，或去掉标记"))

    def origin(self, node: Node, path: str) -> Origin:
        """Return where a node of the data stands, for what is said of `path`."""
        return Origin(path, node.place or self.file, node.line)

    def sums(self, found: dict[str, Item], shape: Shape) -> None:
        """Reckon the sums the data leaves out, and check those it gives, of one group; none that still lacks a part."""
        for name, inner in shape.fields.items():
            if not inner.parts:
                continue
            whole = list(facts_at(found, inner.parts.split(".")))
            if None in whole:
                continue
            parts = [fact for fact in whole if fact is not None and fact.is_figure]
            given = found.get(name)
            if isinstance(given, Fact) and parts:
                self.faults += arithmetic.miscounted(given, parts)
            elif given is None and parts and not any(part.is_about for part in parts):
                try:
                    found[name] = arithmetic.total(parts)
                except InputError as error:
                    self.faults += error.faults

    def unknown(self, key: Node, shape: Shape, path: str, before: Node | None) -> None:
        """Note a key that `shape` lacks; `before` is the value that stands before it."""
        if before is not None and (whole := _cut(before, key)):
            self.cut(key, path, whole)
            return
        names = [*shape.fields, *(inner.english for inner in shape.fields.values() if inner.english)]
        close = difflib.get_close_matches(key.typed, names, n=1, cutoff=0.5)
        if close:
            self.fault(key, path, N_("没有“{key}”这一项"), N_("是不是“{near}”"), key=key.typed, near=close[0])
        else:
            known = "、".join(shape.fields)
            self.fault(key, path, N_("没有“{key}”这一项"), N_("这里可以写：{known}"), key=key.typed, known=known)

    def cut(self, node: Node, path: str, whole: str) -> None:
        self.fault(node, path, N_("数里的逗号把“{whole}”拆成了两项"), N_("去掉逗号，或加引号"), whole=whole)

    def leaf(self, node: Node, shape: Shape, path: str) -> Fact | None:
        extra: dict[str, Node] = {}
        outer = node
        if node.kind == "map":
            extra = self.long_form(node, shape, path)
            if "值" not in extra:
                if self.required:  # a draft has what stands beside a figure before the figure itself
                    self.fault(node, path, N_("长写法缺少“值”"), N_("这一项是：{say}"), say=shape.say)
                return None
            node = extra["值"]
        if node.kind == "none" and self.required and self.is_marked(outer, extra):
            self.unhidden(outer, path)
            return None
        typed = self.text(node, path)
        unit = self.unit(extra, path)
        if typed is None or unit is None:
            return None
        if secrecy.WRITTEN.search(typed):
            hint = N_("YAML 里写 !secret 加一个空格再写值，不加引号；别处写 {{值: …, 密: true}}")
            self.fault(node, path, N_("“!secret”成了值里的文字"), hint)
            return None
        read = self.value(node, shape, typed, unit, path)
        if read is None:
            self.wrong_kind(node, shape, path)
            return None
        value, unit, shown = read
        secret, hidden = self.secrecy(outer, extra, shown, path)
        fact = Fact(value, shown, self.origin(node, path), unit, secret, hidden, self.notes(extra, path))
        return self.compared(fact, extra) if fact.is_figure else fact

    def unit(self, extra: Mapping[str, Node], path: str) -> str | None:
        """Return the unit said by itself, "" if none is, or None after noting why it is no unit."""
        node = extra.get("单位")
        if node is None or node.kind == "none":
            return ""
        typed = self.text(node, f"{path}.单位")
        if typed is None:
            return None
        unit = reading.narrow(typed.strip())
        if not quantity.UNIT.fullmatch(unit):
            self.fault(node, f"{path}.单位", N_("“{unit}”不是单位"), N_("单位里没有数字和标点，如 亿元、%"), unit=typed)
            return None
        return unit

    def notes(self, extra: Mapping[str, Node], path: str) -> tuple[tuple[str, str], ...]:
        """Return what is said of a value, by its names."""
        said = {key: extra[key] for key in NOTES if key in extra and extra[key].kind != "none"}
        texts = {key: self.text(node, f"{path}.{key}") for key, node in said.items()}
        bare = [("单位", NO_UNIT)] if "单位" in extra and extra["单位"].typed == NO_UNIT else []
        return (*((key, text) for key, text in texts.items() if text is not None), *bare)

    def compared(self, fact: Fact, extra: Mapping[str, Node]) -> Fact:
        """Return `fact` with the Facts it is compared with beside it, after noting what they contradict."""
        beside: dict[str, Fact] = {}
        self.judged(extra, fact.origin.path)
        for name, node in extra.items():
            if name not in COMPARED or (node.kind == "none" and not self.required):
                continue
            path = f"{fact.origin.path}.{name}"
            other = self.ranked(node, path) if name in RANKS else self.leaf(node, Shape("figure", say=name), path)
            if other is None:
                continue
            if not other.unit and name in AMOUNTS:
                found = quantity.parse(other.shown)
                other = replace(other, unit=fact.unit, shown=found.shown(fact.unit) if found else other.shown)
            if name in RESULTS and other.unit not in (quantity.PERCENT, quantity.POINTS, quantity.TIMES):
                self.fault(node, path, N_("这里要带 %、个百分点或倍"), N_("如 7.3%"))
            elif name in arithmetic.GROWTHS and fact.unit in quantity.RATES and other.unit != quantity.POINTS:
                self.fault(node, path, N_("百分数的升降用个百分点"), N_("如 2.3个百分点"))
            elif name in arithmetic.GROWTHS and other.unit == quantity.TIMES and other.shown.startswith("-"):
                self.fault(node, path, N_("下降不用倍"), N_("改成百分之几，如 -50%"))
            else:
                # what a secret figure could be reckoned from is as secret
                beside[name] = replace(other, secret=other.secret or fact.secret)
        fact = replace(fact, beside=tuple(beside.items()))
        self.faults += arithmetic.contradictions(fact)
        return fact

    def judged(self, extra: Mapping[str, Node], path: str) -> None:
        """Note what is said of a figure's nature, or of which way it is good, in words that name neither."""
        for name, words in JUDGEMENTS.items():
            node = extra.get(name)
            if node is None or (node.kind == "none" and not self.required):
                continue
            if node.typed not in (*words, *words.values()):
                self.wrong_kind(node, Shape("choice", say=name, choices=tuple(words)), f"{path}.{name}")

    def ranked(self, node: Node, path: str) -> Fact | None:
        """Return the Fact of a place in a ranking: 3, 第3位, 全省第3位."""
        long = self.leaf(node, Shape("text", say=path), path)
        found = RANK.fullmatch(reading.narrow("".join(long.shown.split()))) if long else None
        if long is None or found is None or not int(found["place"]):
            self.fault(node, path, N_("这里要一个位次"), N_("如 3、第3位、全省第3位"))
            return None
        note = (("范围", found["among"]),) if found["among"] else ()
        return replace(long, value=Decimal(found["place"]), shown=f"第{found['place']}位", unit="位", note=note)

    def long_form(self, node: Node, shape: Shape, path: str) -> dict[str, Node]:
        found: dict[str, Node] = {}
        known = FIGURE if shape.kind == "figure" else VALUE
        shape = Shape("map", fields={name: Shape("text", english) for name, english in known.items()})
        for at, (key, value) in enumerate(node.pairs):
            name = shape.canonical(key.typed)
            if name is None:
                self.unknown(key, shape, f"{path}.{key.typed}", node.pairs[at - 1][1] if at else None)
            elif name in found:
                self.fault(key, f"{path}.{key.typed}", N_("与前面的“{other}”重复"), N_("只留一个"), other=name)
            else:
                found[name] = value
        return found

    def text(self, node: Node, path: str) -> str | None:
        """Return the scalar's text as typed, or None after noting why it cannot be printed; in a draft it may be to
        come.
        """
        typed = node.typed.rstrip("\n")
        if node.kind == "none" or (node.kind == "text" and reading.is_blank(typed)):
            if self.required:
                self.fault(node, path, N_("值是空的"), N_("补上，或删去这一项"))
            return None
        if node.kind not in ("text", "number", "date"):
            self.fault(
                node, path, N_("这里要一个值，却是{got}"), got=KINDS[node.kind],
                hint=N_("写成文字的加引号"),
            )  # fmt: skip
            return None
        if reading.NO_NUMBER.fullmatch(typed):
            self.fault(node, path, N_("“{typed}”不是数，也不是文字"), N_("没有的数空着，或删去这一项"), typed=typed)
            return None
        if node.kind == "number" and reading.POWER.fullmatch(typed):
            self.fault(node, path, N_("“{typed}”写成了十的几次方"), N_("数写全，如 10000；是文字的加引号"), typed=typed)
            return None
        bad = FORBIDDEN.search(typed)
        if bad and bad[0] in "\n\r":
            self.fault(node, path, N_("值里有换行"), N_("一段写成一个值；多段用列表"))
            return None
        if bad:
            self.fault(node, path, N_("有控制字符 U+{code:04X}"), N_("删去这个看不见的字符"), code=ord(bad[0]))
            return None
        return typed

    def value(self, node: Node, shape: Shape, typed: str, unit: str, path: str) -> tuple[Value, str, str] | None:
        """Return the value, the unit and the printed form that `typed` and `unit` state for this kind of leaf, or None.

        What is no figure is printed as typed, its unit, if one is said, behind it.
        """
        if shape.kind == "text":
            return typed, "", typed if typed.endswith(unit) else typed + unit
        word = typed.strip()
        if shape.kind == "choice":
            return (word, "", word) if word in shape.choices else None
        if shape.kind == "date":
            day = reading.day(word)
            return (day, "", f"{day.year}年{day.month}月{day.day}日") if day else None
        if node.place and node.kind == "text" and quantity.BARE.fullmatch(word):
            self.fault(node, path, N_("数“{typed}”存成了文字"), N_("把格式改成常规，重新输入"), typed=typed)
        found = quantity.parse(typed)
        if found and len(found.about) > 1:
            words = "、".join(found.about)
            self.fault(node, path, N_("“{typed}”里约数的词多了：{words}"), N_("只留一个"), typed=typed, words=words)
        # 7.8% beside the unit %: said twice, meant once
        if found is None or (unit and found.unit not in ("", unit)):
            return None
        said = "" if unit == NO_UNIT else unit or found.unit
        return found.value, said, found.shown(said)

    def is_marked(self, node: Node, extra: Mapping[str, Node]) -> bool:
        """Return whether a mark of its own says that a value is secret as a whole."""
        own = extra.get("值", node)
        return node.secret or own.secret or bool("密" in extra and secrecy.flag(extra["密"]))

    def secrecy(self, node: Node, extra: dict[str, Node], shown: str, path: str) -> tuple[bool, tuple[str, ...]]:
        """Return whether a value that prints `shown` is secret as a whole, and which parts of it are."""
        for key in (*NOTES, "单位", "密"):
            beside = extra.get(key)
            if beside and beside.secret:
                hint = N_("把值标密，旁边的说明随它隐去")
                self.fault(beside, f"{path}.{key}", N_("“{key}”不能单独标密"), hint, key=key)
        asked = extra.get("密")
        whole = self.within or self.is_marked(node, extra)
        if asked is None or secrecy.flag(asked) is not None:
            return whole, ()
        # a figure typed in full width prints in half
        parts = tuple(part if part in shown else reading.narrow(part) for part in secrecy.parts(asked))
        hint = N_("密可写 true，或写出值里要隐去的字")
        if not parts:
            got = f"“{asked.typed}”" if asked.typed else KINDS[asked.kind]
            self.fault(asked, f"{path}.密", N_("“密”写成{got}，什么也隐去不了"), hint, got=got)
        for part in parts:
            if part not in shown:
                self.fault(asked, f"{path}.密", N_("值里没有“{part}”"), hint, part=part)
        return whole, () if whole else parts


def _is_long(node: Node) -> bool:
    """Return whether a list stands in its long form: {值: [甲, 乙], 密: true}."""
    return any(key.typed in secrecy.VALUE_KEYS and value.kind == "list" for key, value in node.pairs)


def _mended(typed: str) -> tuple[str, str] | None:
    """Return how to mend what should be a figure, as a hint and what it means; None if nothing in it is one."""
    if blank := _without_blanks(typed):
        return N_("去掉空格，写成 {meant}"), blank
    if reading.HALF_POINT.fullmatch(typed):
        return N_("小数点前后都要有数字，如 {meant}"), "0.5"
    number = reading.narrow("".join(NUMBER.findall(typed)[:1])).replace(",", "")
    if reading.is_long(number):
        return N_("数最多 {meant} 位"), str(reading.MOST_DIGITS)
    if reading.is_noise(number):
        meant = f"{reading.meant(float(number.replace('−', '-'))):.2f}"
        return N_("小数是算出来的零头，写到要印的那一位，如 {meant}"), meant
    return None


def _without_blanks(typed: str) -> str:
    """Return a figure typed with blanks without them; "" if it is none, or if a blank stands between its digits."""
    parts = typed.split()
    parted = any(one[-1].isdigit() and other[0].isdigit() for one, other in pairwise(parts))
    whole = "".join(parts)
    return whole if len(whole) < len(typed) and not parted and quantity.parse(whole) else ""


def _cut(before: Node, after: Node) -> str:
    """Return the number that a comma inside [ ] or { } has cut in two: 1,286次; "" if the two are no such number."""
    beside = before.line == after.line and before.column + len(before.typed) + 1 == after.column
    number = beside and THOUSANDS.fullmatch(before.typed) and THREE_DIGITS.match(after.typed)
    return f"{before.typed},{after.typed}" if number and after.line else ""


def split(node: Node) -> Node:
    """Return what a cell says where a list of values is wanted: one item a line, each with what stands beside all."""
    if node.kind in ("text", "number", "date"):
        lines = [line.strip() for line in node.typed.split("\n")] if node.kind == "text" else [node.typed]
        rows = (replace(node, value=line, typed=line) if node.kind == "text" else node for line in lines if line)
        return replace(node, value=tuple(rows), kind="list", typed="")
    own = next((value for key, value in node.pairs if key.typed in secrecy.VALUE_KEYS), None)
    if own is None:
        return node
    items = tuple(replace(item, secret=item.secret or own.secret) for item in split(own).items)
    asked = (value for key, value in node.pairs if key.typed in secrecy.KEYS)
    secret = node.secret or own.secret or any(secrecy.flag(one) is not False for one in asked)
    return replace(node, value=tuple(_beside(node, item, items) for item in items), kind="list", secret=secret)


def _beside(node: Node, item: Node, items: tuple[Node, ...]) -> Node:
    """Return the long form `node` with `item`, one of `items`, for its value, and only those parts to hide it has.

    A part that none of them has stays with the first, to be told there.
    """
    found = []
    for key, value in node.pairs:
        if key.typed in secrecy.VALUE_KEYS:
            found.append((key, item))
        elif value.kind == "list":
            lost = {part.typed for part in value.items if not any(part.typed in one.typed for one in items)}
            stays = lost if item is items[0] else set()
            parts = tuple(part for part in value.items if part.typed in item.typed or part.typed in stays)
            found += [(key, replace(value, value=parts))] if parts or not value.items else []
        else:
            found.append((key, value))
    return replace(node, value=tuple(found))


def hollow(shape: Shape, origin: Origin) -> Record:
    """Return what a draft has for the group at `origin`, of which the data says nothing: its required groups, hollow
    too."""
    path = origin.path
    fields: dict[str, Item] = {}
    for name, inner in shape.fields.items():
        here = f"{path}.{name}" if path else name
        if inner.optional:
            continue
        if inner.kind == "map":
            fields[name] = hollow(inner, replace(origin, path=here))
        elif inner.item is not None and inner.item.kind == "map":
            fields[name] = Rows([hollow(inner.item, replace(origin, path=f"{here}[0]"))])
    absent = frozenset(name for name, inner in shape.fields.items() if inner.optional)
    lacking = dict.fromkeys(shape.fields.keys() - absent - fields.keys(), origin)
    return Record(fields, path, absent, lacking)


def gaps(facts: Record, shape: Shape) -> Iterator[Fault]:
    """Yield a Fault for each required value that `facts`, of a draft, lack: its path, what it is, where it belongs."""
    for name, inner in shape.fields.items():
        here = f"{facts.path}.{name}" if facts.path else name
        if name in facts.lacking:
            yield gap(here, inner, facts.lacking[name].file, facts.lacking[name].line)
        item = facts.fields.get(name)
        if isinstance(item, Record):
            yield from gaps(item, inner)
        elif isinstance(item, Rows) and inner.item is not None:
            for row in item:
                if isinstance(row, Record):
                    yield from gaps(row, inner.item)
                elif isinstance(row, Lack):
                    yield gap(row.origin.path, inner.item, row.origin.file, row.origin.line)


def gap(path: str, shape: Shape | None, file: str = "", line: int = 0) -> Fault:
    """Return the Fault that the value at `path` is still to come."""
    message = N_("待补：{say}") if shape else N_("待补")
    return Fault(message, {"say": shape.say if shape else ""}, "", file, line or None, path=path)
