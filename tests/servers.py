"""A pytest plugin (-p tests.servers): real servers are up before Django reads its settings.

A conftest would be too late. Workers of xdist inherit the controller's environment and so its servers.
"""

import atexit
import os
from contextlib import ExitStack

from marketplace import embedded

if "PYTEST_XDIST_WORKER" not in os.environ:
    _stack = ExitStack()
    _stack.enter_context(embedded.lease(profile="test"))
    atexit.register(_stack.close)
