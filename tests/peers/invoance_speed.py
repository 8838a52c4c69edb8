"""How many events a second the vendor's SDK verifies on this machine, one process per core.

Arguments: lines of events, and a key document. Reading and parsing count: a verifier has to do both.
"""

import base64
import json
import multiprocessing
import os
import sys
import time

from invoance.audit_verify import verify_audit_event


def verify(lines, key):
    """Verifies lines; how many hold a valid event, and the processor time that it took."""
    valid, start = 0, time.process_time()
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        valid += verify_audit_event(event, public_key=key).valid
    return valid, time.process_time() - start


def main():
    events, document = sys.argv[1:]
    with open(document, encoding="utf-8") as file:
        text = json.load(file)["public_key"]
    key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    processes = os.cpu_count() or 1
    with open(events, "rb") as file:
        lines = file.read().splitlines()
    parts = [(lines[start::processes], key) for start in range(processes)]
    with multiprocessing.Pool(processes) as pool:
        pool.starmap(verify, [(part[:100], key) for part, _ in parts])
        start = time.perf_counter()
        answers = pool.starmap(verify, parts, chunksize=1)
        seconds = time.perf_counter() - start
    answer = {
        "events": len(lines),
        "valid": sum(valid for valid, _ in answers),
        "eventsPerSecond": len(lines) / seconds,
        "eventsPerCpuSecond": len(lines) / sum(processor for _, processor in answers),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
