r"""Rows of a .md draft in, lines of the template markup out, and what of Markdown is not printed.

Official documents have no bullets, quotations, rules, pictures or links: their marks are left out, and it is told.
Typed numbers stay, wrapped lines are joined, **…** is a lead phrase, and none within a title or a heading.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reportkit.document.draft import shapes
from reportkit.document.draft.paragraphs import ENDS, joined
from reportkit.document.draft.source import DraftLine, columns
from reportkit.document.nodes import Block, Document, Mark, Span, Table
from reportkit.document.parse import BAR, CUT, parse
from reportkit.document.roles import MARKS, TRAITS, Role
from reportkit.errors import N_, Fault, InputError, enough
from reportkit.facts import marks, seal

HEADING = re.compile(r"(#{1,5})[ \t\u3000]+(.*?)(?:[ \t\u3000]+#+)?")
UNDERLINE = re.compile(r"=+|-+")
RULE = re.compile(r"([-*_])(?:[ \t\u3000]*\1){2,}")
PAGE_BREAK = re.compile(r"\\(?:newpage|pagebreak|clearpage)|<div[^>]*page-break[^>]*>(?:\s*</div>)?", re.IGNORECASE)
FENCE = re.compile(r"(?:`{3,}|~{3,})[^`]*")
QUOTE = re.compile(r">[> \t\u3000]*")
BULLET = re.compile(r"[-*+•][ \t\u3000]+(?:\[[ xX]\][ \t\u3000]+)?(?=\S)")
ORDERED = re.compile(r"(?P<number>[0-9]{1,3})(?P<dot>[.)])[ \t\u3000]+(?=\S)")
DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?|\|[ \t]*:?-+:?[ \t]*\|")
DEFINITION = re.compile(r"\[[^\]^]+\]:\s*\S+.*")
TAG = (
    r"</?(?:a|b|big|br|center|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|"
    r"td|th|thead|tr|u|ul)\b[^<>]{0,200}/?>"
)
INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`{1,2})(?P<code>[^`]{1,400})(?P=ticks)"
    r"|!\[(?P<alt>[^\]]{0,200})\](?:\((?P<image>[^()]{0,400})\)|\[[^\]]{0,100}\])"
    r"|\[(?P<link>[^\]^][^\]]{0,200})\]\((?P<address>[^()\s]{0,400})(?:\s+[\"'][^)]{0,100})?\)"
    r"|<(?P<url>(?:https?://|mailto:)[^<>\s]{1,400})>"
    r"|(?<!\*)\*\*(?![*\s])(?P<bold>.{1,400}?)(?<![*\s])\*\*(?!\*)"
    r"|(?<![_\w])__(?![_\s])(?P<strong>[^_]{1,400}?)(?<![_\s])__(?![_\w])"
    r"|~~(?P<struck>[^~]{1,400})~~"
    rf"|(?P<turn><br\s*/?>)|(?P<tag>{TAG})"
    r"|(?P<entity>&(?:nbsp|emsp|ensp|amp|lt|gt|quot|ldquo|rdquo|mdash|middot|times);)",
    re.IGNORECASE,
)
MARKED = re.compile(r"[\\`!\[<*_~&]")
# marks that stay, since nobody can tell them from letters
LONE = re.compile(
    r"(?<![*A-Za-z0-9])\*(?![*\s])[^*]{1,80}(?<![*\s])\*(?![*A-Za-z0-9])"
    r"|(?<!\*)\*{3}(?![*\s])[^*]{1,80}\*{3}(?!\*)"
)
KEPT = (
    (LONE, N_("这里的 * 照印：只有 ** 是导语")),
    (re.compile(r"\[\^[^\]]{1,40}\]"), N_("脚注的标记照印：写成正文或 @注")),
)
TURN = "\n"
# a line without a mark at its end goes on below if it is as long as lines are wrapped
SHORTEST_WRAPPED = 40
FULL = 0.9  # of the longest line about it
TYPED = re.compile(r"[0-9]+(?:[.．][0-9]+)+[.．、]?(?=\D)")


@dataclass
class Reading:
    """A .md draft as it is read: the lines so far, what was told, and the list and the paragraph one is in."""

    file: str
    lines: list[str] = field(default_factory=list)
    told: dict[tuple[int, str], Fault] = field(default_factory=dict)  # by line and message
    rows: list[DraftLine] = field(default_factory=list)  # of the paragraph being read
    numbers: dict[int, int] = field(default_factory=dict)  # of the list being read, the last number at each indent
    quoted: bool = False
    bulleted: bool = False
    titled: bool = False

    def tell(self, line: int, message: str, hint: str = "", **fields: object) -> None:
        """Tell of a line once that something of it is not printed."""
        self.told.setdefault((line, message), Fault(message, fields, hint, self.file, line))

    def clean(self, text: str, line: int, lead: bool = False, turn: str = "") -> str:
        """Return what is printed of a line; bold is a lead phrase if `lead`; `turn` stands for <br>."""
        if not MARKED.search(text):
            return text
        for pattern, message in KEPT:
            if pattern.search(INLINE.sub("", text)):
                self.tell(line, message)

        def printed(found: re.Match[str]) -> str:
            if (escaped := found["escaped"]) is not None:
                return escaped
            if (bold := found["bold"] or found["strong"]) is not None:
                inner = INLINE.sub(printed, bold)
                return seal.lead(inner) if lead and TURN not in inner else inner
            if found["turn"] is not None:
                return turn
            return self._told(found, line, printed)

        return INLINE.sub(printed, text)

    def _told(self, found: re.Match[str], line: int, printed: Callable[[re.Match[str]], str]) -> str:
        """Return what is printed of what is no official document's, told."""
        if (code := found["code"]) is not None:
            self.tell(line, N_("代码的记号 ` 不印"))
            return code
        if found["alt"] is not None:
            self.tell(line, N_("图片不印：{name}"), N_("在 Word 里插入"), name=found["image"] or found["alt"])
            return ""
        if (link := found["link"]) is not None:
            self.tell(line, N_("链接只印文字，不印地址：{address}"), address=found["address"])
            return INLINE.sub(printed, link)
        if (url := found["url"]) is not None:
            return url
        if (struck := found["struck"]) is not None:
            self.tell(line, N_("删除线不印，字照印"), N_("要删的字，从草稿里删去"))
            return struck
        if found["entity"] is not None:
            return html.unescape(found["entity"])
        self.tell(line, N_("HTML 的标记不印：{tag}"), tag=found["tag"])
        return ""

    def text(self, text: str) -> None:
        """Add lines of body text; what it begins with is no mark."""
        for one in text.split(TURN):
            if one := one.strip(" \t"):
                self.lines.append(f"\\{one}" if one[0] in "#＃@＠|\\" else one)

    def close(self) -> None:
        """End the paragraph being read: its lines joined where they run on."""
        for group in _paragraphs(self.rows):
            if any(row.text[-1] in ENDS for row in group[:-1]):
                self.tell(group[0].number, N_("折行的 {count} 行接成一段"), N_("要分段，中间空一行"), count=len(group))
            whole = joined(group).removesuffix("\\")
            self.text(self.clean(whole, group[0].number, lead=True, turn=TURN))
        self.rows.clear()

    def blank(self) -> None:
        """End the paragraph, and what runs on into the next line."""
        self.close()
        self.lines.append("")


