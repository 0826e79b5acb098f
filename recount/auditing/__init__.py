"""An audit around its mathematics: tallies in, batches and plans out; forms matched to a draw.

`planning` makes a plan of the online figures, `drawing` draws from it, `measuring` holds forms
against it; `folder` turns a plan into files and back. Formulas are in `recount.audit` alone.
"""
