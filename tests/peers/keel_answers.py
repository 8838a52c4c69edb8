"""What the vendor's keel-verify says of some exports and checkpoints.

Reads one JSON object from standard input: {"tasks": [["export", "payload", "manifest.json", "--key-manifest", ...]]}.
Prints one JSON list: for each task the exit code and the first reason that counts, "0" or "1 CONTENT_HASH_MISMATCH".
The program is called in one process, because starting it costs more than most answers.
"""

import contextlib
import io
import json
import sys

from keel_verifier.cli import main as keel_verify


def run(words):
    """Exit code and output of one call."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        try:
            code = keel_verify(words)
        except SystemExit as end:
            code = end.code
        except Exception as error:  # The program is the subject: a traceback is its answer, and its exit code is 1.
            return f"1 raises {type(error).__name__}"
    return code or 0, out.getvalue()


def answer(words):
    result = run(words)
    if isinstance(result, str):
        return result
    code, text = result
    if code == 0:
        return "0"
    claims = json.loads(text).get("claims", [])
    reasons = [claim["reason_code"] for claim in claims if claim["verdict"] != "supported" and claim["required"]]
    return f"{code} {reasons[0] if reasons else 'VERIFICATION_FAILED'}"


def main():
    print(json.dumps([answer(words) for words in json.load(sys.stdin)["tasks"]]))


if __name__ == "__main__":
    main()