def document(rows: Sequence[DraftLine], file: str) -> tuple[Document, list[Fault]]:
    """Return the Document of a .md draft, and what of its Markdown is not printed. Raises InputError."""
    rows = tuple(_uncommented(rows, reading := Reading(file)))
    faults: list[Fault] = []
    for row in rows:
        if fault := marks.unknown(row.text, MARKS):
            faults.append(replace(fault, file=file, line=row.number))
            enough(faults)
    if faults:
        raise InputError(faults)
    at = 0
    while at < len(rows):
        at = _row(rows, at, reading)
    reading.close()
    parsed = parse("\n".join(reading.lines))
    return replace(parsed, blocks=tuple(map(_once_numbered, parsed.blocks))), list(reading.told.values())


def _uncommented(rows: Sequence[DraftLine], reading: Reading) -> Iterator[DraftLine]:
    """Yield the rows without their comments; what stands in a fence is none."""
    within = fenced = False
    for row in rows:
        text = row.text
        fenced ^= bool(not within and FENCE.fullmatch(text))
        if fenced:
            yield row
            continue
        kept = ""
        while text:
            if within:
                before, end, text = text.partition("-->")
                within = not end
                continue
            before, begin, text = text.partition("<!--")
            kept += before
            within = bool(begin)
            if begin:
                reading.tell(row.number, N_("注释不印"))
        yield replace(row, text=kept.strip()) if kept != row.text else row


