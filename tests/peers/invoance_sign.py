"""Writes events that are made canonical by the vendor's SDK and signed with PyNaCl, and the key document for them.

Arguments: the file of events and the key document. The SDK has no signer of its own; the service signs. Whatever the
random numbers choose, they choose the same each time.
"""

import base64
import json
import random
import sys

from invoance._internal.audit_canonical import canonical_audit_bytes, payload_hash_hex
from nacl.signing import SigningKey

COUNT = 500
TEXTS = [
    "",
    "plain",
    "Müller",
    "Mu\u0308ller",
    "田中 花子",
    "\U0001f600",
    "\u202eabc",
    "a\tb\nc\rd\be\ff",
    "\x00\x1f\x7f",
    "\"\\/<>&",
    "\u2028\u2029\ufeff",
    "\ue000\U00010000",
]
TIMES = [
    "2026-03-0{d}T08:00:00Z",
    "2026-03-0{d}t23:59:59.9999z",
    "2026-03-0{d}T00:30:00.5+01:00",
    "2026-03-0{d}T00:30:00.123456789-11:30",
    "  2026-03-0{d}T08:00:00.000Z ",
]
NUMBERS = [0, -1, 7, 2**53 + 1, 2**63 - 1, -(2**63)]


def value(chance, depth=0):
    kind = chance.randrange(7 if depth < 3 else 5)
    if kind == 0:
        return None
    if kind == 1:
        return chance.choice([True, False])
    if kind == 2:
        return chance.choice(NUMBERS)
    if kind in (3, 4):
        return chance.choice(TEXTS)
    if kind == 5:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return members(chance, depth + 1)


def members(chance, depth=0):
    names = chance.sample(TEXTS + ["type", "id", "name", "Z", "a"], chance.randrange(5))
    return {name: value(chance, depth) for name in names}


def event(chance, seq):
    named = {"id": f"aevt_{seq:026}"} if chance.random() < 0.8 else {"event_id": f"aevt_{seq:026}"}
    time = lambda: chance.choice(TIMES).format(d=chance.randrange(1, 9))
    return named | {
        "org_id": "aorg_00000000000000000000000001",
        "seq": seq,
        "occurred_at": time(),
        "ingested_at": time(),
        "action": "peer." + chance.choice(TEXTS),
        "actor": {"type": "user", "id": "user_1"} | members(chance),
        "targets": [{"type": "t", "id": chance.choice(TEXTS)} | members(chance) for _ in range(chance.randrange(3))],
        "context": chance.choice([None, members(chance)]),
        "metadata": chance.choice([None, members(chance)]),
    }


def main():
    rows, document = sys.argv[1:]
    chance = random.Random(20260302)
    key = SigningKey(bytes(range(32)))
    with open(rows, "w", encoding="utf-8") as file:
        for seq in range(1, COUNT + 1):
            row = event(chance, seq)
            canonical = canonical_audit_bytes(row | {"event_id": row.get("id", row.get("event_id"))})
            row["payload_hash"] = payload_hash_hex(canonical)
            row["signature"] = key.sign(canonical).signature.hex()
            row["signing_public_key"] = key.verify_key.encode().hex()
            file.write(json.dumps(row, ensure_ascii=chance.random() < 0.5) + "\n")
    public = base64.urlsafe_b64encode(key.verify_key.encode()).decode().rstrip("=")
    with open(document, "w", encoding="utf-8") as file:
        json.dump({"domain": "peer.example", "public_key": public, "algorithm": "ed25519"}, file)


if __name__ == "__main__":
    main()
