"""What an IMAP server, or the line to it, can do: each fault in words, and as what it does to the wire."""

import re
from collections.abc import Callable

from faults import wire
from faults.office import Office
from faults.playing import Fault
from faults.wire import CutError, Line

TAGGED = re.compile(rb"(?m)^([A-P]{4}\d+ (?:OK|NO|BAD))")
LITERAL = re.compile(rb"BODY\[\](?:<\d+>)? \{(\d+)\}")
CONTENT = re.compile(rb"UID FETCH .*BODY\.PEEK")
SIZE, FOUND, GHOSTS = rb"(RFC822\.SIZE )\d+", rb"(?m)^\* SEARCH([\d ]*)", rb"* SEARCH\1 77777777 4294967295"
UIDNEXT, VALIDITY, RENUMBERED = rb"UIDNEXT \d+", rb"UIDVALIDITY \d+", b"UIDVALIDITY 77"
FLAGS_OF_ALL = b"".join(b"* %d FETCH (FLAGS (\\Seen))\r\n" % number for number in range(1, 40))


def on_wire(
    name: str, does: str, fault: wire.Fault, *, hang_up: bool = False, lasts: float = 2.5, to_review: bool = False
) -> Fault:
    """A fault of the wire. With `hang_up` the connections that there are end when it begins."""

    def begin(office: Office) -> None:
        office.wire.fault = fault
        if hang_up:
            office.wire.hang_up()

    def end(office: Office) -> None:
        office.wire.fault = wire.SOUND

    return Fault(name, does, begin, end, lasts)


def cut_in_literal(said: bytes, line: Line) -> bytes:
    if found := LITERAL.search(said):
        line.tell_client(said[: found.end() + 40])
        raise CutError
    return said


def swallow(said: bytes, line: Line) -> bytes:
    """Nothing that is said is ever heard; a connection on which this happened stays dead."""
    line.dead = True
    return b""


def byte_by_byte(said: bytes, line: Line) -> bytes:
    for number in range(len(said)):
        line.tell_client(said[number : number + 1])
    return b""


def slow(said: bytes, line: Line) -> bytes:
    for number in range(len(said)):
        line.tell_client(said[number : number + 1])
        line.hold(0.7)
    return b""


def refuse(line: Line) -> None:
    raise CutError


def bye(line: Line) -> None:
    line.tell_client(b"* BYE too many connections\r\n")
    raise CutError


def bye_in_session(said: bytes, line: Line) -> bytes:
    if b"SEARCH" in said:
        line.tell_client(b"* BYE server is going down\r\n")
        raise CutError
    return said


def hang_up_in_idle(said: bytes, line: Line) -> bytes:
    if said.startswith(b"+ idling"):
        line.tell_client(said)
        line.hold(0.2)
        raise CutError
    return said


def lie_in_idle(said: bytes, line: Line) -> bytes:
    return said + b"* 9999 EXISTS\r\n* 1 RECENT\r\n" if said.startswith(b"+ idling") else said


def silent_in_idle(said: bytes, line: Line) -> bytes:
    if said.startswith(b"+ idling"):
        line.marks.add("idle")
    elif TAGGED.search(said):
        line.marks.discard("idle")
    elif "idle" in line.marks:
        return b""
    return said


def replaced(pattern: bytes, by: bytes) -> Callable[[bytes, Line], bytes]:
    compiled = re.compile(pattern)
    return lambda said, line: compiled.sub(by, said)


def unasked(extra: bytes) -> Callable[[bytes, Line], bytes]:
    """Says something that nobody asked for before each reply to a command."""
    return lambda said, line: TAGGED.sub(lambda found: extra + found[0], said)


def refusing_second(answer: bytes) -> Callable[[bytes, Line], bytes]:
    """The second of the mails that come during the fault cannot be fetched, on whatever connection."""
    refused: list[bytes] = []

    def heard(said: bytes, line: Line) -> bytes:
        found = re.search(rb"^(\w+) UID FETCH ([\d,:]+) .*BODY\.PEEK", said)
        if not found:
            return said
        uids = found[2].split(b",")
        refused.append(uids[1]) if not refused and len(uids) > 1 else None
        if refused and refused[0] in uids:
            line.tell_client(found[1] + b" " + answer + b"\r\n")
            return b""
        return said

    return heard


