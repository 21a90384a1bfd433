"""Translations of the message catalogue."""
