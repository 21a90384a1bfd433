"""Where it goes: a Document and a Profile become Pages, every line decided, in integer twips."""
