import pytest
from matching_mails import DIRECTORY

from intake.model import ReportType
from intake.rules.language.text import fold_letters, spelled
from intake.rules.language.words import words_of
from intake.rules.names.known_by import says_too_little
from intake.rules.names.titles import Titles

TITLES = DIRECTORY.titles
ECONOMY = {"KT-T", "KT-Q", "KT-6T", "KT-N"}


def longest(text: str, titles: Titles = TITLES) -> set[str]:
    found = titles.named(text)
    closest = [one for one in found if not any(one.is_within(other) for other in found)]
    return {code for one in closest for code in one.codes}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Báo cáo tình hình kinh tế - xã hội tháng 10", ECONOMY),
        ("BC KT - XH T10", ECONOMY),
        ("bao cao kinh te xa hoi", ECONOMY),
        ("BÁO CÁO KINH TẾ-XÃ HỘI", ECONOMY),
        ("kinh tế - xã hội, quốc phòng - an ninh", {"KT-T"}),
        ("KTXH, QPAN", {"KT-T"}),
        ("Công tác phòng cháy và chữa cháy", {"PCCC-Q"}),
        ("Công tác phòng cháy, chữa cháy rừng", {"PCCCR-T"}),
        ("BC TĐKT quý III", {"TDKT-T"}),
        ("BC dịch tuần 45", {"DICH-W"}),
        ("dịch vụ công trực tuyến", set()),
        ("thực hiện CV số 88", {"CV88"}),
        ("thực hiện CV số 888", set()),
        ("Giao ban tuần 42", {"GB-W"}),
        ("giao bạn tuần 42", set()),
        ("Nhiệm vụ phát triển kinh tế - xã hội tháng 11", set()),
        ("tự nhiên", set()),
        ("", set()),
    ],
)
def test_a_type_is_known_by_its_names_without_stock_phrases_and_periods(text, codes) -> None:
    assert longest(text) == codes


def test_an_alias_shared_by_types_names_them_all_and_makes_them_relatives() -> None:
    types = [
        ReportType(code="A", name="Báo cáo lao động tháng", aliases=["BCLĐ"], frequency="monthly"),
        ReportType(code="B", name="Báo cáo việc làm quý", aliases=["BCLĐ"], frequency="quarterly"),
        ReportType(code="C", name="Báo cáo", frequency="monthly"),
        ReportType(code="D", name="BC", frequency="monthly", aliases=[""]),
    ]
    titles = Titles(types)
    assert longest("Gửi BCLĐ tháng 10", titles) == {"A", "B"}
    assert titles.relatives("A") == {"A", "B"}
    assert titles.relatives("C") == {"C"}
    assert longest("Báo cáo tháng 10", titles) == set()


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Tình hình kinh tế - xã hội tháng 10 và nhiệm vụ trọng tâm tháng 11", []),
        ("Tình hình kinh tế - xã hội (phần nông nghiệp) tháng 10", ["phần", "nông", "nghiệp"]),
        ("Tình hình kinh tế - xã hội tháng 10 (thay Báo cáo 9/BC-UBND)", []),
        ("Tình hình kinh tế - xã hội tháng 10 (kèm phụ lục thu ngân sách)", []),
        ("Tình hình kinh tế - xã hội ngành Xây dựng, tháng 10", ["Xây", "dựng"]),
        ("Tình hình kinh tế - xã hội ngành Tân, tháng 10", []),
        ("Tình hình kinh tế - xã hội; an ninh, quốc phòng theo Nghị quyết tháng 10", []),
        ("Kết quả tổ chức Tháng kinh tế - xã hội, tháng 10", ["Tháng"]),
        ("Báo cáo tháng kinh tế - xã hội, tháng 10", []),
        ("Kết quả 6 tháng kinh tế - xã hội", []),
        ("Tình hình kinh tế - xã hội tỉnh Bình Hà năm 2023", []),
        ("Biểu BM02 kinh tế - xã hội", []),
        ("Tình hình kinh tế - xã hội huyện Tân", []),
        ("Tình hình kinh tế - xã hội huyện Lộc", ["Lộc"]),
        ("Tình hình kinh tế - xã hội vùng dân tộc", ["vùng", "dân", "tộc"]),
        ("kinh tế - xã hội hóa giáo dục", ["hóa", "giáo", "dục"]),
    ],
)
def test_what_a_title_says_beyond_the_type_is_told(text, strange) -> None:
    assert TITLES.unexplained(text, ["KT-T"], [("huyen", "tan"), ("tan",)]) == strange


@pytest.mark.parametrize(
    "title",
    ["Tình hình an ninh, quốc phòng tuần 42", "Công tác đối ngoại ngày 16/10", "Kết quả thực hiện Nghị quyết tháng 10"],
)
def test_what_a_report_tells_by_the_way_is_a_matter_of_its_own_where_it_stands_alone(title) -> None:
    assert TITLES.unexplained(title, []) != []


@pytest.mark.parametrize(
    ("title", "adds"),
    [
        ("Tình hình KTXH sau Tết", True),
        ("Tình hình KTXH sáu tháng đầu năm các thôn nghèo", False),
        ("Tình hình KTXH sau thanh tra", False),
    ],
)
def test_a_title_adds_another_matter_behind_a_name_but_no_period_and_no_inspection(title, adds) -> None:
    assert TITLES.only_adds(title, "KT-6T") is adds


