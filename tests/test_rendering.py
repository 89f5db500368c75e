"""Notices as mails' words: every template in both languages, the office's own templates, and hostile contents."""

import itertools
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake.notices import (
    NOTICES,
    Acknowledgment,
    AdminAlert,
    Directive,
    Escalation,
    FileLine,
    IncidentAlert,
    Incomplete,
    Notice,
    OfficeLine,
    OfficeReceipt,
    Overdue,
    Refusal,
    Reminder,
    SecrecyRefusal,
    UnderReview,
)
from intake.rendering import Problem, Rendered, Renderer, TemplateError, english, shipped_templates, vietnamese

LANGUAGES = ("vi", "en")
SAMPLES = [sample for notice in NOTICES.values() for sample in (notice.sample(), *notice.variants())]
RENDERERS = {language: Renderer(None, language) for language in LANGUAGES}


def rendered(notice: Notice, language: str = "vi") -> Rendered:
    return RENDERERS[language].render(notice)


def words(notice: Notice, language: str = "vi") -> str:
    """The text on one line, so that wrapping does not part a sentence."""
    return " ".join(rendered(notice, language).text.split())


# ---- every notice, in every language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_renders_to_a_mail_that_any_client_shows(sample: Notice, language: str) -> None:
    mail = rendered(sample, language)
    assert mail.subject.startswith(f"[{sample.reference}] ")
    assert len(mail.subject) <= 150
    assert len(mail.subject.splitlines()) == 1
    assert all(len(line) <= 110 and line == line.rstrip() for line in mail.text.splitlines())
    assert "\n\n\n" not in mail.text
    assert not re.search(r"^\S.*\.\n {3}\S.{0,14}: {2}", mail.text, re.M), (
        "the details stand apart from the sentence before"
    )
    assert not re.search(r"<(script|img|link|style)|https?://|src=|None|Undefined", mail.html)
    assert not re.search(r"None|Undefined|\{\{|\{%", mail.text + mail.subject)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_html_says_what_the_text_says(sample: Notice, language: str) -> None:
    mail = rendered(sample, language)
    html = re.sub(r"<[^>]+>", " ", mail.html.replace("&#34;", '"').replace("&#39;", "'"))
    assert set(re.findall(r"\d{2,}", mail.text)) <= set(re.findall(r"\d{2,}", html))
    assert len(set(re.findall(r"\w{2,}", mail.text)) - set(re.findall(r"\w{2,}", html))) <= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_templates_have_no_problem(language: str) -> None:
    assert RENDERERS[language].check_all() == []
    assert RENDERERS[language].broken() == ()


def test_both_languages_have_the_same_files_and_filters() -> None:
    files = [
        sorted(
            str(one.relative_to(shipped_templates() / language))
            for one in (shipped_templates() / language).rglob("*.*")
        )
        for language in LANGUAGES
    ]
    assert files[0] == files[1]
    assert vietnamese.__all__ == english.__all__


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES.keys())
def test_every_field_is_a_variable_of_the_template(notice: type[Notice], office_folder: Path) -> None:
    names = [field.name for field in fields(notice)]
    write(office_folder, f"{notice.name}/body.txt", "\n".join(f"{name}={{{{ {name} }}}}" for name in names))
    renderer = Renderer(office_folder, "vi")
    assert all(f"{name}=" in renderer.render(notice.sample()).text for name in names)
    assert renderer.broken() == ()


# ---- what the sentences say


def test_the_foot_shows_the_telephone_as_the_config_has_it() -> None:
    office = OfficeLine(name="Văn phòng", address="bc@tinh.example", phone="0269.000.0100 (giờ hành chính)")
    assert "Điện thoại: 0269.000.0100 (giờ hành chính) - Thư: bc@tinh.example" in words(
        replace(Refusal.sample(), office=office)
    )


