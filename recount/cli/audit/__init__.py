"""`recount audit`: the commands of an audit, from the plan to what the forms prove."""

from recount.cli._words import Page
from recount.texts import Text, say

PAGE = Page(
    about=say(
        "Which forms to collect, and what the collected ones prove: with a public random draw a "
        "part of the forms is enough, and the answer has a number, the risk that the reported "
        "result is wrong."
    ),
    examples=(
        (
            "recount audit plan --online kpu.csv --risk-limit 5% --level kecamatan -o plan/",
            say("First: what to announce in public, before any seed."),
        ),
        (
            "recount audit draw plan/ --seed 62701843950218467335",
            say("Then, with 20 digits thrown in public: the regions to visit, in order."),
        ),
        ("recount audit risk plan/ forms/", say("At any time: what the forms at hand prove.")),
    ),
    exits=(
        ("0", say("The plan or the list is there; or the result is certain or confirmed.")),
        ("1", say("Not confirmed (yet), refuted, or a bound was not true.")),
        ("2", say("It could not be done: wrong usage, unreadable input, a plan that was changed.")),
        ("130", say("Interrupted.")),
    ),
)

COMMANDS: dict[str, tuple[str, Text]] = {
    "plan": (
        "recount.cli.audit.plan",
        say("What is drawn from, how much it will take, and what to announce in public."),
    ),
    "draw": (
        "recount.cli.audit.draw",
        say("The regions to visit, in order, by a seed thrown in public."),
    ),
    "risk": ("recount.cli.audit.risk", say("What the forms at hand prove.")),
}