def test_letters_belong_to_a_report_on_complaints_and_to_no_other() -> None:
    types = [
        ReportType(code="K", name="Báo cáo tiếp công dân, giải quyết khiếu nại, tố cáo tháng", frequency="monthly"),
        ReportType(code="T", name="Báo cáo công tác tiếp công dân tháng", frequency="monthly"),
    ]
    title = "Công tác tiếp công dân, xử lý đơn thư tháng 9"
    assert (Titles(types).unexplained(title, ["K"]), Titles(types).unexplained(title, ["T"])[:1]) == ([], ["xử"])


@pytest.mark.parametrize(
    ("title", "strange"),
    [
        ("Kết quả thực hiện CV 88/UBND-TH", []),
        ("Kết quả thực hiện CV 88-UBND", []),
        ("Kết quả thực hiện CV 88/STC-TH", ["STC"]),
        ("Kết quả thực hiện CV 88", []),
    ],
)
def test_a_number_with_the_symbol_of_another_document_is_another_document(title, strange) -> None:
    assert TITLES.unexplained(title, ["CV88"]) == strange


@pytest.mark.parametrize(
    ("title", "strange"),
    [
        ("Kết quả kiểm tra công tác phòng cháy, chữa cháy quý III", ["kiểm", "tra"]),
        ("Giải trình về công tác tiếp dân, giải quyết đơn, kiểm tra quý III", ["Giải"]),
        ("Công tác tiếp dân, giải quyết đơn, kiểm tra quý III", []),
        ("Kết quả thanh tra công tác phòng cháy, chữa cháy quý III", ["thanh", "tra"]),
        ("Công tác phòng cháy, chữa cháy quý III của Thanh tra tỉnh", []),
    ],
)
def test_what_is_done_about_a_matter_is_another_report(title, strange) -> None:
    types = [
        ReportType(code="F", name="Báo cáo công tác phòng cháy, chữa cháy quý", frequency="quarterly"),
        ReportType(code="P", name="Báo cáo tiếp dân, giải quyết đơn, kiểm tra quý", frequency="quarterly"),
    ]
    codes = ["P"] if "tiếp dân" in title else ["F"]
    assert Titles(types).unexplained(title, codes, [("thanh", "tra", "tinh")]) == strange


def test_the_closest_types_come_first_and_the_unlike_not_at_all() -> None:
    assert TITLES.closest("Báo cáo thi đua khen thửơng", ["GB-W", "TDKT-T", "LU"])[0] == "TDKT-T"
    assert TITLES.closest("zzz", ["GB-W", "TDKT-T"]) == []


def test_abbreviations_are_written_out_where_they_stand() -> None:
    words = words_of("BC KT-XH, số 12 và Sở Y tế")
    assert [word.folded for word in words] == ["bao", "cao", "kinh", "te", "xa", "hoi", "12", "so", "y", "te"]
    assert {(word.start, word.end) for word in words[2:6]} == {(3, 8)}
    assert [word.folded for word in words_of("qp\nan")] == ["qp", "an"]


def test_the_figure_of_months_takes_no_word_from_the_name_before_it() -> None:
    assert [word.folded for word in words_of("chuyển đổi số 6 tháng")] == ["chuyen", "doi", "so", "6", "thang"]
    assert [word.folded for word in words_of("Công văn số 88")] == ["cong", "van", "88"]


def test_folding_letter_by_letter_keeps_every_place() -> None:
    assert fold_letters("Đắk Hòa ﬁ") == "dak hoa ﬁ"


def test_letters_are_folded_however_many_there_are():
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 5_000)))
    assert fold_letters(f"{many} Đắk Hòa") == f"{many} dak hoa"
    assert spelled("Hoả") == spelled("hỏa") != spelled("hoa")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Công tác phòng cháy, chống và chữa cháy quý III", {"PCCC-Q"}),
        ("Công tác phòng cháy ở các chợ, chữa cháy quý III", {"PCCC-Q"}),
        ("Công tác phòng cháy ở các chợ lớn trong tỉnh và chữa cháy quý III", set()),
        ("Công tác kiểm tra phòng cháy, chống và chữa cháy quý III", set()),
        ("Công tác phòng cháy quý III", set()),
    ],
)
def test_a_title_nearly_names_a_type_with_few_words_among_its_own_and_none_beside_them(text, codes) -> None:
    assert TITLES.nearly_named(text) == codes


def test_the_symbol_of_a_cited_programme_is_no_other_topic() -> None:
    assert TITLES.unexplained("Công tác thi đua, khen thưởng theo Đề án 06/CP tháng 9", ["TDKT-T"]) == [
        "theo",
        "Đề",
        "án",
    ]


@pytest.mark.parametrize(
    ("name", "too_little"),
    [("báo cáo tháng", True), ("Báo cáo tình hình thực hiện", True), ("BC quý", True), ("sản xuất và đời sống", False)],
)
def test_a_name_of_stock_words_says_too_little_to_know_a_report_by(name: str, too_little: bool):
    assert says_too_little(name) is too_little
