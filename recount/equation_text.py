"""A small language for what holds between the boxes of a form: `cast <= registered * 1.02`.

A text goes in, a comparison of two sums comes out. Names are the ids of boxes, `.m` and `.f` behind
them for men and women; `candidates` stands for the sum of all of them. There are `+ - *`, numbers
with a point, parentheses and one of `== <= >=`, nothing else; two boxes are never multiplied.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from recount.boxes import BOX_WORDS, CANDIDATE, SEXES
from recount.equations import CANDIDATES, SIGNS, Comparison, Linear
from recount.errors import RecountError
from recount.heading_words import BY_SEX
from recount.texts import Text, say

_LONGEST = 300
_PARENTHESES = 20
_SHOWN = 60
_TOKEN = re.compile(
    r"(?P<name>candidate:(?:[0-9]+|[a-zA-Z]\w*(?:-\w+)*)|[a-zA-Z_]\w*(?:\.[a-z]\b)?)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<sign>==|<=|>=)|(?P<mark>[-+*()])"
)


@lru_cache(maxsize=256)
def parse(text: str) -> Comparison:
    """Read an equation. Raises RecountError that says where in the text it is wrong, and why."""
    if len(text) > _LONGEST or text.count("(") > _PARENTHESES:
        raise _wrong(text, 0, say("it is too long"))
    left, sign, right = _Parser(text).comparison()
    comparison = Comparison(left, sign, right)
    if not comparison.boxes:
        raise _wrong(text, 0, say("it names no box"))
    if not comparison.fits:
        raise _wrong(text, 0, say("its numbers are too long"))
    return comparison


def _combined(first: Linear, second: Linear, factor: int) -> Linear:
    terms = dict(first.terms)
    for box, own in second.terms.items():
        terms[box] = terms.get(box, Fraction(0)) + factor * own
    return Linear(terms, first.constant + factor * second.constant)


def _times(side: Linear, factor: Fraction) -> Linear:
    terms = {box: own * factor for box, own in side.terms.items()}
    return Linear(terms, side.constant * factor)


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


class _Parser:
    """Reads a text from left to right; `at` is the token that comes next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0

    def comparison(self) -> tuple[Linear, str, Linear]:
        left = self.sum()
        sign = self.next()
        if sign.kind != "sign":
            raise self.unexpected(sign, say("one of {signs}", signs=" ".join(SIGNS)))
        right = self.sum()
        if (more := self.next()).kind != "end":
            raise self.unexpected(more, say("the end, or one of + - *"))
        return left, sign.text, right

    def sum(self) -> Linear:
        whole = self.product()
        while self.peek() in {"+", "-"}:
            factor = 1 if self.next().text == "+" else -1
            whole = _combined(whole, self.product(), factor)
        return whole

    def product(self) -> Linear:
        whole = self.factor()
        while self.peek() == "*":
            mark = self.next()
            other = self.factor()
            if whole.terms and other.terms:
                raise _wrong(self.text, mark.at, say("two boxes cannot be multiplied"))
            if whole.terms:
                whole, other = other, whole
            whole = _times(other, whole.constant)
        return whole

    def factor(self) -> Linear:
        token = self.next()
        if token.text == "-":
            return _times(self.factor(), Fraction(-1))
        if token.text == "(":
            inner = self.sum()
            if (close := self.next()).text != ")":
                raise self.unexpected(close, say("a closing parenthesis"))
            return inner
        if token.kind == "number":
            return Linear({}, Fraction(token.text))
        if token.kind == "name":
            return Linear({_box(self.text, token): Fraction(1)})
        raise self.unexpected(token, say("a box or a number"))

    def peek(self) -> str:
        return self.tokens[self.at].text

    def next(self) -> _Token:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def unexpected(self, token: _Token, wanted: Text) -> RecountError:
        if token.kind == "end":
            return _wrong(
                self.text, token.at, say("it ends where {wanted} is missing", wanted=wanted)
            )
        reason = say("“{text}” stands where {wanted} is expected", text=token.text, wanted=wanted)
        return _wrong(self.text, token.at, reason)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise _wrong(text, at, say("“{text}” has no meaning here", text=text[at]))
        tokens.append(_Token(found.lastgroup, found[0], at))
        at = found.end()
    return [*tokens, _Token("end", "", len(text))]


def _box(text: str, token: _Token) -> str:
    name = token.text
    stem, sex = (name[:-2], name[-2:]) if name[-2:] in SEXES else (name, "")
    known = stem in BOX_WORDS and (not sex or stem.startswith(BY_SEX))
    if known or name == CANDIDATES or name.startswith(CANDIDATE):
        return name
    raise RecountError(
        say("at character {at} of “{text}”: “{name}” is no box.",
            at=token.at + 1, text=_short(text), name=_short(name)),
        mend=say(
            "Known are candidates, candidate:1 and so on, and {boxes}; .m and .f behind a box of "
            "voters are its men and women.",
            boxes=", ".join(BOX_WORDS),
        ),
    )  # fmt: skip


def _wrong(text: str, at: int, reason: Text) -> RecountError:
    return RecountError(
        say("at character {at} of “{text}”: {reason}.",
            at=at + 1, text=_short(text), reason=reason),
        mend=say("Write it like this: cast <= registered * 1.02; with boxes, numbers with a point, "
                 "+ - * and parentheses, and one of == <= >= between."),
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
