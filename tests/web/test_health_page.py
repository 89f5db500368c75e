"""How the service is, on its page: what is not well comes first, and every part is tried on request."""

import shutil

from intake.store.mails import cursor_of

READ_AT = "2026-11-18 08:05"


def test_a_service_that_is_well_says_so_and_what_waits(office, signed_in):
    office.work(READ_AT)
    page = signed_in("viewer").get("/health").text
    assert "hoạt động bình thường" in page
    assert "Đọc hết lúc 08 giờ 05, ngày 18/11/2026" in page


def test_a_mailbox_that_is_not_read_comes_first_with_its_reason(office, signed_in):
    office.work(READ_AT)
    with office.desk.database.writing() as session:
        [label] = [one.label for one in office.desk.config.mailboxes]
        cursor = cursor_of(session, label)
        cursor.failing_since, cursor.error = office.desk.now, "the server refuses the password"
    office.move_to("2026-11-18 09:00")
    page = signed_in("viewer").get("/health").text
    assert "Hộp thư không đọc được" in page and "the server refuses the password" in page


def test_every_part_is_tried_on_request(office, signed_in):
    page = signed_in("officer").post("/health", page="/health").text
    assert "Kết quả kiểm tra" in page and "tất cả các mẫu dùng được" in page


def test_a_viewer_tries_nothing(office, signed_in):
    assert signed_in("viewer").post("/health").status_code == 403


def test_a_service_of_which_a_part_is_to_be_mended_does_not_say_that_it_is_well(office, signed_in):
    office.work(READ_AT)
    shutil.rmtree(office.folder / "inbox")
    (office.folder / "inbox").touch()
    page = signed_in("officer").post("/health", page="/health").text
    assert "cần sửa" in page and "Có phần cần sửa" in page
    assert "hoạt động bình thường" not in page
