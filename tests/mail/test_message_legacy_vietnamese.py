import unicodedata
from itertools import pairwise

import pytest

from intake.mail.legacy_vietnamese import decode_tcvn3, decode_vni, repaired
from intake.mail.syllables import is_syllable

VIETNAMESE = """Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc.
Báo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội quý III năm 2019 và phương hướng quý IV.
Ủy ban nhân dân huyện Chư Prông, Đắk Lắk, Krông Pa, Ayun Pa, Đak Đoa, Quảng Ngãi, thiệt hại do bão lũ, cháy rừng.
Công ty Hà Nam; “UBND XÃ”, «THỊ XÃ», XÃ\u00a0IA O, XÃ\u00a0IA PÚCH, ngoằn ngoèo, khuỷu tay, thuở giếng."""
FRENCH = """Où en êtes-vous du rapport de février ? L’été a été très sec, le thé et le café ont gelé là-bas.
Né à Noël, l’élève naïf a goûté un maïs amer : ça coûte 12 € au bœuf du château, dès août, « près de l’hôtel »."""
GERMAN = """Für die Prüfung der Größe können wir über schöne Mühlen und Bäume in München, Köln und Süd-Tirol reden.
Höhe, Öl, Äußerung, Straße, müde Vögel, die Tür, das Büro, König, grün, dünn, hör, böse, Möbel, früh."""
ENGLISH = """The naïve café’s résumé: ACME® 2019 © “smart quotes”, 10 µm ± 2 °C, 5 µm, §4, a façade, a rôle, déjà vu.
Søren Ångström, señor Peña, São Paulo, não, você, está, più, però, così, può, mañana, Zoë, coöperate."""


def written_in_tcvn3(text: str) -> str:
    codes = {decode_tcvn3(bytes([code]).decode("cp1252")): code for code in range(0xA1, 0xFF)}
    return bytes(codes.get(c, ord(c) & 0x7F if ord(c) > 0xFF else ord(c)) for c in text).decode("cp1252")


@pytest.mark.parametrize("text", [VIETNAMESE, FRENCH, GERMAN, ENGLISH, "quý", "Năm 2019", "tháng 10", "", "ký số"])
def test_ordinary_text_is_never_repaired(text: str) -> None:
    assert repaired(text) is None


@pytest.mark.parametrize("text", [VIETNAMESE, FRENCH, GERMAN, ENGLISH])
def test_no_single_word_or_pair_of_words_of_ordinary_text_is_repaired(text: str) -> None:
    words = text.split()
    assert [pair for pair in pairwise(words) if repaired(" ".join(pair))] == []


@pytest.mark.parametrize(
    ("legacy", "meant", "name"),
    [
        ("B¸o c¸o", "Báo cáo", "TCVN3"),
        ("®ét xuÊt", "đột xuất", "TCVN3"),
        ("B¸o c¸o quý III n¨m 2019 cña huyÖn Ch­ Pr«ng", "Báo cáo quý III năm 2019 của huyện Chư Prông", "TCVN3"),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TCVN3"),
        ("UBND TØNH giao huyÖn", "UBND TỈNH giao huyện", "TCVN3"),
        ("Baùo caùo thaùng 10", "Báo cáo tháng 10", "VNI"),
        ("nhaân daân ñoät xuaát naêm tænh", "nhân dân đột xuất năm tỉnh", "VNI"),
        ("BAÙO CAÙO COÂNG TAÙC", "BÁO CÁO CÔNG TÁC", "VNI"),
        ("BÃ¡o cÃ¡o quÃ½ III", "Báo cáo quý III", "mojibake of UTF-8 as windows-1252"),
        ("tá»‰nh uá»· nÄƒm", "tỉnh uỷ năm", "mojibake of UTF-8 as windows-1252"),
        ("thÃ¡ng 9 nÄƒm \u00e1\u00ba\u008dx", "tháng 9 năm ẍx", "mojibake of UTF-8 as windows-1252"),
        ("BĂ¡o cĂ¡o quĂ½ III", "Báo cáo quý III", "mojibake of UTF-8 as windows-1258"),
    ],
)
def test_legacy_text_is_read_as_it_was_meant(legacy: str, meant: str, name: str) -> None:
    assert repaired(legacy) == (meant, name)


def test_a_long_tcvn3_text_comes_back_letter_for_letter() -> None:
    meant = VIETNAMESE.splitlines()[1]
    assert repaired(written_in_tcvn3(meant)) == (meant, "TCVN3")


def test_lines_that_are_right_already_stay_beside_lines_in_a_legacy_font() -> None:
    legacy = "B¸o c¸o t×nh h×nh thùc hiÖn nhiÖm vô ph¸t triÓn kinh tÕ"
    found = repaired(f"Công ty Hà Nam quý\n{legacy}\n")
    assert found == ("Công ty Hà Nam quý\nBáo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế\n", "TCVN3")


def test_the_word_before_a_number_is_read_with_the_text_though_it_is_a_syllable_as_it_stands() -> None:
    found = repaired("Sè: 12/BC\nCụ Sè: vắng\nB¸o c¸o t×nh h×nh thùc hiÖn nhiÖm vô ph¸t triÓn kinh tÕ\n")
    assert found is not None
    assert found[0].startswith("Số: 12/BC\nCụ Sè: vắng\nBáo cáo")


def test_repaired_text_is_in_normal_form_c() -> None:
    found = repaired("B¸o c¸o t×nh h×nh thùc hiÖn nhiÖm vô\n" + unicodedata.normalize("NFD", "Độc lập"))
    assert found is not None
    assert unicodedata.is_normalized("NFC", found[0])


def test_vni_letters_of_the_horn_carry_their_tones() -> None:
    assert decode_vni("phöông höôùng nhöõng ngöôøi ÑÖÔØNG") == "phương hướng những người ĐƯỜNG"


@pytest.mark.parametrize(
    "word", ["nghiêng", "Giếng", "quốc", "quyết", "khuỷu", "thuở", "Đắk", "uống", "gì", "Ủy", "HUYỆN", "quý"]
)
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["kÕ", "février", "für", "chÂt", "tàt", "Việtnam", "ộ́", "zô"])
def test_other_words_are_not_syllables(word: str) -> None:
    assert not is_syllable(word)
