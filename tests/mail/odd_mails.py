"""Mails put together of odd pieces: fields, parameters, boundaries, encodings, charsets, nesting."""

import base64
import quopri

from hypothesis import strategies as st

_NAMES = [
    b"Subject", b"From", b"To", b"Cc", b"Reply-To", b"Date", b"Message-ID", b"References", b"In-Reply-To", b"Received",
    b"Return-Path", b"Auto-Submitted", b"Authentication-Results", b"X-Failed-Recipients", b"Content-Type", b"",
]  # fmt: skip
_VALUES = [
    b"=?utf-8?B?QsOhbyBjw6FvIHRow6FuZyAxMA==?=", b"=?utf-8?Q?B=C3=A1o_c?= =?utf-8?Q?=C3=A1o?=", b"=?utf-8?B?QsO?=",
    b"=?x-unknown?Q?=E1=E2?=", b"=?windows-1258?Q?b=E1o_c=E1o?=", b"=?utf-8?Q?", b"=?utf-8*vi?q?=20?= =?=?=",
    "Báo cáo quý III".encode(), "Báo cáo".encode("utf-16"), b"B\xe1o c\xe1o", b"\xff\xfe\x00", b"a\r\n b\r\n\tc",
    b"Nhom: a@b.example, <c@d.example> (x(y);, ;", b'"chua dong <a@b.example', b"<a@b.example", b"@,,;:<>()",
    b"Mon, 31 Feb 2026 25:61:61 +9999", b"16 Nov 26 9:5 +07:00 (ICT)", b"<a@b> <a@b", b"rfc822; ", b"5.1.1 550-5.1.1",
]  # fmt: skip
_TYPES = [
    b"text/plain", b"text/html", b"text/calendar", b"message/rfc822", b"message/delivery-status",
    b"application/ms-tnef", b"multipart/mixed", b"multipart/report; report-type=delivery-status",
    b"multipart/alternative", b"multipart/digest", b"TEXT", b"/", b"application/octet-stream",
]  # fmt: skip
_PARAMETERS = [
    b'name="B\xc3\xa1o c\xc3\xa1o.docx"', b"name*0*=utf-8''B%C3%A1o; name*1=%20c", b"name*2=b; name*1=a", b"name*=''%",
    b'name="=?utf-8?Q?B=C3=A1o?="', b"name=a;b.pdf", b'name="', b"format=flowed; delsp=yes", b"charset", b"=", b";;",
]  # fmt: skip
_CHARSETS = [b"utf-8", b"windows-1258", b"utf-16", b"utf-7", b"iso-2022-jp", b"gb18030", b"hz", b"cp-850", b"none", b""]
_ENCODINGS = [b"base64", b"quoted-printable", b"8bit", b"x-uuencode", b"BASE64 ", b"none"]
_LINE_ENDS = [b"\r\n", b"\n", b"\r", b"\n\n"]
_BOUNDARIES = [b"b", b"bb", b"--", b" ", "ranh giới".encode(), b"b" * 80]
_TEXTS = [
    "Kính gửi Văn phòng,\n> Ngày 5/10 lúc 9:00, A <a@b.example> đã viết:\n>> cũ\n-- \nGửi từ iPhone",
    "begin 644 a.txt\n#0V%T\n`\nend\n", "=ybegin line=128 size=1 name=a\nx\n=yend", "<div>" * 50 + "Báo cáo",
    "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n", "+ZeVnLIqe-", "B¸o c¸o ®ét xuÊt", "",
]  # fmt: skip
_bodies = st.one_of(st.sampled_from(_TEXTS).map(lambda text: text.encode()), st.binary(max_size=60))
_fields = st.tuples(st.sampled_from(_NAMES), st.one_of(st.sampled_from(_VALUES), st.binary(max_size=30)))


@st.composite
def _entities(draw: st.DrawFn, depth: int) -> bytes:
    """The fields and the body of one part; a multipart has parts, and may close them wrongly or not at all."""
    end = draw(st.sampled_from(_LINE_ENDS))
    boundary = draw(st.sampled_from(_BOUNDARIES))
    kind, charset = draw(st.sampled_from(_TYPES)), draw(st.sampled_from(_CHARSETS))
    parameters = draw(st.lists(st.sampled_from(_PARAMETERS), max_size=2))
    content_type = b"; ".join([kind, b"charset=" + charset, b'boundary="' + boundary + b'"', *parameters])
    encoding = draw(st.sampled_from(_ENCODINGS))
    lines = [b"Content-Type: " + content_type, b"Content-Transfer-Encoding: " + encoding]
    lines += [b"Content-Disposition: attachment; file" + one for one in parameters[:1]]
    lines += [name + b": " + value for name, value in draw(st.lists(_fields, max_size=4))]
    return end.join([*draw(st.permutations(lines)), b"", draw(_contents(depth, boundary, end, encoding))])


@st.composite
def _contents(draw: st.DrawFn, depth: int, boundary: bytes, end: bytes, encoding: bytes) -> bytes:
    if not depth or draw(st.booleans()):
        body = draw(_bodies)
        encoded = {b"base64": base64.encodebytes(body), b"quoted-printable": quopri.encodestring(body)}
        return draw(st.sampled_from([body, encoded.get(encoding, body), encoded.get(encoding, body)[:-3]]))
    parts = draw(st.lists(_entities(depth - 1), min_size=1, max_size=3))
    opened = b"".join(end + b"--" + boundary + end + part for part in parts)
    return opened + draw(st.sampled_from([end + b"--" + boundary + b"--" + end, b"", end + b"--" + boundary]))


def odd_mails() -> st.SearchStrategy[bytes]:
    """Raw mails with parts down to depth three, after what may stand before a header."""
    before = st.sampled_from([b"", b"", b"\xef\xbb\xbf", b"From a@b Mon Nov 16\n", b"\r\n", b"Bcc\n"])
    return st.tuples(before, _entities(3)).map(b"".join)