def test_an_acknowledgment_names_each_report_its_receipt_and_each_file() -> None:
    text = words(Acknowledgment.sample())
    assert "đã nhận 02 báo cáo của quý cơ quan lúc 16 giờ 45 phút 20 giây, ngày 16/10/2019 (thứ Tư)." in text
    assert "tháng 10/2019 (số liệu từ 15/9 đến 14/10/2019) Số, ký hiệu: 512/BC-UBND Số tiếp nhận: 2019/01873" in text
    assert "Thời hạn: hết ngày 16/10/2019 (thứ Tư) - ĐÚNG HẠN Thành phần: đầy đủ" in text
    assert "512 BC KTXH T10.docx 36.451 byte SHA-256: a73d8f3c" in text
    assert "thủ trưởng cơ quan báo cáo chịu trách nhiệm về tính chính xác của nội dung." in text


def test_a_duplicate_is_told_that_it_had_been_received_before() -> None:
    duplicate = replace(Acknowledgment.sample(), duplicate=True)
    assert "Thư gửi lại, đã ghi nhận từ trước" in rendered(duplicate).subject
    assert "kết quả ghi nhận trước đây được giữ nguyên" in words(duplicate)
    assert "Nhận lúc: 16 giờ 45 phút 20 giây, ngày 16/10/2019 (thứ Tư)" in words(duplicate)


def test_the_first_report_of_an_incident_is_acknowledged_with_its_code_and_the_next_deadline() -> None:
    text = words(Acknowledgment.variants()[3])
    assert "đã nhận báo cáo đột xuất của quý cơ quan về vụ việc sau:" in text
    assert "Lĩnh vực: thiên tai, bão lũ" in text
    assert "Mã vụ việc: VV-0012" in text
    assert "gửi báo cáo tiếp theo trước 17 giờ 00 ngày 01/11/2019 (thứ Sáu)" in text
    assert "không cần trả lời" not in text


def test_what_is_missing_is_asked_for_before_the_deadline() -> None:
    mail = rendered(Incomplete.sample())
    assert mail.subject.endswith("cải cách hành chính quý III/2019 - trước 17 giờ 00 ngày 17/9/2019")
    text = words(Incomplete.sample())
    assert "Báo cáo gửi đúng hạn nhưng CHƯA ĐẦY ĐỦ." in text
    assert "Còn thiếu: bản PDF có chữ ký số Đã có: số, ký hiệu văn bản" in text
    assert "gửi bổ sung phần còn thiếu TRƯỚC 17 GIỜ 00 NGÀY 17/9/2019 (thứ Ba)" in text


def test_what_is_missing_after_the_deadline_is_asked_for_at_once() -> None:
    late = replace(Incomplete.sample(), now=Incomplete.sample().reports[0].due_at)
    assert "NGAY KHI NHẬN ĐƯỢC THƯ NÀY" in words(late)
    assert "TRƯỚC 17 GIỜ" not in words(late)
    assert "trước 17 giờ 00" not in rendered(late).subject


def test_of_several_reports_only_the_incomplete_ones_are_asked_for() -> None:
    text = words(Incomplete.variants()[0])
    assert "đã nhận 02 báo cáo của quý cơ quan" in text
    assert "trong đó 01 báo cáo CHƯA ĐẦY ĐỦ." in text
    assert "kinh tế - xã hội" not in rendered(Incomplete.variants()[0]).subject


@pytest.mark.parametrize("reason", ["", "sender", "period", "contradiction", "a reason that no template knows"])
def test_a_mail_under_review_is_acknowledged_without_accusation(reason: str) -> None:
    text = words(replace(UnderReview.sample(), reason=reason))  # type: ignore[arg-type]
    assert "Thư đang được xem xét." in text
    assert "a reason" not in text
    assert not re.search(r"giả mạo|lừa đảo|vi phạm|sai phạm", text)


@pytest.mark.parametrize("notice", [Refusal.sample(), *Refusal.variants(), SecrecyRefusal.sample()])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_carries_nothing_of_the_mail(notice: Notice, language: str) -> None:
    mail = rendered(notice, language)
    assert not re.search(r"\.(pdf|docx?|zip|rar)\b|SHA-256|Tiêu đề thư", mail.text + mail.html)


