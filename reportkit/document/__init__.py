"""What it is: words become a Document of Blocks of Spans, roles without any look."""
