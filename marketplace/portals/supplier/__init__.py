"""The suppliers' portal: what a village cadre or a cooperative does, first of all on an old phone."""
