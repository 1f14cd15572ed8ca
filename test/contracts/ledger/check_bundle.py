"""Checks exported ledgers, one a line, by nothing but the bundle's own howToCheck and the standard library. Prints "ok" or the first wrong entry of each."""
import hashlib, json, sys, unicodedata


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def code_units(key):
    return key.encode("utf-16-be")


def written(record):
    return json.dumps({key: record[key] for key in sorted(record, key=code_units)}, separators=(",", ":"), ensure_ascii=False)


def normalised(text):
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def check(bundle):
    versions = {version["noticeVersionId"]: version for version in bundle["noticeVersions"]}
    before = ""
    for number, row in enumerate(bundle["rows"], start=1):
        if row["entry"] != number:
            return f"{number} missing"
        if row["prevHash"] != before:
            return f"{number} chain"
        record = row["record"]
        if record is not None:
            if sha256(row["prevHash"] + "\n" + written(record)) != row["hash"]:
                return f"{number} hash"
            for column in ("entry", "kind", "acknowledgementId", "at"):
                if record[column] != row[column]:
                    return f"{number} {column}"
            version = versions[record["noticeVersionId"]]
            if sha256(normalised(version["text"][record["locale"]])) != record["textHash"]:
                return f"{number} text"
            if record["labelHash"] not in [sha256(normalised(label)) for label in version["label"].values()]:
                return f"{number} label"
        before = row["hash"]
    if len(bundle["rows"]) != bundle["head"]["entries"] or before != bundle["head"]["hash"]:
        return "head"
    return "ok"


for line in sys.stdin.buffer:
    print(check(json.loads(line)))
