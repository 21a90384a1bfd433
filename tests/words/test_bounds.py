"""Whatever a template writes, it ends soon and in little memory: rendered, or refused in one line."""

import json
import os
import subprocess
import sys

import pytest

# ruff: noqa: E501 - a template a line

# of the processor, on a machine that does other things too; each ends in one on one that does not
SECONDS, MEGABYTES = 10, 300
SCHEMA = "_: note：一份短文\n标题: text title：标题\n数量: figure? count：多少\n日子: date? day：日子\n"
# a process for each template, so that each has its own time and memory
RUNNER = """
import json, os, sys
from pathlib import Path
from reportkit import InputError, Report

DATA = {"标题": "甲", "数量": "731次", "日子": "2023年9月5日"}
folder = Path(sys.argv[1])
for name, words in json.load(sys.stdin).items():
    (folder / "words.jinja").write_text("# {{ 标题 }}\\n" + words + "\\n", "utf-8")
    read, write = os.pipe()
    child = os.fork()
    if not child:
        said = "traceback"
        try:
            Report.of(DATA, template=str(folder)).document
            said = "rendered"
        except InputError as error:
            said = error.faults[0].say()
        finally:
            os.write(write, said.encode()[:2000])
            os._exit(0)
    os.close(write)
    said = os.read(read, 2000).decode(errors="replace")
    os.close(read)
    usage = os.wait4(child, 0)[2]
    print(json.dumps([name, said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]), flush=True)
"""


# as many turns as leave most of the budget to what a turn does
R = "range(20000)"
SETS = "{% set x=i %}"


def loop(body, over=R, more=""):
    """Return a template that goes round with `body`, and then says `more`."""
    return "{% for i in " + over + " %}" + body + "{% endfor %}" + more


