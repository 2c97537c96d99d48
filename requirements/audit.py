"""`python requirements/audit.py FILE`: known vulnerabilities of the locked dependencies, by pip-audit.

Exit 1 if there are any. Where the advisory service does not answer, it says SKIPPED and exits 0: that nobody
could look is not a finding.
"""

import json
import subprocess
import sys

SECONDS = 120


def audited(path: str) -> list[dict[str, object]] | None:
    """What pip-audit says of each dependency; None if it got no answer in time."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", path, "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        return None
    return [each for each in found if "skip_reason" not in each]


def main(path: str) -> int:
    """The exit code."""
    looked_at = audited(path)
    if not looked_at:
        sys.stdout.write("pip-audit: SKIPPED, the advisory service does not answer here\n")
        return 0
    vulnerable = [each for each in looked_at if each.get("vulns")]
    for each in vulnerable:
        sys.stdout.write(f"{each['name']} {each['version']}: {each['vulns']}\n")
    sys.stdout.write(f"pip-audit: {len(looked_at)} looked at, {len(vulnerable)} vulnerable\n")
    return 1 if vulnerable else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
