"""What in-toto's own library says of DSSE envelopes.

Reads one JSON object from standard input: {"tasks": [{"envelope": {...}, "keyid": "...", "publicKey": "hex"}]}.
Prints one JSON list: for each task the subject's digest that was signed, or "refused".
"""

import json
import sys

from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

STATEMENT = "https://in-toto.io/Statement/v1"


def answer(task):
    key = SSlibKey(task["keyid"], "ed25519", "ed25519", {"public": task["publicKey"]})
    try:
        envelope = Envelope.from_dict(task["envelope"])
        envelope.verify([key], 1)
    except (VerificationError, ValueError):
        return "refused"
    statement = json.loads(envelope.payload)
    if envelope.payload_type != "application/vnd.in-toto+json" or statement["_type"] != STATEMENT:
        return "another kind"
    return statement["subject"][0]["digest"]["sha256"]


if __name__ == "__main__":
    print(json.dumps([answer(task) for task in json.load(sys.stdin)["tasks"]]))
