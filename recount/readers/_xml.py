"""XML of a workbook in, its elements to a listener out: nothing is kept, nothing is fetched.

A tree of a part would take ten times its size; here only the listener holds what it wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.handler import ContentHandler

from defusedxml.sax import make_parser

from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.sax.xmlreader import AttributesImpl

MAX_TAGS = 30_000_000
"""Most tags of one part: a million rows of ten cells, each with its text; read in a minute."""


class Listener(ContentHandler):
    """Hears of each element by its name without prefix, and of the text between."""

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:  # noqa: N802
        """Hand on with the names as they are read here."""
        self.start(local(name), {local(key): value for key, value in attrs.items()})

    def endElement(self, name: str) -> None:  # noqa: N802 - the library's names
        """Hand on with the name as it is read here."""
        self.end(local(name))

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """Hear of the start of an element and its attributes."""

    def end(self, name: str) -> None:
        """Hear of its end."""


def local(name: str) -> str:
    """Give a name without the prefix of its namespace, which anyone may choose.

    LibreOffice's own additions keep theirs: they repeat the standard's names.
    """
    return name if name.startswith("calcext:") else name.rpartition(":")[2]


def listen(part: bytes, listener: Listener, place: str) -> None:
    """Tell a listener all of a part. Raises `RecountError` for more tags than any table has.

    A document type and entities are errors of the library.
    """
    if part.count(b"<") > MAX_TAGS:
        raise RecountError(
            say("The workbook expands to far more than a table needs; reading stopped."),
            mend=say("Ask whoever sent it for the table itself."),
            place=place,
        )
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(listener)
    # In one piece: of a tag in pieces, the library begins anew with every piece.
    parser.feed(part)
    parser.close()