def _row(rows: Sequence[DraftLine], at: int, reading: Reading) -> int:
    """Read the row `at`; return the index of the next."""
    row, text = rows[at], rows[at].text
    if not text:
        reading.blank()
        reading.quoted = reading.bulleted = False
        return at + 1
    if FENCE.fullmatch(text):
        return _fenced(rows, at, reading)
    if reading.rows and UNDERLINE.fullmatch(text) and _underlines(reading.rows):
        (title,) = reading.rows
        reading.rows.clear()
        _heading(title, 1 if text[0] == "=" else 2, title.text, rows[at + 1 : at + 2], reading)
        return at + 1
    if RULE.fullmatch(text) or PAGE_BREAK.fullmatch(text):
        reading.blank()
        message = N_("分隔线不印") if RULE.fullmatch(text) else N_("分页的标记不印")
        reading.tell(row.number, message, N_("附件用 @附件序号 另起一页"))
        return at + 1
    if DEFINITION.fullmatch(text):
        reading.blank()
        reading.tell(row.number, N_("链接的地址不印"))
        return at + 1
    if found := HEADING.fullmatch(text):
        reading.close()
        _heading(row, len(found[1]), found[2], rows[at + 1 : at + 2], reading)
        return at + 1
    if text[0] in "@＠":
        reading.close()
        reading.lines.append(reading.clean(text, row.number))
        return at + 1
    if text.startswith(BAR) or (BAR in text and at + 1 < len(rows) and DELIMITER.fullmatch(rows[at + 1].text)):
        return _table(rows, at, reading)
    _prose(row, reading)
    return at + 1


def _underlines(rows: Sequence[DraftLine]) -> bool:
    """True if a line of === or --- below makes a heading of the paragraph: it is one line, and no sentence."""
    return len(rows) == 1 and len(rows[0].text) <= SHORTEST_WRAPPED and rows[0].text[-1] not in ENDS


def _fenced(rows: Sequence[DraftLine], at: int, reading: Reading) -> int:
    """Read the lines of a fence, each a paragraph as it stands."""
    reading.blank()
    reading.tell(rows[at].number, N_("代码块的围栏不印，里面的照印"))
    end = next((one for one in range(at + 1, len(rows)) if FENCE.fullmatch(rows[one].text)), len(rows))
    for row in rows[at + 1 : end]:
        reading.text(row.text)
    reading.lines.append("")
    return end + 1


def _heading(row: DraftLine, depth: int, text: str, below: Sequence[DraftLine], reading: Reading) -> None:
    """Add a heading: of the level of the number typed before it, if one is; it stands alone unless it is a sentence."""
    marker = shapes.marker(text)
    depth = marker.level + 1 if marker else depth
    if depth == 1:
        above = next((line for line in reversed(reading.lines) if line), "")
        if reading.titled and not above.startswith(f"@{TRAITS[Role.ANNEX].mark}"):
            hint = N_("一至四级标题写作 ## 至 #####；附件用 @附件序号")
            reading.tell(row.number, N_("又一个 # 标题：另起一页，作为另一篇"), hint)
        reading.titled = True
        text = CUT.join(reading.clean(part, row.number, turn=CUT) for part in text.split(CUT))
    else:
        text = reading.clean(text, row.number)
    reading.lines.append(f"{'#' * depth} {text}" if text else "")
    if depth > 1 and below and below[0].text and text[-1:] not in "。！？!?":
        reading.lines.append("")


