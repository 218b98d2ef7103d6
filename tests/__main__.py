"""Every check of the project, in the order that fails soonest: style, types, layers and tests (`./run test`)."""

import subprocess
import sys

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
]


def main() -> int:
    """Run all checks, then pytest with the options given; the first failing check's exit code is returned."""
    options = sys.argv[1:]
    if not options:
        for check in CHECKS:
            print("$", *check, flush=True)
            code = subprocess.run([sys.executable, "-m", *check], check=False).returncode
            if code:
                return code
        options = ["--numprocesses", "2"]
    return subprocess.run([sys.executable, "-m", "pytest", *options], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
