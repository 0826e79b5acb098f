"""Broken and hostile inputs, each with its one message."""
