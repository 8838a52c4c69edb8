"""What the vendor's SDK says of every row of some files.

Reads one JSON object from standard input: {"files": [{"path": "...", "keys": ["a key document or key book", ...]}]}.
Prints one JSON list: for each file the answers in the order of its rows; "valid", the SDK's reason, or "unreadable"
where the JSON parser of Python refuses a row.
"""

import base64
import gzip
import json
import sys

from invoance.audit_verify import verify_audit_event

UNREADABLE = object()


def raw_key(text):
    """A public key in one of the spellings that key documents have."""
    text = text.removeprefix("ed25519:")
    if len(text) == 64:
        return bytes.fromhex(text)
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4))[-32:]


def confirmed(paths):
    """Keys with the organisations they sign for; none for any of them."""
    keys = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        for entry in document.get("entries", []):
            keys.append((raw_key(entry["publicKey"]), entry["signsFor"]))
        for entry in document.get("keys", []) + ([document] if "public_key" in document else []):
            keys.append((raw_key(entry["public_key"]), None))
    return keys


def rows(data):
    """The rows of a file as values."""
    try:
        yield from events(json.loads(data))
        return
    except ValueError:
        pass
    for line in data.split(b"\n"):
        if line.strip():
            try:
                yield from events(json.loads(line))
            except ValueError:
                yield UNREADABLE


def events(value):
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    if isinstance(value, dict) and isinstance(value.get("events"), list):
        return value["events"]
    return [value]


def answer(event, keys):
    if event is UNREADABLE:
        return "unreadable"
    if not isinstance(event, dict):
        return "no object"
    fitting = [key for key, orgs in keys if orgs is None or event.get("org_id") in orgs]
    try:
        result = verify_audit_event(event, public_key=fitting[0] if fitting else None)
    except Exception as error:  # The SDK is the subject: whatever it raises is its answer.
        return f"raises {type(error).__name__}"
    return "valid" if result.valid else result.reason


def main():
    answers = []
    for file in json.load(sys.stdin)["files"]:
        with open(file["path"], "rb") as opened:
            data = opened.read()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        keys = confirmed(file["keys"])
        answers.append([answer(event, keys) for event in rows(data)])
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