def test_a_reminder_tells_deadlines_and_what_each_report_must_carry() -> None:
    assert rendered(Reminder.sample()).subject == "[BC-5T9H2C] Nhắc 02 báo cáo sắp đến hạn (ngày 18/11 và 19/11/2019)"
    text = words(Reminder.sample())
    assert "trân trọng nhắc quý cơ quan 02 báo cáo sắp đến hạn, hiện chưa nhận được:" in text
    assert "Thời hạn: hết ngày 18/11/2019 (thứ Hai) Thành phần: văn bản (PDF, Word); số, ký hiệu văn bản" in text


def test_an_overdue_notice_tells_what_was_told_before_and_what_comes_next() -> None:
    text = words(Overdue.sample())
    assert "Đến 07 giờ 30, ngày 19/11/2019, Văn phòng UBND tỉnh chưa nhận được báo cáo sau của quý cơ quan:" in text
    assert "Đã thông báo: nhắc ngày 16/11 và 18/11/2019" in text
    assert "gửi báo cáo trước khi hết ngày 19/11/2019 (thứ Ba)" in text
    assert (
        "Nếu sau ngày 19/11/2019 vẫn chưa nhận được báo cáo, Văn phòng sẽ báo cáo thủ trưởng cơ quan để chỉ đạo."
        in text
    )


def test_a_report_that_came_in_part_is_not_called_unreceived() -> None:
    partly = replace(Overdue.variants()[0].obligations[0])
    text = words(replace(Overdue.sample(), obligations=(partly,)))
    assert "chưa nhận đủ thành phần của báo cáo sau" in text
    assert "Hiện trạng: đã nhận ngày 13/11/2019, còn thiếu số, ký hiệu văn bản" in text


def test_an_escalation_addresses_the_head() -> None:
    text = words(Escalation.sample())
    assert "Kính gửi: Đồng chí Chủ tịch UBND huyện Sông Lam" in text
    assert "hết ngày 18/11/2019 (thứ Hai), đã quá 01 ngày làm việc" in text
    assert "Kính đề nghị đồng chí chỉ đạo bộ phận chuyên môn gửi báo cáo trước 17 giờ 00 ngày 20/11/2019" in text


def test_an_escalation_tells_the_submitter_who_else_was_told_only_if_somebody_was() -> None:
    told, alone = Escalation.variants()[0], replace(Escalation.variants()[0], also_to=())
    assert "Nội dung này đồng thời được báo cáo thủ trưởng cơ quan." in words(told)
    assert "đồng thời" not in words(alone)
    assert "đã báo cáo cấp trên" not in rendered(alone).subject


def test_one_mail_about_several_agencies_names_each() -> None:
    supervisor = Escalation.sample()._for_each_role()[2]
    text = words(supervisor)
    assert "báo cáo sau của UBND huyện Sông Lam và UBND thị xã Đồi Xanh:" in text
    assert "UBND thị xã Đồi Xanh: 1. Báo cáo kết quả thực hiện Công văn số 100/UBND-NC" in text


def test_a_directive_asks_for_the_report_the_reason_and_an_answer() -> None:
    text = words(Directive.sample())
    assert "đã nhắc, đôn đốc nhưng đến 08 giờ 00, ngày 26/11/2019, Văn phòng vẫn chưa nhận được" in text
    assert "3. Trả lời bằng văn bản trước khi hết ngày 28/11/2019 (thứ Năm)" in text


def test_a_directive_after_no_reminder_does_not_claim_one() -> None:
    sample = Directive.sample()
    silent = replace(sample, obligations=(replace(sample.obligations[0], told=()),))
    assert "đôn đốc" not in words(silent)


def test_an_urgent_matter_is_urgent_in_the_subject() -> None:
    assert rendered(IncidentAlert.sample()).subject.startswith("[BC-VV0012] KHẨN - thiên tai, bão lũ: ")
    assert "Cập nhật" in rendered(IncidentAlert.variants()[0]).subject


