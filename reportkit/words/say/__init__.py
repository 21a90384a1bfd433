"""One figure, date or list as official prose says it: Facts in, text out, in which they stay sealed."""
