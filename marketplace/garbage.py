"""How often a process looks for garbage that only Python's collector can find: cycles of objects."""

import gc

THRESHOLDS = (50_000, 50, 50)  # Python's own are (700, 10, 10)


def look_rarely() -> None:
    """To be called before Django is loaded: two hundred thousand objects, which stay.

    Python's own thresholds make it look five hundred times meanwhile, which takes a sixth of the start.
    """
    gc.set_threshold(*THRESHOLDS)