def test_the_records_desk_is_told_what_was_booked_and_why() -> None:
    text = words(OfficeReceipt.sample())
    assert "Mã thư lưu: 1207" in text
    assert "Căn cứ ghi nhận: - địa chỉ gửi thuộc UBND huyện Sông Lam" in text


def test_an_alert_says_what_happened_and_what_to_do() -> None:
    text = words(AdminAlert.sample())
    assert "Hệ thống chưa đọc được hộp thư đến." in text
    assert "Từ lúc: 08 giờ 10, ngày 05/11/2019" in text
    assert "Việc cần làm:" in text


# ---- periods, deadlines and the registry's words


@pytest.mark.parametrize(
    ("key", "start", "end", "vi", "en"),
    [
        ("2019-10", "2019-09-15", "2019-10-14", "tháng 10/2019", "October 2019"),
        ("2026-01", "2025-12-15", "2026-01-14", "tháng 01/2026", "January 2026"),
        ("2019-Q3", "2019-06-15", "2019-09-14", "quý III/2019", "quarter 3 of 2019"),
        ("2019-H1", "2018-12-15", "2019-06-14", "6 tháng đầu năm 2019", "first half of 2019"),
        ("2019-H2", "2019-06-15", "2019-12-14", "6 tháng cuối năm 2019", "second half of 2019"),
        ("2019-9M", "2018-12-15", "2019-09-14", "9 tháng năm 2019", "first nine months of 2019"),
        ("2019", "2018-12-15", "2019-12-14", "năm 2019", "year 2019"),
        ("2019-W44", "2019-10-28", "2019-11-03", "tuần 44/2019 (28/10 - 03/11/2019)",
         "week 44 of 2019 (28 October 2019 to 3 November 2019)"),
        ("2019-11-04", "2019-11-04", "2019-11-04", "ngày 04/11/2019", "4 November 2019"),
        ("VV-12", "2019-11-04", "2019-11-04", "theo yêu cầu VV-12", "request VV-12"),
        ("BC", "2019-11-04", "2019-11-04", "", ""),
    ],
)  # fmt: skip
def test_a_period_is_said_in_words(key: str, start: str, end: str, vi: str, en: str) -> None:
    days = {"period_start": date.fromisoformat(start), "period_end": date.fromisoformat(end)}
    line = replace(Reminder.sample().obligations[0], report_type="BC", period=key, **days)
    assert (vietnamese.period(line), english.period(line)) == (vi, en)


def test_a_window_over_new_year_says_both_years() -> None:
    line = replace(Reminder.sample().obligations[0], period="2019", period_start=date(2018, 12, 15))
    assert vietnamese.window(line) == "từ 15/12/2018 đến 14/11/2019"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Báo cáo tình hình kinh tế - xã hội tháng", "Báo cáo tình hình kinh tế - xã hội tháng 11/2019"),
        ("Báo cáo kế toán hằng tháng", "Báo cáo kế toán tháng 11/2019"),
        ("Báo cáo giao ban của Chủ tịch", "Báo cáo giao ban của Chủ tịch, tháng 11/2019"),
        ("Báo cáo kế hoạch 5 năm", "Báo cáo kế hoạch 5 năm, tháng 11/2019"),
    ],
)
def test_a_title_says_the_unit_of_its_period_once(name: str, title: str) -> None:
    assert vietnamese.title(replace(Reminder.sample().obligations[0], report_name=name)) == title


def test_the_same_report_of_several_agencies_stands_once_in_a_subject() -> None:
    line = Reminder.sample().obligations[0]
    other = replace(line, agency="UBND huyện khác")
    assert vietnamese.headline((line, other)) == "02 báo cáo tháng 11/2019: tình hình kinh tế - xã hội"


