"""Tables as banks write them: a payment of 4.50 to a shop on 10 November 2026, and 424.90 in on the day after."""

TABLES = {
    "nationwide credit card": '"Account Name:","Card"\n\n'
    '"Date","Transactions","Location","Paid out","Paid in","Balance"\n'
    '"10 Nov 2026","Shop","LEEDS","£4.50","",""\n"11 Nov 2026","DWP","","","£424.90",""\n',
    "lloyds": "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,"
    "Credit Amount,Balance,\n10/11/2026,DEB,'11-22-33,87651234,Shop,4.50,,1.00,\n11/11/2026,BGC,'11-22-33,87651234,DWP,"
    ",424.90,2.00,\n",
    "halifax card": "Date,Date entered,Reference,Description,Amount\n10/11/2026,11/11/2026,1,Shop,4.50\n"
    "11/11/2026,11/11/2026,2,DWP,-424.90\n",
    "natwest": 'Date, Type, Description, Value, Balance, Account Name, Account Number\n'
    '10 Nov 2026,POS,"Shop",-4.50,1.00,'
    "\"'DOE J\",\"'521047-17065488\"\n11/11/2026,BAC,DWP,424.90,2.00,DOE,521047-17065488\n",
    "hsbc": '10/11/2026,Shop,-4.50\n11/11/2026,DWP,"424.90"\n',
    "hsbc paid": "Date,Description,Paid Out,Paid In\n10 Nov 26,Shop,4.50,\n11 Nov 26,DWP,,424.90\n",
    "first direct": "Date,Description,Amount,Balance\n10/11/2026,Shop,-4.50,1.00\n11/11/2026,DWP,424.90,2.00\n",
    "santander": "Date,Description,Money in,Money out,Balance\n10/11/2026,Shop,,£4.50,1.00\n"
    "11/11/2026,DWP,£424.90,,2.00\n",
    "midata": "Date,Type,Merchant/Description,Debit/Credit,Balance\n10/11/2026,VIS,Shop,-£4.50,£1.00\n"
    "11/11/2026,BAC,DWP,+£424.90,£2.00\n\nArranged overdraft limit,10/11/2026,+£0.00\n",
    "revolut": "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
    "CARD_PAYMENT,Current,2026-11-09 23:00:00,2026-11-10 10:00:00,Shop,-4.00,0.50,GBP,COMPLETED,1.00\n"
    "TOPUP,Current,2026-11-11 10:00:00,2026-11-11 10:00:00,DWP,424.90,0.00,GBP,COMPLETED,2.00\n"
    "CARD_PAYMENT,Current,2026-11-11 10:00:00,,Bar,-1.00,0.00,EUR,PENDING,\n",
    "chase": "Transaction date,Description,Amount\n2026-11-10,Shop,-4.50\n2026-11-11,DWP,424.90\n",
    "barclaycard": "10 Nov 26,Shop,Visa,MR J DOE,,Shopping,,4.50\n11 Nov 26,DWP,Visa,MR J DOE,,,424.90,\n",
    "barclaycard short": " 10 Nov 26 , Shop ,Visa,MR J DOE,Shopping,,4.50\n11 Nov 26,DWP,Visa,MR J DOE,,424.90,\n",
    "barclaycard business": "Account Number,Transaction Date,Merchant Name,Amount,Currency,Posted Date,Transaction ID\n"
    "****9940,10/11/2026,Shop,4.50,GBP,12/11/2026,A\n****9940,11/11/2026,DWP,-424.90,GBP,12/11/2026,B\n",
    "natwest with apostrophes": "Date, Type, Description, Value, Balance, Account Name, Account Number\n"
    "10/11/2026,POS,\"'Shop\",-4.50,1.00,\"'DOE J\",\"'600008-49127454\",\n\n"
    "11/11/2026,BAC,DWP,424.90,2.00,DOE J,600008-49127454,\n",
    "paypal statement": "Date,Time,Time Zone,Description,Currency,Gross,Fee,Net,Balance,Transaction ID,From,Name\n"
    "10/11/2026,10:00:00,Europe/London,Express Checkout Payment,GBP,-4.50,0.00,-4.50,0.00,T1,,Shop\n"
    "11/11/2026,10:00:00,Europe/London,General Payment,GBP,424.90,0.00,424.90,0.00,T2,,DWP\n",
    "amex": "Date,Description,Card Member,Account #,Amount,Extended Details,Appears On Your Statement As,Address,"
    "Town/City,Postcode,Country,Reference,Category\n10/11/2026,Shop,J DOE,-71001,4.50,,SHOP LEEDS,,,,,'AT1',Shopping\n"
    "11/11/2026,DWP,J DOE,-71001,-424.90,,,,,,,'AT2',\n",
    "amex short": "Date,Description,Card Member,Account #,Amount\n10/11/2026,Shop,J DOE,-71001,4.50\n"
    "11/11/2026,DWP,J DOE,-71001,-424.90\n",
    "revolut 2019": "Completed Date ; Description ; Paid Out (GBP) ; Paid In (GBP) ; Exchange Out; Exchange In; "
    "Balance (GBP); Category; Notes\n10 Nov 2026 ; Shop ; 4.50 ;  ;  ;  ; 1.00; shopping; \n"
    "11 Nov 2026 ; DWP ;  ; 424.90 ;  ;  ; 2.00; ; \n",
    "marked": "Date,Details,Amount,DR/CR\n10/11/2026,Shop,4.50,DR\n2026/11/11,DWP,424.90,Cr\n",
    "marked by an issuer of cards": "Transaction Date,Posting Date,Billing Amount,Merchant,Merchant City,"
    "Debit/Credit Flag\n10/11/2026,11/11/2026,£4.50,Shop,LEEDS,D\n11/11/2026,11/11/2026,£424.90,DWP,,C\n",
    "a spreadsheet that is a web page": "<html><style>td{}</style><table><tr><td>Statement</td></tr><tr><th>Date<th>"
    "Description<th>Money in<th>Money Out<th>Balance</tr><tr><td>10/11/2026</td><td><b>Shop</b></td><td>&nbsp;</td><td>"
    "&pound;4.50</td><td>1</td></tr><tr><td>11/11/2026<td>DWP<td>424.90<td>-<td>2</table></html>\n",
    "a credit union": "Posting Date;Details;Withdrawals;Deposits;Balance\n10-11-2026;Shop;4.50;;1\n"
    "11.11.2026;DWP;;424.90;2\n",
    "a bank of one amount": "sep=\t\nTransaction Date\tNarrative\tValue\n10-Nov-2026\tShop\t(4.50)\n"
    "11 Nov 26\tDWP\t424.90 CR\n",
}  # fmt: skip
