"""Who saw a file: in plain words, for who sees the child and for the privacy desk."""


def test_a_guardian_sees_who_opened_the_file_of_the_own_child(as_, world):
    as_("cpk").get(f"/kinderen/{world.mine}")
    page = as_("guardian").get(f"/kinderen/{world.mine}/wie-zag")
    assert page.status_code == 200
    assert "Staff cpk" in page.text