def hang_up_on_fetch(said: bytes, line: Line) -> bytes:
    if CONTENT.search(said):
        raise CutError
    return said


def refuse_login(said: bytes, line: Line) -> bytes:
    found = re.search(rb"(?m)^(\w+) (?:LOGIN|AUTHENTICATE)", said)
    if found:
        line.tell_client(found[1] + b" NO [AUTHENTICATIONFAILED] no\r\n")
        return b""
    return said


FAULTS = (
    on_wire("cut in a literal", "every content is cut off after 40 bytes", wire.Fault(server=cut_in_literal)),
    on_wire(
        "black hole", "nothing is answered, and connections from then stay dead", wire.Fault(swallow, swallow)
    ),
    on_wire("connections refused", "each connection is closed at once", wire.Fault(door=refuse), hang_up=True),
    on_wire("split lines", "each byte comes in a packet of its own", wire.Fault(server=byte_by_byte)),
    on_wire("dripping", "a byte in 0.7 s, so that no wait is ever too long", wire.Fault(server=slow), lasts=8),
    on_wire("BYE as greeting", "too many connections", wire.Fault(door=bye), hang_up=True),
    on_wire("BYE in the session", "the server goes down at a search", wire.Fault(server=bye_in_session)),
    on_wire("closed in IDLE", "hangs up as soon as we idle", wire.Fault(server=hang_up_in_idle), hang_up=True),
    on_wire("IDLE that lies", "tells of mail that is not there, on and on", wire.Fault(lie_in_idle), hang_up=True),
    on_wire("IDLE that is silent", "never tells of mail", wire.Fault(server=silent_in_idle), hang_up=True),
    on_wire(
        "a literal of 3 GB", "each content is announced as 3 GB",
        wire.Fault(replaced(rb"(BODY\[\](?:<\d+>)? )\{\d+\}", rb"\1{3000000000}")),
    ),
    on_wire("a size of 3 GB", "each mail is said to have 3 GB", wire.Fault(replaced(SIZE, rb"\g<1>3000000000"))),
    on_wire("a size of 0", "each mail is said to have no bytes", wire.Fault(replaced(SIZE, rb"\g<1>0"))),
    on_wire("unasked EXISTS", "tells of 9,999 mails before each reply", wire.Fault(unasked(b"* 9999 EXISTS\r\n"))),
    on_wire("unasked EXPUNGE", "a mail is gone before each reply", wire.Fault(unasked(b"* 1 EXPUNGE\r\n"))),
    on_wire("unasked FETCH", "tells of flags, by number, before each reply", wire.Fault(unasked(FLAGS_OF_ALL))),
    on_wire("unasked NO and BAD", "warns before each reply", wire.Fault(unasked(b"* NO [ALERT] a\r\n* BAD b\r\n"))),
    on_wire("unasked SEARCH", "an empty search result before each reply", wire.Fault(unasked(b"* SEARCH\r\n"))),
    on_wire("a search for nothing", "every search finds nothing", wire.Fault(replaced(FOUND, b"* SEARCH"))),
    on_wire("a search for ghosts", "every search finds mails that are not there", wire.Fault(replaced(FOUND, GHOSTS))),
    on_wire("garbage", "bytes without sense before each reply", wire.Fault(unasked(b"\xff\x00(((\r\n"))),
    on_wire("garbage in FETCH", "brackets that do not close", wire.Fault(replaced(rb"FETCH \(", b"FETCH (((("))),
    on_wire("one mail: NO", "one mail cannot be fetched", wire.Fault(client=refusing_second(b"NO [SERVERBUG] no"))),
    on_wire("one mail: BAD", "one mail cannot be fetched", wire.Fault(client=refusing_second(b"BAD cannot"))),
    on_wire("no content at all", "hangs up whenever content is asked for", wire.Fault(client=hang_up_on_fetch)),
    on_wire("login refused", "the password is wrong", wire.Fault(client=refuse_login), hang_up=True),
    on_wire("UIDNEXT goes back", "as on a restored server", wire.Fault(replaced(UIDNEXT, b"UIDNEXT 2")), hang_up=True),
    on_wire("another UIDVALIDITY", "numbered anew, and back", wire.Fault(replaced(VALIDITY, RENUMBERED)), hang_up=True),
)  # fmt: skip
