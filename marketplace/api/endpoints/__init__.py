"""One router per kind of thing: parse, one service or query, answer."""
