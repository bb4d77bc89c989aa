"""A registry with a full life: every status, every kind of event, every table with rows, empty and full columns."""

from support import day, form, full_form, options

PERSONAL = {"contact_name": "Unmistakable Desk", "contact_role": "Unmistakable role",
            "contact_email": "unmistakable@example.org", "contact_phone": "+37167000099"}


def live(test):
    """Fills the test's empty registry; returns the ids by what became of them."""
    full = test.done("apply", *options(full_form())).out.split("\t")[0]
    test.done("update", full, "--city", "Lille", "--contact-role", "Director", "--acronym", "FdÉ")
    test.done("verify", full, "--source", "Statutes of 2019", "--source", "Annual report", "--finding", "scope=pass")
    test.approve(full, "--signed-by", "Signing Desk", "--signed-on", "2024-05-01", "--received-on", "2024-05-06")

    heir = test.listed("Heir Association", "2024-03-01", acronym="HA", city="Riga", member_count="12")
    test.done("update", heir, "--practice", "Heat map <https://heir.example.org/map>")
    merged = test.listed("Merged Association", "2024-02-01", reference="F-2")
    test.done("revoke", merged, "--reason", "merged", "--successor", heir, "--on", "2025-01-31", "--note", "By law")

    test.done("renew", heir, "--commitment", test.commitment(), "--on", "2025-03-01", "--note", "By e-mail")
    test.done("verify", heir, "--source", "Website")
    test.done("note", heir, "New secretary general")
    test.done("update", heir, "--practice", "Undone map <https://undone.example.org/map>", "--contact-email", "undone@example.org")
    test.done("undo", "--last")
    test.done("withdraw", heir)
    test.done("undo", "--last")

    test.done("correct", merged, "--ended-on", "2025-01-30", "--because", "Misread the law")
    test.done("correct", full, "--received-on", "2024-05-07", "--signed-by", "Right Desk", "--because", "Misread the stamp")

    paper = test.apply("Paper Association")
    test.done("verify", paper)
    test.done("approve", paper, "--no-commitment", "Joined on paper")
    test.done("withdraw", paper, "--note", "Own wish")
    test.done("apply", *options(form("Paper Association", description="Files again")))

    erased = test.apply("Erased Association", applied_on="2024-03-01", **PERSONAL)
    test.done("verify", erased)
    test.approve(erased, "--received-on", "2024-04-01", "--signed-by", "Unmistakable Signer")
    test.done("erase", erased, "--contact")
    ineligible = test.partner_that_is("ineligible")
    eligible = test.partner_that_is("eligible")
    applied = test.apply("Waiting Association", applied_on=day(-40))
    test.done("update", applied, "--name", "Waiting Alliance")
    for name in ("statutes.txt", "minutes.txt"):
        test.done("evidence", heir, "--add", test.file(name, name), "--note", "As sent")
        test.done("evidence", paper, "--add", name)
    test.done("evidence", heir, "--erase", "4", "--because", "Not needed")
    return {"full": full, "heir": heir, "merged": merged, "paper": paper, "erased": erased,
            "ineligible": ineligible, "eligible": eligible, "applied": applied}
