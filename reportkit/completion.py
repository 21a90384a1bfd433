"""Completion of the command line in a shell: the parser in, the shell's own script out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

FILES = ("DATA", "DRAFT", "FILE", "DIR")


@dataclass(frozen=True)
class Argument:
    """An option by its `flags`, or an operand, which has none: its help, its choices, whether a file may follow."""

    flags: tuple[str, ...]
    say: str
    choices: tuple[str, ...]
    takes: bool
    file: bool
    many: bool


def _arguments(parser: argparse.ArgumentParser) -> Iterator[Argument]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        choices = tuple(map(str, action.choices or ()))
        file = not choices and isinstance(action.metavar, str) and action.metavar.split("|")[-1] in FILES
        say = "" if action.help in (None, argparse.SUPPRESS) else str(action.help)
        takes = action.nargs != 0
        yield Argument(tuple(action.option_strings), say, choices, takes, file, action.nargs == "+")


def _verbs(parser: argparse.ArgumentParser) -> dict[str, tuple[str, list[Argument]]]:
    """Return the help and the arguments of each verb."""
    inner = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    helps = {action.dest: action.help or "" for action in inner._choices_actions}
    return {name: (helps[name], list(_arguments(verb))) for name, verb in inner.choices.items()}


def _words(words: Sequence[str]) -> str:
    return f'COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$cur"))'


def bash(parser: argparse.ArgumentParser) -> str:
    """Return the script for bash; where it offers nothing, bash offers files."""
    verbs = _verbs(parser)
    options, words, chosen = [], [], []
    for name, (_, arguments) in verbs.items():
        words.append(f"        {name}) {_words([flag for one in arguments for flag in one.flags])} ;;")
        operands = [choice for one in arguments if not one.flags for choice in one.choices]
        chosen += [f"        {name}) {_words(operands)} ;;"] if operands else []
        for one in arguments:
            if one.flags and one.takes:
                reply = _words(one.choices) if one.choices else "COMPREPLY=()"
                options.append(f"        {'|'.join(f'{name},{flag}' for flag in one.flags)}) {reply}; return ;;")
    own = [flag for one in _arguments(parser) for flag in one.flags]
    return "\n".join(
        (
            "_reportkit() {",
            '    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb="" word',
            "    COMPREPLY=()",
            '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
            f"        case $word in {'|'.join(verbs)}) verb=$word; break ;; esac",
            "    done",
            "    case $verb,$prev in",
            *options,
            "    esac",
            "    case $cur in -*) case $verb in",
            *words,
            f"        *) {_words(own)} ;;",
            "    esac; return ;; esac",
            "    case $verb in",
            *chosen,
            f'        "") {_words(list(verbs))} ;;',
            "    esac",
            "}",
            "complete -o default -F _reportkit reportkit\n",
        )
    )


def zsh(parser: argparse.ArgumentParser) -> str:
    """Return the script for zsh, to be sourced or put among its functions as _reportkit."""
    verbs = _verbs(parser)
    described = [f"    {_quoted(f'{name}:{say}')}" for name, (say, _) in verbs.items()]
    cases = []
    for name, (_, arguments) in verbs.items():
        specs = " ".join(_quoted(spec) for one in arguments for spec in _zsh_specs(one))
        cases.append(f"      {name}) _arguments -s {specs} ;;")
    own = " ".join(_quoted(spec) for one in _arguments(parser) for spec in _zsh_specs(one))
    return "\n".join(
        (
            "#compdef reportkit",
            "_reportkit() {",
            "  local curcontext=$curcontext state line",
            "  local -a verbs=(",
            *described,
            "  )",
            f"  _arguments -C {own} '1: :->verb' '*:: :->rest'",
            "  case $state in",
            "    verb) _describe verb verbs ;;",
            "    rest) case $words[1] in",
            *cases,
            "    esac ;;",
            "  esac",
            "}",
            # as an autoloaded function the file is the completion itself; sourced, it only tells of it
            'if [[ $funcstack[1] = _reportkit ]]; then _reportkit "$@"; else compdef _reportkit reportkit; fi\n',
        )
    )


def _zsh_specs(one: Argument) -> Iterator[str]:
    """Yield what _arguments of zsh is told of an argument, once a flag."""
    follows = f"({' '.join(one.choices)})" if one.choices else "_files" if one.file else " "
    say = "".join(f"\\{letter}" if letter in "[]:" else letter for letter in one.say)
    for flag in one.flags:
        yield f"*{flag}[{say}]" + (f": :{follows}" if one.takes else "")
    if not one.flags:
        yield f"{'*' if one.many else ''}: :{follows}"


def fish(parser: argparse.ArgumentParser) -> str:
    """Return the script for fish."""
    verbs = _verbs(parser)
    lines = [_fish("__fish_use_subcommand", one) for one in _arguments(parser)]
    for name, (say, arguments) in verbs.items():
        lines.append(f"complete -c reportkit -n __fish_use_subcommand -f -a {name} -d {_quoted(say)}")
        lines += [_fish(f"__fish_seen_subcommand_from {name}", one) for one in arguments]
    return "\n".join(line for line in lines if line) + "\n"


def _fish(when: str, one: Argument) -> str:
    """Return the line of fish for an argument, "" for an operand that is a file: fish offers those itself."""
    names = "".join(f" -l {flag[2:]}" if flag.startswith("--") else f" -s {flag[1:]}" for flag in one.flags)
    choices = f" -a {_quoted(' '.join(one.choices))}" if one.choices else ""
    if not names and not choices:
        return ""
    takes = " -r" if names and one.takes else ""
    alone = "" if one.file else " -f"
    return f"complete -c reportkit -n {_quoted(when)}{names}{takes}{alone}{choices} -d {_quoted(one.say)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "’") + "'"


SHELLS: dict[str, Callable[[argparse.ArgumentParser], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