NS = "{% set ns = namespace(x='甲', l=[], n=3) %}"
ATTACKS = {
    "slices": "{% set L = range(900000)|list %}" + loop("{% set y = L[:] %}", "range(150000)"),
    "slices-text": "{% set L = '甲' * 90000 %}" + loop("{% set y = L[:] %}"),
    "slices-step": "{% set L = '甲' * 90000 %}" + loop("{% set y = L[::-1] %}"),
    "sums": "{% set L = [数量] * 5000 %}" + loop("{% set y = L|合计 %}"),
    "quotes": "{% set L = range(90000)|list %}" + loop("{% set y = L|引号 %}"),
    "paragraphs": "{% set L = '甲\\n' * 45000 %}" + loop("{% set y = L|成段 %}"),
    "figures": loop("{% set y = 数量|汉字 %}"),
    "attributes": loop("{% set x = (" + ",".join(["标题.单位"] * 400) + ") %}"),
    "attributes-2": loop("{% set x = (" + ",".join(["数量.目标"] * 400) + ") %}"),
    "attributes-loop": loop("{% set x = (" + ",".join(["loop.index"] * 400) + ") %}"),
    "sets": loop(SETS * 400),
    "sets-long": loop(SETS * 9000),
    "compare": loop("{% set x = (" + ",".join(["1<2"] * 400) + ") %}"),
    "compare-long": "{% set a = '甲' * 90000 %}{% set b = '甲' * 90000 %}" + loop("{% set x = a == b %}"),
    "compare-lists": "{% set a = range(90000)|list %}{% set b = range(90000)|list %}" + loop("{% set x = a == b %}"),
    "in-list": "{% set a = range(90000)|list %}" + loop("{% set x = -1 in a %}"),
    "in-text": "{% set a = '甲' * 90000 %}" + loop("{% set x = '甲乙' in a %}"),
    "bigint-add": NS + loop("{% set ns.n = ns.n + ns.n %}"),
    "bigint-mul": NS + loop("{% set ns.n = ns.n * ns.n %}"),
    "bigint-pow": "{{ 9 ** 9 ** 9 ** 9 }}",
    "bigint-shift": "{{ 2 ** 4000 * 2 ** 4000 }}",
    "bigint-mod": loop("{% set x = (7 ** 1400) % (3 ** 900) %}"),
    "bigint-div": loop("{% set x = (7 ** 1400) // (3 ** 900) %}"),
    "bigint-print": loop("{% set x = (7 ** 1400)|string %}"),
    "bigint-literal": "{{ " + "9" * 4000 + " }}",
    "bigint-literal-long": "{{ " + "9" * 9000 + " }}",
    "float-literal": "{{ 1e999999999 }}",
    "float-literal-digits": "{{ 1." + "9" * 100000 + " }}",
    "float-over": "{{ 1e308 * 10 }}",
    "float-pow": "{{ 1.5 ** 1000000 }}",
    "float-nan": "{{ (1e308 * 10) - (1e308 * 10) }}",
    "complex": "{{ (0 - 8) ** 0.5 }}",
    "int-of-text": "{{ ('9' * 90000)|int }}",
    "int-of-exponent": "{{ '1e999999999'|int }}",
    "float-of-exponent": "{{ '1e999999999'|float }}",
    "int-of-nan": "{{ 'nan'|int }}",
    "seal-quadratic": "{% set s = 标题 ~ '' %}{% set q = (s[0] ~ s[-3])*45000 %}{% set r = q~q~q~q %}{{ r|成段 }}",
    "blanks": "{% set q = ' ' * 90000 %}{% set r = q ~ q ~ q ~ q ~ q ~ q ~ q ~ q %}{{ (r ~ '甲')|成段 }}",
    "newlines": "{% set q = ' \n' * 90000 %}{{ (q ~ '甲' ~ q)|成段 }}",
    "bars": "| " * 60000,
    "bars-made": "{{ '| ' * 90000 }}",
    "escapes-made": "{{ '\\\\' * 90000 }}",
    "seals-many": loop("{{ 标题 }}", "range(90000)"),
    "leads-many": loop("{{ 标题|导语 }}", "range(90000)"),
    "leads-nested": NS + loop("{% set ns.x = ns.x|导语 %}", "range(90000)", "{{ ns.x }}"),
    "namespaces": NS + loop("{% set ns.x = namespace(a=ns.x) %}", "range(90000)"),
    "namespaces-wide": loop("{% set x = namespace(" + ",".join(f"a{k}=1" for k in range(400)) + ") %}"),
    "namespace-attrs": NS + loop("{% set x = (" + ",".join(["ns.n"] * 400) + ") %}"),
    "namespace-of-dict": "{% set d = {"
    + ",".join(f"'a{k}':1" for k in range(4000))
    + "} %}"
    + loop("{% set x = namespace(d) %}"),
    "namespace-of-star": "{% set d = {"
    + ",".join(f"'a{k}':1" for k in range(4000))
    + "} %}"
    + loop("{% set x = namespace(**d) %}"),
    "range-huge": "{{ range(10 ** 18)|length }}",
    "range-many": loop("{% set x = range(290000) %}"),
    "range-nested": loop(loop(loop("甲"))),
    "range-list": NS + loop("{% set ns.l = ns.l + [range(100000)|list] %}"),
    "list-times": NS + loop("{% set ns.l = ns.l + [[0] * 90000] %}"),
    "text-times": NS + loop("{% set ns.l = ns.l + ['😀' * 90000] %}"),
    "text-times-in-place": loop("{% set x = '😀' * 90000 %}"),
    "format": "{{ '%999999999d' % 1 }}",
    "format-method": "{{ '{:>999999999}'.format(1) }}",
    "macro-recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "macro-doubling": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "macro-body": "{% macro m() %}" + "{% set x = 1 %}" * 9000 + "{% endmacro %}" + loop("{{ m() }}"),
    "macro-defaults": "{% macro m("
    + ",".join(f"a{k}=[1,2,3]" for k in range(200))
    + ") %}{% endmacro %}"
    + loop("{{ m() }}"),
    "macro-args": "{% macro m() %}{{ varargs|length }}{% endmacro %}{% set L = range(90000)|list %}"
    + loop("{{ m(*L) }}"),
    "macro-passes-text": "{% macro m(n, t) %}{{ t }}{% if n %}{{ m(n-1, t ~ t) }}{% endif %}{% endmacro %}{{ m(60, '甲') }}",
    "macros-nested": "{% macro a() %}{% for i in range(300) %}甲{% endfor %}{% endmacro %}{% macro b() %}{% for i in range(300) %}{{ a() }}{% endfor %}{% endmacro %}{% macro c() %}{% for i in range(300) %}{{ b() }}{% endfor %}{% endmacro %}{{ c() }}",
    "macros-deep": "{% macro a() %}" * 300 + "{% endmacro %}" * 300,
    "caller": "{% macro m() %}{% for i in range(99999) %}{{ caller() }}{% endfor %}{% endmacro %}{% call m() %}{% for i in range(99999) %}甲{% endfor %}{% endcall %}",
    "caller-body": "{% macro m() %}{% for i in range(99999) %}{% set x = caller() %}{% endfor %}{% endmacro %}{% call m() %}"
    + "{% set x = 1 %}" * 9000
    + "{% endcall %}",
    "include-self": '{% include "words.jinja" %}' * 3,
    "include-loop": loop('{% include "frame.jinja" ignore missing %}'),
    "include-missing": loop('{% include "nowhere.jinja" ignore missing %}'),
    "include-list": "{% set L = ['nowhere.jinja'] * 90000 %}{% include L ignore missing %}",
    "import-loop": loop('{% import "phrases/work.jinja" as x %}'),
    "import-many": '{% import "phrases/work.jinja" as x %}' * 4000,
    "extends-self": '{% extends "words.jinja" %}',
    "block-recursion": "{% block a %}{{ self.a() }}{{ self.a() }}{% endblock %}",
    "block-doubling": "{% set ns = namespace(n=0) %}{% block a scoped %}{% set ns.n = ns.n + 1 %}{% if ns.n < 60 %}{{ self.b() }}{{ self.b() }}{% endif %}{% endblock %}{% block b %}{{ self.a() }}{% endblock %}",
    "join-long": "{% set a = '甲' * 90000 %}{{ (range(90000)|list)|join(a) }}",
    "join-lists": "{% set a = ['甲' * 90000] * 900 %}" + loop("{% set x = a|join %}"),
    "顿-lists": "{% set a = ['甲' * 90000] * 900 %}" + loop("{% set x = a|顿 %}"),
    "concat": NS + loop("{% set ns.x = ns.x ~ ns.x %}"),
    "concat-wide": "{% set a = '甲' * 90000 %}" + loop("{% set x = " + "~".join("a" * 500) + " %}"),
    "concat-slow": NS + loop("{% set ns.x = ns.x ~ '甲' %}"),
    "set-block": "{% set s %}甲乙丙丁{% endset %}" + "{% set s %}{{ s }}{{ s }}{% endset %}" * 60,
    "filter-block": "{% filter upper %}" * 200 + "a" * 20000 + "{% endfilter %}" * 200,
    "batch": "{{ range(10)|batch(3)|list }}",
    "slice": "{{ range(10)|slice(999999999)|list }}",
    "groupby": "{% set L = [标题] * 90000 %}" + loop("{% set x = L|groupby('单位') %}"),
    "sort": "{% set L = range(90000)|list %}" + loop("{% set x = L|sort %}"),
    "sort-texts": "{% set L = ['甲' * 9000 ~ 'b', '甲' * 9000 ~ 'a'] * 900 %}" + loop("{% set x = L|sort %}"),
    "sort-attribute": "{% set L = [标题] * 9000 %}" + loop("{% set x = L|map(attribute='单位')|list %}"),
    "unique": "{% set L = range(90000)|list %}" + loop("{% set x = L|unique|list %}"),
    "map-chain": NS + "{% set ns.l = ['a'] %}" + loop("{% set ns.l = ns.l|map('upper') %}", "range(200000)"),
    "map-nested": "{% set L = range(90000)|list %}" + loop("{% set x = L|map('string')|map('string')|list %}"),
    "select": "{% set L = range(90000)|list %}" + loop("{% set x = L|select('odd')|list %}"),
    "reject-in": "{% set L = range(9000)|list %}{{ L|reject('in', L)|list|length }}" * 40,
    "min": "{% set L = range(90000)|list %}" + loop("{% set x = L|min %}"),
    "reverse": "{% set a = '甲' * 90000 %}" + loop("{% set x = a|reverse %}"),
    "replace": "{% set a = '甲' * 90000 %}{{ a|replace('甲', a) }}",
    "replace-all": "{% set a = '甲' * 90000 %}" + loop("{% set x = a|replace('甲', '乙丙') %}"),
    "truncate": "{% set a = '甲 ' * 40000 %}" + loop("{% set x = a|truncate(80000) %}"),
    "method-count": "{% set a = '甲' * 90000 %}" + loop("{% set x = a.count('乙') %}"),
    "method-kept": "{% set f = ('甲' * 90000).upper %}" + loop("{% set x = f() %}"),
    "method-split": "{% set a = '甲 ' * 45000 %}" + NS + loop("{% set ns.l = ns.l + [a.split()] %}"),
    "method-find": "{% set a = 'a' * 90000 %}{% set b = 'a' * 40000 ~ 'b' %}" + loop("{% set x = a.find(b) %}"),
    "method-strip": "{% set a = ' ' * 90000 %}" + loop("{% set x = a.strip() %}"),
    "list-of-text": NS + "{% set a = '甲' * 90000 %}" + loop("{% set ns.l = ns.l + [a|list] %}"),
    "list-literals": loop("{% set x = [" + ",".join("1" * 4000) + "] %}"),
    "list-literals-kept": NS + loop("{% set ns.l = [ns.l, " + "[]," * 2000 + "] %}"),
    "list-nested": NS + loop("{% set ns.l = [ns.l] %}", R, "{{ 1 if ns.l == [1] }}"),
    "tuple-nested": NS + loop("{% set ns.l = (ns.l, ns.l) %}", R, "{{ 1 if ns.l == 1 }}"),
    "dict-literals": loop("{% set x = {" + ",".join(f"{k}:1" for k in range(2000)) + "} %}"),
    "dict-keys": "{% set d = {" + ",".join(f"{k}:1" for k in range(9000)) + "} %}" + loop("{% set x = d.keys() %}"),
    "dict-compare": "{% set d = {"
    + ",".join(f"{k}:1" for k in range(9000))
    + "} %}"
    + loop("{% set x = d.items() == d.items() %}"),
    "dict-kept": NS + loop("{% set ns.l = [ns.l, {1: {2: {3: {}}}}] %}"),
    "dict-deep-key": "{% set a = (1,) %}" + "{% set a = (a, a) %}" * 60 + "{{ {}[a] }}",
    "dictsort": "{% set d = {" + ",".join(f"{k}:1" for k in range(9000)) + "} %}" + loop("{% set x = d|dictsort %}"),
    "cycler": "{% set c = cycler(1, 2) %}",
    "loop-cycle": loop("{{ loop.cycle(" + ",".join("1" * 250) + ") }}"),
    "loop-changed": "{% set L = range(9000)|list %}" + loop("{{ '甲' if loop.changed(L) }}"),
    "loop-recursive": "{% for i in [range(90000)] recursive %}{{ loop(i) }}{% endfor %}",
    "loop-over-loop": loop("{% for x in loop %}{% endfor %}"),
    "loop-filter": "{% for i in range(9000) if i in range(9000)|list %}{% endfor %}",
    "loop-filter-2": "{% for i in range(290000) if " + " and ".join(["i < 1"] * 400) + " %}{% endfor %}",
    "with": loop("{% with " + ",".join(f"a{k}=1" for k in range(200)) + " %}{% endwith %}"),
    "if-chain": loop("{% if i == 1 %}" + "{% elif i == 2 %}" * 400 + "{% endif %}"),
    "and-or": loop("{% set x = " + " and ".join(["true"] * 400) + " %}"),
    "not-deep": "{{ " + "not " * 5000 + "1 }}",
    "plus-deep": "{{ " + "1+" * 20000 + "1 }}",
    "dots-deep": "{{ 标题" + ".a" * 20000 + " }}",
    "brackets-deep": "{{ " + "[" * 5000 + "]" * 5000 + " }}",
    "conditional": loop("{% set x = " + "1 if i else " * 200 + "2 %}"),
    "tests": loop("{% set x = (" + ",".join(["i is odd"] * 400) + ") %}"),
    "tests-divisible": "{{ 10 ** 1000 is divisibleby(0) }}",
    "print-long": loop("{{ '甲' * 9000 }}"),
    "text-plain": "甲" * 190000,
    "tags-many": "{{ 1 }}" * 27000,
    "tags-many-2": "{% if 1 %}1{% endif %}" * 8000,
    "tags-many-3": "{{ 标题.目标.目标 }}" * 10000,
    "for-many": "{% for i in [] %}{% endfor %}" * 6000,
    "macro-many": "".join("{% macro m" + str(k) + "() %}{% endmacro %}" for k in range(6000)),
    "block-many": "".join("{% block m" + str(k) + " %}{% endblock %}" for k in range(6000)),
    "set-many": "".join("{% set m" + str(k) + " = 1 %}" for k in range(9000)),
    "comments": "{#" + "a" * 190000 + "#}",
    "comment-open": "{# " * 60000,
    "braces": "{" * 190000,
    "marks-many": "# " * 90000,
    "marks-line": "#" * 190000,
    "at-line": "@" * 190000,
    "heads": "## 甲\n" * 30000,
    "lines": "{{ '甲\n' * 45000 }}",
    "titles": "# 甲\n" * 2000,
    "figure-places": "{{ 数量|换算('次', 999999999) }}",
    "figure-places-2": "{{ 数量|约数(999999999) }}",
    "figure-places-3": "{{ 数量|大数(0) }}",
    "figure-places-4": "{{ 数量|约(-5) }}",
    "figure-sum": "{% set L = [数量] * 90000 %}" + loop("{% set x = L|合计 %}"),
    "figure-place": "{% set L = [数量] * 9000 %}" + loop("{% set x = 数量|名次(L) %}"),
    "figure-say": loop("{% set x = (" + ",".join(["数量|汉字"] * 400) + ") %}"),
    "figure-compare": loop("{% set x = 数量|同比 %}"),
    "date-pattern": "{{ 日子|年月日('y' * 90000) }}",
    "date-pattern-2": "{{ 日子|年月日('日' * 90000) }}",
    "date-say": loop("{% set x = 日子|年月日 %}"),
    "order-in-text": "{% set 文 = '甲' * 90000 %}{% set L = [标题] * 9000 %}{{ L|先后(文, '名') }}",
    "find-in-text": "{% set 文 = '甲' * 90000 %}" + loop("{% set x = 标题|见于(文) %}"),
    "sort-rows": "{% set L = range(9000)|list %}" + loop("{% set x = L|排序('数') %}"),
    "leading": "{% set L = range(9000)|list %}" + loop("{% set x = L|前几位('数', 9000) %}"),
    "place-in-order": "{{ (10 ** 1000)|序 }}",
    "how-many": "{{ range(900000)|几 }}",
    "columns": "{% set L = [数量] * 9000 %}" + loop("{% set x = L|逐列(L, L) %}"),
    "gap-chain": "{{ 没有" + ".a" * 400 + " }}",
    "undefined-loop": loop("{% set x = 数量.目标 is defined %}"),
    "import-context": loop('{% import "phrases/sentences.jinja" as x with context %}'),
    "from-import": loop('{% from "phrases/sentences.jinja" import 比较 %}'),
    "groups-of-groups": "{% set d = {'a': range(900)|list} %}" + loop("{% set x = d|items|list %}"),
    "text-lower": "{% set a = 'İ' * 90000 %}" + loop("{% set x = a|lower %}"),
    "text-zerowidth": "{{ '\\u200b' * 90000 }}",
    "combining": "{{ '\\u0301' * 90000 }}",
    "consts-many": "{% set x = [" + "1," * 49000 + "] %}",
    "consts-many-2": "{% set x = [" + "a," * 49000 + "] %}",
    "consts-many-3": "{% set x = [" + "(1)|d," * 16000 + "] %}",
    "consts-many-4": "{% set x = [" + "1==1," * 20000 + "] %}",
    "raw-comments": "{% raw %}" + "{# " * 19900 + "{% endraw %}",
    "raw-tags": "{% raw %}" + "{% extends " * 5000 + "{% endraw %}",
    "include-deep": '{% include "' + "a/" * 29000 + 'b.jinja" %}',
    "name-long": "{{ " + "标题" * 29000 + " }}",
    "digits-long": "{{ " + "1_" * 29000 + "1 }}",
    "table-wide": "|" * 59000,
    "tags-3000": "{% if 1 %}{{ 标题 }}{% endif %}" * 1000,
    "blocks-3000": "".join("{% block m" + str(k) + " %}{% endblock %}" for k in range(1490)),
    "macros-3000": "".join("{% macro m" + str(k) + "() %}{% endmacro %}" for k in range(1490)),
    "sets-3000": "".join("{% set m" + str(k) + " = 1 %}" for k in range(2990)),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Render every template of the table; return what came of each: what was said, seconds, megabytes."""
    folder = tmp_path_factory.mktemp("note")
    (folder / "schema.yaml").write_text(SCHEMA, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, str(folder)],
        input=json.dumps(ATTACKS),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=600,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return {name: rest for name, *rest in map(json.loads, done.stdout.splitlines())}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process each is made by fork")
@pytest.mark.parametrize("name", ATTACKS)
def test_a_template_ends_soon_and_in_little_memory(name, outcomes):
    said, seconds, megabytes = outcomes[name]
    assert said == "rendered" or "words.jinja" in said
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    assert "0x" not in said
