"""The contestants: each a script of its own, as one would write it without recount."""
