"""Possible causes of differences."""
