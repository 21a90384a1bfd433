"""The shapes of the lines of an official draft, as patterns: what a line can be by its letters alone."""

from __future__ import annotations

import re
from typing import NamedTuple

SPACE = r"[ \u3000\u00a0]"
NUMERAL = "[一二三四五六七八九十百零〇]"
DIGITS = "[0-9０-９]"
HAN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
# what a document calls itself: a title ends with one
GENRE = re.compile(
    r"(?:讲话|发言|报告|汇报|总结|计划|要点|方案|通知|通报|公告|通告|意见|决定|决议|命令|请示|批复|函|纪要|议案|提案|"
    r"条例|办法|规定|细则|规则|章程|准则|规程|制度|规划|纲要|提纲|材料|情况|致辞|祝辞|贺信|倡议书?|承诺书|建议|简报|"
    r"体会|思考|启示|说明|清单|预案|公报|白皮书|述评|心得|主持词|开幕词|闭幕词|讲稿|演讲)(?:稿|书|提纲|摘要)?"
    r"(?:[（(][^（()）]{1,12}[）)])?$"
)
CHAPTER = re.compile(rf"第(?P<number>{NUMERAL}+|{DIGITS}+)(?:[章编篇]|部分)(?!{HAN}{{0,4}}[，。；])")
SECTION = re.compile(rf"第(?P<number>{NUMERAL}+|{DIGITS}+)节")
ARTICLE = re.compile(rf"第(?P<number>{NUMERAL}+|{DIGITS}+)条(?:之{NUMERAL}{{1,2}})?(?P<space>{SPACE}*)")
# 一、 （一） 1. （1）, and the ways they are typed; a number with a decimal point is none
LEVELS = (
    re.compile(rf"(?P<number>{NUMERAL}{{1,4}}){SPACE}?[、.．]{SPACE}*"),
    re.compile(rf"[（(]{SPACE}?(?P<number>{NUMERAL}{{1,4}}){SPACE}?[）)]{SPACE}*[、.．]?{SPACE}*"),
    re.compile(rf"(?P<number>{DIGITS}{{1,3}})(?:[．、]|[.](?!{DIGITS})){SPACE}*"),
    re.compile(rf"(?:[（(]{SPACE}?(?P<number>{DIGITS}{{1,3}}){SPACE}?[）)]|{DIGITS}{{1,3}}[)）])[、.．]?{SPACE}*"),
)
# the first sentence, with the quotation mark or bracket it closes
SENTENCE = re.compile(rf"[^\n]*?(?:[。！？!?]+|(?<={HAN}|[”’）)%])[.．](?![0-9A-Za-z.．]))[”’）》」』)]*")
# what a sentence states and a heading does not: shares and sums
STATED = re.compile(r"[0-9０-９*](?:%|％|[多余]?[万亿]+元|个百分点)")
# a line of a table of contents: its leaders and its page
LEADERS = re.compile(r".{1,60}?[…·.．—-]{3,}\s*[0-9]{1,3}")
SUBTITLE = re.compile(r"(?:—|─|――|－－|--|⸺|━)")
DAY = (
    rf"(?:(?:{DIGITS}{{4}}|[×*xX〇]{{2,4}}){SPACE}?年{SPACE}?(?:{DIGITS}{{1,2}}|[×*]{{1,2}}){SPACE}?月"
    rf"(?:{SPACE}?(?:{DIGITS}{{1,2}}|[×*]{{1,2}}){SPACE}?日)?|[一二三四五六七八九〇○零0-9]{{4}}年{NUMERAL}{{1,3}}月(?:{NUMERAL}{{1,3}}日)?|"
    rf"{DIGITS}{{4}}[-./]{DIGITS}{{1,2}}[-./]{DIGITS}{{1,2}})"
)
DATE = re.compile(rf"[（(]?{SPACE}*{DAY}{SPACE}*[）)]?")
DATED = re.compile(rf"[^，。；：]{{2,30}}{SPACE}*{DAY}")
CALENDAR = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
NAME = rf"(?:{HAN}{SPACE}{{0,3}}{HAN}|{HAN}{{2,3}}|{HAN}{{0,2}}[×*xX]{{1,3}}|{HAN}+·{HAN}+)"
NO_NAME = re.compile(
    rf"(?:前|引|导|序){SPACE}*[言语]|目{SPACE}*[录次]|摘{SPACE}*要|概述|背景|{HAN}*[们长](?:[：:！!，]|$)"
)
SPEAKER = re.compile(rf"(?:[^，。；：！？]{{2,30}}{SPACE}+)?{NAME}")
OFFICE = re.compile(rf"[^，。；：！？]{{2,30}}(?:长|书记|主任|主席|经理|委员|代表|秘书长|校长|院长|会长){SPACE}*{NAME}")
LABELLED = re.compile(r"(?:[^，。；：:]{0,6}(?:人|者|单位|部门|时间|日期|地点|作者|签名)|姓名|职务)[：:].{1,40}")
BRACKETED = re.compile(r"[（(][^（()）]{1,60}[）)]")
OCCASION = re.compile(rf"(?:在|{DIGITS}{{4}}年)[^。；！？]{{4,60}}(?:上|会议|期间|大会)")
NUMBERED = re.compile(r"[^，。；：]{0,20}[〔\[（(【][0-9×*]{4}[〕\]）)】](?:第)?[0-9×*]+号")
ORGAN = re.compile(
    r"[^，。；：！？]{1,40}(?:局|委|委员会|办|办公室|政府|部|厅|院|会|会议|公司|集团|中心|学校|大学|组|党委|党组|支部|站|所|处|科|"
    r"队|法院|检察院|秘书处|协会|联合会|开发区|街道|管委会)(?:[（(][^（()）]{1,8}[）)])?"
)
# what stands above a title: the number of an attachment, secrecy, urgency, the copy's number (GB/T 9704 §7.2)
LABEL = re.compile(
    rf"附{SPACE}?件{SPACE}?(?:{DIGITS}{{1,2}}|{NUMERAL}{{1,2}})?[：:]?|[机秘绝]密.*|[特加平]急|{DIGITS}{{6}}|签发人[：:].*|"
    r"(?:讨论|送审|征求意见|代拟|初)稿|草案"
)
# the mark and number of a document, where they stand above its title (§7.2.4, §7.2.5)
LETTERHEAD = re.compile(r"[^，。；：]{2,40}文件")
PART = re.compile(rf"附{SPACE}?件{SPACE}?(?:{DIGITS}{{1,2}}|{NUMERAL}{{1,2}})?")
# what stands before the name of something attached: 附件：, its number, or both
ATTACHED = re.compile(r"(?P<word>附件：)?(?:(?P<number>[1-9][0-9]?)[.．、])?(?=.)")
ATTACHMENT = re.compile(rf"附{SPACE}?件?{SPACE}?(?:{DIGITS}{{1,2}}|{NUMERAL}{{1,2}})?[：:]")
PEOPLE = (
    r"(?:各位[^，。、：；！!:]{1,10}|[^，。、：；！!:]{0,4}(?:同志|朋友|代表|先生|女士|同学|老师|委员|职工|乡亲|来宾|战友|同事)们|"
    r"尊敬的[^，。、：；！!:]{1,14})"
)
ADDRESS = re.compile(rf"{PEOPLE}(?:[，、,]{SPACE}?{PEOPLE})*{SPACE}*[：:！!，,]?")
RECEIVER = re.compile(
    r".*(?:同志|各位|各[县市区省州部委办局单乡镇街]|们|领导|代表|政府|部门|单位|局|委|委员会|厅|办|办公室|院|公司|处|机构|支部|"
    r"科室|中心).{0,12}[：:]"
)
LEADS_ON = re.compile(r".*(?:如下|以下|下列|一是|认为|指出|强调|要求|提出|报告|汇报|通知|附件).{0,3}[：:]")
CLOSING = re.compile(
    r"(?:特此|汇报完毕|报告完毕|发言完毕|以上(?:报告|汇报|发言|意见|请示|述职)|妥否|当否|可否|谢谢|请予?(?:审议|审查|批示|批复|评议|指正)|"
    r"我的(?:发言|汇报|报告|讲话|述职)|.*(?:批评指正|谢谢(?:大家|各位)?)[！。!.]?$)"
)
AFTER_DATE = re.compile(
    r"[（(].*[）)]|(?:抄送|抄报|主送|分送|联系人|联系电话|校对|印发|主题词|发|报|送)[：:].*|.*印发|(?:(?!共印).)*共印.*份.*"
)
MOST_DIGITS = 9  # of the number of an article or of a line; a longer one counts nothing
CHINESE = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0}


class Marker(NamedTuple):
    """A heading's number as typed: its level, its value, the offset at which its words begin."""

    level: int
    number: int
    end: int


def marker(text: str) -> Marker | None:
    """Return the number a paragraph begins with, None if it begins with none."""
    for level, pattern in enumerate(LEVELS, start=1):
        if found := pattern.match(text):
            return Marker(level, value(found["number"] or ""), found.end())
    return None


def begins_anew(text: str) -> bool:
    """True if a line begins as paragraphs do that number themselves: it is no line's second half."""
    return any(pattern.match(text) for pattern in (*LEVELS, CHAPTER, SECTION, ARTICLE, ATTACHMENT))


def value(numeral: str) -> int:
    """Return what 十二, 二十, 一百零五, 12 or １２ stand for; 0 if for nothing."""
    if numeral.isdecimal():
        return int(numeral) if len(numeral) <= MOST_DIGITS else 0
    total = ones = 0
    for character in numeral:
        if character in "十百":
            total += (ones or 1) * (10 if character == "十" else 100)
            ones = 0
        else:
            ones = CHINESE[character]
    return total + ones