@pytest.mark.parametrize(
    ("due_at", "deadline", "by", "after"),
    [
        ("2019-11-19T00:00", "hết ngày 18/11/2019 (thứ Hai)", "trước khi hết ngày 18/11/2019 (thứ Hai)",
         "sau ngày 18/11/2019"),
        ("2019-09-17T17:00", "trước 17 giờ 00 ngày 17/9/2019 (thứ Ba)", "trước 17 giờ 00 ngày 17/9/2019 (thứ Ba)",
         "sau 17 giờ 00, ngày 17/9/2019"),
    ],
)  # fmt: skip
def test_a_deadline_is_the_last_day_or_the_hour(due_at: str, deadline: str, by: str, after: str) -> None:
    moment = datetime.fromisoformat(due_at).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert (vietnamese.deadline(moment), vietnamese.by(moment), vietnamese.after(moment)) == (deadline, by, after)


def test_a_deadline_is_shown_in_the_offices_zone() -> None:
    sample = Reminder.sample()
    utc = replace(sample.obligations[0], due_at=sample.obligations[0].due_at.astimezone(UTC))
    assert rendered(replace(sample, obligations=(utc,))) == rendered(
        replace(sample, obligations=sample.obligations[:1])
    )


@pytest.mark.parametrize(
    ("word", "vi"),
    [
        ("signed_pdf", "bản PDF có chữ ký số"),
        ("xlsx:BVR01!C8", "số liệu tại ô C8 của biểu BVR01"),
        ("docx:Kiến nghị, đề xuất", 'nội dung mục "Kiến nghị, đề xuất"'),
        ("a word of a later version", "a word of a later version"),
    ],
)
def test_what_is_required_is_said_in_plain_words(word: str, vi: str) -> None:
    assert vietnamese.requirement(word) == vi


@pytest.mark.parametrize(
    ("name", "agency", "address"),
    [
        ("", "UBND huyện Sông Lam", "Đồng chí Chủ tịch UBND huyện Sông Lam"),
        ("Thủ trưởng Sở Y tế", "Sở Y tế", "Đồng chí Giám đốc Sở Y tế"),
        ("Thủ trưởng Thanh tra tỉnh", "Thanh tra tỉnh", "Đồng chí Thủ trưởng Thanh tra tỉnh"),
        ("Bà Lê Thị Bình", "Sở Y tế", "Bà Lê Thị Bình"),
    ],
)
def test_a_head_is_addressed_by_name_or_by_title(name: str, agency: str, address: str) -> None:
    assert vietnamese.honoured(name, agency) == address


# ---- hostile contents


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_in_a_name_stays_text_in_html(language: str) -> None:
    evil = '<img src=x onerror="alert(1)"> & <b>'
    file = FileLine(filename=f"{evil}.pdf", size=1, sha256="0" * 64)
    mail = rendered(replace(UnderReview.sample(), agency=evil, mail_subject=evil, files=(file,)), language)
    assert "<img" not in mail.html
    assert "&lt;img src=x" in mail.html
    assert "<img src=x" in mail.text


