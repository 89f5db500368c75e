"""The agencies of the invented province as their letterheads and mails show them; the registry names the rest."""

from dataclasses import dataclass

PROVINCE = "Sơn Hà"
OFFICE_NAME = f"Văn phòng UBND tỉnh {PROVINCE}"
OFFICE_ADDRESS = "baocao@sonha.example"


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who writes the mails of an agency (văn thư), and the address they leave from."""

    name: str
    address: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """An agency as it stands at the head and at the foot of its documents (Decree 30/2020, appendix I)."""

    code: str
    name: str
    above: str
    head: str
    symbol: str
    place: str
    signing: tuple[str, ...]
    signer: str
    clerk: Clerk


def _department(code: str, name: str, symbol: str, title: str, signer: str, clerk: Clerk) -> Issuer:
    return Issuer(code, name, f"UBND TỈNH {PROVINCE.upper()}", name.upper(), symbol, PROVINCE, (title,), signer, clerk)


def _commune(code: str, place: str, kind: str, signing: tuple[str, ...], signer: str, clerk: Clerk) -> Issuer:
    name, titles = f"UBND {kind} {place}", ("TM. ỦY BAN NHÂN DÂN", *signing)
    return Issuer(code, name, "ỦY BAN NHÂN DÂN", f"{kind} {place}".upper(), "UBND", place, titles, signer, clerk)


_CHAIR, _DEPUTY = ("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")

ISSUERS = {
    one.code: one
    for one in (
        _department(
            "SNV", "Sở Nội vụ", "SNV", "GIÁM ĐỐC", "Đặng Quốc Khánh",
            Clerk("Nguyễn Thị Thu Hà", "sonoivu@sonha.example", "0200.000.101"),
        ),
        _department(
            "STC", "Sở Tài chính", "STC", "GIÁM ĐỐC", "Vũ Thị Minh Tâm",
            Clerk("Lê Hoàng Yến", "sotaichinh@sonha.example", "0200.000.118"),
        ),
        _department(
            "SNNMT", "Sở Nông nghiệp và Môi trường", "SNNMT", "KT. GIÁM ĐỐC", "Trịnh Xuân Hòa",
            Clerk("Đỗ Văn Cường", "sonnmt@sonha.example", "0200.000.126"),
        ),
        _department(
            "SYT", "Sở Y tế", "SYT", "GIÁM ĐỐC", "Bùi Ngọc Ánh",
            Clerk("Phạm Thị Lan", "soyte@sonha.example", "0200.000.133"),
        ),
        _department(
            "SXD", "Sở Xây dựng", "SXD", "KT. GIÁM ĐỐC", "Nguyễn Khắc Thành",
            Clerk("Trương Quốc Huy", "soxaydung@sonha.example", "0200.000.140"),
        ),
        _department(
            "TTT", "Thanh tra tỉnh", "TTr", "CHÁNH THANH TRA", "Phan Thanh Bình",
            Clerk("Hoàng Mỹ Dung", "thanhtra@sonha.example", "0200.000.152"),
        ),
        _commune(
            "PDONGAN", "Đông An", "phường", _CHAIR, "Trần Thị Hồng Vân",
            Clerk("Nguyễn Minh Châu", "phuongdongan@sonha.example", "0200.000.201"),
        ),
        _commune(
            "PTANLOC", "Tân Lộc", "phường", _DEPUTY, "Đinh Văn Khoa",
            Clerk("Võ Thị Kim Oanh", "phuongtanloc@sonha.example", "0200.000.202"),
        ),
        _commune(
            "XSUOITRANG", "Suối Trăng", "xã", _CHAIR, "Y Blơm",
            Clerk("H'Ngân Niê", "xasuoitrang@sonha.example", "0200.000.211"),
        ),
        _commune(
            "XDABAC", "Đá Bạc", "xã", _DEPUTY, "Quàng Thị Mai",
            Clerk("Lò Văn Inh", "xadabac@sonha.example", "0200.000.212"),
        ),
        _commune(
            "XKHELIM", "Khe Lim", "xã", _CHAIR, "Rơ Mah Thuyn",
            Clerk("Siu Hằng", "xakhelim@sonha.example", "0200.000.213"),
        ),
        _commune(
            "XTHACHSON", "Thạch Sơn", "xã", _DEPUTY, "Bế Thị Liễu",
            Clerk("Nông Văn Tú", "xathachson@sonha.example", "0200.000.214"),
        ),
    )
}  # fmt: skip
