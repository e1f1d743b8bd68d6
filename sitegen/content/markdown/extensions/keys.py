"""`++ctrl+alt+del++`: keys to press, each as it is written on a keyboard.

Keys are named as in Material for MkDocs, by one character, or by any text in quotation marks:
`++"Strg"+c++`. A name that is none of these makes all of it text, or an insertion.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from sitegen.content.markdown.syntax import Syntax

_NAMED = """
alt Alt · altgr Alt Gr · cmd Cmd · command Cmd · control Ctrl · ctrl Ctrl · fn Fn · hyper Hyper
meta Meta · opt Option · option Option · shift Shift · super Super · win Win · windows Win
backspace Backspace · bksp Backspace · break Break · caps Caps Lock · caps-lock Caps Lock
clear Clear · context-menu Menu · del Del · delete Del · end End · enter Enter · esc Esc
escape Esc · home Home
ins Ins · insert Ins · menu Menu · num-lock Num Lock · page-down Page Down · page-up Page Up
pause Pause · pg-dn Page Down · pg-up Page Up · pgdn Page Down · pgup Page Up · print Print
print-screen Print Screen · return Enter · scroll-lock Scroll Lock · space Space · spacebar Space
sysrq SysRq · tab Tab
arrow-down ↓ · arrow-left ← · arrow-right → · arrow-up ↑ · down ↓ · left ← · right → · up ↑
ampersand & · asterisk * · at @ · backslash \\ · backtick ` · bar | · brace-left { · brace-right }
bracket-left [ · bracket-right ] · caret ^ · colon : · comma , · dollar $ · double-quote " · equal =
exclam ! · grave ` · greater > · hash # · hyphen - · less < · minus - · paren-left ( · paren-right )
percent % · period . · pipe | · plus + · question ? · quote ' · semicolon ; · single-quote '
slash / · tilde ~ · underscore _
"""

_ONCE = {
    name: label
    for entry in re.split(r" · |\n", _NAMED.strip())
    for name, _, label in [entry.partition(" ")]
}
_TWICE = ("alt", "cmd", "command", "control", "ctrl", "meta", "option", "shift", "super", "win")
"""Keys that a keyboard has on either side."""

_LABELS = {
    **_ONCE,
    **{f"left-{name}": f"Left {_ONCE[name]}" for name in _TWICE},
    **{f"right-{name}": f"Right {_ONCE[name]}" for name in _TWICE},
    **{f"num{number}": f"Num {number}" for number in range(10)},
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}
"""The labels of keys, by the names that authors know them by."""

_KEY = r'(?:"[^"\n]{1,30}"|[A-Za-z0-9-]{1,20})'
_COMBINATION = re.compile(rf"(?<![A-Za-z0-9_+])\+\+({_KEY}(?:\+{_KEY})*+)\+\+(?![A-Za-z0-9_+])")


def _install(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("emphasis", "keys", _read)


def _read(state: StateInline, silent: bool) -> bool:
    found = _COMBINATION.match(state.src, state.pos, state.posMax)
    labels = [_label(key) for key in re.findall(_KEY, found[1])] if found else []
    if not found or None in labels:
        return False
    if not silent:
        for number, label in enumerate(labels):
            if number:
                state.push("text", "", 0).content = "+"
            state.push("kbd_open", "kbd", 1)
            state.push("text", "", 0).content = label or ""
            state.push("kbd_close", "kbd", -1)
    state.pos = found.end()
    return True


def _label(key: str) -> str | None:
    """What is written on a key; None for what is no key."""
    if key.startswith('"'):
        return key.strip('"')
    return key.upper() if len(key) == 1 else _LABELS.get(key.lower())


KEYBOARD = Syntax("keys", _install, inline={"keys": r'\+\+[A-Za-z0-9"-]'})
