"""Tests of the family `readers`."""
