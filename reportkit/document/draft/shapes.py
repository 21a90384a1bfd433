"""The shapes of the lines of an official draft, as patterns: what a line can be by its letters alone."""

from __future__ import annotations

import re
from typing import NamedTuple

SPACE = r"[ \u3000\u00a0\u2000-\u200a\u202f\u205f]"
# wide space within a line parts what stands side by side: the cells of a row, a post and a name
GAP = re.compile(rf"{SPACE}{{2,}}|\u3000")
NUMERAL = "[一二三四五六七八九十百零〇]"
DIGITS = "[0-9０-９]"
HAN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
# what a document calls itself: a title ends with one
GENRE = re.compile(
    r"(?:讲话|发言|报告|汇报|总结|计划|要点|方案|通知|通报|公告|通告|意见|决定|决议|命令|请示|批复|函|纪要|议案|提案|"
    r"条例|办法|规定|细则|规则|章程|准则|规程|制度|规划|纲要|提纲|材料|情况|致辞|祝辞|贺信|倡议书?|承诺书|建议|简报|"
    r"体会|思考|启示|说明|清单|预案|公报|白皮书|述评|心得|主持词|开幕词|闭幕词|讲稿|演讲|感谢信|慰问信|公开信|措施|(?:政府|主席|[部厅局会])令)"
    r"(?:稿|书|提纲|摘要)?(?:[（(][^（()）]{1,12}[）)])?$"
)
# what an attachment calls itself besides
ANNEXED = re.compile(
    r"(?:表|名单|名册|目录|标准|坐标|指标|流程|流程图|图|样式|格式|模板|范本|回执|须知|安排|议程|日程|分工|指南|要求|事项|解读|协议|结论|数据)"
    r"(?:[（(][^（()）]{1,12}[）)])?$"
)
# the years or the stage that a title ends with, in brackets on a line of their own
PERIOD = re.compile(
    rf"[（(](?:{DIGITS}{{4}}(?:年)?[—－–~～至-]+{DIGITS}{{4}}年?|试行|暂行|修订|{DIGITS}{{4}}年修订|修订版|{DIGITS}{{4}}年版)[）)]"
)
# a title's line that is not its last
UNFINISHED = re.compile(r"(?:[的和与及暨、]|关于|印发|转发)$")
CHAPTER = re.compile(rf"第(?P<number>{NUMERAL}+|{DIGITS}+)(?:[章编篇]|部分)(?!{HAN}{{0,4}}[，。；])")
SECTION = re.compile(rf"第(?P<number>{NUMERAL}+|{DIGITS}+)节")
# a chapter, a section and an article typed on one line
BESIDE = re.compile(
    rf"(第(?:{NUMERAL}+|{DIGITS}+)[章编篇节]{SPACE}*[^，。；：]{{1,30}}?){SPACE}+(?=第(?:{NUMERAL}+|{DIGITS}+)[章节条])"
)
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
# the label a paragraph begins with: 抓项目：……
LABEL_HEAD = re.compile(r"[^\n。！？；!?;：:]{1,30}[：:]")
# a line of a table of contents: its words, its leaders and its page
LISTED = re.compile(rf"(?P<words>.{{1,60}}?)(?:{SPACE}*[…·.．—-]{{3,}}{SPACE}*|{SPACE}+)[（(]?{DIGITS}{{1,3}}[）)]?")
LEADERS = re.compile(r".{1,60}?[…·.．—-]{3,}\s*[0-9]{1,3}")
CONTENTS = re.compile(rf"目{SPACE}*[录次]")
SUBTITLE = re.compile(r"(?:—|─|――|－－|--|⸺|━)")
# a year, a month or a day may be left open: 2024年5月　日
OPEN = rf"(?:{DIGITS}{{1,2}}|[×*Xx]{{1,2}}|_{{1,4}})?"
NULL = "[零〇○Ｏ０oO0]"
DAY = (
    rf"(?:(?:{DIGITS}{{4}}|[×*xX〇]{{2,4}}|_{{2,6}})?{SPACE}*年{SPACE}*{OPEN}{SPACE}*月"
    rf"(?:{SPACE}*{OPEN}{SPACE}*日)?|(?:[一二三四五六七八九]|{NULL}){{4}}年{NUMERAL}{{0,3}}{SPACE}*月(?:{SPACE}*{NUMERAL}{{0,3}}日)?|"
    rf"{DIGITS}{{4}}[-./]{DIGITS}{{1,2}}[-./]{DIGITS}{{1,2}})"
)
DATE = re.compile(rf"[（(]?{SPACE}*{DAY}{SPACE}*[）)]?")
DATED = re.compile(rf"[^，。；：]{{2,30}}{SPACE}*{DAY}")
CALENDAR = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
NAME = rf"(?:{HAN}{SPACE}{{0,3}}{HAN}|{HAN}{{2,3}}|{HAN}{{0,2}}[×*xX]{{1,3}}|{HAN}+·{HAN}+)"
PERSON = re.compile(NAME)
NO_NAME = re.compile(
    rf"(?:前|引|导|序){SPACE}*[言语]|目{SPACE}*[录次]|摘{SPACE}*要|概述|背景|{HAN}*[们长](?:[：:！!，]|$)"
)
SPEAKER = re.compile(rf"(?:[^，。；：！？]{{2,30}}{SPACE}+)?{NAME}")
OFFICE = re.compile(rf"[^，。；：！？]{{2,30}}(?:长|书记|主任|主席|经理|委员|代表|秘书长|校长|院长|会长){SPACE}*{NAME}")
# whom to ask: no signature, wherever it stands
_TO_ASK = "联系|联络|经办|咨询|监督|举报|投诉|值班|办公|报名"
_TO_REACH = (
    rf"电{SPACE}*话|手{SPACE}*机|邮{SPACE}*箱|传{SPACE}*真|地{SPACE}*址|邮{SPACE}*编|邮政编码|网{SPACE}*址|微信|QQ"
)
CONTACT = re.compile(
    rf"[（(]?(?:(?:[^，。；：:]{{0,8}}(?:{_TO_ASK})|[^，。；：:]{{0,4}}(?:{_TO_REACH}))[^，。；：:]{{0,6}}[：:]"
    r"|E-?mail[：: ]).*",
    re.IGNORECASE,
)
LABELLED = re.compile(r"(?:[^，。；：:]{0,6}(?:人|者|单位|部门|时间|日期|地点|作者|签名)|姓名|职务)[：:].{1,40}")
BRACKETED = re.compile(r"[（(][^（()）]{1,60}[）)]")
OCCASION = re.compile(rf"(?:在|{DIGITS}{{4}}年)[^。；！？]{{4,60}}(?:上|会议|期间|大会)")
NUMBERED = re.compile(
    rf"[（(]?(?:[^，。；：]{{0,20}}[〔\[（(【［][0-9×*]{{4}}[〕\]）)】］]{SPACE}?(?:第)?{SPACE}?[0-9×*]*{SPACE}?[号期]|第{SPACE}?(?:{DIGITS}|{NUMERAL}){{1,4}}{SPACE}?[号期])"
    rf"[）)]?"
)
SIGNER = re.compile(rf"签{SPACE}?发{SPACE}?人{SPACE}*[：:].*")
# the number with who signed it out, or with how urgent it is, beside it
NUMBER_LINE = re.compile(rf"(?:[特加平]急{SPACE}+)?{NUMBERED.pattern}(?:{SPACE}+{SIGNER.pattern})?")
ORGAN = re.compile(
    r"[^，。；：！？]{1,40}(?:局|委|委员会|办|办公室|政府|部|厅|院|会|会议|公司|集团|中心|学校|大学|组|党委|党组|支部|站|所|处|科|"
    r"队|法院|检察院|秘书处|协会|联合会|开发区|街道|管委会|工会|妇联|残联|银行|处|商会|学会|理事会|指挥部|书院|医院|事务所|基金会)"
    r"(?:[（(][^（()）]{1,8}[）)])?"
)
# what stands above a title: the number of an attachment, secrecy, urgency, the copy's number (GB/T 9704 §7.2)
_LABEL = rf"(?:[机秘绝]密(?:[★☆*][^ \u3000]{{0,10}})?|[特加平]急|[特]提|{DIGITS}{{6}})"
LABEL = re.compile(
    rf"{_LABEL}(?:{SPACE}+{_LABEL})*|{SIGNER.pattern}|[（(]?(?:讨论|送审|征求意见|代拟|初|审议|报批|修改)稿[）)]?|[（(]?草案[）)]?"
)
# the mark of a document, where it stands above its title (§7.2.4)
LETTERHEAD = re.compile(rf"[^，。；：]{{2,40}}文{SPACE}*件")
_NUMBER = rf"(?:{DIGITS}{{1,2}}|{NUMERAL}{{1,3}})"
PART = re.compile(rf"附{SPACE}*件{SPACE}*{_NUMBER}?{SPACE}*[：:.．、]?")
# what stands before the name of something attached: 附件：, its number, or both
ATTACHED = re.compile(
    rf"(?P<word>附{SPACE}*件?{SPACE}*{_NUMBER}?{SPACE}*[：:.．、]{SPACE}*)?(?:(?P<number>[1-9１-９][0-9０-９]?)[.．、]{SPACE}*)?(?=.)"
)
ATTACHMENT = re.compile(rf"附{SPACE}*件?{SPACE}*{_NUMBER}?{SPACE}*[：:]|附{SPACE}*件{SPACE}*{_NUMBER}[.．、]")
PEOPLE = (
    r"(?:各位[^，。、：；！!:]{1,10}|[^，。、：；！!:]{0,4}(?:同志|朋友|代表|先生|女士|同学|老师|委员|职工|乡亲|来宾|战友|同事)们|"
    r"尊敬的[^，。、：；！!:]{1,14})"
)
ADDRESS = re.compile(rf"{PEOPLE}(?:[，、,]{SPACE}?{PEOPLE})*{SPACE}*[：:！!，,]?")
# a name that a letter may be addressed to ends like an office's, a place's or people's
RECEIVER = re.compile(
    r"(?:局|委|办|厅|部|署|院|校|园|学|区|县|市|省|州|旗|乡|镇|村|街道|街|站|所|处|科|队|组|会|社|团|司|中心|政府|单位|部门|机关|"
    r"企业|公司|机构|集团|行|支部|总支|党组|党委|科室|法庭|连|营|铺|厂|矿|场|馆|店|员|工|民|生|长|师|者|人|们|友|士|同志|代表|"
    r"家长|领导|朋友|来宾|书记|主任|主席|总|户|家属|群众|战士|同胞)$"
)
GENERAL = re.compile(r"各|全体|全[市县区省校院局]|你|贵|广大|有关|亲爱的|尊敬的|敬爱的|.*(?:各|有关)")
# what a form asks for is addressed to nobody
FIELD = re.compile(
    r"(?:[^，、]{0,6}(?:联系|负责|主持|记录|汇报|申请|申报|填报|责任|牵头|主办|承办|协办|参会|参加|出席|列席|与会|主讲|报告|编制|建设|施工|报送|主送)"
    r"(?:单位|部门|人员?|者|机构|领导)|单位|部门|地区|学校|企业|公司|人员|姓名|科室|班级|主持|出席|列席|成员|组长|副组长|会长)"
)
LEADS_ON = re.compile(
    r".*(?:如下|以下|下列|一是|认为|指出|强调|要求|提出|报告|汇报|通知|附件|决定|同意|明确|规定|建议|倡议|号召|表示|说|问|商请|函告|意见|内容|"
    r"议定|通报|公告|批复|答复|希望|即|为|是).{0,3}[：:]"
)
CLOSING = re.compile(
    rf"{SPACE}*(?:特此|专此|此复|此致|汇报完毕|报告完毕|发言完毕|以上(?:报告|汇报|发言|意见|请示|述职)|妥否|当否|可否|谢谢|请予?(?:审议|审查|批示|批复|评议|指正)|"
    r"我的(?:发言|汇报|报告|讲话|述职)|.*(?:批评指正|谢谢(?:大家|各位)?)[！。!.]?$)"
)
# what stands at the very end: who has copies, who printed it, when (§7.4)
IMPRINT = re.compile(
    r"(?:抄送|抄报|主送|分送|主题词)[：:].*|(?:(?!印发).)*[0-9〇一二三四五六七八九十月日]日?[ \u3000]*印发"
    r"|(?:(?!共印).)*共印.*份.*"
)
AFTER_DATE = re.compile(
    r"[（(].*[）)]|(?:校对|印发|发|报|送|校核|打印|拟稿|核稿|审核|共印|印数|公开方式|公开属性)(?:人|机关)?[：:].*|.*印发|"
    rf"{IMPRINT.pattern}|{CONTACT.pattern}",
    re.IGNORECASE,
)
MOST_DIGITS = 9  # of the number of an article or of a line; a longer one counts nothing
# what a document hands out, named in its title
ISSUES = r"(?:印发|转发|批转|公布|发布|下发|颁布|颁发)"
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


def bare(text: str) -> str:
    """Return `text` without the spaces that it is spaced out with: 工　作　报　告."""
    return re.sub(SPACE, "", text)


def names_genre(text: str, annexed: bool = False) -> bool:
    """True if a title, or if `annexed` that of an attachment, could end here, spaced out or not."""
    words = bare(text)
    return bool(GENRE.search(words) or (annexed and ANNEXED.search(words)))


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
