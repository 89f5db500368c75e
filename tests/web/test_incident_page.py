"""A matter's page: a mail goes to another matter, and the history tells it."""

import pytest
from builders import at, mail

FIRST = mail("syt@tinh.example", "BÁO CÁO KHẨN: dịch bệnh tại xã A", "Có 12 ca mắc.", at("2026-11-18 08:00"))


@pytest.fixture
def officer(office, signed_in):
    office.receive(FIRST)
    office.work("2026-11-18 08:05")
    officer = signed_in("officer")
    officer.post("/review/1/incident", {"agency": "SYT", "category": "epidemic", "title": "Dịch"})
    return officer


def test_a_mail_goes_to_a_new_matter_and_back(officer):
    form = {"message": "1", "title": "Ngộ độc", "category": "epidemic", "place": "xã A", "why": "vụ khác"}
    parted = officer.post("/incidents/1/part", form)
    assert (parted.status_code, parted.headers["location"]) == (303, "/incidents/2")
    assert "Ngộ độc" in officer.get("/incidents/2").text
    assert "Tách thư sang vụ việc khác" in officer.get("/incidents/1").text
    assert officer.post("/incidents/2/part", {"message": "1", "into": "1"}).headers["location"] == "/incidents/1"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"message": "1", "into": "1"}, "đã thuộc"),
        ({"message": "9", "into": "1"}, "không báo cáo vụ việc nào"),
        ({"message": "x", "into": "1"}, "không báo cáo vụ việc nào"),
        ({"message": "1", "title": " ", "category": "epidemic"}, "nội dung tóm tắt"),
    ],
)
def test_what_cannot_be_parted_stays_with_its_reason(officer, form, said):
    answer = officer.post("/incidents/1/part", form)
    assert (answer.status_code, said in answer.text) == (409, True)
