"""Mutated files: no traceback, no hang, no figure lost silently."""
