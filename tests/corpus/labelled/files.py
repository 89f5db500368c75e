"""The files of one mail: rows of its table come in, names and bytes go out.

A paper's form follows from the end of its file name: .pdf, .docx, .doc (RTF inside, as many are), .odt.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.labelled.office_files import document, rtf, sheet, word, zipped
from corpus.labelled.paper import Paper
from corpus.labelled.pdf_files import pdf, scan
from corpus.labelled.province import Province
from corpus.labelled.signing import signed

FILLING = (
    "I. KẾT QUẢ THỰC HIỆN",
    "Thực hiện Kế hoạch số {plan}/KH-UBND ngày 12/01/2026 của UBND tỉnh, đơn vị đã triển khai đồng bộ các nhiệm vụ; "
    "số liệu tăng {share},{part}% so với cùng kỳ năm trước và lũy kế 5 tháng qua đạt {share}% kế hoạch.",
    "II. TỒN TẠI, HẠN CHẾ",
    "Một số nội dung thực hiện từ tháng trước, quý trước còn chậm do thiếu kinh phí.",
    "III. NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI",
    "Tiếp tục thực hiện các chỉ tiêu được giao, phấn đấu hoàn thành trước ngày 25 hằng tháng.",
)

Mail = Mapping[str, Any]
Named = tuple[str, bytes]


def files(mail: Mail, province: Province, others: Mapping[str, Mail]) -> list[Named]:
    """Its own, then those of another mail (`files_of`): the very same bytes under the same or other names."""
    made = [(row["file"], _printed(row, mail, province)) for row in mail.get("papers", [])]
    made += [(row["file"], sheet(row["rows"], row.get("name", "Biểu 01"))) for row in mail.get("sheets", [])]
    made += [(row["file"], row["text"].encode()) for row in mail.get("texts", [])]
    made += [(row["file"], (province.folder / "parts" / row["part"]).read_bytes()) for row in mail.get("parts", [])]
    made += [(name, scan(dice(name))) for name in mail.get("scans", [])]
    if "zip" in mail:
        made = [(mail["zip"], zipped(made))]
    return made + _of_another(mail, province, others)


def dice(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def _of_another(mail: Mail, province: Province, others: Mapping[str, Mail]) -> list[Named]:
    if "files_of" not in mail:
        return []
    other = others[mail["files_of"]]
    found = files({**other, "sent_on": date.fromisoformat(str(other["at"])[:10])}, province, others)
    return [(mail.get("renamed", {}).get(name, name), content) for name, content in found]


def _printed(row: Mail, mail: Mail, province: Province) -> bytes:
    paper, name = _paper(row, mail, province), row["file"].lower()
    if name.endswith(".pdf"):
        made = pdf(paper)
        whole = signed(made, f"{paper.issuer} {paper.parent}") if row.get("signed") else made
        return whole.replace(b"/Rect[0 0 0 0]", b"/Rect[0 0 0 1]") if row.get("tampered") else whole
    return rtf(paper) if name.endswith(".doc") else document(paper) if name.endswith(".odt") else word(paper)


def _paper(row: Mail, mail: Mail, province: Province) -> Paper:
    agency = row.get("agency") or mail.get("agency", mail["from"])
    parent, issuer = province.head(agency)
    symbol = row.get("symbol", f"BC-{province.symbol(agency)}")
    seed = mail.get("seed", mail["name"])
    return Paper(
        parent=row.get("parent", parent),
        issuer=row.get("issuer", issuer),
        number=f"Số: {row.get('number', _number(seed))}/{symbol}",
        place=row.get("place", province.place(agency)),
        on=date.fromisoformat(row["on"]) if "on" in row else mail["sent_on"],
        kind=row.get("kind", "BÁO CÁO"),
        title=row["title"],
        to=row.get("to", f"Ủy ban nhân dân tỉnh {province.name}"),
        body=row.get("body", _filling(seed)),
        signer="TM. ỦY BAN NHÂN DÂN" if province.symbol(agency) == "UBND" else "GIÁM ĐỐC",
        mark=row.get("mark", ""),
        legacy=row.get("legacy", False),
        layout=row.get("layout", ""),
    )


def _number(name: str) -> str:
    return f"{dice(name) % 700 + 20}"


def _filling(name: str) -> list[str]:
    roll = dice(name)
    return [text.format(plan=roll % 90 + 10, share=roll % 80 + 11, part=roll % 9) for text in FILLING]