def _table(rows: Sequence[DraftLine], at: int, reading: Reading) -> int:
    """Read the rows of a table, with bars at their ends or without."""
    reading.close()
    while at < len(rows) and BAR in rows[at].text:
        row = rows[at]
        if DELIMITER.fullmatch(row.text):
            text = re.sub("-+", "---", row.text)
        else:
            text = reading.clean(row.text.replace("\\|", "\\\\|"), row.number, turn=" ")
        reading.lines.append(text if text.startswith(BAR) else f"{BAR} {text} {BAR}")
        at += 1
    return at


def _prose(row: DraftLine, reading: Reading) -> None:
    """Add a row of body text, of a quotation or of a list, to the paragraph being read or to a new one."""
    text = row.text
    if quote := QUOTE.match(text):
        if not reading.quoted:
            reading.tell(row.number, N_("引用的标记 > 不印"))
        reading.quoted, text = True, text[quote.end() :]
    if bullet := BULLET.match(text):
        reading.close()
        if not reading.bulleted:
            reading.tell(row.number, N_("列表的符号不印，各项各成一段"))
        reading.bulleted, text = True, text[bullet.end() :]
    elif ordered := ORDERED.match(text):
        reading.close()
        text = _counted(ordered, row, reading) + text[ordered.end() :]
    elif not reading.rows and not row.indent:
        reading.numbers.clear()
    if text:
        reading.rows.append(replace(row, text=text))


def _counted(ordered: re.Match[str], row: DraftLine, reading: Reading) -> str:
    """Return the number of an item: as typed, unless the list repeats one, which Markdown counts on."""
    typed = int(ordered["number"])
    before = reading.numbers.get(row.indent)
    for indent in [one for one in reading.numbers if one > row.indent]:
        del reading.numbers[indent]
    number = before + 1 if before is not None and typed <= 1 else typed
    reading.numbers[row.indent] = number
    if number != typed:
        reading.tell(row.number, N_("列表重复的序号改为 {number}"), number=number)
    return f"{number}{ordered['dot']}"


def _paragraphs(rows: Sequence[DraftLine]) -> Iterator[list[DraftLine]]:
    """Yield the rows of each paragraph among rows that no blank line parts."""
    if not rows:
        return
    longest = max(columns(row.text) for row in rows)
    wrapped = any(_cut(row) for row in rows[:-1])
    group = [rows[0]]
    for before, row in pairwise(rows):
        full = columns(before.text) >= FULL * longest
        ends = before.text[-1] in ENDS and not (wrapped and full)
        if before.text[-1] == "\\" or shapes.begins_anew(row.text) or ends or not (_cut(before) or (wrapped and full)):
            yield group
            group = []
        group.append(row)
    yield group


def _cut(row: DraftLine) -> bool:
    """True if a line ends in the middle of a sentence: at a comma, or without a mark and as long as wrapped lines."""
    return row.text[-1] in "，、,—" or (row.text[-1] not in ENDS and columns(row.text) >= SHORTEST_WRAPPED)


def _once_numbered(block: Block | Table) -> Block | Table:
    """Return a block without the number it was given where one was typed; 第×章, 第×条 are what they say."""
    if isinstance(block, Table) or not block.level or not block.head:
        return block
    typed = tuple(block.spans[1:])
    text = "".join(span.text for span in typed)
    if shapes.marker(text) or TYPED.match(text):
        return replace(block, spans=typed)
    if article := shapes.ARTICLE.match(text):
        head, rest = text[: article.end()], text[article.end() :]
        return Block(
            Role.BODY, tuple(one for one in (Span(head, marks=frozenset((Mark.ARTICLE,))), Span(rest)) if one.text)
        )
    for pattern, role, level in ((shapes.CHAPTER, Role.CHAPTER, 1), (shapes.SECTION, Role.SECTION, 2)):
        if block.role is Role.HEADING and pattern.match(text):
            return Block(role, typed, level)
    return block