@pytest.mark.parametrize(
    "breaker", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x1b[31m"]
)
def test_a_subject_stays_one_line(breaker: str) -> None:
    mail = rendered(replace(UnderReview.sample(), mail_subject=f"BC{breaker}Bcc: all@tinh.example"))
    assert len(mail.subject.splitlines()) == 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", mail.subject + mail.html.replace("\n", ""))
    assert "\nBcc:" not in mail.text


def test_text_that_turns_or_hides_text_is_stripped() -> None:
    mail = rendered(replace(UnderReview.sample(), mail_subject="BC \u202efdp.exe\u202c \u2066x\u2069\u200b.pdf"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", mail.subject + mail.text + mail.html)


def test_a_lone_surrogate_can_be_sent() -> None:
    rendered(replace(UnderReview.sample(), mail_subject="BC \udcff")).text.encode("utf-8")


def test_a_subject_without_end_is_cut_at_a_word() -> None:
    subject = rendered(replace(UnderReview.sample(), mail_subject="rất dài " * 100)).subject
    assert len(subject) <= 150
    assert subject.endswith(("dài…", "rất…"))


def test_template_syntax_in_a_name_is_not_run() -> None:
    assert "{{ 7 * 7 }}" in rendered(replace(UnderReview.sample(), agency="{{ 7 * 7 }}")).text


def test_decomposed_letters_are_composed() -> None:
    assert "Sở Nội vụ" in rendered(replace(Refusal.sample(), agency="So\u031b\u0309 No\u0302\u0323i vu\u0323")).text


# ---- the office's own templates


@pytest.fixture
def office_folder(tmp_path: Path) -> Path:
    (tmp_path / "vi").mkdir()
    return tmp_path


TIMES = itertools.count(1_500_000_000_000_000_000, 1_000_000_000)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / "vi" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    written_at = next(TIMES)
    os.utime(path, ns=(written_at, written_at))
    return path


def test_the_offices_file_is_used_and_the_shipped_ones_for_the_rest(office_folder: Path) -> None:
    write(office_folder, "refusal/subject.txt", "[{{ reference }}] Xin gửi lại\n")
    mail = Renderer(office_folder, "vi").render(Refusal.sample())
    assert mail.subject == "[BC-7H5C3W] Xin gửi lại"
    assert "CHƯA TIẾP NHẬN ĐƯỢC" in mail.text


def test_a_shared_part_can_be_changed_for_every_notice(office_folder: Path) -> None:
    shutil.copytree(shipped_templates() / "vi", office_folder / "vi", dirs_exist_ok=True)
    letter = office_folder / "vi" / "_letter.txt"
    letter.write_text(letter.read_text(encoding="utf-8").replace("Trân trọng./.", "Kính thư."), encoding="utf-8")
    renderer = Renderer(office_folder, "vi")
    assert all("Kính thư." in renderer.render(notice.sample()).text for notice in NOTICES.values())


def test_a_changed_file_is_taken_up_without_a_restart(office_folder: Path) -> None:
    renderer = Renderer(office_folder, "vi")
    write(office_folder, "refusal/subject.txt", "một")
    assert renderer.render(Refusal.sample()).subject == "[BC-7H5C3W] một"
    write(office_folder, "refusal/subject.txt", "hai")
    assert renderer.render(Refusal.sample()).subject == "[BC-7H5C3W] hai"


def test_a_byte_order_mark_does_not_show(office_folder: Path) -> None:
    write(office_folder, "refusal/body.txt", "\ufeffXin gửi lại.")
    assert Renderer(office_folder, "vi").render(Refusal.sample()).text == "Xin gửi lại.\n"


def problems_of(folder: Path, notice: Notice) -> list[Problem]:
    renderer = Renderer(folder, "vi")
    renderer.render(notice)
    return list(renderer.broken())


def test_checking_finds_what_rendering_would(office_folder: Path) -> None:
    write(office_folder, "refusal/body.txt", "{{ agancy }}")
    assert Renderer(office_folder, "vi").check_all() == problems_of(office_folder, Refusal.sample())


BROKEN = [
    ("một\n{{ agancy }}", 2, "unknown variable 'agancy'; did you mean agency?"),
    ("một\n{% if false %}{{ qqq }}{% endif %}", 2, "unknown variable 'qqq'; known are agency"),
    ("một\nhai\n{{ office.nmae }}", 3, "has no attribute 'nmae'"),
    ("{% if agency %}", 1, "end"),
    ("{{ agency|shout }}", 1, "No filter named 'shout'"),
    ("{% include 'nothing.txt' %}", 1, "there is no template 'nothing.txt'"),
    ("{% include '../../../../etc/passwd' %}", 1, "there is no template"),
    ("{% include 'refusal/body.txt' %}", 1, "recursion"),
    ("{{ 1 / 0 }}", 1, "division"),
]


@pytest.mark.parametrize(("text", "line", "what"), BROKEN, ids=[what for _, _, what in BROKEN])
def test_a_broken_template_is_named_with_its_line_and_what_is_wrong(
    office_folder: Path, text: str, line: int, what: str
) -> None:
    path = write(office_folder, "refusal/body.txt", text)
    problems = problems_of(office_folder, Refusal.sample())
    assert [(problem.notice, problem.file, problem.line) for problem in problems] == [("refusal", str(path), line)]
    assert what in problems[0].what
    assert str(problems[0]).startswith(f"{path}, line {line}: ")


@pytest.mark.parametrize(
    "escape",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ office.__class__ }}",
        "{{ office.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(office) }}",
        "{{ self._TemplateReference__context.environment }}",
        "{{ (office|attr('__class__')) }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% set _ = obligations.append(1) %}{{ reference.__reduce__() }}",
        "{% for _ in range(10000000) %}x{% endfor %}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(office_folder: Path, escape: str) -> None:
    write(office_folder, "reminder/body.txt", escape)
    renderer = Renderer(office_folder, "vi")
    assert "trân trọng nhắc" in renderer.render(Reminder.sample()).text
    assert [problem.notice for problem in renderer.broken()] == ["reminder"]


def test_the_last_good_version_goes_on_serving(office_folder: Path) -> None:
    renderer = Renderer(office_folder, "vi")
    write(office_folder, "refusal/subject.txt", "bản tốt")
    renderer.render(Refusal.sample())
    path = write(office_folder, "refusal/subject.txt", "{{ nothing }}")
    assert renderer.render(Refusal.sample()).subject == "[BC-7H5C3W] bản tốt"
    assert [(problem.file, problem.line) for problem in renderer.broken()] == [(str(path), 1)]
    write(office_folder, "refusal/subject.txt", "bản sửa")
    assert renderer.render(Refusal.sample()).subject == "[BC-7H5C3W] bản sửa"
    assert renderer.broken() == ()


def test_the_shipped_version_serves_where_none_was_good_yet(office_folder: Path) -> None:
    write(office_folder, "refusal/subject.txt", "{{ nothing }}")
    renderer = Renderer(office_folder, "vi")
    assert "Đề nghị gửi lại" in renderer.render(Refusal.sample()).subject
    assert len(renderer.broken()) == 1


def test_a_broken_shared_part_leaves_the_last_good_letters_standing(office_folder: Path) -> None:
    renderer = Renderer(office_folder, "vi")
    before = renderer.render(Refusal.sample())
    path = write(office_folder, "_letter.txt", "{% block content %}")
    assert renderer.render(Refusal.sample()) == before
    assert renderer.broken()[0].file == str(path)


def test_a_template_that_only_fails_on_a_real_notice_is_replaced_for_it(office_folder: Path) -> None:
    path = write(office_folder, "refusal/body.txt", "{{ 'x'|round if agency == 'Sở Y tế' else 'được' }}")
    renderer = Renderer(office_folder, "vi")
    assert renderer.render(Refusal.sample()).text == "được\n"
    assert "CHƯA TIẾP NHẬN ĐƯỢC" in renderer.render(replace(Refusal.sample(), agency="Sở Y tế")).text
    assert [(problem.file, problem.line) for problem in renderer.broken()] == [(str(path), 1)]


def test_a_file_that_is_no_utf8_is_named(office_folder: Path) -> None:
    path = write(office_folder, "refusal/body.txt", "")
    path.write_bytes("Kính gửi".encode("utf-16"))
    assert problems_of(office_folder, Refusal.sample()) == [Problem("refusal", str(path), 0, "this is not UTF-8 text")]


def test_a_file_that_cannot_be_read_is_named(office_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(office_folder, "refusal/body.txt", "được")
    monkeypatch.setattr(Path, "read_text", refusing(path, Path.read_text))
    what = "this file cannot be read: Input/output error"
    assert problems_of(office_folder, Refusal.sample()) == [Problem("refusal", str(path), 0, what)]


def refusing(refused: Path, read_text: Callable[..., str]) -> Callable[..., str]:
    def read(path: Path, *args: object, **options: object) -> str:
        if path == refused:
            raise OSError(5, "Input/output error")
        return read_text(path, *args, **options)

    return read


def test_a_folder_of_a_misspelt_notice_is_named(office_folder: Path) -> None:
    write(office_folder, "acknowledgement/body.txt", "được")
    (office_folder / "vi" / ".git").mkdir()
    problems = Renderer(office_folder, "vi").check_all()
    assert [problem.what for problem in problems] == ["there is no notice of this name; did you mean acknowledgment?"]


def test_where_no_template_folder_is_the_shipped_ones_serve(tmp_path: Path) -> None:
    renderer = Renderer(tmp_path / "none", "vi")
    assert "Đề nghị gửi lại" in renderer.render(Refusal.sample()).subject
    assert renderer.check_all() == []


def test_without_any_usable_template_rendering_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.rendering.sources.shipped_templates", lambda: tmp_path)
    with pytest.raises(TemplateError, match=r"refusal/subject.txt: this file is missing"):
        Renderer(None, "vi").render(Refusal.sample())


def test_a_template_that_fails_on_one_notice_and_is_the_shipped_one_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.rendering.sources.shipped_templates", lambda: tmp_path)
    for part in ("subject.txt", "body.html"):
        write(tmp_path, f"refusal/{part}", "được")
    write(tmp_path, "refusal/body.txt", "{{ 'x'|round if agency == 'Sở Y tế' }}")
    with pytest.raises(TemplateError, match=r"body.txt, line 1"):
        Renderer(None, "vi").render(replace(Refusal.sample(), agency="Sở Y tế"))


def test_a_subject_template_without_the_code_gets_it(office_folder: Path) -> None:
    write(office_folder, "refusal/subject.txt", "Xin\n  gửi lại\n\n")
    assert Renderer(office_folder, "vi").render(Refusal.sample()).subject == "[BC-7H5C3W] Xin gửi lại"


# ---- a wording of its own for one step of a policy


def gentle(office_folder: Path) -> Renderer:
    folder = office_folder / "vi" / "reminder"
    folder.mkdir()
    (folder / "subject.gentle.txt").write_text("[{{ reference }}] Xin nhắc nhẹ", encoding="utf-8")
    return Renderer(office_folder, "vi")


def test_a_step_with_a_wording_of_its_own_is_worded_so_and_plainly_for_the_rest(office_folder: Path) -> None:
    renderer = gentle(office_folder)
    plain, worded = renderer.render(Reminder.sample()), renderer.render(replace(Reminder.sample(), wording="gentle"))
    assert worded.subject.endswith("Xin nhắc nhẹ")
    assert not plain.subject.endswith("Xin nhắc nhẹ")
    assert worded.text == plain.text
    assert renderer.check_all() == []


def test_a_wording_that_has_no_file_is_named_and_the_plain_one_serves(office_folder: Path) -> None:
    renderer = gentle(office_folder)
    assert renderer.without_wording("reminder", "gentle") is None
    problem = renderer.without_wording("reminder", "stern")
    assert problem
    assert "reminder/body.stern.txt" in str(problem)
    stern = renderer.render(replace(Reminder.sample(), wording="stern"))
    assert stern == renderer.render(Reminder.sample())


def test_a_broken_wording_is_found_by_checking(office_folder: Path) -> None:
    renderer = gentle(office_folder)
    (office_folder / "vi" / "reminder" / "body.gentle.txt").write_text("{{ nobody }}", encoding="utf-8")
    assert ["body.gentle.txt" in one.file for one in renderer.check_all()] == [True]


def test_what_a_milder_notice_would_have_told_stands_below_what_the_letter_is_for() -> None:
    mail = rendered(Overdue.variants()[-1]).text
    assert mail.index("tình hình kinh tế") < mail.index("Báo cáo khác đã quá hạn:") < mail.index("Báo cáo sắp đến hạn:")
