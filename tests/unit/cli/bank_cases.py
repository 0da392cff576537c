"""What is expected of each file in tests/unit/bank/cases, which are made after reports from the field.

A case is a list of imports, each the words of the command and what it prints, and the days and pence that are then
held. A text that begins with "!" is part of the refusal.
"""

Step = tuple[str, str]
Held = list[tuple[str, int]]

ONE: Held = [("2026-11-10", -450)]
GROCER: Held = [("2026-11-10", -1234)]
FARES: Held = [("2026-11-10", -200)]

CASES: dict[str, tuple[list[Step], Held]] = {
    # Encodings and small differences.
    "monzo-excel-resaved-cp1252": ([("monzo.csv", "new 1.\n  The file is not in UTF-8, and was read as Win")], ONE),
    "utf16": ([("monzo.csv", "new 1.\n  The file is in UTF-16.")], ONE),
    "crlf-and-quoted-newline": ([("monzo.csv", "new 1.")], ONE),
    "bom-and-trailing-comma": ([("starling.csv", "new 1.")], ONE),
    "blank-first-line": ([("starling.csv", "new 1.")], ONE),
    "footer": ([("starling.csv", "!Row 4 has fewer cells than the header")], []),
    "excel-blank-rows": ([("starling.csv", "new 1.")], ONE),
    "empty-and-header-only": ([("empty.csv", "!The file is empty"), ("none.csv", "no rows.")], []),
    "excel-iso-dates": ([("a.csv", "new 1."), ("b.csv", "!The date in row 2 is not a day")], ONE),
    "mixed-month-first": ([("s.csv", "!The date in row 3 is not a day")], []),
    "header-renamed": ([("s.csv", "!lacks the column Counter Party; export it again, or if the bank renamed it "
                                  "(not known: Counterparty,")], []),
    "new-column-in-the-middle": ([("m.csv", "new 1.")], ONE),
    "starling-empty-balance": ([("s.csv", "new 1.")], ONE),
    "starling-opening-balance-row": ([("a.csv", "new 1, skipped 1 (neither a day nor an amount 1).")], ONE),
    "starling-euro": ([("eur.csv", "!The Starling file is in EUR, not in pounds sterling")], []),
    "barclays-thousands-and-space": ([("b.csv", "new 1.")], [("2026-11-10", -120450)]),
    "emoji-and-direction": ([("m.csv", "new 1.")], FARES),
    "formula-injection": ([("m.csv", "new 1.")], FARES),
    "directory-and-glob": ([(". missing.csv a.csv b.csv c.csv", "!The columns are not those of a known bank's")],
                           [*FARES, *FARES]),
    # Nothing lost, nothing counted twice.
    "monzo-pot-pays-direct-debit": ([("monzo.csv", "new 3, own transfers 2.")],
                                    [("2026-11-10", -4500), ("2026-11-10", 4500), ("2026-11-11", -35)]),
    "monzo-card-check-zero": ([("monzo.csv", "new 1.")], [("2026-11-10", 0)]),
    "monzo-settles-at-another-amount": ([("mon.csv", "new 1."), ("tue.csv", "changed 1.")], [("2026-11-10", -3210)]),
    "monzo-hold-reversed": ([("mon.csv", "new 2."), ("tue.csv", "new 1, known 1.\n  Held, but not in this file of "
                                                                "those days: 2026-11-10 -£100.00 Fuel hold. If")],
                            [("2026-11-09", -100), ("2026-11-10", -10000), ("2026-11-11", -3210)]),
    "monzo-foreign": ([("monzo.csv", "new 1.")], ONE),
    "starling-same-account-two-names": ([("s.csv --account joint", "new 1."),
                                         ("s.csv", "!1 of 1 of its payments are held already, under account")], ONE),
    "starling-late-row-shifts-balances": ([("mon.csv", "new 3."), ("tue.csv", "new 1, known 3.")],
                                          [("2026-11-09", 10000), ("2026-11-10", -2000), ("2026-11-11", -1000),
                                           ("2026-11-12", -5000)]),
    "starling-space-names": ([("s.csv", "new 2, own transfers 2.")], [("2026-11-10", -2000), ("2026-11-11", 500)]),
    "barclays-label-changes": ([("old.csv", "new 1."), ("new.csv", "known 1.")], ONE),
    "account-column-spaces": ([("0.csv", "new 1."), ("1.csv", "known 1."), ("2.csv", "known 1.")], FARES),
    "real-duplicates-in-one-file": ([("b.csv", "new 2."), ("b.csv", "known 2.")], [*FARES, *FARES]),
    "real-duplicates-in-two-files": ([("noon.csv", "new 1."), ("next.csv", "new 1, known 1.")],
                                     [*FARES, ("2026-11-11", -300)]),
    "reimport-after-correct": ([("a.csv", "new 1."), ("b.csv", "changed 1.")], [("2026-11-10", -3210)]),
    "refund-next-period": ([("a.csv", "new 2.")], [("2026-12-02", -4000), ("2026-12-08", 4000)]),
    "monzo-joint-to-personal": ([("p.csv --account mine", "new 1."), ("j.csv --account joint", "new 1.")],
                                [("2026-11-10", -20000), ("2026-11-10", 20000)]),
    # Banks and formats.
    "monzo-older-api-export": ([("monzo2018.csv", "new 1.")], [("2018-02-25", -1000)]),
    "nationwide": ([("Statement_Download_2026-Nov-20.csv", "new 2.")], [("2026-11-04", -3115), ("2026-11-05", 42490)]),
    "santander-text": ([("santander.txt", "new 1.")], GROCER),
    "coop": ([("coop.csv", "new 1.")], GROCER),
    "paypal": ([("paypal.csv", "new 1.")], GROCER),
    "ofx": ([("download.ofx", "new 1.")], GROCER),
    "camt053": ([("camt.xml", "no rows.")], []),
    "pdf": ([("statement.pdf", "!The file is a PDF, which is made for people to read; jamjar wallet banks")], []),
    "xlsx": ([("s.xlsx", "!a spreadsheet or a ZIP archive that is damaged; download it again, or save it as CSV")], []),
    "truelayer": ([("truelayer.json", "new 1.")], GROCER),
    "monzo-api": ([("monzo.json", "pending 1.")], GROCER),
    # Open Banking.
    "ob-empty-data": ([("quiet.json", "no rows.")], []),
    "ob-empty-body": ([("x.json y.json z.json", "!The file is empty; export it again.")], []),
    "ob-duplicate-ids-coop": ([("coop.json", "new 2.")], [("2026-11-10", -1000), ("2026-11-11", -2000)]),
    "ob-duplicate-ids-in-two-files": ([("oct.json", "new 1."), ("nov.json", "new 1.")],
                                      [("2026-11-10", -1000), ("2026-11-21", -2000)]),
    "ob-blank-id": ([("x.json", "new 2.")], [("2026-11-10", -2000), ("2026-11-10", -1000)]),
    "ob-time-forms": ([(f"{number}.json", "new 1.") for number in range(6)], GROCER * 6),
    "ob-one-euro-row": ([("x.json", "new 2, skipped 1 (not in pounds 1).")], GROCER * 2),
    "ob-nationwide-pending-future": ([("mon.json", "new 1, pending 1."), ("tue.json", "new 1, known 1, lapsed 1.")],
                                     [("2026-11-09", -100), ("2026-11-11", -1234)]),
    "ob-pages-pending-lost": ([("p1.json p2.json", "p1.json, p2.json: new 3, pending 1.")],
                              [("2026-11-19", -300), ("2026-11-20", -999), ("2026-11-20", -500), ("2026-11-20", -400)]),
    "ob-page-one-of-many": ([("p1.json", "new 1.\n  1 of 2 pages were given; give all pages")], GROCER),
    "ob-v3-and-v4-lowercase-and-array": ([("arr.json", "new 2."), ("wrap.json", "known 1."),
                                          ("lines.json", "known 2.")],
                                         GROCER * 2),
    "monzo-csv-and-open-banking": ([("m.csv", "new 1."), ("m.json", "!1 of 1 of its payments are held")], GROCER),
    "ob-bst-midnight": ([("z.json", "new 1."), ("l.json", "known 1.")], [("2026-07-01", -1234)]),
    "ob-barclays-next-to-itself": ([("p1.json p2.json", "p1.json: new 2.\np2.json: known 2.")],
                                   [("2026-11-10", -1234), ("2026-11-10", -200)]),
    "ob-negative-balance": ([("x.json", "new 1.")], GROCER),
    "gocardless-interest-twice": ([("x.json", "new 2.")], [("2026-11-01", 6)] * 2),
    "same-id-two-accounts": ([("x.json", "new 2.")], [("2026-11-10", -200), ("2026-11-10", -100)]),
    "payee-date-prefix-changes": ([("a.json b.json", "a.json: new 1.\nb.json: known 1.")], GROCER),
    "pending-other-amount-and-text": ([("a.json b.json", "b.json: new 1, known 1, lapsed 1.")],
                                      [("2026-11-01", -900), ("2026-11-12", -1037)]),
    "reimport-lapsed-is-not-shown": ([("a.json b.json", "b.json: known 1, lapsed 1.")], [("2026-11-10", -100)]),
}  # fmt: skip
