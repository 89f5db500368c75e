"""A body is read in the charset it was written in, whatever it says of itself."""

import pytest

from intake.mail.charsets import decode_body

VIETNAMESE = "Báo cáo tình hình thực hiện nhiệm vụ tháng 9 năm 2019 của Ủy ban nhân dân huyện"
JAPANESE = "お世話になっております。会議の資料を送付いたします。ご確認ください。カタカナ"
CHINESE = "尊敬的客户您好，这是关于本月报告的通知，请查收附件并回复。谢谢您的合作。"
TAIWANESE = "尊敬的客戶您好，這是關於本月報告的通知，請查收附件並回覆。謝謝您的合作。"
KOREAN = "안녕하세요 회의 자료를 보내드립니다 확인 부탁드립니다 감사합니다"
RUSSIAN = "Уважаемые коллеги, направляем вам отчёт за сентябрь. С уважением, Иванов"
FRENCH = "Où en êtes-vous du rapport de février ? L’été a été très sec, élève naïf ÉTÉ À LA CARTE"
GERMAN = "Für die Prüfung der Größe können wir über schöne Mühlen und Bäume in München reden."


def read(text: str, written: str, label: str) -> str:
    return decode_body(text.encode(written), label, lambda defect: None)


@pytest.mark.parametrize("label", ["", "us-ascii", "iso-8859-1", "x-unknown"])
@pytest.mark.parametrize(
    ("text", "written"),
    [
        (VIETNAMESE, "utf-8"),
        (VIETNAMESE, "utf-16-le"),
        (VIETNAMESE, "utf-16-be"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb2312"),
        (TAIWANESE, "big5"),
        (KOREAN, "euc_kr"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
    ],
)
def test_a_text_without_a_true_label_is_read_by_its_bytes(text: str, written: str, label: str) -> None:
    assert read(text, written, label) == text


@pytest.mark.parametrize(
    ("text", "written", "label"),
    [
        (VIETNAMESE, "utf-16-le", "utf-16"),
        (VIETNAMESE, "utf-16-be", "UTF-16"),
        (VIETNAMESE, "utf-16", "utf-16"),
        (VIETNAMESE, "utf-7", "unicode-1-1-utf-7"),
        (VIETNAMESE, "utf-8", "'utf-8'"),
        (VIETNAMESE, "utf-8", "utf8;"),
        (VIETNAMESE, "utf-8", "gb2312"),
        ("Bao cao", "ascii", "utf-16"),
        (JAPANESE, "cp932", "x-sjis"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (CHINESE, "hz", "hz-gb-2312"),
        (CHINESE, "gb18030", "x-gbk"),
        ("联通", "gb2312", "gb2312"),
        (TAIWANESE, "big5", "x-big5"),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (KOREAN, "iso2022_kr", "iso-2022-kr"),
        (RUSSIAN, "cp1251", "x-cp1251"),
        ("été là", "cp850", "cp-850"),
        ("été là", "cp1252", "ansi_x3.110-1983"),
        ("İstanbul şehri", "cp1254", "iso-8859-9"),
    ],
)
def test_a_label_is_taken_for_the_charset_that_is_meant_by_it(text: str, written: str, label: str) -> None:
    assert read(text, written, label) == text


@pytest.mark.parametrize(
    ("raw", "label", "meant"),
    [
        (b"Vi\xaet Nam, \xd0\xb5c l\xa7p, \x14 l\xd5i, \x02", "viscii", "Việt Nam, Độc lập, Ỷ lại, Ẳ"),
        (b"Vi\xaet Nam", "x-viscii", "Việt Nam"),
        (b"\x9ey ban huy\xd6n, Qu\xb6ng Ng\xb7i", "x-viet-tcvn5712", "Ủy ban huyện, Quảng Ngãi"),
        (b"huye\xe4n", "x-viet-vni", "huyện"),
    ],
)
def test_an_old_vietnamese_charset_is_believed_by_its_label(raw: bytes, label: str, meant: str) -> None:
    assert decode_body(raw, label, lambda defect: None) == meant


@pytest.mark.parametrize("text", [VIETNAMESE, FRENCH, GERMAN])
def test_a_word_of_a_western_or_vietnamese_text_is_not_taken_for_another_language(text: str) -> None:
    for word in text.split():
        assert read(word, "utf-8", "") == word
        if word.isascii() or text is not VIETNAMESE:
            assert read(word, "cp1252", "") == word
